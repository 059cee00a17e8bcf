/// Keys, the command that they give, and the words that explain it.
public struct Binding<Command: Hashable & Sendable>: Sendable {
  /// The keys; the first is the one to teach.
  public var keys: [Key]
  /// What they do.
  public var command: Command
  /// The heading in help.
  public var group: String
  /// What help says.
  public var words: String
  /// The few words for the footer; nil keeps the binding out of it.
  public var footer: String?
  /// How the keys are written, where listing them would be clumsy: `0-9`.
  public var label: String?

  /// A binding of `keys` to `command`.
  public init(
    _ keys: [Key], _ command: Command, group: String, words: String, footer: String? = nil, label: String? = nil
  ) {
    (self.keys, self.command, self.group) = (keys.map(\.canonical), command, group)
    (self.words, self.footer, self.label) = (words, footer, label)
  }
}

/// The one table of a scene's keys: dispatch, footer, help and manual all read it.
public struct Bindings<Command: Hashable & Sendable>: Sendable {
  /// What the table is called in a file of keys; empty where it cannot be changed by one.
  public let name: String
  /// The bindings, in the order of help.
  public let all: [Binding<Command>]
  private let commands: [Key: Command]
  /// Keys that are bound to more than one command, in the order found; a test should find none.
  public let clashes: [Key]

  /// A table of `bindings`; where two clash, the earlier one holds.
  public init(_ bindings: [Binding<Command>], name: String = "") {
    self.name = name
    all = bindings
    var commands: [Key: Command] = [:]
    var clashes: [Key] = []
    for binding in bindings {
      for key in binding.keys {
        if let earlier = commands[key] {
          if earlier != binding.command, !clashes.contains(key) { clashes.append(key) }
        } else {
          commands[key] = binding.command
        }
      }
    }
    (self.commands, self.clashes) = (commands, clashes)
  }

  /// The table with other keys for some commands. All bindings of a command lose theirs, and its first gets the new
  /// ones; no keys at all leave it to the palette.
  public func rebound(_ keys: [Command: [Key]]) -> Bindings {
    var given: Set<Command> = []
    let changed = all.map { binding in
      guard let keys = keys[binding.command] else { return binding }
      var binding = binding
      binding.keys = given.insert(binding.command).inserted ? keys.map(\.canonical) : []
      binding.label = nil
      return binding
    }
    return Bindings(changed, name: name)
  }

  /// What `key` does here.
  public func command(for key: Key) -> Command? { commands[key.canonical] }

  /// A few words of the footer with the keys before them.
  public struct FooterEntry: Sendable {
    /// The keys as they are written.
    public var keys: String
    /// What they do.
    public var words: String
    /// From which column of ``keys`` on which command is meant; neighbours share an entry.
    var commands: [(column: Int, command: Command)]

    /// How many columns the entry takes.
    public var width: Int { keys.count + words.count + (words.isEmpty ? 0 : 1) }

    /// The command that a click on one of its columns means.
    public func command(at column: Int) -> Command? { commands.last { $0.column <= column }?.command }
  }

  /// The footer's entries that fit `width` columns, in order, at two columns' distance.
  ///
  /// Neighbours with the same words share an entry: `,. step`. When room is short the last entry stays, since by
  /// custom it is the one for help.
  public func footer(width: Int) -> [FooterEntry] {
    var entries: [FooterEntry] = []
    for binding in all {
      guard let words = binding.footer, let key = binding.label ?? binding.keys.first?.description else { continue }
      if let last = entries.last, last.words == words {
        let joined = last.keys + (key.count == 1 && last.keys.count < 4 ? "" : " ")
        entries[entries.count - 1].keys = joined + key
        entries[entries.count - 1].commands.append((joined.count, binding.command))
      } else {
        entries.append(FooterEntry(keys: key, words: words, commands: [(0, binding.command)]))
      }
    }
    guard let last = entries.popLast(), last.width <= width else { return [] }
    var room = width - last.width
    var shown: [FooterEntry] = []
    for entry in entries where entry.width + 2 <= room {
      shown.append(entry)
      room -= entry.width + 2
    }
    return shown + [last]
  }

  /// Everything, by group in the order of first mention. Bindings of one group with the same words share a line.
  public func help() -> [(group: String, entries: [(keys: String, words: String)])] {
    var groups: [(group: String, entries: [(keys: String, words: String)])] = []
    for binding in all where !binding.words.isEmpty && (!binding.keys.isEmpty || binding.label != nil) {
      let keys = binding.label ?? binding.keys.map(\.description).joined(separator: " ")
      let place = groups.firstIndex { $0.group == binding.group } ?? groups.count
      if place == groups.count { groups.append((binding.group, [])) }
      if let line = groups[place].entries.firstIndex(where: { $0.words == binding.words }) {
        groups[place].entries[line].keys += " " + keys
      } else {
        groups[place].entries.append((keys, binding.words))
      }
    }
    return groups
  }
}
