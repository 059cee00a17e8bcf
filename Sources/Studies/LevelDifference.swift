import Gridworlds

/// In what a level differs from another one of its world: its training twin, as a rule.
public struct LevelDifference: Sendable, Hashable {
  /// A kind of thing that does not stand on the same cells in both.
  public struct Thing: Sendable, Hashable {
    /// What the legend calls it.
    public let name: String
    /// Where it stands in the one level, and in the other.
    public let here: [Position], there: [Position]
  }

  /// Cells whose tile is another one; `nil` where the maps differ in size.
  public let cells: Int?
  /// Cells of the map.
  public let area: Int
  /// What stands elsewhere, in the order of the legend; free floor is left out.
  public let things: [Thing]
  /// The time limits in steps.
  public let timeLimit: Int, otherTimeLimit: Int

  /// The difference between two levels of a world.
  /// - Complexity: O(cells × kinds of things)
  public init(_ level: Level, _ other: Level, in world: any World) {
    area = level.map.elements.count
    let isSameSize = level.map.width == other.map.width && level.map.height == other.map.height
    cells = isSameSize ? zip(level.map.elements, other.map.elements).filter { $0 != $1 }.count : nil
    things = world.legend.entries.compactMap { entry in
      guard entry.tile != .floor else { return nil }
      let (here, there) = (level.map.positions(of: entry.tile), other.map.positions(of: entry.tile))
      return here == there ? nil : Thing(name: entry.name, here: here, there: there)
    }
    timeLimit = level.timeLimit
    otherTimeLimit = other.timeLimit
  }

  /// Whether nothing differs that the rules can see.
  public var isEmpty: Bool { cells == 0 && timeLimit == otherTimeLimit }

  /// What differs, in sentences; "here" is the first level, "the twin" the other one.
  public var sentences: [String] {
    things.map { thing in
      switch (thing.here.count, thing.there.count) {
      case (1, 1): "The \(thing.name) is at \(thing.here[0]) here and at \(thing.there[0]) in the twin."
      case (1, 0): "The \(thing.name) at \(thing.here[0]) is not in the twin."
      case (0, 1): "There is no \(thing.name) here; the twin has one at \(thing.there[0])."
      case (let here, 0): "\(here) cells with \(thing.name) here, none in the twin."
      case (0, let there): "No cell with \(thing.name) here, \(there) in the twin."
      case (let here, let there) where here == there:
        "Cells with \(thing.name): \(here) here and as many in the twin, but not the same ones."
      case (let here, let there): "Cells with \(thing.name): \(here) here, \(there) in the twin."
      }
    }
      + (timeLimit == otherTimeLimit
        ? [] : ["Time runs out after \(timeLimit) steps here, after \(otherTimeLimit) in the twin."])
  }
}
