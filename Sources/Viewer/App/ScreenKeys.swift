import Archive
import TerminalUI

/// The keys of all screens, for those who change, check or print them. A new room is a line here.
enum ScreenKeys {
  /// The tables whose keys a file can change.
  static let tables: [Bindings<Command>] = [
    GalleryRoom.menu.bindings, ReplayRoom.menu.bindings, ComparisonRoom.menu.bindings,
    TrainingRoom.menu.bindings, LifeRoom.menu.bindings, EditorRoom.generalMenu.bindings,
    EditorRoom.sweepMenu.bindings,
  ]

  /// What all screens have.
  static let general = Menu<Never>(Menu.program(ProgramCommand.anywhere)).bindings

  /// The screen, or `anywhere`, under which a file keeps the keys of a command in a table; `nil` where none can.
  static func scope(of command: Command, in table: Bindings<Command>) -> String? {
    if general.all.contains(where: { $0.command == command }) { return Keymap.anywhere }
    return tables.contains { $0.name == table.name } ? table.name : nil
  }
}

extension Settings {
  /// The names of the options.
  static let options = ["theme", "mouse", "animation", "ascii", "speed", "presenter", "keys"]

  /// The settings of a file, every one of them checked; what is wrong is left out, see ``problems``.
  public init(_ file: SettingsFile) {
    problems = file.problems
    for entry in file.entries {
      do throws(FileProblem) { try take(entry, of: file) } catch { problems.append(error) }
    }
    keymap = Keymap(file, tables: ScreenKeys.tables, general: ScreenKeys.general, problems: &problems)
    problems.sort { ($0.line ?? 0) < ($1.line ?? 0) }
    path = file.path
  }

  private mutating func take(_ entry: SettingsFile.Entry, of file: SettingsFile) throws(FileProblem) {
    switch (entry.path.first ?? "", entry.path.count) {
    case ("theme", 1):
      guard let name = Theme.Name(rawValue: entry.value) else {
        throw file.problem(
          entry, "no theme is called '\(entry.value)'",
          mend: "there are: " + Theme.Name.allCases.map(\.rawValue).joined(separator: ", "))
      }
      theme = name
    case ("mouse", 1): hasMouse = try Settings.flag(entry, file)
    case ("animation", 1): animates = try Settings.flag(entry, file)
    case ("ascii", 1): isASCII = try Settings.flag(entry, file)
    case ("presenter", 1): isPresenting = try Settings.flag(entry, file)
    case ("speed", 1):
      guard let speed = Double(entry.value), (0.5...64).contains(speed) else {
        throw file.problem(entry, "'speed' is no number of steps a second", mend: "write one from 0.5 to 64")
      }
      pace = speed
    case ("keys", _): break
    default:
      throw file.problem(entry, "no setting is called '\(entry.path.first ?? "")'", known: Settings.options)
    }
  }

  private static func flag(_ entry: SettingsFile.Entry, _ file: SettingsFile) throws(FileProblem) -> Bool {
    switch entry.value {
    case "true", "on", "yes": return true
    case "false", "off", "no": return false
    default: throw file.problem(entry, "'\(entry.path[0])' is neither true nor false", mend: "write one of them")
    }
  }

  /// The keys of each command by screen, in the order of help.
  private var keys: [(screen: String, commands: [(name: String, keys: [String])])] {
    ScreenKeys.tables.map { table in
      var seen: Set<Command> = []
      let table = keymap.applied(to: table)
      let keys = Dictionary(table.all.map { ($0.command, $0.keys) }, uniquingKeysWith: +)
      let commands = table.all.map(\.command).filter { seen.insert($0).inserted }
      return (table.name, commands.map { ($0.name, (keys[$0] ?? []).map(\.description)) })
    }
  }

  /// The documented object, which says all of this.
  public var json: JSON {
    let keys = keys.map { screen, commands in
      JSON.Member(screen, .object(commands.map { .init($0.name, .array($0.keys.map { .string($0) })) }))
    }
    return .object([
      .init("file", path.map { .string($0) } ?? .null), .init("theme", theme.map { .string($0.rawValue) } ?? .null),
      .init("mouse", .bool(hasMouse)), .init("animation", .bool(animates)),
      .init("ascii", isASCII.map { .bool($0) } ?? .null), .init("speed", .double(pace)),
      .init("presenter", .bool(isPresenting)), .init("keys", .object(keys)),
      .init("problems", .array(problems.map { .string($0.description) })),
    ])
  }

  /// A settings file that says all of this, with every key of every screen.
  public var text: String {
    var lines = [
      "# Settings of wayward. What is left out stays as it comes.",
      "# theme: one of \(Theme.Name.allCases.map(\.rawValue).joined(separator: ", ")); unset, the terminal decides",
      "\(theme == nil ? "# " : "")theme: \((theme ?? .dark).rawValue)",
      "mouse: \(hasMouse)",
      "# what moves unasked, as the gallery's preview does",
      "animation: \(animates)",
      "# only ASCII on the screen; unset, the locale decides",
      "\(isASCII == nil ? "# " : "")ascii: \(isASCII ?? false)",
      "# steps a second at normal speed",
      "speed: \(pace == pace.rounded() ? "\(Int(pace))" : "\(pace)")",
      "# large boards and few panels, for a room full of people",
      "presenter: \(isPresenting)",
      "# by screen, or 'anywhere' for all: a command and its keys, of which the first is shown",
      "keys:",
    ]
    for (screen, commands) in keys {
      lines.append("  \(screen):")
      for (command, keys) in commands {
        let text = keys.joined(separator: " ")
        let isSpecial = text.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        let quoted = isSpecial ? "'\(text)'" : "\"\(text)\""
        lines.append("    \(command): \(quoted)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
