import Letters
import TerminalUI

/// What is typed after `:` on a screen: a command by its name or a beginning that only it has, the number of a step, or a
/// theme by name.
struct CommandLine: Sendable {
  let bindings: Bindings<Command>

  /// What a text asks for.
  enum Meaning: Sendable {
    case nothing
    case step(Int)
    case theme(Theme.Name)
    case command(Command)
    /// Nothing that there is, in words.
    case problem(String)
  }

  /// The names of the commands here that begin with a text.
  func matches(_ text: String) -> [String] {
    var seen: Set<String> = []
    return bindings.all.map(\.command.name).filter { $0.hasPrefix(text.lowercased()) && seen.insert($0).inserted }
  }

  /// What could be meant by a text, for the hint beside it: not what it says already.
  func proposals(_ text: String) -> [String] { matches(text).filter { $0 != text.lowercased() } }

  /// A typed name as far as all that begin with it agree; `nil` where none does.
  func completed(_ text: String) -> String? {
    let names = matches(text)
    guard var shared = names.first else { return nil }
    for name in names { shared = String(zip(shared, name).prefix { $0 == $1 }.map(\.0)) }
    return shared
  }

  func meaning(of text: String) -> Meaning {
    let words = text.lowercased().split(separator: " ").map(String.init)
    guard let word = words.first else { return .nothing }
    if let step = Int(word), words.count == 1 { return .step(step) }
    if word == "theme", words.count == 2 {
      guard let name = Theme.Name(rawValue: words[1]) else {
        return .problem("There are the themes \(Theme.Name.allCases.map(\.rawValue).joined(separator: ", ")).")
      }
      return .theme(name)
    }
    let names = matches(word)
    let name = names.contains(word) ? word : names.count == 1 ? names[0] : nil
    guard words.count == 1, let name, let command = bindings.all.map(\.command).first(where: { $0.name == name }) else {
      let shown = text.truncated(to: 24)
      return .problem(
        names.count > 1
          ? "\(shown) may be \(names.prefix(4).joined(separator: ", "))."
          : "No command is called \(shown) here; \(keyName(Command(ProgramCommand.palette))) lists them.")
    }
    return .command(command)
  }

  /// How a command's first key is written; its name where it has none.
  func keyName(_ command: Command) -> String {
    bindings.all.first { $0.command == command }?.keys.first?.description ?? ":" + command.name
  }
}
