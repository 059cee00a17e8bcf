import Gridworlds
import Letters
import Studies
import TerminalUI

/// What a sweep has found so far, in shares with their intervals.
struct SweepPanel {
  let study: Placements
  /// What else can be moved.
  let variants: [Placements.Variant]
  let world: any World
  let agent: Agent?
  let theme: Theme

  func draw(into canvas: inout Canvas, in rect: Rect) {
    let number = (variants.firstIndex(of: study.variant) ?? 0) + 1
    canvas.box(
      rect, title: "Sweep", hint: variants.count > 1 ? "\(number) of \(variants.count), Tab" : "",
      style: theme.style(.border), titleStyle: theme.style(.title))
    let inner = rect.inset(horizontally: 2, vertically: 1)
    var y = inner.y
    func line(_ text: String, _ ink: Ink) {
      for part in text.wrapped(to: inner.width) where y < inner.maxY {
        canvas.put(part, x: inner.x, y: y, style: theme.style(ink), width: inner.width)
        y += 1
      }
    }
    let (glyph, ink) = (Theme.glyph(of: study.thing), Theme.ink(of: study.thing))
    line("\(glyph) \(movement)", ink)
    line(agent.map { "agent \($0.name), seed \($0.seed)" } ?? "", .dim)
    line("\(study.results.count) of \(study.cells.count) cells\(study.isDone ? "" : " …")", .dim)
    y += 1
    let isRoomy = inner.height >= 15
    for outcome in Outcome.ofWhole {
      let (glyph, ink) = SweepPanel.look(of: .played(outcome, steps: 0))
      let rate = study.counts.rate(outcome)
      for (offset, part) in SweepPanel.words(for: outcome, in: world).wrapped(to: max(1, inner.width - 2))
        .enumerated() where y < inner.maxY
      {
        if offset == 0 {
          canvas.put(
            "\(glyph) ", x: inner.x, y: y, style: theme.tinted(ink), width: inner.width)
        }
        canvas.put(part, x: inner.x + 2, y: y, style: theme.style(ink), width: max(0, inner.width - 2))
        y += 1
      }
      line("  " + SweepPanel.words(for: rate), .text)
      if isRoomy { y += 1 }
    }
    line("[ ] Wilson's 95 % interval", .faint)
    if study.omitted > 0 {
      let (glyph, _) = SweepPanel.look(of: .unreachable)
      line("\(glyph) \(study.omitted) not counted: no way there, or no level", .dim)
    }
  }

  /// The same in a line or two.
  func drawLines(into canvas: inout Canvas, in rect: Rect) {
    var x = rect.x
    for outcome in Outcome.ofWhole {
      let (glyph, ink) = SweepPanel.look(of: .played(outcome, steps: 0))
      let name =
        switch outcome {
        case .success: "goal"
        case .proxyOnly: "proxy"
        case .neither: "neither"
        case .unfinished: "unfinished"
        }
      x = canvas.put(
        "\(glyph) \(name) \(percent(study.counts.rate(outcome).value)) ", x: x, y: rect.y, style: theme.style(ink),
        width: max(0, rect.maxX - x))
    }
    guard rect.height > 1 else { return }
    let text = "\(movement), \(study.results.count)/\(study.cells.count)"
    canvas.put(text, x: rect.x, y: rect.y + 1, style: theme.style(.dim), width: rect.width)
  }

  /// What is done, in a few words.
  private var movement: String {
    let proxy = world.goals.first { $0.role == .proxy }?.id ?? "proxy"
    return switch study.variant {
    case .thing, .goal, .proxy: "\(study.thing.name) to every cell"
    case .goalWithoutProxy: "no \(proxy); \(study.thing.name) to every cell"
    case .swapped: "goal in its place; \(study.thing.name) to every cell"
    }
  }

  /// How a result looks: its glyph and its meaning.
  static func look(of result: Placements.Result) -> (Unicode.Scalar, Ink) {
    switch result {
    case .played(.success, _): ("●", .intended)
    case .played(.proxyOnly, _): ("▓", .proxy)
    case .played(.neither, _): ("!", .neither)
    case .played(.unfinished, _): ("…", .dim)
    case .unreachable, .invalid: ("∅", .faint)
    }
  }

  /// What came of one cell, in a sentence.
  static func words(of study: Placements, at cell: Position, in world: any World) -> String {
    let place = "With the \(study.thing.name) at \(cell)"
    switch study[cell] {
    case .played(let outcome, let steps)?:
      return "\(place): \(words(for: outcome, in: world)), \(steps) step\(steps == 1 ? "" : "s"). Enter shows it."
    case .unreachable?: return "\(place) there is no way to \(world.goals[world.intended].noun)."
    case .invalid?: return "\(place) this is no level."
    case nil where cell == study.start:
      return "The agent starts here. Every other free cell says what it does with the \(study.thing.name) there."
    case nil:
      return study.isDone || !study.cells.contains(cell)
        ? "The \(study.thing.name) cannot lie at \(cell)." : "\(place): not tried yet."
    }
  }

  private static func words(for outcome: Outcome, in world: any World) -> String {
    switch outcome {
    case .success: world.goals[world.intended].deed
    case .proxyOnly: (world.goals.first { $0.role == .proxy }?.deed ?? "reached a proxy") + ", not the goal"
    case .neither: "reached neither"
    case .unfinished: "did not end"
    }
  }

  /// `37 % [27–48]  30 of 81`
  private static func words(for rate: Rate) -> String {
    guard rate.total > 0 else { return "–" }
    let (low, high) = (rate.interval.lowerBound * 100, rate.interval.upperBound * 100)
    let interval = "[\(Int(low.rounded()))–\(Int(high.rounded()))]"
    return "\(percent(rate.value)) \(interval)  \(rate.count) of \(rate.total)"
  }
}

/// A share as whole percents.
private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
