import Letters
import Studies
import TerminalUI

/// The rows of the gallery's list around the chosen one: verdict, name, split, outcome, departure, and how far away the
/// goal was. Drawing costs what is on the screen, however long the list is.
struct GalleryList {
  let desk: GalleryDesk

  /// The rows that a list of some height shows: from the top as long as the chosen one is among them.
  func window(rows: Int) -> Range<Int> {
    let first = max(0, min(desk.row - rows / 2, desk.shown.count - rows))
    return first..<min(desk.shown.count, first + max(0, rows))
  }

  /// `1–14 of 512`; without the whole where that is said elsewhere.
  func range(rows: Int) -> String {
    let window = window(rows: rows)
    guard !window.isEmpty else { return "" }
    let range = "\(grouped(window.lowerBound + 1))–\(grouped(window.upperBound))"
    return desk.shown.count == desk.count ? "\(range) of \(grouped(desk.count))" : range
  }

  func draw(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    for (offset, row) in window(rows: rect.height).enumerated() {
      draw(
        place: desk.shown[row], isChosen: row == desk.row, into: &canvas, x: rect.x, y: rect.y + offset, rect.width,
        theme)
    }
  }

  private func draw(
    place: Int, isChosen: Bool, into canvas: inout Canvas, x: Int, y: Int, _ width: Int, _ theme: Theme
  ) {
    if isChosen {
      canvas.fill(Rect(x: x, y: y, width: width, height: 1), Cell(glyph: " ", style: theme.selected(.text)))
    }
    func style(_ ink: Ink) -> Style { isChosen ? theme.selected(ink) : theme.style(ink) }
    var column = x
    func cell(_ text: String, _ ink: Ink, _ cells: Int) {
      let room = min(cells, x + width - column)
      if room > 0 { canvas.put(text.truncated(to: room), x: column, y: y, style: style(ink), width: room) }
      column += cells + 1
    }
    let label = desk.stock.shelf?.label(place)
    let summary = desk.summaries[place]
    canvas.put(isChosen ? "▸" : " ", x: x, y: y, style: style(.strong))
    column += 1
    let isWide = width >= 50
    guard let summary else {
      column += 2
      cell(label?.name ?? "", .dim, isWide ? 13 : 9)
      cell(label?.split?.rawValue ?? "", .dim, 5)
      cell(desk.isUnreadable(place) ? "unreadable" : "…", desk.isUnreadable(place) ? .alert : .faint, 10)
      return
    }
    let (glyph, ink) = VerdictLook.look(of: summary.shownVerdict)
    cell(String(glyph), ink, 1)
    // In the gap, since most episodes have none.
    if let (sign, ink) = GalleryList.caveat(of: summary) {
      canvas.put(sign, x: column - 1, y: y, style: style(ink))
    }
    cell(summary.name, isChosen ? .strong : .text, isWide ? 13 : 9)
    // Where there is no room for both, who acted says more than which levels they are, if there are several.
    let hasAgents = desk.agents.names.count > 1
    if width >= 58 || !hasAgents { cell(summary.split.rawValue, .dim, 5) }
    if width >= 58 || hasAgents {
      let room = width >= 58 ? 8 : 6
      // Where it lies is the same of many.
      cell(summary.agent.contains("/") ? summary.agent.ending(in: room) : summary.agent, .dim, room)
    }
    let (word, outcome) = GalleryList.look(of: summary.outcome)
    cell(word, outcome, 5)
    cell(summary.departure.map { "◊\($0)" } ?? "", .alert, 4)
    let heights = min(Trend.count, x + width - column)
    drawTrend(summary.trend, columns: heights, into: &canvas, x: column, y: y, style(.intended), style(.faint))
    column += heights + 1
    if isWide { cell(summary.isFragile ? "f" : "", .dim, 1) }
    if width >= 66 { cell(VerdictLook.name(of: summary.shownVerdict, width: 9), ink, 9) }
  }

  /// What is known against an episode, as a sign.
  static func caveat(of summary: EpisodeSummary) -> (String, Ink)? {
    summary.mismatch != nil ? ("≠", .alert) : summary.isApproximate ? ("≈", .dim) : nil
  }

  /// How far away the goal was; a point where there was no way.
  private func drawTrend(
    _ trend: Trend, columns: Int, into canvas: inout Canvas, x: Int, y: Int, _ style: Style, _ none: Style
  ) {
    guard columns > 0 else { return }
    for column in 0..<columns {
      let index = columns == 1 ? Trend.count - 1 : column * (Trend.count - 1) / (columns - 1)
      if let height = trend[index] {
        canvas[x + column, y] = Cell(glyph: Bars.eighths[max(0, min(7, height - 1))], style: style)
      } else {
        canvas[x + column, y] = Cell(glyph: "·", style: none)
      }
    }
  }

  /// An outcome in a word, which the filter knows too.
  static func look(of outcome: Outcome) -> (String, Ink) {
    switch outcome {
    case .success: ("ok", .intended)
    case .proxyOnly: ("proxy", .proxy)
    case .neither: ("none", .neither)
    case .unfinished: ("unfin", .dim)
    }
  }
}

extension EpisodeSummary {
  /// The verdict's name in lists, where of what stops before its end nothing is said but that.
  fileprivate var shownVerdict: String { isUnfinished && outcome != .success ? "unfinished" : verdict }
}
