import Archive
import Letters
import TerminalUI

/// A cell of a picture in letters.
struct SVGCell: Hashable, Sendable {
  /// What stands in the cell.
  let glyph: Unicode.Scalar
  /// Its colour: red, green, blue.
  let foreground: RGB
  /// The colour behind it.
  let background: RGB
  /// Whether it is bold.
  let bold: Bool

  /// A colour of a screen.
  struct RGB: Hashable, Sendable {
    /// `#rrggbb`.
    let code: String

    /// A colour from red, green and blue.
    init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
      code = "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }

  /// A cell of a picture in letters.
  init(
    glyph: Unicode.Scalar, foreground: (UInt8, UInt8, UInt8), background: (UInt8, UInt8, UInt8), bold: Bool = false
  ) {
    self.glyph = glyph
    self.foreground = RGB(foreground.0, foreground.1, foreground.2)
    self.background = RGB(background.0, background.1, background.2)
    self.bold = bold
  }
}

/// A screen as a picture that browsers and papers show.
enum SVG {
  private static let cell = (width: 9, height: 18, baseline: 14)

  /// The picture; the same cells give the same text.
  ///
  /// Backgrounds are rectangles over the commonest one, as wide and as high as they go, with edges on whole pixels, so
  /// that no seam shows between two at any size. Letters are runs of one style; each has its length, so that fonts of
  /// another width keep the columns.
  static func render(cells: [[SVGCell]], title: String) -> String {
    let columns = cells.map(\.count).max() ?? 0
    let (width, height) = (columns * cell.width, cells.count * cell.height)
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\""
        + " viewBox=\"0 0 \(width) \(height)\" role=\"img\">",
      "<title>\(escaped(PlainText.stripped(title)))</title>",
      "<g font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"15\""
        + " xml:space=\"preserve\">",
    ]
    lines.append("<g shape-rendering=\"crispEdges\">")
    for block in blocks(of: cells) {
      lines.append(
        "<rect x=\"\(block.columns.lowerBound * cell.width)\" y=\"\(block.rows.lowerBound * cell.height)\""
          + " width=\"\(block.columns.count * cell.width)\" height=\"\(block.rows.count * cell.height)\""
          + " fill=\"\(block.color.code)\"/>")
    }
    lines.append("</g>")
    for (y, row) in cells.enumerated() {
      for run in runs(of: row, by: { Style(foreground: $0.foreground, bold: $0.bold, isWide: $0.glyph.columns != 1) }) {
        if let line = text(row, run, y: y) { lines.append(line) }
      }
    }
    return (lines + ["</g>", "</svg>"]).joined(separator: "\n") + "\n"
  }

  /// Cells of one background.
  private struct Block {
    let columns: Range<Int>
    var rows: Range<Int>
    let color: SVGCell.RGB
  }

  /// All of the picture in its commonest background, and over it what has another, from above.
  private static func blocks(of cells: [[SVGCell]]) -> [Block] {
    let columns = cells.map(\.count).max() ?? 0
    let counts = Dictionary(cells.joined().map { ($0.background, 1) }, uniquingKeysWith: +)
    guard let ground = counts.max(by: { ($0.value, $1.key.code) < ($1.value, $0.key.code) })?.key else { return [] }
    var blocks = [Block(columns: 0..<columns, rows: 0..<cells.count, color: ground)]
    /// By where they begin, those that the row before ended with.
    var open: [Int: Int] = [:]
    for (y, row) in cells.enumerated() {
      var next: [Int: Int] = [:]
      for run in runs(of: row, by: \.background) where row[run.lowerBound].background != ground {
        let color = row[run.lowerBound].background
        if let index = open[run.lowerBound], blocks[index].columns == run, blocks[index].color == color {
          blocks[index].rows = blocks[index].rows.lowerBound..<y + 1
          next[run.lowerBound] = index
        } else {
          next[run.lowerBound] = blocks.count
          blocks.append(Block(columns: run, rows: y..<y + 1, color: color))
        }
      }
      open = next
    }
    return blocks
  }

  private struct Style: Equatable {
    let foreground: SVGCell.RGB
    let bold: Bool
    /// Wide letters have runs of their own: fonts do not make them twice as wide as the others.
    let isWide: Bool
  }

  /// A run of letters; `nil` where there is nothing to see. Spaces at its ends are left out.
  private static func text(_ row: [SVGCell], _ run: Range<Int>, y: Int) -> String? {
    guard let first = run.first(where: { !isBlank(row[$0].glyph) }),
      let last = run.last(where: { !isBlank(row[$0].glyph) })
    else { return nil }
    var letters = String.UnicodeScalarView()
    for cell in row[first...last] where cell.glyph != .secondHalf {
      letters.append(isBlank(cell.glyph) ? " " : cell.glyph)
    }
    let weight = row[first].bold ? " font-weight=\"bold\"" : ""
    return "<text x=\"\(first * cell.width)\" y=\"\(y * cell.height + cell.baseline)\""
      + " textLength=\"\((last - first + 1) * cell.width)\" lengthAdjust=\"spacingAndGlyphs\""
      + " fill=\"\(row[first].foreground.code)\"\(weight)>\(escaped(String(letters)))</text>"
  }

  private static func isBlank(_ glyph: Unicode.Scalar) -> Bool {
    glyph == " " || (glyph != .secondHalf && PlainText.isHazard(glyph))
  }

  private static func runs(of row: [SVGCell], by style: (SVGCell) -> some Equatable) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for index in row.indices {
      if let last = result.last, style(row[last.lowerBound]) == style(row[index]) {
        result[result.count - 1] = last.lowerBound..<index + 1
      } else {
        result.append(index..<index + 1)
      }
    }
    return result
  }

  /// A text as it stands between tags and in attributes.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&apos;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
