import Archive
import TerminalUI

/// What a user may set once for all: options and keys.
public struct Settings: Sendable {
  /// The theme; `nil` leaves it to the terminal.
  public var theme: Theme.Name?
  /// Whether the mouse is listened to.
  public var hasMouse = true
  /// Whether what moves without being asked, such as the gallery's preview, may move.
  public var animates = true
  /// Whether only ASCII is drawn; `nil` leaves it to the locale.
  public var isASCII: Bool?
  /// Steps a second at normal speed.
  public var pace = Settings.usualPace
  static let usualPace = 8.0
  /// Whether a room full of people looks on: large boards, few panels.
  public var isPresenting = false
  /// The file in which a key that is given on the screen is kept; `nil` keeps it until the program ends.
  public var path: String?
  /// The user's keys.
  public var keymap = Keymap()

  /// The settings as they come.
  public init() {}

  /// The names of the options.
  static let options = ["theme", "mouse", "animation", "ascii", "speed", "presenter", "keys"]

  /// The settings of a file, every one of them checked.
  public init(_ file: SettingsFile) throws(FileProblem) {
    for entry in file.entries {
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
    keymap = try Keymap(file)
    path = file.path
  }

  private static func flag(_ entry: SettingsFile.Entry, _ file: SettingsFile) throws(FileProblem) -> Bool {
    switch entry.value {
    case "true", "on", "yes": return true
    case "false", "off", "no": return false
    default: throw file.problem(entry, "'\(entry.path[0])' is neither true nor false", mend: "write one of them")
    }
  }
}

extension Settings {
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
    for table in Bindings.tables {
      lines.append("  \(table.name):")
      var seen: Set<Command> = []
      let table = keymap.applied(to: table)
      for binding in table.all where seen.insert(binding.command).inserted {
        let keys = table.all.filter { $0.command == binding.command }.flatMap(\.keys).map(\.description)
        let text = keys.joined(separator: " ")
        let quoted = text.contains("\"") || text.contains("\\") ? "'\(text)'" : "\"\(text)\""
        lines.append("    \(binding.command.name): \(quoted)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
