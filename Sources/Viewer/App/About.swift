import Gridworlds
import TerminalUI

extension TextPanel {
  /// What a world is, which paper it is from, what that found, and what ours is not.
  init(about world: (any World)?) {
    guard let world else {
      self.init(title: "About", blocks: [.paragraph("No world is shown here.", .dim)])
      return
    }
    let story = world.story
    var blocks: [Block] = [
      .paragraph(story.task, .strong), .paragraph("Shifted: \(story.shift)", .proxy), .paragraph(story.source, .dim),
      .gap,
    ]
    blocks += story.help.split(separator: "\n").map { .paragraph(String($0), .text) }
    blocks.append(.gap)
    blocks += world.goals.map { goal in
      let isIntended = goal.role == .intended
      return .paragraph("\(isIntended ? "goal " : "proxy")  to \(goal.wish)", isIntended ? .intended : .proxy)
    }
    blocks.append(.gap)
    var named: Set<String> = []
    let things = world.legend.entries.filter { $0.role != .wall && $0.tile != .agent && named.insert($0.name).inserted }
    blocks.append(
      .pieces(
        things.map { [Span(String(Theme.glyph(of: $0)), Theme.ink(of: $0)), Span(" \($0.name)", .dim)] }))
    self.init(title: "About \(world.name)", blocks: blocks)
  }
}
