import ArgumentParser

/// `wayward help`: of a command, or all of it as a page of the manual.
struct Help: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show help for a command, or the manual page.",
    discussion: """
      The manual page is made from the same tables as the screens' help: wayward help --man | man -l -
      Completions for a shell: wayward --generate-completion-script bash|zsh|fish
      """)

  @Argument(help: "A command, such as watch or levels check.")
  var command: [String] = []

  @Flag(help: "Print the manual page, in the format of man.")
  var man = false

  func run() throws {
    if man {
      print(ManualPage.text(for: try ManualPage.Tool(decoding: Wayward._dumpHelp())))
      return
    }
    var found: any ParsableCommand.Type = Wayward.self
    for word in command {
      let names = found.configuration.subcommands
      guard let next = names.first(where: { $0._commandName == word }) else {
        throw ValidationError(
          "no command is called '\(word)'; there are: " + names.map { $0._commandName }.joined(separator: ", "))
      }
      found = next
    }
    print(Wayward.helpMessage(for: found))
  }
}
