import TerminalUI

/// Lines that are typed in the footer's row, and the commands among them.
extension App {
  /// A key while a line is typed.
  mutating func type(_ key: Key) -> [Effect<Message>] {
    guard var question else { return [] }
    var kind = Answer.Kind.typing
    switch key {
    case _ where question.topic.isYesOrNo: kind = key == .character("y") ? .entered : .abandoned
    case .enter: kind = .entered
    case .escape, .control("c"): kind = .abandoned
    // Deleting what is not there leaves, as in other programs.
    case .backspace where question.line.text.isEmpty: kind = .abandoned
    case .tab where question.topic == .command: complete(&question)
    case .character where question.isProposal:
      question.line = LineEditor(String(key.description == "Space" ? " " : key.description))
    default: if !question.line.take(key) { return [] }
    }
    question.isProposal = false
    if question.topic == .command {
      question.hint = question.line.text.isEmpty ? "" : matches(question.line.text).prefix(6).joined(separator: "  ")
    }
    self.question = kind == .typing ? question : nil
    let answer = Answer(topic: question.topic, text: question.line.text, kind: kind)
    if question.topic == .command { return kind == .entered ? command(answer.text) : [] }
    if let effects = takeFile(answer) { return effects }
    return kind == .typing && !question.isLive ? [] : carry(rooms[rooms.count - 1].take(answer))
  }

  /// The names of the commands here that begin with a text.
  func matches(_ text: String) -> [String] {
    var seen: Set<String> = []
    return bindings.all.map(\.command.name).filter { $0.hasPrefix(text.lowercased()) && seen.insert($0).inserted }
  }

  /// Lengthens a typed name as far as all that begin with it agree.
  func complete(_ question: inout Question) {
    let names = matches(question.line.text)
    guard var shared = names.first else { return }
    for name in names { shared = String(zip(shared, name).prefix { $0 == $1 }.map(\.0)) }
    question.line = LineEditor(shared)
  }

  /// A typed command: its name or a beginning that only it has, the number of a step, or a theme by name.
  mutating func command(_ text: String) -> [Effect<Message>] {
    let words = text.lowercased().split(separator: " ").map(String.init)
    guard let word = words.first else { return [] }
    if let step = Int(word), words.count == 1 { return perform(.goto(step: step)) }
    if word == "theme", words.count == 2 {
      guard let name = Theme.Name(rawValue: words[1]) else {
        notice = "There are the themes \(Theme.Name.allCases.map(\.rawValue).joined(separator: ", "))."
        return []
      }
      theme.name = name
      return []
    }
    let names = matches(word)
    let name = names.contains(word) ? word : names.count == 1 ? names[0] : nil
    guard words.count == 1, let name, let command = bindings.all.map(\.command).first(where: { $0.name == name }) else {
      let shown = text.truncated(to: 24)
      notice =
        names.count > 1
        ? "\(shown) may be \(names.prefix(4).joined(separator: ", "))."
        : "No command is called \(shown) here; \(keyName(.palette)) lists them."
      return []
    }
    return perform(command)
  }

  /// How a command's first key is written; its name where it has none.
  func keyName(_ command: Command) -> String {
    bindings.all.first { $0.command == command }?.keys.first?.description ?? ":" + command.name
  }

  mutating func ask(_ question: Question) {
    self.question = question
    list = nil
  }
}
