/// Keys that mean a command, with the words for it.
public struct Binding<Command: Hashable & Sendable>: Sendable {
  /// Any of them.
  public let keys: [Key]
  /// What they mean.
  public let command: Command
  /// The heading in the help.
  public let group: String
  /// What it does, in the help; empty where another line says it already.
  public let words: String
  /// What it does, in the footer; `nil` where it is not shown there.
  public let footer: String?
  /// How the keys are written in the help, where not by their names.
  public let label: String?

  /// Keys that mean a command; names that are no keys are a mistake in the table, which a test finds.
  public init(
    _ names: String, _ command: Command, _ group: String, _ words: String, footer: String? = nil, label: String? = nil
  ) {
    keys = names.split(separator: " ").compactMap { Key(named: String($0)) }
    self.command = command
    self.group = group
    self.words = words
    self.footer = footer
    self.label = label
  }
}

/// One table of keys, from which dispatch, footer, help and manual follow.
public struct Bindings<Command: Hashable & Sendable>: Sendable {
  /// In the order of the help.
  public let all: [Binding<Command>]
  private let commands: [Key: Command]

  /// A table.
  public init(_ all: [Binding<Command>]) {
    self.all = all
    commands = Dictionary(
      all.flatMap { binding in binding.keys.map { ($0, binding.command) } }, uniquingKeysWith: { first, _ in first })
  }

  /// What a key means.
  public func command(for key: Key) -> Command? { commands[key] }

  /// Keys that stand in the table twice.
  public var clashes: [Key] {
    Dictionary(all.flatMap(\.keys).map { ($0, 1) }, uniquingKeysWith: +).filter { $0.value > 1 }.map(\.key)
  }

  /// As many of the footer's entries as fit, in order; the last one, the way out, always.
  public func footer(width: Int) -> [(keys: String, words: String)] {
    let entries = all.compactMap { binding in binding.footer.map { (keys: binding.name, words: $0) } }
    guard let last = entries.last else { return [] }
    func length(_ entry: (keys: String, words: String)) -> Int { entry.keys.count + entry.words.count + 3 }
    var left = width - length(last)
    var fitting: [(keys: String, words: String)] = []
    for entry in entries.dropLast() {
      left -= length(entry)
      if left < 0 { break }
      fitting.append(entry)
    }
    return fitting + [last]
  }

  /// Every line of the help, by heading, in the table's order.
  public func help() -> [(group: String, entries: [(keys: String, words: String)])] {
    var groups: [(group: String, entries: [(keys: String, words: String)])] = []
    for binding in all where !binding.words.isEmpty {
      let entry = (keys: binding.label ?? binding.keys.map(\.description).joined(separator: " "), words: binding.words)
      if let index = groups.firstIndex(where: { $0.group == binding.group }) {
        groups[index].entries.append(entry)
      } else {
        groups.append((binding.group, [entry]))
      }
    }
    return groups
  }
}

extension Binding {
  /// The first key's name, as the footer shows it.
  var name: String { label ?? keys.first?.description ?? "" }
}
