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
      var isOptional: Bool
      var isRepeating: Bool
    }

    var command: Command

    init(decoding json: String) throws { self = try JSONDecoder().decode(Tool.self, from: Data(json.utf8)) }
  }

  static func text(for tool: Tool) -> String {
    let root = tool.command
    var page = [
      #".TH WAYWARD 1 "" "\#(Wayward.configuration.version)" "User Commands""#, ".SH NAME",
      #"wayward \- \#(escaped(root.abstract ?? ""))"#, ".SH SYNOPSIS", ".B wayward", ".RI [ command ] \" [options]\"",
      ".SH DESCRIPTION", escaped(root.discussion ?? ""), ".SH COMMANDS",
    ]
    for command in root.subcommands ?? [] where command.commandName != "help" { describe(command, after: "", &page) }
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

  private static func describe(_ command: Tool.Command, after path: String, _ page: inout [String]) {
    let name = path + command.commandName
    let arguments = (command.arguments ?? []).filter {
      !($0.names ?? []).contains { ["help", "version"].contains($0.name) }
    }
    let positional = arguments.filter { $0.kind == "positional" }.map { argument in
      let value = (argument.valueName ?? "") + (argument.isRepeating ? "..." : "")
      return argument.isOptional ? "[\(value)]" : value
    }
    page.append(".SS " + escaped(([name] + positional).joined(separator: " ")))
    page.append(escaped(command.abstract ?? ""))
    if let discussion = command.discussion, !discussion.isEmpty { page += [".PP", escaped(discussion)] }
    for argument in arguments {
      let names = (argument.names ?? []).map { $0.kind == "long" ? "--\($0.name)" : "-\($0.name)" }
      let value = argument.kind == "option" ? " \((argument.valueName ?? "").uppercased())" : ""
      let label = argument.kind == "positional" ? argument.valueName ?? "" : names.joined(separator: ", ") + value
      let usual = argument.defaultValue.map { " Default: \($0)." } ?? ""
      page += [".TP", ".B \(escaped(label))", escaped((argument.abstract ?? "") + usual)]
    }
    for inner in command.subcommands ?? [] where inner.commandName != "help" {
      describe(inner, after: name + " ", &page)
    }
  }

  /// Text that man prints as it is: no line begins with a dot, and a hyphen is one to be typed.
  private static func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "\\", with: "\\e").replacingOccurrences(of: "-", with: "\\-")
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.first == "." || $0.first == "'" ? "\\&" + $0 : $0 }.joined(separator: "\n")
  }
}
