import Archive
import Letters
import Studies
import TerminalUI

/// An article of the catalogue as plain text for a terminal: what is DocC's own is taken out, paragraphs and lists are
/// wrapped, code stays as it is, and tables get columns.
struct ArticleText {
  private enum Block: Equatable {
    case heading(level: Int, String)
    case paragraph(String)
    case item(indentation: Int, marker: String, String)
    case code([String])
    case table([[String]])
  }

  private let blocks: [Block]

  /// Reads the Markdown of an article.
  init(_ markdown: String) {
    var reader = Reader()
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) { reader.take(String(line)) }
    blocks = reader.finished()
  }

  /// The article's title.
  var title: String {
    for case .heading(1, let text) in blocks { return text }
    return ""
  }

  /// Its first paragraph, which says in a sentence what it is about.
  var abstract: String {
    for case .paragraph(let text) in blocks { return ArticleText.plain(text) }
    return ""
  }

  /// The text in lines of at most `width` columns, code and narrow tables excepted.
  func text(width: Int) -> String {
    var lines: [String] = []
    for (index, block) in blocks.enumerated() {
      if index > 0, !ArticleText.isTight(blocks[index - 1], block) { lines.append("") }
      lines += ArticleText.lines(of: block, width: max(20, width))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Items of one list stand without blank lines between them.
  private static func isTight(_ first: Block, _ second: Block) -> Bool {
    if case .item = first, case .item = second { return true }
    return false
  }

  private static func lines(of block: Block, width: Int) -> [String] {
    switch block {
    case .heading(let level, let text):
      let plain = plain(text)
      return [level == 1 ? plain.uppercased() : level == 2 ? plain : "  " + plain]
    case .paragraph(let text): return indented(plain(text), first: "  ", rest: "  ", width: width)
    case .item(let indentation, let marker, let text):
      let space = String(repeating: " ", count: 2 + indentation)
      let hang = space + String(repeating: " ", count: marker.count + 1)
      return indented(plain(text), first: space + marker + " ", rest: hang, width: width)
    case .code(let lines): return lines.map { $0.isEmpty ? "" : "    " + $0 }
    case .table(let rows): return table(rows.map { $0.map { cell(plain($0)) } }, width: width)
    }
  }

  private static func indented(_ text: String, first: String, rest: String, width: Int) -> [String] {
    text.wrapped(to: max(10, width - rest.count)).enumerated().map { ($0 == 0 ? first : rest) + $1 }
  }

  /// In a column of its own code needs no marks.
  private static func cell(_ text: String) -> String {
    guard text.count > 2, text.first == "`", text.dropFirst().firstIndex(of: "`") == text.indices.last else {
      return text
    }
    return String(text.dropFirst().dropLast())
  }

  /// Columns side by side where they fit, the last one wrapped where that helps; else each row as a list of its cells.
  private static func table(_ rows: [[String]], width: Int) -> [String] {
    guard let head = rows.first else { return [] }
    let body = rows.dropFirst()
    let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let before = 2 + widths.dropLast().reduce(0) { $0 + $1 + 2 }
    if before + max(24, min(widths.last ?? 0, 30)) <= width {
      let columns = TextTable(
        [.init(width: 2, gap: 2)] + widths.dropLast().map { .init(width: $0 + 2, gap: 2) } + [.init()])
      return rows.filter { $0.contains { !$0.isEmpty } }.flatMap { row -> [String] in
        (row.last ?? "").wrapped(to: width - before).enumerated().map { index, text in
          columns.line([""] + row.dropLast().map { index == 0 ? $0 : "" } + [text])
        }
      }
    }
    return body.flatMap { row in
      indented(row[0], first: "  ", rest: "    ", width: width)
        + zip(head, row).dropFirst().flatMap { name, cell in
          indented(name.isEmpty ? cell : "\(name): \(cell)", first: "    ", rest: "      ", width: width)
        }
    }
  }
}

extension ArticleText {
  /// Puts lines together to blocks.
  private struct Reader {
    private var blocks: [Block] = []
    private var open: Block?
    private var isCode = false
    private var isComment = false
    private var depth = 0

    mutating func take(_ line: String) {
      let text = PlainText.trimmed(line)
      if isCode { return takeCode(line) }
      if depth > 0 || text.first == "@" { return skipDirective(text) }
      if isComment || text.hasPrefix("<!--") {
        isComment = !text.hasSuffix("-->")
        return close()
      }
      if text.hasPrefix("```") {
        close()
        (open, isCode) = (.code([]), true)
        return
      }
      let indentation = line.prefix { $0 == " " }.count
      let level = text.prefix { $0 == "#" }.count
      if text.isEmpty {
        close()
      } else if (1...6).contains(level), text.dropFirst(level).first == " " {
        close()
        blocks.append(.heading(level: level, String(text.dropFirst(level + 1))))
      } else if text.first == "|" {
        takeRow(text)
      } else if let (marker, rest) = ArticleText.item(text) {
        close()
        open = .item(indentation: indentation, marker: marker, rest)
      } else {
        takeText(text.hasPrefix("> ") ? String(text.dropFirst(2)) : text)
      }
    }

    /// What DocC reads and people do not: `@Metadata { … }`.
    private mutating func skipDirective(_ text: String) {
      close()
      depth += text.count { $0 == "{" } - text.count { $0 == "}" }
    }

    private mutating func takeCode(_ line: String) {
      guard case .code(let lines)? = open else { return }
      if PlainText.trimmed(line).hasPrefix("```") {
        isCode = false
        close()
      } else {
        open = .code(lines + [line])
      }
    }

    private mutating func takeRow(_ text: String) {
      let cells = ArticleText.cells(of: text)
      if case .table(let rows)? = open {
        if cells.allSatisfy({ !$0.isEmpty && $0.allSatisfy { "-:".contains($0) } }) { return }
        let count = rows.first?.count ?? 0
        let blank = [String](repeating: "", count: max(0, count - cells.count))
        open = .table(rows + [Array((cells + blank).prefix(count))])
      } else {
        close()
        open = .table([cells])
      }
    }

    private mutating func takeText(_ text: String) {
      switch open {
      case .paragraph(let before)?: open = .paragraph(before + " " + text)
      case .item(let indentation, let marker, let before)?:
        open = .item(indentation: indentation, marker: marker, before + " " + text)
      default:
        close()
        open = .paragraph(text)
      }
    }

    private mutating func close() {
      if let open { blocks.append(open) }
      open = nil
    }

    mutating func finished() -> [Block] {
      close()
      return blocks
    }
  }

  /// A line of a list: its marker and its text.
  private static func item(_ text: String) -> (marker: String, text: String)? {
    if text.hasPrefix("- ") || text.hasPrefix("* ") { return ("-", String(text.dropFirst(2))) }
    let digits = text.prefix { $0.isNumber }
    guard !digits.isEmpty, text.dropFirst(digits.count).hasPrefix(". ") else { return nil }
    return (digits + ".", String(text.dropFirst(digits.count + 2)))
  }

  /// The cells of a line `| a | b |`; `\|` is no border.
  private static func cells(of line: String) -> [String] {
    var cells = [""]
    var isEscaped = false
    for character in line.dropFirst() {
      if character == "|", !isEscaped {
        cells.append("")
      } else {
        if isEscaped, character == "|" { cells[cells.count - 1].removeLast() }
        cells[cells.count - 1].append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    if cells.last.map({ PlainText.trimmed($0).isEmpty }) == true { cells.removeLast() }
    return cells.map { PlainText.trimmed($0) }
  }

  /// A text without the marks of links, symbols and emphasis; what is marked as code stays as it is typed.
  static func plain(_ text: String) -> String {
    let parts = text.replacing("``", with: "\u{0}").split(separator: "`", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      index % 2 == 1 ? "`\(part)`" : withoutMarks(String(part))
    }.joined().replacing("\u{0}", with: "")
  }

  private static func withoutMarks(_ text: String) -> String {
    var text = text
    text = text.replacing(/<doc:([A-Za-z]+)>/) { match in
      let name = Topic.all.first { $0.file == match.output.1 }?.name
      return name.map { "wayward help \($0)" } ?? String(match.output.1)
    }
    text = text.replacing(/\[([^\]]*)\]\((?:doc:)?([^)]*)\)/) { match in
      match.output.2.hasPrefix("http") ? "\(match.output.1) (\(match.output.2))" : String(match.output.1)
    }
    text = text.replacing(/<(https?:[^>]*)>/) { String($0.output.1) }
    text = text.replacing(/\*\*([^*]+)\*\*/) { String($0.output.1) }
    text = text.replacing(/\*([^*\s](?:[^*]*[^*\s])?)\*/) { String($0.output.1) }
    return text.replacing(/\\([*_<>|`])/) { String($0.output.1) }
  }
}
