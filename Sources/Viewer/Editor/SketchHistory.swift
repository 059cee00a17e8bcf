import Gridworlds

/// One step of a sketch's history: the differences that it made, in both directions.
struct SketchChange: Sendable {
  /// A tile that became another one.
  struct TileChange: Sendable {
    let index: Int
    let old: Tile, new: Tile
  }

  /// A line of the map that came or went.
  struct MapLine: Sendable {
    let isColumn: Bool
    /// The column or row at which it lies, while it is there.
    let at: Int
    let tiles: [Tile]
    let isInserted: Bool
  }

  /// One kind of difference.
  enum Difference: Sendable {
    case cells([TileChange])
    case splice(MapLine)
    case places(goal: String, old: [Position]?, new: [Position]?)
    case title(old: String, new: String)
    case timeLimit(old: Int, new: Int)
  }

  fileprivate(set) var parts: [Difference]
}

/// What was done to a sketch and what was taken back, without end.
///
/// What changes is remembered as differences, so that a long afternoon's history stays small.
struct SketchHistory: Part {
  /// Whether edits join one another to one change: while the mouse is held down.
  private enum Stroke {
    case none
    /// The first edit will be a change of its own.
    case begun
    /// Further edits join it.
    case going
  }

  private var done: [SketchChange] = []
  private var undone: [SketchChange] = []
  private var stroke = Stroke.none
  /// Where in the history the level was saved; `nil` where that place is lost.
  private var savedDepth: Int? = 0

  /// Edits that can be undone.
  var undoCount: Int { done.count }
  /// Edits that can be done again.
  var redoCount: Int { undone.count }
  /// Whether it differs from what was saved or opened.
  var isEdited: Bool { savedDepth != done.count }

  /// Lets all edits until ``endStroke()`` be one change.
  mutating func beginStroke() { stroke = .begun }

  /// Ends a stroke.
  mutating func endStroke() { stroke = .none }

  /// Remembers that what is drawn now is in a file.
  mutating func markSaved() {
    stroke = .none
    savedDepth = done.count
  }

  /// Remembers an edit.
  mutating func add(_ parts: [SketchChange.Difference]) {
    if stroke == .going, let last = done.indices.last {
      done[last].parts += parts
      return
    }
    // A new change leaves behind what was undone, and with it a saved state that lay there.
    if let saved = savedDepth, saved > done.count { savedDepth = nil }
    undone.removeAll()
    done.append(SketchChange(parts: parts))
    if stroke == .begun { stroke = .going }
  }

  /// The last change, to be taken back; `nil` where there is none.
  mutating func stepBack() -> SketchChange? {
    stroke = .none
    guard let change = done.popLast() else { return nil }
    undone.append(change)
    return change
  }

  /// What was taken back last, to be done again; `nil` where there is nothing.
  mutating func stepOn() -> SketchChange? {
    stroke = .none
    guard let change = undone.popLast() else { return nil }
    done.append(change)
    return change
  }
}
