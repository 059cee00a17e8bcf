import Letters

/// Text in columns, for people or as Markdown.
///
/// Columns are as wide as their cells ask for, at least as wide as they were told to be. A table whose rows come one
/// after the other, with minutes between them, prints ``line(_:)`` at the widths that it was told.
public struct TextTable: Sendable {
  /// At which end of its column a text stands.
  public enum Alignment: Sendable {
    case left, right
  }

  /// A column.
  public struct Column: Sendable {
    /// What stands above it.
    public let heading: String
    /// Where its texts stand.
    public let alignment: Alignment
    /// How wide it is at least, its gap included.
    public let width: Int
    /// The spaces that keep a text from the next column, or from the one before where it stands at the right.
    public let gap: Int

    /// A column.
    public init(_ heading: String = "", _ alignment: Alignment = .left, width: Int = 0, gap: Int = 1) {
      self.heading = heading
      self.alignment = alignment
      self.width = width
      self.gap = gap
    }

    fileprivate func padded(_ text: String, to width: Int) -> String {
      let blank = String(repeating: " ", count: max(gap, width - text.columns))
      return alignment == .left ? text + blank : blank + text
    }
  }

  /// The columns in order.
  public let columns: [Column]
  /// The rows in order, a text a column each.
  public var rows: [[String]]

  /// A table.
  public init(_ columns: [Column], rows: [[String]] = []) {
    self.columns = columns
    self.rows = rows
  }

  private var headings: [String] { columns.map(\.heading) }

  /// The headings and the rows, aligned, without spaces at their ends.
  public var lines: [String] {
    let all = [headings] + rows
    let widths = columns.indices.map { column in
      max(columns[column].width, (all.map { $0[column].columns }.max() ?? 0) + columns[column].gap)
    }
    return all.map { line($0, widths) }
  }

  /// The headings and the rows as Markdown.
  public var markdown: [String] {
    let rule = "|" + columns.map { $0.alignment == .left ? "---|" : "--:|" }.joined()
    return [TextTable.markdown(headings), rule] + rows.map(TextTable.markdown)
  }

  /// One row as Markdown, in which a bar ends no cell.
  public static func markdown(_ cells: [String]) -> String {
    "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
  }

  /// The headings at the widths that the columns were told.
  public var heading: String { line(headings) }

  /// One row at the widths that the columns were told; what is longer moves the rest of its line.
  public func line(_ cells: [String]) -> String { line(cells, columns.map(\.width)) }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = zip(columns, zip(cells, widths)).map { $0.padded($1.0, to: $1.1) }.joined()
    while line.last == " " { line.removeLast() }
    return line
  }
}
