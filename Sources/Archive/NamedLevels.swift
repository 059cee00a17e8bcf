import Gridworlds
import Synchronization

/// The hand-made levels of a library as they are now, each read once, to compare with them what was recorded.
public final class NamedLevels: Sendable {
  private let library: Library
  private let world: @Sendable (String) throws -> any World
  private let known = Mutex<[String: Level?]>([:])

  /// The levels of a library.
  public init(_ library: Library, world: @escaping @Sendable (String) throws -> any World) {
    (self.library, self.world) = (library, world)
  }

  /// The level of a name such as `corner/first`; `nil` where the library has none of it, or it cannot be read.
  func level(named reference: String) -> Level? {
    if let level = known.withLock({ $0[reference] }) { return level }
    let level = file(named: reference).flatMap { try? LevelFile.read($0, reference: reference, world: world).level }
    known.withLock { $0[reference] = .some(level) }
    return level
  }

  /// The file of the level of a name; `nil` where the library has none of it.
  func file(named reference: String) -> String? {
    let family = reference.prefix { $0 != "/" }
    return library.levels(of: String(family)).first { $0.reference == reference }?.path
  }

  /// Whether a recorded level is the one that its name has now; `nil` of a name that the library does not have.
  func isAsNamed(_ level: Level) -> Bool? {
    guard let named = self.level(named: level.reference) else { return nil }
    // Under another intention of its world a level keeps its name, and has other targets.
    return named.map == level.map && named.timeLimit == level.timeLimit
      && (named.world != level.world || named.targets == level.targets)
  }
}
