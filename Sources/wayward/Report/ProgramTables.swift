import ArgumentParser
import Gridworlds
import Letters
import Studies
import TerminalUI
import Viewer
import Workshop
import Worlds

extension ReportTable {
  /// All tables, those of the first page first.
  static let all = ProgramTables.all + [SchemaTable.table] + ResultTables.all + [SpeedTable.table]
}

/// What the program says of itself: commands, keys, worlds. Made in a moment, so each is checked whole.
enum ProgramTables {
  static let all = [
    ReportTable("picture", command: "wayward snapshot coinrun/first --at 14 --size 80x20", isQuick: true) {
      try picture($0)
    },
    ReportTable("try", command: "wayward help --man", isQuick: true) { _ in
      Example.all.prefix(6).map { "- `\($0.command)`: \($0.words)" }
    },
    ReportTable("worlds", command: "wayward worlds", places: 2, isQuick: true) { _ in
      Markdown.table(
        ["world", "in training", "after the shift", "intended → proxy"],
        Catalogue.worlds.map { world in
          [Markdown.code(world.name), world.story.task, world.story.shift, goals(of: world)]
        })
    },
    ReportTable("topics", command: "wayward help topics", isQuick: true) { _ in
      // Broken as the page's other lines are.
      Topic.all.map { Markdown.code($0.name) }.joined(separator: ", ").wrapped(to: 120)
    },
    ReportTable("variants", command: "wayward worlds", isQuick: true) { try variants($0) },
    ReportTable("keys", command: "wayward help --man", isQuick: true) { _ in keys },
    ReportTable("commands", command: "wayward help", isQuick: true) { _ in try commands() },
    ReportTable("options", command: "wayward help COMMAND", isQuick: true) { _ in try options() },
  ]

  private static func picture(_ measurements: Measurements) throws -> [String] {
    let library = measurements.library
    let (world, level) = try library.level("coinrun/first", world: Catalogue.world)
    let agent = try library.agent(nil, for: world)
    let size = Size(width: 80, height: 20)
    var replay = ReplayRoom(agent.run(world, level), agent: agent)
    try PlaceOptions.begin(&replay, at: "14")
    let app = App(replay, theme: Theme(.dark), size: size)
    let text = app.picture(size: size).rendered(with: .unicode).written(as: .text, title: "", theme: app.shownTheme)
    return ["```"] + text.split(separator: "\n").map(String.init) + ["```"]
  }

  private static func goals(of world: any World) -> String {
    (world.goals.filter { $0.role == .intended } + world.goals.filter { $0.role == .proxy }).map(\.id)
      .joined(separator: " → ")
  }

  private static func variants(_ measurements: Measurements) throws -> [String] {
    let rows = zip(Catalogue.families, Catalogue.worlds).map { family, world in
      let maps = Split.allCases.map { world.generate($0, seed: 0) }
      let lengths = Set(maps.map(\.timeLimit)).sorted().map(String.init).joined(separator: ", shifted ")
      return [
        Markdown.code(family.name), "\(maps[0].map.width)×\(maps[0].map.height)", lengths, world.story.source,
        family.variants,
      ]
    }
    return Markdown.table(["world", "size", "steps", "after", "names of its variants"], rows)
  }

  private static var keys: [String] {
    Manual.screens.flatMap { screen in
      ["## On the screen \(screen.name)", ""]
        + Markdown.table(
          ["keys", "what they do"],
          screen.groups.flatMap { group in
            [["**\(group.name)**", ""]] + group.entries.map { [shown($0.keys), $0.words] }
          }) + [""]
    }.dropLast()
  }

  /// Keys as code; a backquote, which ends code, as it is.
  private static func shown(_ keys: String) -> String {
    keys.contains("`") ? keys.replacing("`", with: "\\`") : Markdown.code(keys)
  }

  private static func commands() throws -> [String] {
    let root = try ManualPage.Tool(decoding: Wayward._dumpHelp()).command
    let all = root.flattened.filter { !$0.arguments.isEmpty || $0.command.ownSubcommands.isEmpty }
    let rows = all.map { entry in
      [Markdown.code(([entry.path] + entry.command.positional).joined(separator: " ")), entry.command.abstract ?? ""]
    }
    let discussions = all.filter { $0.command.discussion?.isEmpty == false }.flatMap { entry in
      ["", "### \(entry.path)", ""]
        + safe(entry.command.discussion ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    return Markdown.table(["command", "does"], rows) + discussions
  }

  private static func options() throws -> [String] {
    let root = try ManualPage.Tool(decoding: Wayward._dumpHelp()).command
    var uses: [[String]: [String]] = [:]
    for entry in root.flattened {
      for argument in entry.arguments where argument.kind != "positional" {
        uses[[argument.label, argument.words], default: []].append(entry.path.replacing("wayward ", with: ""))
      }
    }
    let rows = uses.sorted { ($0.key[0], $0.key[1]) < ($1.key[0], $1.key[1]) }.map { key, commands in
      [Markdown.code(key[0]), safe(key[1]), commands.joined(separator: ", ")]
    }
    return Markdown.table(["option", "means", "in"], rows)
  }

  /// Words in which nothing is markup.
  private static func safe(_ text: String) -> String {
    text.replacing("<", with: "\\<").replacing("*", with: "\\*").replacing("_", with: "\\_")
  }
}

/// What the processor decides: never checked, since it is another number on another machine.
enum SpeedTable {
  static let table = ReportTable(
    "speed", command: "wayward bench",
    columns: ["world", "million steps a second, observed, one core"],
    Catalogue.worlds.map { world in
      ReportTable.Part(isQuick: false) { _ in
        let steps = Benchmark.environments(world, threads: 1, observing: true).value
        return [TextTable.markdown([world.name, decimal(steps, steps < 10 ? 1 : 0)])]
      }
    })
}
