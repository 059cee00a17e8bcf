import Gridworlds
import Letters
import Studies
import TerminalUI

/// The rows above the list: what it is of, how far the playing is, the world's task and shift; where there is no room for
/// a pane of worlds and agents, their names in a row.
struct GalleryHeader {
  let source: GallerySource
  let choice: GalleryChoice
  let desk: GalleryDesk?
  let story: WorldStory?

  func draw(into canvas: inout Canvas, hasSide: Bool, _ theme: Theme) {
    let width = canvas.size.width
    let right = progress
    let next = canvas.put(" wayward", x: 0, y: 0, style: theme.style(.title), width: width)
    let about = source.file ?? "trained agents, a shifted world: which goal do they pursue?"
    // Half a sentence says nothing; a file's name says something even when cut.
    if source.file != nil || next + about.columns + right.columns + 4 <= width {
      canvas.put(
        ("  " + about).truncated(to: width - next - right.columns - 3), x: next, y: 0, style: theme.style(.dim))
    }
    canvas.put(right, x: max(next + 1, width - right.columns - 1), y: 0, style: theme.style(.key), width: right.columns)
    if hasSide {
      canvas.put((story?.task ?? "").truncated(to: width - 2), x: 1, y: 1, style: theme.style(.text))
    } else {
      let agent = agentWords
      canvas.put(agent, x: max(1, width - agent.columns - 1), y: 1, style: theme.style(.dim))
      drawTabs(into: &canvas, x: 1, y: 1, width: width - agent.columns - 4, theme)
    }
    if let story { drawShift(story, into: &canvas, y: 2, theme) }
  }

  private func drawShift(_ story: WorldStory, into canvas: inout Canvas, y: Int, _ theme: Theme) {
    let next = canvas.put("Shifted: ", x: 1, y: y, style: theme.style(.proxy), width: canvas.size.width - 2)
    canvas.put(story.shift.truncated(to: canvas.size.width - 1 - next), x: next, y: y, style: theme.style(.text))
  }

  /// How far the playing is, then how much there is.
  private var progress: String {
    guard let desk, desk.count > 0 else { return "" }
    let count = grouped(desk.count)
    if desk.isComplete { return "\(count) runs" }
    let share = Double(desk.turnsDone) / Double(desk.count)
    return "\(bar(share, width: 8)) \(decimal(share * 100, 0)) % of \(count) runs"
  }

  private var agentWords: String {
    if source.file != nil { return desk?.query.agent ?? "all agents" }
    guard let agents = desk?.stock.agents, !agents.isEmpty else { return "" }
    guard let agent = choice.agent else { return "all \(agents.count) agents" }
    return agents.indices.contains(agent) ? "\(agents[agent]) \(agent + 1)/\(agents.count)" : ""
  }

  /// The names of the worlds, as many around the chosen one as fit; arrows where there are more.
  private func drawTabs(into canvas: inout Canvas, x: Int, y: Int, width: Int, _ theme: Theme) {
    let names = source.file == nil ? source.worlds : ["all"] + (desk?.worlds.names ?? [])
    let current = source.file == nil ? choice.world : desk?.query.world ?? "all"
    guard let chosen = names.firstIndex(of: current) else { return }
    let widths = names.map { $0.count + 3 }
    var shown = chosen..<(chosen + 1)
    func room(_ range: Range<Int>) -> Int { range.reduce(2) { $0 + widths[$1] } }
    while true {
      let (before, after) = (shown.lowerBound - 1, shown.upperBound + 1)
      if after <= widths.count, room(shown.lowerBound..<after) <= width {
        shown = shown.lowerBound..<after
      } else if before >= 0, room(before..<shown.upperBound) <= width {
        shown = before..<shown.upperBound
      } else {
        break
      }
    }
    if shown.lowerBound > 0 { canvas.put("‹", x: x - 1, y: y, style: theme.style(.key)) }
    var x = x
    for index in shown {
      let isChosen = index == chosen
      x = canvas.put(
        isChosen ? "▸ \(names[index]) " : "  \(names[index]) ", x: x, y: y,
        style: isChosen ? theme.selected(.strong) : theme.style(.dim))
    }
    if shown.upperBound < widths.count { canvas.put("›", x: x, y: y, style: theme.style(.key)) }
  }
}
