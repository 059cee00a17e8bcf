import ArgumentParser
import Gridworlds
import Studies
import Worlds

/// `wayward worlds`: what there is, and what each world is about.
struct ListWorlds: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worlds", abstract: "The worlds, or one of them: what it is, where it is from, what is known of it.")

  @Argument(help: "A world: corner, coinrun-end, lava-lethal; all in a line each unless given.")
  var world: String?

  func run() throws {
    guard let world else {
      let table = TextTable([.init(width: 12), .init()])
      for (family, world) in zip(Catalogue.families, Catalogue.worlds) {
        try Output.line(table.line([family.name, world.story.task]))
        try Output.line(table.line(["", "shifted: \(world.story.shift)"]))
        try Output.line(table.line(["", "variants: \(family.variants)"]))
      }
      return
    }
    let found: any World
    do {
      found = try Catalogue.world(named: world)
    } catch {
      throw ValidationError("\(error)")
    }
    try Output.line("\(found.name)  \(found.story.source)")
    try Output.line(found.story.task)
    try Output.line("Shifted: \(found.story.shift)")
    for goal in found.goals { try Output.line("\(goal.role.rawValue) goal: to \(goal.wish) (\(goal.id))") }
    try Output.line("")
    try Output.line(found.story.help)
    try Output.line("")
    let letters = found.legend.entries.filter(\.isWritten).map { "\($0.tile) \($0.name)" }
    try Output.line("letters of a map: \(letters.joined(separator: ", "))")
    let lengths = Split.allCases.map { "\(found.generate($0, seed: 0).timeLimit) steps (\($0.rawValue))" }
    try Output.line("actions: \(found.actions.map(\.name).joined(separator: ", ")); \(lengths.joined(separator: ", "))")
  }
}
