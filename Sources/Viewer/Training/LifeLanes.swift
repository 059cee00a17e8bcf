import Letters
import Studies
import TerminalUI

/// A whole life across the width: trees, chops and affinity as bars, what happened below.
///
/// A phase takes columns by the logarithm of its length, an empty one fewer, since a million steps of nothing would else
/// hide the few thousand in which everything happens.
struct LifeLanes {
  /// A phase with the columns that it takes.
  struct PhaseSpan {
    var phase: LifePhase
    var columns: Int
  }

  private let course: LifeCourse

  init(_ course: LifeCourse) { self.course = course }

  /// The latest phases that fit, and how many columns each takes.
  static func spans(of course: LifeCourse, width: Int) -> [PhaseSpan] {
    let phases = course.phases.suffix(max(1, width * 2 / 5))
    let weights = phases.map { LifeLanes.digits($0.total.steps) * ($0.isEmpty ? 0.4 : 1) }
    let sum = max(1e-9, weights.reduce(0, +))
    // Two columns for each, and of the rest its share; rounding falls on the ends that add up.
    let rest = Double(max(0, width - 2 * phases.count))
    var (spans, done, end): ([PhaseSpan], Double, Int) = ([], 0, 0)
    for (index, (phase, weight)) in zip(phases, weights).enumerated() {
      done += weight
      let next = min(width, 2 * (index + 1) + Int((rest * done / sum).rounded()))
      spans.append(PhaseSpan(phase: phase, columns: next - end))
      end = next
    }
    return spans
  }

  /// About the decimal logarithm, at least 1.
  private static func digits(_ steps: Int) -> Double {
    var (rest, count) = (Double(max(10, steps)), 0.0)
    while rest >= 10 {
      rest /= 10
      count += 1
    }
    return count + (rest - 1) / 9
  }

  func draw(into canvas: inout Canvas, in rect: Rect, theme: Theme) {
    let isNarrow = rect.width < 60
    let titles = isNarrow ? 10 : 15
    guard rect.width > titles + 4, rect.height >= 4 else { return }
    let spans = LifeLanes.spans(of: course, width: rect.width - titles)
    let below = rect.height >= 10 ? 4 : rect.height >= 8 ? 3 : rect.height >= 5 ? 2 : 1
    let height = max(1, (rect.height - below) / 3)
    let gap = height > 3 ? 1 : 0
    let present = course.present
    let lanes: [(String, Ink, (LifeWindow) -> Double?)] = [
      ("trees \(present.steps > 0 ? decimal(present.population, 1) : "–")", .intended, { $0.population / 10 }),
      ("chops \(present.steps > 0 ? decimal(present.rate) : "–")", .both, { $0.rate / 0.3 }),
      (
        "\(isNarrow ? "affin" : "affinity") \(present.affinity.map { decimal($0, isNarrow ? 1 : 2) } ?? "–")", .proxy,
        \.affinity
      ),
    ]
    var y = rect.y
    for (title, ink, value) in lanes {
      canvas.put(title, x: rect.x, y: y + height - 1 - gap, style: theme.style(ink), width: titles - 1)
      drawLane(
        spans, value, ink, into: &canvas,
        in: Rect(
          x: rect.x + titles, y: y, width: rect.width - titles, height: height - gap), theme)
      y += height
    }
    drawMarks(spans, into: &canvas, x: rect.x + titles, y: y, theme)
    if below > 1 { drawLengths(spans, into: &canvas, x: rect.x + titles, y: y + 1, theme) }
    if below > 1 { canvas.put("steps", x: rect.x, y: y + 1, style: theme.style(.dim), width: titles - 1) }
    guard below > 2 else { return }
    canvas.put(
      "◊ the last tree is cut   ▴ one comes back   ⚑ the forest is kept   · no tree", x: rect.x, y: y + 2,
      style: theme.style(.dim), width: rect.width)
    guard below > 3 else { return }
    canvas.put(
      "Bars up to 10 trees, 0.3 chops a step, affinity 1. Widths: log of steps.", x: rect.x, y: y + 3,
      style: theme.style(.dim), width: rect.width)
  }

  /// Bars from 0 to 1 in eighths of a row.
  private func drawLane(
    _ spans: [PhaseSpan], _ value: (LifeWindow) -> Double?, _ ink: Ink, into canvas: inout Canvas, in rect: Rect,
    _ theme: Theme
  ) {
    var x = rect.x
    for span in spans {
      let parts = span.phase.parts(max(1, span.columns))
      for column in 0..<span.columns {
        let window = parts.isEmpty ? nil : parts[column * parts.count / span.columns]
        if let window, !span.phase.isEmpty, let share = value(window) {
          let level = max(1, Int((min(1, max(0, share)) * Double(rect.height * 8)).rounded()))
          for row in 0..<rect.height where level > row * 8 {
            let glyph = Bars.eighths[min(7, level - row * 8 - 1)]
            canvas[x, rect.maxY - 1 - row] = Cell(glyph: glyph, style: theme.style(ink))
          }
        } else {
          canvas[x, rect.maxY - 1] = Cell(glyph: "·", style: theme.style(.faint))
        }
        x += 1
      }
    }
  }

  private func drawMarks(_ spans: [PhaseSpan], into canvas: inout Canvas, x start: Int, y: Int, _ theme: Theme) {
    var x = start
    for span in spans {
      for column in 0..<span.columns { canvas[x + column, y] = Cell(glyph: "─", style: theme.style(.border)) }
      if span.phase.start > 0 {
        let kind: LifeEvent.Kind = span.phase.isEmpty ? .collapse : span.phase.isRecovery ? .recovery : .regrowth
        canvas.put(
          String(LifeRoom.glyph(of: kind)), x: x, y: y, style: theme.style(span.phase.isEmpty ? .alert : .strong))
      }
      x += span.columns
    }
  }

  /// How long each phase was, where its columns have room to say so.
  private func drawLengths(_ spans: [PhaseSpan], into canvas: inout Canvas, x start: Int, y: Int, _ theme: Theme) {
    var x = start
    for span in spans {
      let steps = span.phase.total.steps
      let number =
        steps >= 1_000_000 ? "\(decimal(Double(steps) / 1e6, 1))M" : steps >= 1_000 ? "\(steps / 1_000)k" : "\(steps)"
      let long = span.phase.isEmpty ? "\(number) empty" : "\(number)"
      let text = long.count < span.columns ? long : number
      if text.columns < span.columns { canvas.put(text, x: x, y: y, style: theme.style(.dim), width: span.columns) }
      x += span.columns
    }
  }
}
