/// One line of text that a person edits.
public struct LineEditor: Sendable, Hashable {
  /// The most characters a line takes.
  public static let limit = 200
  /// What stands there.
  public private(set) var text: String
  /// Characters before the cursor.
  public private(set) var cursor: Int

  /// A line that holds `text`, the cursor at its end.
  public init(_ text: String = "") {
    self.text = String(text.prefix(LineEditor.limit))
    cursor = self.text.count
  }

  /// Takes a key that edits; returns whether it was one.
  @discardableResult
  public mutating func take(_ key: Key) -> Bool {
    switch key.canonical {
    case .character(let character): insert(String(character))
    case .backspace: remove(cursor - 1)
    case .delete: remove(cursor)
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(text.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = text.count
    case .control("u"): self = LineEditor()
    case .control("w"):
      let kept = text.prefix(cursor).reversed().drop { $0 == " " }.drop { $0 != " " }
      let rest = text.dropFirst(cursor)
      text = String(kept.reversed()) + rest
      cursor = kept.count
    default: return false
    }
    return true
  }

  /// Inserts text at the cursor, each character as it would be shown, as far as there is room.
  public mutating func insert(_ inserted: String) {
    let room = LineEditor.limit - text.count
    let plain = inserted.prefix(room).map { Character($0.scalarOnScreen) }.filter { $0 != Character(.substitute) }
    text = String(text.prefix(cursor)) + String(plain) + String(text.dropFirst(cursor))
    cursor += plain.count
  }

  private mutating func remove(_ place: Int) {
    guard place >= 0, place < text.count else { return }
    text.remove(at: text.index(text.startIndex, offsetBy: place))
    cursor = min(cursor, place)
  }
}
