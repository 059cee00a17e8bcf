import Gridworlds

/// A family of worlds: a name and how a variant of it is made.
public struct WorldFamily: Sendable {
  /// The first word of the name: `corner`.
  public let name: String
  /// What may follow the name, for error messages.
  public let variants: String
  let make: @Sendable (_ words: [Substring]) -> (any World)?
}

/// Every world there is. A new world adds one line.
public enum Catalogue {
  /// The families in the order in which the gallery lists them.
  public static let families = [
    WorldFamily(name: "corner", variants: "corner[-SIZE][-blocks|-open|-tree], SIZE odd from 7 to 41", make: corner),
    WorldFamily(name: "coinrun", variants: "coinrun[-WIDTH], WIDTH from 20 to 200", make: coinrun),
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

  @Sendable private static func corner(_ words: [Substring]) -> (any World)? {
    var size: Int?
    var layout: Layout?
    for word in words {
      if size == nil, let number = Int(word), (7...41).contains(number), number % 2 == 1 {
        size = number
      } else if layout == nil, let named = Layout(rawValue: String(word)) {
        layout = named
      } else {
        return nil
      }
    }
    return Corner(size: size ?? 11, layout: layout ?? .blocks)
  }

  @Sendable private static func coinrun(_ words: [Substring]) -> (any World)? {
    guard let word = words.first else { return Coinrun() }
    guard words.count == 1, let width = Int(word), (20...200).contains(width) else { return nil }
    return Coinrun(width: width)
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
