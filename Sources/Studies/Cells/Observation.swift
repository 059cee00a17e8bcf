import Gridworlds
import Learning

/// What a network sees of a state, read back from the features that it is given, and from nothing else.
public struct Observation: Sendable {
  /// The crop, its planes and senses.
  public let view: View
  /// Where the middle of the crop is on the map: where the agent stands.
  public let middle: Position
  /// The indices of the features that are 1, in ascending order.
  public let features: [UInt16]
  /// For each cell of the map on which a feature is 1, the planes, in their order.
  public let planes: [Position: [Int]]
  /// The senses beyond sight that are on, in ascending order.
  public let senses: [Int]
  /// What the network makes of these features.
  public let decision: Decision

  /// What a policy sees of a moment; `nil` where it is no network.
  public init?(_ policy: any Policy, of frame: Frame, in world: any World, _ level: Level) {
    guard let policy = policy as? NetworkPolicy else { return nil }
    let observation = world.observation(of: frame.state, in: level, view: policy.view)
    self.init(
      observation, through: policy.view, around: frame.agent, decision: policy.network.decision(features: observation))
  }

  /// Reads features back: `plane * width * height + row * width + column`, then the senses.
  init(_ observation: [UInt16], through view: View, around middle: Position, decision: Decision) {
    self.view = view
    self.middle = middle
    self.decision = decision
    features = observation.filter { Int($0) < view.featureCount }.sorted()
    let area = view.width * view.height
    var planes: [Position: [Int]] = [:]
    var senses: [Int] = []
    for feature in features {
      let (plane, rest) = Int(feature).quotientAndRemainder(dividingBy: area)
      guard plane < view.planes.count else {
        senses.append(Int(feature) - view.planes.count * area)
        continue
      }
      let cell = middle.moved(dx: rest % view.width - view.width / 2, dy: rest / view.width - view.height / 2)
      planes[cell, default: []].append(plane)
    }
    self.planes = planes
    self.senses = senses
  }

  /// Whether a cell of the map lies in the crop; what lies outside is not seen at all.
  public func sees(_ cell: Position) -> Bool {
    abs(cell.x - middle.x) <= view.width / 2 && abs(cell.y - middle.y) <= view.height / 2
  }

  /// The cells that one plane has set, in reading order.
  public func cells(of plane: Int) -> [Position] {
    planes.filter { $0.value.contains(plane) }.map(\.key).sorted { ($0.y, $0.x) < ($1.y, $1.x) }
  }
}
