/// Something that an agent may be after: a reward function with a name.
///
/// The goals here are *reach* goals: achieved in every state of a set, at a cost of one a step until then. What an agent
/// must have done on the way, such as chests opened or lava avoided, is in the state.
public struct Goal: Hashable, Sendable, Identifiable {
  /// How the goal stands to the training.
  public enum Role: String, Sendable, CaseIterable {
    /// The reward that the agent was trained on.
    case intended
    /// Correlated with it in training, and never rewarded.
    case proxy
  }

  /// A short name, unique in its world: `cheese`. Files use it.
  public let id: String
  /// How it stands to the training.
  public let role: Role
  /// What sentences call it: `the cheese`.
  public let noun: String
  /// Completes "The agent wants to …": `get the cheese`.
  public let wish: String
  /// Completes "The agent …": `got the cheese`.
  public let deed: String
  /// What marks its target on a board.
  public let tile: Tile
  /// Whether it is pursued again and again, as gathering is: then its targets are wherever the next one lies, and it
  /// counts as achieved once a quota is full.
  public let repeats: Bool

  /// A goal; its noun is its id with an article unless given.
  public init(
    _ id: String, _ role: Role, noun: String? = nil, wish: String, deed: String, tile: Tile, repeats: Bool = false
  ) {
    self.id = id
    self.role = role
    self.noun = noun ?? "the \(id)"
    self.wish = wish
    self.deed = deed
    self.tile = tile
    self.repeats = repeats
  }
}

/// How much of a goal is done, where it is made of several things.
public struct GoalProgress: Hashable, Sendable {
  /// How many are done, of how many.
  public let done: Int, of: Int
  /// What they are, more than one of them: `chests`.
  public let unit: String

  /// So many of so many things.
  public init(_ done: Int, of: Int, _ unit: String) {
    self.done = done
    self.of = of
    self.unit = unit
  }
}

extension Goal {
  /// A goal's place among its world's.
  public struct Index: NumberedIndex {
    public let number: Int
    @inlinable public init(_ number: Int) { self.number = number }
  }
}

extension Array where Element == Goal {
  /// The goal of an index.
  public subscript(index: Goal.Index) -> Goal { self[index.number] }
}

extension Level {
  /// The cells that achieve a goal.
  public func targets(of goal: Goal.Index) -> [Position] { targets[goal.number] }
}
