import Archive
import ArgumentParser
import Gridworlds
import Studies
import Worlds

/// `wayward worlds`: what there is, and what each world is about.
struct ListWorlds: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worlds", abstract: "The worlds, or one of them: what it is, where it is from, what is known of it.",
    discussion: Schema.world.sentence)

  @Argument(help: "A world: corner, coinrun-end, lava-lethal; all in a line each unless given.")
  var world: String?

  @Option(help: "text or json.")
  var format = TextFormat.text

  func run() throws {
    guard let world else {
      if format == .json {
        for world in Catalogue.worlds { try Output.line(ListWorlds.json(of: world).text) }
        return
      }
      let table = TextTable([.init(width: 12), .init()])
      for (family, world) in zip(Catalogue.families, Catalogue.worlds) {
        try Output.line(table.line([family.name, world.story.task]))
        try Output.line(table.line(["", "shifted: \(world.story.shift)"]))
        try Output.line(table.line(["", "variants: \(family.variants)"]))
      }
      return
    }
    let found = try VariantOptions.world(named: world)
    if format == .json {
      try Output.line(ListWorlds.json(of: found).text)
      return
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

  /// The documented object.
  private static func json(of world: any World) -> JSON {
    func steps(_ split: Split) -> JSON { .integer(world.generate(split, seed: 0).timeLimit) }
    let story = world.story
    let letters = world.legend.entries.filter(\.isWritten)
    return .object([
      .init("world", .string(world.name)), .init("family", .string(world.family)), .init("task", .string(story.task)),
      .init("shift", .string(story.shift)), .init("source", .string(story.source)), .init("about", .string(story.help)),
      .init("variants", .string(type(of: world).family.variants)),
      .init(
        "goals",
        .array(
          world.goals.map {
            .object([
              .init("goal", .string($0.id)), .init("role", .string($0.role.rawValue)), .init("wish", .string($0.wish)),
            ])
          })),
      .init("actions", .array(world.actions.map { .string($0.name) })),
      .init("letters", .object(letters.map { .init("\($0.tile)", .string($0.name)) })),
      .init("measures", .array(world.measures.map { .string($0) })),
      .init("deterministic", .bool(world.isDeterministic)), .init("train_steps", steps(.training)),
      .init("shift_steps", steps(.shifted)),
    ])
  }
}
