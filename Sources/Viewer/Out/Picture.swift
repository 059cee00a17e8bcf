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
}
