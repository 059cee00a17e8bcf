import Gridworlds

/// A family of worlds: a name and how a variant of it is made.
public struct WorldFamily: Sendable {
  /// The first word of the name: `corner`.
  public let name: String
  /// What may follow the name, for error messages.
  public let variants: String
  let make: @Sendable (_ words: [Substring]) -> (any World)?

  /// A family of worlds.
  /// - Parameter make: the world of the words that follow the name; `nil` where they mean nothing.
  init(name: String, variants: String, make: @escaping @Sendable (_ words: [Substring]) -> (any World)?) {
    self.name = name
    self.variants = variants
    self.make = make
  }
}

/// Every world there is. A new world adds one line.
public enum Catalogue {
  /// The families in the order in which the gallery lists them.
  public static let families = [
    Corner.family,
    Coinrun.family,
    Line.family,
    Keys.family,
    Locks.family,
    Dish.family,
    Lava.family,
    Follow.family,
    Monsters.family,
    Trees.family,
    Advisor.family,
    Supervisor.family,
  ]

  /// The default world of each family.
  public static var worlds: [any World] { families.compactMap { $0.make([]) } }

  /// The world of a name with its variant: `corner-13-tree`.
  /// - Throws: ``UnknownWorld``, which says what there is.
  public static func world(named name: String) throws(UnknownWorld) -> any World {
    let words = name.split(separator: "-", omittingEmptySubsequences: false)
    guard let family = families.first(where: { $0.name == words.first.map(String.init) }) else {
      throw UnknownWorld(name: name, hint: "there are: " + families.map(\.name).joined(separator: ", "))
    }
    guard let world = family.make(Array(words.dropFirst())) else {
      throw UnknownWorld(name: name, hint: "write \(family.variants)")
    }
    return world
  }
}

/// A name that no world has.
public struct UnknownWorld: Error, Sendable, CustomStringConvertible {
  /// What was asked for.
  public let name: String
  /// What would do.
  public let hint: String

  /// One line for people.
  public var description: String { "there is no world '\(name)'; \(hint)" }
}
