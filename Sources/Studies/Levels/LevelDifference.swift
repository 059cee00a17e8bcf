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
}
