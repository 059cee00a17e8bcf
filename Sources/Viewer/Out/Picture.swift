import Studies
import TerminalUI

/// How a screen is written to a file or to standard output.
public enum PictureFormat: String, Sendable, CaseIterable {
  /// Plain text.
  case text
  /// Text with the sequences that colour it, 24 bits deep.
  case ansi
  /// A picture.
  case svg
}

extension Canvas {
  /// The page as a file holds it, with a newline at its end.
  /// - Parameter title: what a picture says of itself.
  public func written(as format: PictureFormat, title: String, theme: Theme) -> String {
    switch format {
    case .text: text() + "\n"
    case .ansi: ansi(depth: .trueColor) + "\n"
    case .svg: svg(title: title, theme: theme)
    }
  }

  /// The canvas as an SVG picture.
  public func svg(title: String, theme: Theme) -> String {
    func solid(_ color: Color, or fallback: Color) -> (UInt8, UInt8, UInt8) {
      if case .rgb(let red, let green, let blue) = color { return (red, green, blue) }
      if case .rgb(let red, let green, let blue) = fallback { return (red, green, blue) }
      return (0, 0, 0)
    }
    let paper = Theme(theme.name == .mono ? .light : theme.name)
    let cells = (0..<size.height).map { y in
      (0..<size.width).map { x in
        let cell = self[x, y]
        var foreground = solid(cell.style.foreground, or: paper.style(.text).foreground)
        var background = solid(cell.style.background, or: paper.background)
        if cell.style.attributes.contains(.reverse) { swap(&foreground, &background) }
        return SVGCell(
          glyph: cell.glyph, foreground: foreground, background: background,
          bold: cell.style.attributes.contains(.bold))
      }
    }
    return SVG.render(cells: cells, title: title)
  }
}
