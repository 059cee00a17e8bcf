import Letters
import Studies
import TerminalUI

/// The left pane: the worlds, the splits, the agents, each with how many there are; what is chosen is marked.
struct GallerySide {
  let source: GallerySource
  let choice: GalleryChoice
  let desk: GalleryDesk

  private struct SideEntry {
    let name: String
    let count: Int?
    let isChosen: Bool
    /// Whether it stands for all the others.
    var isAll = false
    /// What is known of it.
    var note: String?
  }

  func draw(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let (splits, agents, worlds) = (splits, agents, worlds)
    // Headings and the gaps between the three parts; splits always fit, the others share what is left.
    let rest = max(2, rect.height - 5 - splits.count)
    let agentRows = min(agents.count, max(2, rest - worlds.count, rest / 3))
    let worldRows = max(1, min(worlds.count, rest - agentRows))
    var y = rect.y
    func part(_ title: String, _ lines: [SideEntry], rows: Int) {
      guard y < rect.maxY else { return }
      canvas.put(title, x: rect.x, y: y, style: theme.style(.key), width: rect.width)
      y += 1
      let chosen = lines.firstIndex(where: \.isChosen) ?? 0
      let first = max(0, min(chosen - rows / 2, lines.count - rows))
      for line in lines.dropFirst(first).prefix(rows) where y < rect.maxY {
        draw(line, into: &canvas, x: rect.x, y: y, rect.width, theme)
        y += 1
      }
      y += 1
    }
    part(heading("World", worlds, worldRows), worlds, rows: worldRows)
    part("Split", splits, rows: splits.count)
    part(heading("Agent", agents, agentRows), agents, rows: agentRows)
  }

  /// A heading that says how many there are where not all are shown.
  private func heading(_ title: String, _ entries: [SideEntry], _ rows: Int) -> String {
    rows < entries.count ? "\(title), of \(entries.count { !$0.isAll })" : title
  }

  private func draw(_ line: SideEntry, into canvas: inout Canvas, x: Int, y: Int, _ width: Int, _ theme: Theme) {
    let count = line.count.map(grouped) ?? ""
    let ink: Ink = line.isChosen ? .strong : .dim
    canvas.put(line.isChosen ? "▸" : " ", x: x, y: y, style: theme.style(.strong))
    let next = canvas.put(
      line.name.truncated(to: max(1, width - 2 - count.count)), x: x + 1, y: y, style: theme.style(ink),
      width: max(0, width - 1))
    if let note = line.note, next + 1 + note.columns <= x + width - 1 - count.count {
      canvas.put(note, x: next + 1, y: y, style: theme.style(.dim))
    }
    canvas.put(count, endingAt: x + width - 1, y: y, style: theme.style(line.isChosen ? .text : .faint))
  }

  private var isFile: Bool { source.file != nil }

  private var worlds: [SideEntry] {
    guard !isFile else { return tally(desk.worlds, chosen: desk.query.world) }
    return source.worlds.map { name in
      let isChosen = name == choice.world
      // How many agents another world has nobody has looked.
      let made = choice.agent == nil ? nil : desk.stock.made[name].map { $0 + 2 * choice.levels }
      return SideEntry(name: name, count: isChosen ? desk.count : made, isChosen: isChosen)
    }
  }

  private var splits: [SideEntry] {
    let chosen = desk.query.split
    return [SideEntry(name: "all", count: desk.turnsDone, isChosen: chosen == nil, isAll: true)]
      + [EpisodeSplit.shifted, .training, .made].map {
        SideEntry(name: $0.words, count: desk.splits.counts[$0.rawValue] ?? 0, isChosen: $0 == chosen)
      }
  }

  private var agents: [SideEntry] {
    guard !isFile else { return tally(desk.agents, chosen: desk.query.agent) }
    return desk.stock.agents.enumerated().map { index, name in
      SideEntry(
        name: name, count: nil, isChosen: index == choice.agent,
        note: desk.profiles[name].map { $0.rawValue.replacing("_", with: " ") })
    }
      + (desk.stock.agents.count > 1
        ? [SideEntry(name: "all", count: nil, isChosen: choice.agent == nil, isAll: true)] : [])
  }

  private func tally(_ tally: GalleryDesk.Tally, chosen: String?) -> [SideEntry] {
    [SideEntry(name: "all", count: desk.turnsDone, isChosen: chosen == nil, isAll: true)]
      + tally.names.map { SideEntry(name: $0, count: tally.counts[$0], isChosen: $0 == chosen) }
  }
}
