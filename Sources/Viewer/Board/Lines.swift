import Gridworlds
import TerminalUI

/// A path as strokes through cells: for each cell the sides through which it runs, and when it was last there.
struct Lines {
  /// What a path does in one cell.
  struct Stroke {
    /// N 1, E 2, S 4, W 8.
    var sides: UInt8 = 0
    /// What joins this cell to its right.
    var right: Set<Joint> = []
    /// Whether the path goes on to the cell below.
    var below = false
    /// The slanting stroke that ends or begins here.
    var slant: Joint?
    /// The index in the path of the last visit.
    var time = 0
  }

  enum Joint {
    case straight, rising, falling

    /// Where the strokes of a slant stand on the way to the next cell, from the middle of its left one: one a row.
    /// - Parameters:
    ///   - columns: from one cell to the next.
    ///   - rows: from one cell to the next.
    func steps(columns: Int, rows: Int) -> [(dx: Int, dy: Int)] {
      (1..<max(1, rows)).map { row in (row * columns / rows, self == .rising ? -row : row) }
    }
  }

  private(set) var strokes: [Position: Stroke] = [:]

  /// The strokes of a path; steps over more than a cell leave a gap.
  init(_ path: some Collection<Position>) {
    var before: Position?
    for (time, here) in path.enumerated() {
      strokes[here, default: Stroke()].time = time
      if let before, before != here { join(before, here) }
      before = here
    }
  }

  private mutating func join(_ first: Position, _ second: Position) {
    let (dx, dy) = (second.x - first.x, second.y - first.y)
    guard abs(dx) <= 1, abs(dy) <= 1 else { return }
    if dx == 0 {
      let (upper, lower) = dy > 0 ? (first, second) : (second, first)
      strokes[upper, default: Stroke()].sides |= 4
      strokes[upper, default: Stroke()].below = true
      strokes[lower, default: Stroke()].sides |= 1
    } else {
      let (left, right) = dx > 0 ? (first, second) : (second, first)
      let joint: Joint = left.y == right.y ? .straight : left.y > right.y ? .rising : .falling
      strokes[left, default: Stroke()].right.insert(joint)
      if joint == .straight {
        strokes[left, default: Stroke()].sides |= 2
        strokes[right, default: Stroke()].sides |= 8
      } else {
        strokes[left, default: Stroke()].slant = joint
        strokes[right, default: Stroke()].slant = joint
      }
    }
  }

  // Indexed by sides.
  static let light = Array("▪╵╶└╷│┌├╴┘─┴┐┤┬┼".unicodeScalars)
  static let heavy = Array("▪╹╺┗╻┃┏┣╸┛━┻┓┫┳╋".unicodeScalars)
  static let dashed = Array("┄┆┄╰┆┆╭┆┄╯┄┄╮┆┄┄".unicodeScalars)
  static let double = Array("▪║═╚║║╔╠═╝═╩╗╣╦╬".unicodeScalars)
  static let bars = Array("╍╏╍╏╏╏╏╏╍╏╍╍╏╏╍╍".unicodeScalars)
}

/// How a kind of path is drawn. Each kind has glyphs of its own, in ASCII too, so that paths read without colour.
struct Pen {
  private let glyphs: [Unicode.Scalar]
  private let across: Unicode.Scalar, down: Unicode.Scalar, rising: Unicode.Scalar, falling: Unicode.Scalar
  /// In ASCII the one sign for the whole path, since lines there are walls; and whether slants are strokes all the same.
  private let plain: Unicode.Scalar
  private var slantsInASCII = false

  /// The glyph in a cell with strokes to some sides.
  func glyph(_ sides: UInt8, _ set: GlyphSet) -> Unicode.Scalar { set == .ascii ? plain : glyphs[Int(sides) & 15] }

  /// Between two cells beside one another.
  func across(_ set: GlyphSet) -> Unicode.Scalar { set == .ascii ? plain : across }

  /// Between two cells above one another.
  func down(_ set: GlyphSet) -> Unicode.Scalar { set == .ascii ? plain : down }

  /// On a slant.
  func slant(isRising: Bool, _ set: GlyphSet) -> Unicode.Scalar {
    set == .ascii && !slantsInASCII ? plain : isRising ? rising : falling
  }

  /// What the agent did.
  static let taken = Pen(
    glyphs: Lines.heavy, across: "━", down: "┃", rising: "╱", falling: "╲", plain: "\"", slantsInASCII: true)
  /// What another did whose way is drawn.
  static let others = Pen(glyphs: Lines.double, across: "═", down: "║", rising: "⟋", falling: "⟍", plain: "~")
  /// A best way to the intended goal.
  static let best = Pen(glyphs: Lines.dashed, across: "┄", down: "┆", rising: "⋰", falling: "⋱", plain: ":")
  /// A best way to the proxy.
  static let proxy = Pen(glyphs: Lines.bars, across: "╍", down: "╏", rising: "╏", falling: "╏", plain: "%")
}

/// How walls join: a line runs along every face that is not buried in wall on both sides.
struct Outline {
  let map: Grid<Tile>

  init(level: Level) { self.init(map: level.map) }

  /// The walls of a map that need not be a level.
  init(map: Grid<Tile>) { self.map = map }

  /// Whether a cell is wall; everything beyond the map is.
  func isWall(_ position: Position) -> Bool { !map.contains(position) || map[position] == .wall }

  func sides(of position: Position) -> UInt8 {
    var sides: UInt8 = 0
    for (bit, heading) in [Heading.up, .right, .down, .left].enumerated() where joins(position, heading) {
      sides |= 1 << UInt8(bit)
    }
    return sides
  }

  /// What is drawn in a cell of wall; a post by itself is in ASCII what corners are there.
  func glyph(of position: Position, _ set: GlyphSet) -> Unicode.Scalar {
    let sides = sides(of: position)
    if sides == 0 { return isBuried(position) ? " " : set == .ascii ? "+" : Lines.light[0] }
    return Lines.light[Int(sides)]
  }

  /// Whether nothing but wall is around: such a cell is drawn as filling.
  func isBuried(_ position: Position) -> Bool {
    for dy in -1...1 { for dx in -1...1 where !isWall(position.moved(dx: dx, dy: dy)) { return false } }
    return true
  }

  private func joins(_ position: Position, _ heading: Heading) -> Bool {
    let next = position.moved(heading)
    guard map.contains(next), isWall(next) else { return false }
    // The four cells along both sides of the stroke: all wall means the stroke lies inside of a block.
    let across = heading.dx == 0 ? Heading.right : .down
    let flanks = [position, next].flatMap { [$0.moved(across), $0.moved(dx: -across.dx, dy: -across.dy)] }
    return !flanks.allSatisfy(isWall)
  }
}
