import TerminalUI

/// The keys of every screen, for a manual.
public enum Manual {
  /// A screen and its keys, by group as its help has them.
  public struct Screen: Sendable {
    /// A group and its lines.
    public struct Group: Sendable {
      /// The heading.
      public let name: String
      /// Keys as they are written, and what they do.
      public let entries: [(keys: String, words: String)]
    }

    /// What the screen is called in a settings file.
    public let name: String
    /// Its keys; those that hold everywhere come last.
    public let groups: [Group]
  }

  /// All screens.
  public static var screens: [Screen] {
    ScreenKeys.tables.map { table in
      Screen(name: table.name, groups: table.help().map { Screen.Group(name: $0.group, entries: $0.entries) })
    }
  }
}
