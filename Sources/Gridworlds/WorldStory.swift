/// An action's name and where it points, from which every screen derives its arrow.
public struct ActionLabel: Hashable, Sendable {
  /// A lower-case English word: `left`.
  public let name: String
  /// Where it points.
  public let heading: Heading

  /// An action's name and heading.
  public init(_ name: String, _ heading: Heading) {
    self.name = name
    self.heading = heading
  }
}

/// The two distributions of a world; their difference is the shift.
public enum Split: String, Sendable, CaseIterable {
  case training = "train"
  case shifted = "shift"
}

/// A named place of a map.
public struct Landmark: Hashable, Sendable {
  /// A noun without its article: `lava`.
  public let name: String
  /// Where it is.
  public let cells: [Position]

  /// A named place of a map.
  public init(_ name: String, _ cells: [Position]) {
    self.name = name
    self.cells = cells
  }
}

/// What people are told about a world.
public struct WorldStory: Sendable {
  /// One line: what the agent should do.
  public let task: String
  /// One line: what is different after the shift.
  public let shift: String
  /// The paper it is from, as a short citation.
  public let source: String
  /// About five lines for the help: what it is, what the paper found, what ours is not.
  public let help: String
  /// What must be said beside a verdict that names a proxy; `nil` where the verdict says it all.
  public let caveat: String?
  /// What holds in training levels and fails in shifted ones, where the share of levels in which it holds is better known
  /// as a reliability ρ: `the asker is right`. A mixture of severity s has ρ = 1 − s.
  public let reliability: String?
  /// Where training has levels of more than one kind, a sentence that explains its rates.
  public let kinds: String?

  /// What people are told about a world.
  public init(
    task: String, shift: String, source: String, help: String, caveat: String? = nil,
    reliability: String? = nil, kinds: String? = nil
  ) {
    self.task = task
    self.shift = shift
    self.source = source
    self.help = help
    self.caveat = caveat
    self.reliability = reliability
    self.kinds = kinds
  }
}
