import Accounts
import Studies
import TerminalUI

/// What is known against what is shown, on the edge of its picture for as long as it is there.
struct CaveatSigns {
  private let caveats: [Caveat]

  init(_ run: Run) { caveats = run.caveats }

  /// The columns that the shortest words need.
  var least: Int { words(width: 0).count }

  /// As many words as a width has room for; the shortest where it has none for more.
  func words(width: Int) -> String {
    let marks = caveats.map(\.marks).filter { !$0.isEmpty }
    // What has no short form is said at length or not at all.
    let forms = [marks.map(\.first), marks.map(\.last), marks.map { $0.count > 1 ? $0.last : nil }]
      .map { $0.compactMap(\.self).joined(separator: "  ") }
    return forms.first { $0.count <= width } ?? forms.last ?? ""
  }

  /// Whether it is more than that values are approximate or states were not compared.
  private var ink: Ink {
    caveats.contains { caveat in
      switch caveat {
      case .differs, .cut, .levelDiffers: true
      case .statesUnchecked, .approximate, .unsaid: false
      }
    } ? .alert : .dim
  }

  /// Writes them.
  /// - Returns: the column after them.
  func draw(into canvas: inout Canvas, x: Int, y: Int, width: Int, _ theme: Theme) -> Int {
    let words = words(width: width)
    guard !words.isEmpty else { return x }
    return canvas.put(words, x: x, y: y, style: theme.style(ink), width: max(0, width))
  }
}
