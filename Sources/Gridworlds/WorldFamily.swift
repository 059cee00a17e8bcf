/// A family of worlds: a name, how its variants are spelled, and how each is made.
public struct WorldFamily: Sendable {
  /// A word of a variant's name that is an option of the command line as well: `--lethal` for `lava-lethal`.
  public struct Flag: Hashable, Sendable {
    /// The word: `lethal`.
    public let word: String
    /// What it does, for the help.
    public let help: String

    /// A word that is an option as well.
    public init(_ word: String, help: String) {
      self.word = word
      self.help = help
    }
  }

  /// The option that names the intended goal: `--intended end`.
  public static let intention = "intended"

  /// The first word of every name in the family: `corner`.
  public let name: String
  /// What may follow the name, for error messages.
  public let variants: String
  /// Names of variants that the laws are tried on, besides the family's own: each word once, and what differs most.
  public let examples: [String]
  /// The words that are options as well.
  public let flags: [Flag]
  private let make: @Sendable (_ words: [Substring]) -> (any World)?

  /// A family of worlds.
  /// - Parameter make: the world of the words that follow the name; `nil` where they mean nothing.
  public init(
    name: String, variants: String, examples: [String], flags: [Flag] = [],
    make: @escaping @Sendable (_ words: [Substring]) -> (any World)?
  ) {
    self.name = name
    self.variants = variants
    self.examples = examples
    self.flags = flags
    self.make = make
  }

  /// A family of one world, without variants.
  public init(name: String, make: @escaping @Sendable () -> any World) {
    self.init(name: name, variants: name, examples: []) { words in words.isEmpty ? make() : nil }
  }

  /// The family's own world.
  public var world: (any World)? { make([]) }

  /// The world of a name in this family, `nil` where it is none: `corner-13-tree`.
  public func world(named name: String) -> (any World)? {
    let words = name.split(separator: "-", omittingEmptySubsequences: false)
    return words.first.map(String.init) == self.name ? make(Array(words.dropFirst())) : nil
  }
}

extension World {
  /// The name of the family: `corner` of `corner-13-tree`.
  public var family: String { Self.family.name }

  /// The same world with a flag of its family set, itself where it is set already; `nil` where the family knows no such
  /// flag or takes none here.
  public func with(_ flag: WorldFamily.Flag) -> (any World)? {
    guard Self.family.flags.contains(flag) else { return nil }
    return isSet(flag) ? self : Self.family.world(named: "\(name)-\(flag.word)")
  }

  /// The options of the command line that bring a level under these rules, where its reference does not name them
  /// itself: `--lethal`, `--intended end`.
  public func options(besides reference: String) -> [String] {
    let flags = Self.family.flags.filter { isSet($0) && !reference.contains($0.word) }
    let intention = otherIntention == nil ? [] : ["--\(WorldFamily.intention)", goals[intended].id]
    return flags.map { "--\($0.word)" } + intention
  }

  private func isSet(_ flag: WorldFamily.Flag) -> Bool {
    name.split(separator: "-").dropFirst().contains(Substring(flag.word))
  }
}

/// A name that no world has.
public struct UnknownWorld: Error, Sendable, CustomStringConvertible {
  /// What was asked for.
  public let name: String
  /// What would do.
  public let hint: String

  /// A name that no world has.
  public init(name: String, hint: String) { (self.name, self.hint) = (name, hint) }

  /// One line for people.
  public var description: String { "there is no world '\(name)'; \(hint)" }
}
