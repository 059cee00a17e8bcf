/// What may stand in a cell, named by the ASCII letter that level files use for it.
public struct Tile: Hashable, Sendable, BitwiseCopyable {
  /// A printable ASCII code.
  public let letter: UInt8

  /// A tile by its letter; letters outside printable ASCII become `?`.
  @inlinable public init(_ letter: Unicode.Scalar) {
    self.letter = letter.isASCII && letter.value >= 32 && letter.value < 127 ? UInt8(letter.value) : 63
  }

  /// Nobody passes.
  public static let wall = Tile("#")
  /// Free to stand on.
  public static let floor = Tile(".")
  /// Where the agent starts.
  public static let agent = Tile("@")
}

extension Tile: CustomStringConvertible {
  /// The letter.
  public var description: String { String(Unicode.Scalar(letter)) }
}

/// What the tiles of a world mean. The level parser, the editor's palette, the observation's planes and every
/// drawing follow from it.
public struct Legend: Sendable {
  /// What kind of thing a tile is. Drawing, checking and help go by it where they do not know the name.
  public enum Role: String, Sendable, CaseIterable {
    case wall, floor, agent, target, item, hazard, creature, region
  }

  /// The colour that a thing has in its world, where that matters: a red key is no blue one.
  public enum Hue: String, Sendable, CaseIterable {
    case red, blue, yellow
  }

  /// One tile's meaning.
  public struct Entry: Sendable {
    /// The letter in level files.
    public let tile: Tile
    /// A short English noun: `cheese`.
    public let name: String
    /// The kind of thing.
    public let role: Role
    /// Whether it can move or vanish: then the state says where it stands, not the map.
    public let isMobile: Bool
    /// Whether level files may contain it; a `region` is named by the goals and never written in a map.
    public let isWritten: Bool
    /// Whether its way is drawn behind it.
    public let hasTrail: Bool
    /// Its colour in the world, where that matters.
    public let hue: Hue?

    /// One tile's meaning.
    public init(
      _ tile: Tile, _ name: String, _ role: Role, isMobile: Bool = false, isWritten: Bool = true,
      hasTrail: Bool = false,
      hue: Hue? = nil
    ) {
      self.tile = tile
      self.name = name
      self.role = role
      self.isMobile = isMobile
      self.isWritten = isWritten
      self.hasTrail = hasTrail
      self.hue = hue
    }
  }

  /// In the order in which the editor and the help list them.
  public let entries: [Entry]
  /// For each letter: 1 where level files may contain it, 2 where it is mobile.
  private let flags: [UInt8]

  /// A legend: walls, floor and the agent, then the world's own tiles.
  public init(_ own: [Entry]) {
    entries =
      [
        Entry(.wall, "wall", .wall), Entry(.floor, "floor", .floor), Entry(.agent, "agent", .agent, isMobile: true),
      ] + own
    var flags = [UInt8](repeating: 0, count: 128)
    for entry in entries {
      flags[Int(entry.tile.letter)] = (entry.isWritten ? 1 : 0) | (entry.isMobile && entry.tile != .agent ? 2 : 0)
    }
    self.flags = flags
  }

  /// Whether level files may contain a tile.
  func isWritten(_ tile: Tile) -> Bool { flags[Int(tile.letter)] & 1 != 0 }

  /// Whether a tile, other than the agent, can move or vanish.
  func isMobile(_ tile: Tile) -> Bool { flags[Int(tile.letter)] & 2 != 0 }

  /// The meaning of a tile, `nil` where the world does not know it.
  public subscript(tile: Tile) -> Entry? { entries.first { $0.tile == tile } }
}

/// A tile at a place: what a state shows besides the fixed map.
public struct Occupant: Hashable, Sendable {
  /// What stands there.
  public let tile: Tile
  /// Where.
  public let position: Position

  /// A tile at a place.
  @inlinable public init(_ tile: Tile, at position: Position) {
    self.tile = tile
    self.position = position
  }
}
