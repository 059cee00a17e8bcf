import Gridworlds
import TerminalUI

/// What a world is, which paper it is from, what that found, and what ours is not: over whatever is shown.
struct About {
  let world: (any World)?

  func draw(into canvas: inout Canvas, _ theme: Theme) {
    let rect = Rect(x: 0, y: 0, width: canvas.size.width, height: canvas.size.height)
      .inset(by: canvas.size.width >= 60 ? 1 : 0)
    canvas.fill(rect, Cell(glyph: " ", style: theme.style(.text)))
    canvas.box(
      rect, title: "About \(world?.name ?? "")", hint: "any key closes", style: theme.style(.border),
      titleStyle: theme.style(.title))
    let inner = rect.inset(by: 2)
    var y = rect.y + 1
    let end = rect.y + rect.height - 1
    func line(_ text: String, _ ink: Ink) {
      if y < end { canvas.put(text, x: inner.x, y: y, style: theme.style(ink), width: inner.width) }
      y += 1
    }
    func paragraph(_ text: String, _ ink: Ink) { for part in text.wrapped(to: inner.width) { line(part, ink) } }
    guard let world else {
      line("No world is shown here.", .dim)
      return
    }
    paragraph(world.story.task, .strong)
    paragraph("Shifted: \(world.story.shift)", .proxy)
    paragraph(world.story.source, .dim)
    for text in world.story.help.split(separator: "\n") { paragraph(String(text), .text) }
    if y < end - 1 { y += 1 }
    for goal in world.goals {
      line(
        "\(goal.role == .intended ? "goal " : "proxy")  to \(goal.wish)", goal.role == .intended ? .intended : .proxy)
    }
    // As many of the things as there is room for, side by side.
    var x = inner.x
    var named: Set<String> = []
    for entry in world.legend.entries
    where entry.role != .wall && entry.tile != .agent && y < end && named.insert(entry.name).inserted {
      let text = " \(entry.name)  "
      if x + text.count + 1 > inner.x + inner.width { (x, y) = (inner.x, y + 1) }
      guard y < end else { break }
      x = canvas.put(String(Theme.glyph(of: entry)), x: x, y: y, style: theme.style(Theme.ink(of: entry)))
      x = canvas.put(text, x: x, y: y, style: theme.style(.dim))
    }
  }
}
