import Archive
import ArgumentParser
import Foundation
import Gridworlds
import TerminalUI

/// `wayward help`: of a command or a topic, or all commands as a page of the manual.
struct Help: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show help for a command or a topic, or the manual page.",
    discussion: """
      wayward help topics lists the articles that can be read so: what is shown, what the words mean, what was measured, \
      how to add a world. A command comes before a topic of the same name.
      The manual page is made from the same tables as the screens' help:
        wayward help --man | man -l -
      Completions for a shell:
        wayward --generate-completion-script bash|zsh|fish
      """)

  @Argument(help: "A command, such as watch or levels check; or a topic, such as verdicts; or topics, for the list.")
  var command: [String] = []

  @Flag(help: "Print the manual page, in the format of man.")
  var man = false

  func run() throws {
    if man {
      try Output.line(ManualPage.text(for: try ManualPage.Tool(decoding: Wayward._dumpHelp())))
    } else if command.isEmpty {
      try Output.line(Wayward.helpMessage() + "\n\nTOPICS:\n\(Topic.list)\n\n  See 'wayward help <topic>'.")
    } else if let found = Help.command(command) {
      try Output.line(Help.whole(Wayward.helpMessage(for: found)))
    } else if command == ["topics"] {
      try Output.line(GlyphSet.current.text(Topic.list))
    } else if command.count == 1, let topic = Topic.named(command[0]) {
      try Output.write(GlyphSet.current.text(ArticleText(topic.markdown).text(width: Help.width)))
    } else {
      throw Help.unknown(command)
    }
  }

  /// The command of some words.
  static func command(_ words: [String]) -> (any ParsableCommand.Type)? {
    var found: any ParsableCommand.Type = Wayward.self
    for word in words {
      guard let next = found.configuration.subcommands.first(where: { $0._commandName == word }) else { return nil }
      found = next
    }
    return found
  }

  /// The help of a group of commands, followed by that of each: it has no options of its own.
  static func whole(_ message: String) -> String {
    func groups(below type: any ParsableCommand.Type, _ path: String) -> [(path: String, any ParsableCommand.Type)] {
      type.configuration.subcommands.flatMap { inner in
        let path = "\(path) \(inner._commandName)"
        return (inner.configuration.subcommands.isEmpty ? [] : [(path, inner)]) + groups(below: inner, path)
      }
    }
    guard
      let (path, group) = groups(below: Wayward.self, "wayward").first(where: {
        Wayward.helpMessage(for: $0.1) == message
      })
    else { return message }
    let inner = group.configuration.subcommands.map { inner in
      let own = Wayward.helpMessage(for: inner)
      // Nobody types the name of the one that stands in.
      let isUnnamed = group.configuration.defaultSubcommand == inner
      return isUnnamed ? own.replacing("\(path) \(inner._commandName)", with: path) : own
    }
    return ([message] + inner).joined(separator: "\n\n")
  }

  private static func unknown(_ words: [String]) -> FileProblem {
    // What comes before the first word that means nothing.
    let known = words.indices.last { command(Array(words[..<$0])) != nil } ?? 0
    let names = (command(Array(words[..<known])) ?? Wayward.self).configuration.subcommands.map { $0._commandName }
    let word = words[known]
    guard known == 0 else {
      return .usage(
        "wayward \(words[..<known].joined(separator: " ")) has no command \(Usage.shown(word))",
        mend: Nearest.advice(for: word, among: names))
    }
    let topics = Topic.all.map(\.name) + ["topics"]
    if topics.contains(words[0]), words.count > 1 {
      return .usage(
        "\(Usage.shown(words[1])) is too much: a topic is one word", mend: "write: wayward help \(words[0])")
    }
    return .usage(
      "there is no command and no topic \(Usage.shown(word))",
      mend: Nearest.advice(for: word, among: names + topics, list: "they are listed by: wayward help"))
  }

  /// The columns of the terminal that reads this, no more than a line is good to read in; 80 elsewhere.
  private static var width: Int {
    var size = winsize()
    guard isatty(STDOUT_FILENO) != 0, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 80
    }
    return min(100, Int(size.ws_col))
  }
}
