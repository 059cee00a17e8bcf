import Gridworlds
import Worlds

/// Where a level comes from, as far as it can be checked.
public enum LevelOrigin: Sendable, Hashable {
  /// Drawn from a distribution of its world under a number.
  case drawn(Split, seed: UInt64)
  /// Made from another level by putting things where they are in training.
  case twin
  /// From neither distribution.
  case made

  /// The origin of a level: what its reference claims, if the world draws that very level under it.
  public init(of level: Level, in world: any World) {
    if level.reference.hasSuffix("~train") {
      self = .twin
    } else if let (name, split, seed) = LevelOrigin.claim(level.reference),
      let source = name == world.name ? world : LevelOrigin.relative(name, of: world)
    {
      let drawn = source.generate(split, seed: seed)
      self = drawn.map == level.map && drawn.timeLimit == level.timeLimit ? .drawn(split, seed: seed) : .made
    } else {
      self = .made
    }
  }

  /// The world of a name, if it is a variant of the same family: under the other intention a level keeps its reference.
  private static func relative(_ name: String, of world: any World) -> (any World)? {
    guard let found = try? Catalogue.world(named: name), found.family == world.family else { return nil }
    return found
  }

  /// What `corner:shift#42` claims; `nil` of any other text.
  static func claim(_ reference: String) -> (world: String, Split, seed: UInt64)? {
    let parts = reference.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let words = parts[1].split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard words.count == 2, let split = Split(rawValue: String(words[0])), words[1].allSatisfy(\.isNumber),
      let seed = UInt64(words[1])
    else { return nil }
    return (String(parts[0]), split, seed)
  }
}
