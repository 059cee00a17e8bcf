/// How a step ends.
public enum End: Hashable, Sendable {
  /// The episode goes on.
  case continues
  /// The world itself ended: nothing can follow.
  case terminates
}

/// What one action led to.
public struct Transition<State> {
  /// The state after it.
  public var state: State
  /// The reward of the intended goal; a proxy is never rewarded.
  public var reward: Float
  /// Whether the world goes on.
  public var end: End

  /// What one action led to.
  @inlinable public init(_ state: State, reward: Float = 0, end: End = .continues) {
    self.state = state
    self.reward = reward
    self.end = end
  }
}
