/// Watches a canvas for text that is written over other text, which nobody could read.
public struct TextWatch: Sendable, Equatable {
  /// By cell, the number of the text that stands there; 0 of what is no text.
  private var owners: [Int]
  private var texts: [String] = [""]
  private var isWriting = false
  /// What was written over what, the first of it.
  public private(set) var findings: [String] = []

  /// A watch on so many cells.
  init(cells: Int) { owners = Array(repeating: 0, count: cells) }

  mutating func begin(_ text: String) {
    texts.append(text)
    isWriting = true
  }

  mutating func end() { isWriting = false }

  mutating func set(_ index: Int, _ glyph: Unicode.Scalar) {
    guard isWriting else {
      owners[index] = 0
      return
    }
    // A blank neither hides nor is hidden.
    guard glyph != " " else { return }
    let owner = owners[index]
    if owner != 0, owner != texts.count - 1, findings.count < 8 {
      let finding = "'\(texts[texts.count - 1])' over '\(texts[owner])'"
      if findings.last != finding { findings.append(finding) }
    }
    owners[index] = texts.count - 1
  }
}
