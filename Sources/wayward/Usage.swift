import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Worlds

/// What is wrong with a command line, in one line as every problem is: cause and mend, of a length that has a bound
/// whatever was typed.
struct Usage {
  /// What was typed after the program's name.
  private let arguments: [String]
  /// The command that is meant, with the words that are typed for it.
  private let entry: ManualPage.Tool.Entry
  /// Of a word that should be a command below `entry` and is none.
  private let stranger: String?

  /// - Parameters:
  ///   - arguments: what was typed after the program's name.
  ///   - tool: all commands.
  private init(_ arguments: [String], of tool: ManualPage.Tool) {
    self.arguments = arguments
    var command = tool.command
    var path = command.commandName
    var rest = arguments[...]
    while let word = rest.first, let inner = command.ownSubcommands.first(where: { $0.commandName == word }) {
      (command, path) = (inner, "\(path) \(word)")
      rest = rest.dropFirst()
    }
    // Below a group whose default command takes a word of its own, any word is that word.
    let standIn = command.ownSubcommands.first { $0.commandName == command.defaultSubcommand }
    let isGroup = !command.ownSubcommands.isEmpty && (standIn?.positional ?? []).isEmpty
    let names = command.ownSubcommands.map(\.commandName)
    stranger = rest.first.flatMap { word in
      isGroup && !word.hasPrefix("-") || Usage.isMistyped(word, among: names) ? word : nil
    }
    commands = names
    entry = ManualPage.Tool.Entry(path: path, command: standIn ?? command)
  }

  /// The names of the commands below it.
  private let commands: [String]

  /// Whether a word that stands where a world may stand is none, and near to a command that may stand there too.
  static func isMistyped(_ word: String, among commands: [String]) -> Bool {
    Nearest.match(word, among: commands) != nil && Nearest.match(word, among: Catalogue.families.map(\.name)) == nil
      && (try? Catalogue.world(named: word)) == nil
  }

  /// All commands, which the parser takes a while to tell of.
  private static let tool = try? ManualPage.Tool(decoding: Wayward._dumpHelp())

  /// The line of what a command line led to, without the program's name.
  static func line(for error: any Error, _ arguments: [String]) -> String {
    guard let tool else { return "\(error)" }
    return Usage(arguments, of: tool).line(for: error)
  }

  private func line(for error: any Error) -> String {
    let parts =
      stranger.map(unknownCommand) ?? translated(PlainText.stripped(Wayward.message(for: error), limit: 200_000))
    let cause = PlainText.stripped(parts.cause, limit: 800)
    let mend =
      parts.mend ?? (cause.contains("; ") || cause.contains("? ") ? nil : "see: wayward help\(entry.path.dropFirst(7))")
    return mend.map { "\(cause); \(PlainText.stripped($0, limit: 800))" } ?? cause
  }

  /// A word as lines repeat it.
  static func shown(_ word: some StringProtocol) -> String { "'\(PlainText.stripped(String(word), limit: 60))'" }

  private typealias Parts = (cause: String, mend: String?)

  private func unknownCommand(_ word: String) -> Parts {
    let isFirst = entry.path == "wayward" || arguments.first == word
    let cause =
      isFirst ? "there is no command \(Usage.shown(word))" : "\(entry.path) has no command \(Usage.shown(word))"
    guard isFirst, Nearest.match(word, among: commands) == nil else {
      return (cause, Nearest.advice(for: word, among: commands))
    }
    // Only what a shell takes as it is, is written to be pasted into one.
    if word.utf8.count <= 200, word.wholeMatch(of: /[A-Za-z0-9_.\/:][A-Za-z0-9_.\/:#-]*/) != nil {
      if word.hasSuffix(".jsonl") { return (cause, "to see these episodes: wayward replay \(word)") }
      if word.contains("/") || word.contains(":") || word.hasSuffix(".yaml") || word.hasSuffix(".yml") {
        return (cause, "to see an agent on this level: wayward watch \(word)")
      }
      if (try? Catalogue.world(named: word)) != nil { return (cause, "to read of this world: wayward worlds \(word)") }
    }
    return (cause, Nearest.advice(for: word, among: commands))
  }

  /// What the argument parser says, as this program says it.
  /// - Parameter isJoined: whether a value has been joined to its option already, to see what is wrong with it.
  private func translated(_ message: String, isJoined: Bool = false) -> Parts {
    if let match = message.wholeMatch(of: /Unexpected argument '(.*)'/) {
      return ("\(Usage.shown(match.1)) is one word too many", nil)
    }
    if let match = message.wholeMatch(of: /([0-9]+) unexpected arguments: '(.*)'/) {
      let first = match.2.prefix(61).firstRange(of: "', '").map { match.2[..<$0.lowerBound] } ?? match.2
      return ("\(Usage.shown(first)) is a word too many, and \((Int(match.1) ?? 2) - 1) after it", nil)
    }
    if let match = message.wholeMatch(of: /Unknown option '(.*?)'(\. Did you mean .*)?/) {
      let options = entry.arguments.flatMap(\.typedNames).filter { $0.hasPrefix("--") }
      let near = Nearest.match(String(match.1), among: options).map {
        "did you mean '\($0)'? see: wayward help\(entry.path.dropFirst(7))"
      }
      return ("there is no option \(Usage.shown(match.1))", near)
    }
    if let match = message.wholeMatch(of: /Missing value for '(.*?)( <.*>)?'/) {
      // What begins with a hyphen is taken for an option, and a negative number is a value all the same.
      let name = String(match.1)
      let isFollowed = { (at: Int) in at + 1 < arguments.count && arguments[at + 1].contains(/^-[0-9.]/) }
      if let at = arguments.indices.first(where: { arguments[$0] == name && isFollowed($0) }), !isJoined {
        return joined(at)
      }
      return ("\(name) needs a value", nil)
    }
    if let match = message.wholeMatch(of: /Missing expected argument '(.*?)'/) {
      if let option = match.1.firstMatch(of: /^-[-a-z]*/) { return ("\(option.0) is missing", nil) }
      let name = match.1.filter { !"<>. ".contains($0) }.uppercased()
      return ("\("AEIOU".contains(name.prefix(1)) ? "an" : "a") \(name) is missing", nil)
    }
    if let match = message.wholeMatch(of: /The value '(.*?)' is invalid for '(.*?)( ?<.*?>)?'(.*)/) {
      return bad(
        String(match.1), for: match.2.isEmpty ? match.3.map(String.init) ?? "" : String(match.2), String(match.4))
    }
    if let match = message.wholeMatch(of: /The option '(.*?)' does not take any value, but '(.*)' was specified\./) {
      return ("\(match.1) takes no value, not \(Usage.shown(match.2))", nil)
    }
    if let match = message.wholeMatch(of: /Can't generate completion scripts for '(.*?)'\..*/) {
      return (
        "there are no completions for \(Usage.shown(match.1))",
        Nearest.advice(for: String(match.1), among: ["bash", "fish", "zsh"])
      )
    }
    return (message.prefix(1).lowercased() + message.dropFirst(), nil)
  }

  /// What is wrong with the value after an option, where that was taken for an option itself.
  private func joined(_ option: Int) -> Parts {
    var joined = arguments
    let value = joined.remove(at: option + 1)
    joined[option] += "=\(value)"
    do {
      _ = try Wayward.parseAsRoot(joined)
      return ("\(arguments[option]) needs a value", "write \(PlainText.stripped(joined[option], limit: 60))")
    } catch {
      return translated(PlainText.stripped(Wayward.message(for: error), limit: 200_000), isJoined: true)
    }
  }

  /// A value that an option or an argument does not take.
  /// - Parameter reason: what the parser adds: `: is a whole number from 1 to 64`.
  private func bad(_ value: String, for name: String, _ reason: String) -> Parts {
    let argument = entry.arguments.first { $0.typedNames.contains(name) }
    let values = argument?.allValues ?? []
    let reason = reason.hasPrefix(": ") ? String(reason.dropFirst(2)) : ""
    if !values.isEmpty { return ("\(name) cannot be \(Usage.shown(value))", Nearest.advice(for: value, among: values)) }
    if reason.hasPrefix("is ") { return ("\(name) \(reason), not \(Usage.shown(value))", nil) }
    if !reason.isEmpty { return ("\(name): \(reason)", nil) }
    return ("\(name) cannot be \(Usage.shown(value))", argument?.abstract.map { "it is: \($0)" })
  }
}
