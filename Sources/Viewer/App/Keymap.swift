import Archive
import TerminalUI

/// Which keys a user has given to which commands, by screen and for all screens.
public struct Keymap: Sendable {
  /// By the name of a screen's table; `anywhere` holds for all of them.
  private var keys: [String: [Command: [Key]]] = [:]
  static let anywhere = "anywhere"

  /// The keys as they come.
  public init() {}

  /// A table with the user's keys.
  func applied(to table: Bindings<Command>) -> Bindings<Command> {
    let general = keys[Keymap.anywhere] ?? [:]
    let own = keys[table.name] ?? [:]
    return general.isEmpty && own.isEmpty ? table : table.rebound(general.merging(own) { $1 })
  }

  /// Gives a command one key instead of those that it has.
  /// - Parameter tables: the keys of all screens, none of which may then have two meanings for one.
  /// - Returns: the command and the screen that have the key already, and then nothing is changed.
  mutating func give(
    _ key: Key, to command: Command, in scope: String, of tables: [Bindings<Command>]
  ) -> (holder: Command, screen: String)? {
    var changed = self
    changed.keys[scope, default: [:]][command] = [key]
    for table in tables {
      let applied = changed.applied(to: table)
      guard applied.clashes.contains(key.canonical),
        let holder = applied.all.first(where: { $0.keys.contains(key.canonical) && $0.command != command })
      else { continue }
      return (holder.command, table.name)
    }
    self = changed
    return nil
  }

  /// The part of a settings file under `keys`, checked: known screens, known commands, known keys, none twice. What is
  /// wrong is left out and noted.
  /// - Parameters:
  ///   - tables: the keys of all screens.
  ///   - general: those of the keys that all screens have.
  init(
    _ file: SettingsFile, tables: [Bindings<Command>], general: Bindings<Command>, problems: inout [FileProblem]
  ) {
    var entries: [String: (scope: String, command: Command, entry: SettingsFile.Entry)] = [:]
    for entry in file.entries where entry.path.first == "keys" {
      do throws(FileProblem) {
        let (scope, command) = try take(entry, of: file, tables, general)
        entries[scope + command.name] = (scope, command, entry)
      } catch {
        problems.append(error)
      }
    }
    for table in tables {
      while true {
        let changed = applied(to: table)
        guard let key = changed.clashes.first else { break }
        let both = changed.all.filter { $0.keys.contains(key) }.map(\.command.name)
        let found = both.lazy.compactMap { entries[table.name + $0] ?? entries[Keymap.anywhere + $0] }.first
        problems.append(
          FileProblem(
            path: file.path, line: found?.entry.line,
            cause: "\(key) would be both \(both.joined(separator: " and ")) on the screen '\(table.name)'",
            mend: "give the other command another key too"))
        guard let found else { break }
        keys[found.scope]?[found.command] = nil
        entries[found.scope + found.command.name] = nil
      }
    }
  }

  private mutating func take(
    _ entry: SettingsFile.Entry, of file: SettingsFile, _ tables: [Bindings<Command>], _ general: Bindings<Command>
  ) throws(FileProblem) -> (scope: String, Command) {
    guard entry.path.count == 3 else {
      throw file.problem(entry, "this is no key", mend: "write keys:, a screen, and lines like 'step-forward: \". l\"'")
    }
    let screen = entry.path[1]
    let names = [Keymap.anywhere] + tables.map(\.name)
    guard names.contains(screen) else {
      throw file.problem(entry, "no screen is called '\(screen)'", word: screen, known: names)
    }
    let table = tables.first { $0.name == screen } ?? general
    guard let command = table.all.map(\.command).first(where: { $0.name == entry.path[2] }) else {
      throw file.problem(
        entry, "the screen '\(screen)' has no command '\(entry.path[2])'", known: table.all.map(\.command.name))
    }
    if command == Command(ProgramCommand.back), entry.value.allSatisfy({ $0 == " " }) {
      throw file.problem(entry, "without a key for 'back' there is no way out", mend: "name one, such as \"q\"")
    }
    do {
      keys[screen, default: [:]][command] = try Key.sequence(entry.value)
    } catch {
      let parts = "\(error)".split(separator: ";", maxSplits: 1)
      throw file.problem(entry, String(parts[0]), mend: parts.count > 1 ? String(parts[1].dropFirst()) : "")
    }
    return (screen, command)
  }
}
