import Synchronization

/// Tells that something is waited for which others should write, and do not.
public enum Waiting {
  private static let listener = Mutex<@Sendable (String) -> Void>({ _ in })

  /// Listens from now on.
  /// - Parameter tell: is told, on any thread, the name of a pipe of which nothing came for a second, as messages have it.
  public static func listen(_ tell: @escaping @Sendable (String) -> Void) { listener.withLock { $0 = tell } }

  static func tell(of path: String) {
    let tell = listener.withLock { $0 }
    tell(FileProblem.shown(path))
  }
}
