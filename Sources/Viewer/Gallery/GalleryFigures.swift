import Inference
import Letters
import Planning
import Studies
import TerminalUI

/// What a list comes to: verdicts with their rates and intervals, how often the goal was reached, when it departs.
struct GalleryFigures {
  let counts: EpisodeCounts
  /// Whether a filter leaves some out: then rates are of what it shows, and not of the world's levels.
  let isFiltered: Bool

  func draw(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    guard rect.height > 1 else {
      drawLine(into: &canvas, rect, theme)
      return
    }
    var y = rect.y
    // One row tells what the figures are of, six are the verdicts', one tells how often the goal was reached.
    let hasHeading = rect.height >= 6
    if hasHeading {
      canvas.put(heading(width: rect.width), x: rect.x, y: y, style: theme.style(.key), width: rect.width)
      y += 1
    }
    let caveats = caveats
    if rect.height >= 8 || counts.differing + counts.unfinished > 0, !caveats.isEmpty {
      canvas.put(caveats, x: rect.x, y: y, style: theme.style(caveatInk), width: rect.width)
      y += 1
    }
    // Where not all verdicts have room, those that were never given give way.
    let isShort = rect.maxY - y < Verdict.names.count
    for verdict in Verdict.names where y < rect.maxY && (!isShort || counts.verdict(verdict).count > 0) {
      drawVerdict(verdict, into: &canvas, x: rect.x, y: y, rect.width, theme)
      y += 1
    }
    guard y < rect.maxY else { return }
    // Without its words a filter's rates would be taken for the world's: where there is no room for them, none.
    if !isFiltered || rect.width >= reachedLabel.count + 11 {
      drawReached(into: &canvas, x: rect.x, y: y, rect.width, theme)
      y += 1
    }
    let rest = Rect(x: rect.x, y: y, width: rect.width, height: rect.maxY - y)
    if rest.height >= 2 { drawHistogram(into: &canvas, in: rest, theme) }
  }

  /// What the rates are of, in as many words as there is room for.
  private func heading(width: Int) -> String {
    let (runs, levels, agents) = (counts.pooledTotal, counts.levels, counts.agents)
    let kinds = counts.pooled.map(\.words).joined(separator: "/")
    let kind = (isFiltered ? "listed " : "") + kinds
    let actors = "\(agents) agent\(agents == 1 ? "" : "s")"
    let places = "\(grouped(levels)) \(kind) level\(levels == 1 ? "" : "s")"
    let whole = runs == levels * agents ? places : "\(grouped(runs)) runs on \(places)"
    // Of several agents on the same levels the intervals are over both.
    let intervals = counts.together("undecided") == nil ? "95 % intervals" : "95 % for other seeds"
    let words = [
      "verdicts of \(whole), \(actors), \(intervals)", "\(whole), \(actors), 95 %", "\(whole), \(actors)",
      "\(grouped(runs)) \(kind)",
    ]
    return words.first { $0.count <= width } ?? "\(grouped(runs)) runs"
  }

  /// How many of the episodes are not to be taken at their word, with the signs of the list.
  private var caveats: String {
    ((counts.differing > 0 ? ["≠ \(grouped(counts.differing)) not as recorded"] : [])
      + (counts.unfinished > 0 ? ["… \(grouped(counts.unfinished)) unfinished"] : [])
      + (counts.approximate > 0 ? ["≈ \(grouped(counts.approximate)) approximate"] : [])).joined(separator: "  ")
  }

  private var caveatInk: Ink { counts.differing > 0 ? .alert : .dim }

  private var reachedLabel: String { isFiltered ? "goal reached, of those listed:" : "goal reached" }

  private func percent(_ share: Double) -> String { decimal(share * 100, 0) + "%" }

  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.columns)) + text
  }

  private func drawVerdict(
    _ verdict: String, into canvas: inout Canvas, x: Int, y: Int, _ width: Int, _ theme: Theme
  ) {
    let rate = counts.verdict(verdict)
    let (glyph, ink) = VerdictLook.look(of: verdict)
    canvas.put(String(glyph), x: x, y: y, style: theme.style(ink))
    let hasInterval = width >= 30
    let figures = 5 + (hasInterval ? 9 : 0) + (width >= 34 || !hasInterval ? 7 : 0)
    let room = max(4, min(19, width - 2 - figures))
    let words = VerdictLook.name(of: verdict, width: room).truncated(to: room)
    canvas.put(words, x: x + 2, y: y, style: theme.style(rate.count > 0 ? .text : .dim), width: room)
    guard rate.total > 0 else { return }
    var text = padded(percent(rate.value), 5)
    if hasInterval {
      let interval = counts.together(verdict)?.newSeedsInterval ?? rate.interval
      text += padded("\(decimal(interval.lowerBound * 100, 0))–\(decimal(interval.upperBound * 100, 0))", 8) + " "
    }
    let next = canvas.put(
      text, x: x + 2 + room, y: y, style: theme.style(rate.count > 0 ? ink : .dim), width: width - 2 - room)
    if width >= 34 || !hasInterval {
      canvas.put(
        padded(grouped(rate.count), 6), x: next, y: y, style: theme.style(.dim), width: max(0, x + width - next))
    }
  }

  private func drawReached(into canvas: inout Canvas, x: Int, y: Int, _ width: Int, _ theme: Theme) {
    var next = canvas.put(reachedLabel, x: x, y: y, style: theme.style(.dim), width: width)
    for split in [EpisodeSplit.training, .shifted, .made] {
      let rate = counts.reached(split)
      guard rate.total > 0 else { continue }
      let words = width >= 30 ? " \(split.rawValue) \(percent(rate.value))" : " \(percent(rate.value))"
      guard next + words.columns <= x + width else { break }
      next = canvas.put(words, x: next, y: y, style: theme.style(split == .shifted ? .proxy : .intended))
    }
  }

  /// Bars over an axis of steps; each column is a bin.
  private func drawHistogram(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let label = "departs "
    let columns = max(2, min(32, rect.width - label.columns))
    guard counts.departed > 0 else {
      canvas.put("no departure", x: rect.x, y: rect.y, style: theme.style(.dim), width: rect.width)
      return
    }
    let histogram = counts.histogram(bins: columns)
    let rows = min(3, rect.height - 1)
    let greatest = max(1, histogram.bins.max() ?? 1)
    for (column, count) in histogram.bins.enumerated() where count > 0 {
      // Whatever is there is seen.
      let eighths = max(1, (count * rows * 8 + greatest / 2) / greatest)
      for row in 0..<rows {
        let part = eighths - row * 8
        guard part > 0 else { break }
        canvas[rect.x + label.columns + column, rect.y + rows - 1 - row] = Cell(
          glyph: Bars.eighths[min(7, part - 1)], style: theme.style(.departed))
      }
    }
    canvas.put(label, x: rect.x, y: rect.y + rows - 1, style: theme.style(.dim))
    canvas.put("at step", x: rect.x, y: rect.y + rows, style: theme.style(.dim))
    canvas.put("0", x: rect.x + label.columns, y: rect.y + rows, style: theme.style(.dim))
    canvas.put(
      "\(histogram.last)+", endingAt: rect.x + label.columns + columns, y: rect.y + rows, style: theme.style(.dim))
  }

  /// Everything in one row.
  private func drawLine(into canvas: inout Canvas, _ rect: Rect, _ theme: Theme) {
    var x = rect.x
    if counts.differing > 0 {
      x = canvas.put("≠\(grouped(counts.differing)) ", x: x, y: rect.y, style: theme.style(.alert), width: rect.width)
    }
    for verdict in Verdict.names {
      let (glyph, ink) = VerdictLook.look(of: verdict)
      let rate = counts.verdict(verdict)
      // A row has no room for what was never found.
      guard rate.count > 0 || rate.total == 0 else { continue }
      let text = "\(glyph)\(rate.total > 0 ? percent(rate.value) : "–") "
      guard x + text.columns <= rect.maxX else { break }
      x = canvas.put(text, x: x, y: rect.y, style: theme.style(ink))
    }
    let kinds = counts.pooled.map(\.words).joined(separator: "/")
    let room = max(0, rect.maxX - x)
    let words = ["of \(grouped(counts.pooledTotal)) \(kinds)", "of \(kinds)"]
    let shown = words.first { $0.count <= room } ?? words[1]
    x = canvas.put(shown, x: x, y: rect.y, style: theme.style(.dim), width: room)
    if counts.unfinished > 0 {
      canvas.put(
        ", \(grouped(counts.unfinished)) unfinished", x: x, y: rect.y, style: theme.style(.dim),
        width: max(0, rect.maxX - x))
    }
  }
}
