import Gridworlds

/// What the agent of a tree life sees: where the nearest tree is, turned so that the tree always lies ahead.
///
/// What is learned about a tree above then holds for one below as well. Distances are orthogonal steps; of equally near
/// trees the first in reading order counts, and of two axes the one on which the tree is farther is ahead, the
/// vertical one where both are alike.
public struct TreeSight: Sendable {
  /// How the nearest tree lies.
  public enum Kind: Int, Sendable, CaseIterable {
    /// In the next cell: one step ahead cuts it.
    case beside
    /// Straight ahead, two cells or more.
    case ahead
    /// Ahead and to the left.
    case left
    /// Ahead and to the right.
    case right
  }

  /// What is seen from a cell.
  struct Glimpse: Hashable, Sendable, BitwiseCopyable {
    var kind: UInt8 = 0
    /// Quarter turns to the left from the world's up to the agent's ahead.
    var turn: UInt8 = 0
    /// The bit of the tree in the world's state.
    var tree: UInt16 = 0
  }

  /// By cell, all places of trees from the nearest to the farthest.
  private let glimpses: [Glimpse]
  private let width: Int
  private let places: Int

  /// What can be seen on a level, worked out once.
  init(_ level: Level) {
    width = level.map.width
    places = level.mobiles.count
    var glimpses: [Glimpse] = []
    for cell in level.map.positions {
      let order = level.mobiles.indices.sorted {
        let (first, second) = (level.mobiles[$0].position, level.mobiles[$1].position)
        return (first.manhattanDistance(to: cell), $0) < (second.manhattanDistance(to: cell), $1)
      }
      glimpses += order.map { TreeSight.glimpse(of: level.mobiles[$0].position, from: cell, tree: 1 << UInt16($0)) }
    }
    self.glimpses = glimpses
  }

  private static func glimpse(of tree: Position, from cell: Position, tree bit: UInt16) -> Glimpse {
    let (dx, dy) = (tree.x - cell.x, tree.y - cell.y)
    let turn = abs(dy) >= abs(dx) ? (dy < 0 ? 0 : 2) : (dx < 0 ? 1 : 3)
    let left = Heading.orthogonal[(turn + 1) % 4]
    let aside = left.dx * dx + left.dy * dy
    let kind: Kind = abs(dx) + abs(dy) == 1 ? .beside : aside == 0 ? .ahead : aside > 0 ? .left : .right
    return Glimpse(kind: UInt8(kind.rawValue), turn: UInt8(turn), tree: bit)
  }

  /// The nearest of the trees that stand; nothing in particular where none does.
  func nearest(from agent: Position, standing: UInt16) -> Glimpse {
    let first = (agent.y * width + agent.x) * places
    for index in first..<(first + places) where glimpses[index].tree & standing != 0 { return glimpses[index] }
    return Glimpse()
  }

  /// Rows of the table: trees standing times how the nearest lies.
  static func states(trees: Int) -> Int { (trees + 1) * Kind.allCases.count }

  /// The row of the table.
  public static func state(trees: Int, _ kind: Kind) -> Int { trees * Kind.allCases.count + kind.rawValue }

  /// Ahead, left, back and right, as the agent's actions are called.
  public static let ahead = 0
}
