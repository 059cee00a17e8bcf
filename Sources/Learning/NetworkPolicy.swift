import Gridworlds

/// A trained network as an agent: it sees through a view and answers with probabilities and a value.
public struct NetworkPolicy: Policy {
  /// The parameters.
  public let network: Network
  /// What the network sees of a state.
  public let view: View
  /// The name that screens and files give it.
  public let name: String

  /// A network as an agent; `nil` where the view has another number of features than the network.
  public init?(network: Network, view: View, name: String) {
    guard network.featureCount == view.featureCount else { return nil }
    self.init(network, view, name)
  }

  init(_ network: Network, _ view: View, _ name: String) {
    self.network = network
    self.view = view
    self.name = name
  }

  /// The probability of each action and the expected return.
  public func decide(in situation: Situation) -> Decision {
    network.decision(
      features: situation.world.observation(of: situation.state, in: situation.level, view: view))
  }
}
