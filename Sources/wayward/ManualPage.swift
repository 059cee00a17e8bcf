import Foundation
import Viewer

/// The manual page in the format of man, made from the commands' own help and the screens' own tables of keys.
enum ManualPage {
  /// A command as the argument parser describes it.
  struct Tool: Decodable {
    struct Command: Decodable {
      var commandName: String
      var abstract: String?
      var discussion: String?
      var subcommands: [Command]?
      var defaultSubcommand: String?
      var arguments: [Argument]?
    }

    struct Argument: Decodable {
      struct Name: Decodable {
        var kind: String
        var name: String
      }
      var kind: String
      var names: [Name]?
      var valueName: String?
      var abstract: String?
      var defaultValue: String?
      var allValues: [String]?
      var isOptional: Bool
      var isRepeating: Bool
      var shouldDisplay: Bool
    }

    var command: Command

    /// A command with the words that are typed for it.
    struct Entry {
      let path: String
      let command: Command

      /// Its arguments, without those that every command has.
      var arguments: [Argument] { command.ownArguments }
    }

    init(decoding json: String) throws { self = try JSONDecoder().decode(Tool.self, from: Data(json.utf8)) }
  }

  static func text(for tool: Tool) -> String {
    let root = tool.command
    var page = [
      #".TH WAYWARD 1 "" "\#(Wayward.configuration.version)" "User Commands""#, ".SH NAME",
      #"wayward \- \#(escaped(root.abstract ?? ""))"#, ".SH SYNOPSIS", ".B wayward", ".RI [ command ] \" [options]\"",
      ".SH DESCRIPTION", escaped(root.discussion ?? ""), ".SH COMMANDS",
    ]
    for entry in root.flattened.dropFirst() { describe(entry, &page) }
    page.append(".SH EXAMPLES")
    for example in Example.all {
      page += [".TP", ".B \(escaped(example.command))", escaped(example.words.replacing("`", with: ""))]
    }
    page += [".SH TOPICS", "Articles that wayward help prints by their names."]
    for topic in Topic.all {
      page += [".TP", ".B wayward help \(escaped(topic.name))", escaped(ArticleText(topic.markdown).abstract)]
    }
    page.append(".SH KEYS")
    page.append("The same tables make the footer, the help (?) and the palette (^P) of each screen.")
    for screen in Manual.screens {
      page.append(".SS \(escaped("On the screen \(screen.name)"))")
      for group in screen.groups {
        page += [".PP", ".I \(escaped(group.name))"]
        for entry in group.entries { page += [".TP 14", ".B \(escaped(entry.keys))", escaped(entry.words)] }
      }
    }
    page += [
      ".SH ENVIRONMENT", ".TP", ".B WAYWARD_LEVELS", "The folder with levels and agents.", ".TP",
      ".B WAYWARD_SETTINGS", "The file of settings.", ".TP", ".B WAYWARD_ASCII",
      "If set, only ASCII is drawn, whatever the locale.", ".TP", ".B NO_COLOR", "If set, no colours are used.", ".TP",
      ".B ESCDELAY", "Milliseconds that Esc waits for the rest of a sequence; 50 unless set.",
      ".SH FILES", ".TP", ".I ~/.config/wayward/settings.yaml",
      "Options and keys; wayward settings prints one to begin with.",
      ".SH EXIT STATUS", ".TP", ".B 0", "Done.", ".TP", ".B 64", "The command line is wrong.", ".TP", ".B 65",
      "A file's data are wrong; the message names file, line, cause and mend.", ".TP", ".B 70", "A fault of wayward.",
      ".TP", ".B 74", "A file or the terminal cannot be read or written.",
    ]
    return page.joined(separator: "\n")
  }

  private static func describe(_ entry: Tool.Entry, _ page: inout [String]) {
    let name = entry.path.replacing("wayward ", with: "")
    page.append(".SS " + escaped(([name] + entry.command.positional).joined(separator: " ")))
    page.append(escaped(entry.command.abstract ?? ""))
    if let discussion = entry.command.discussion, !discussion.isEmpty { page += [".PP", escaped(discussion)] }
    for argument in entry.arguments { page += [".TP", ".B \(escaped(argument.label))", escaped(argument.words)] }
  }

  /// Text that man prints as it is: no line begins with a dot, and a hyphen is one to be typed.
  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("\"", with: "\\(dq")
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.first == "." || $0.first == "'" ? "\\&" + $0 : $0 }.joined(separator: "\n")
  }
}

extension ManualPage.Tool.Command {
  /// What belongs to the command itself, not the help and the version that each has.
  var ownArguments: [ManualPage.Tool.Argument] {
    (arguments ?? []).filter { argument in
      argument.shouldDisplay && !(argument.names ?? []).contains { ["help", "version"].contains($0.name) }
    }
  }

  /// Its commands, without the help that the argument parser adds to each.
  var ownSubcommands: [Self] { (subcommands ?? []).filter { $0.abstract != "Show subcommand help information." } }

  /// Its arguments without a name, as they stand in a line: `LEVEL [FILE...]`.
  var positional: [String] {
    ownArguments.filter { $0.kind == "positional" }.map { argument in
      let value = (argument.valueName ?? "").uppercased() + (argument.isRepeating ? "..." : "")
      return argument.isOptional ? "[\(value)]" : value
    }
  }

  /// The command and all below it, each with what is typed for it.
  var flattened: [ManualPage.Tool.Entry] { flattened(after: "") }

  private func flattened(after path: String, as name: String? = nil) -> [ManualPage.Tool.Entry] {
    let own = name ?? path + commandName
    return [ManualPage.Tool.Entry(path: own, command: self)]
      + ownSubcommands.flatMap { inner in
        // `wayward eval corner` is `wayward eval rates corner`; nobody types the latter.
        let isUnnamed = !path.isEmpty && inner.commandName == defaultSubcommand
        return inner.flattened(after: own + " ", as: isUnnamed ? own : nil)
      }
  }
}

extension ManualPage.Tool.Argument {
  /// Its names with their hyphens.
  var typedNames: [String] { (names ?? []).map { $0.kind == "short" ? "-\($0.name)" : "--\($0.name)" } }

  /// As it is typed: `--size SIZE`, `-o, --out OUT`, `LEVEL`.
  var label: String {
    if kind == "positional" { return (valueName ?? "").uppercased() }
    return typedNames.joined(separator: ", ") + (kind == "option" ? " \((valueName ?? "").uppercased())" : "")
  }

  /// What it means, and what holds where it is not given.
  var words: String {
    // How many cores this machine has says nothing about another one.
    let isThreads = (names ?? []).contains { $0.name == "threads" }
    let usual = kind == "flag" ? nil : isThreads ? "one a core" : defaultValue
    return (abstract ?? "") + (usual.map { " Default: \($0)." } ?? "")
  }
}
