import TerminalUI

/// What a comparison itself can be asked.
enum ComparisonCommand: PartCommand {
  case sync, difference, otherSide, swap, arrangement

  static let keys: [Binding<ComparisonCommand>] = [
    .init("s", .sync, "Compare", "together by step, by event, or each for itself", footer: "sync"),
    .init("D", .difference, "Compare", "how far the policies differ in each cell", footer: "difference"),
    .init("Tab", .otherSide, "Compare", "the other side in focus", footer: "side"),
    .init("X", .swap, "Compare", "swap the two sides", footer: "swap"),
    .init("|", .arrangement, "Compare", "side by side or stacked", footer: "layout"),
  ]
}

extension ComparisonRoom {
  public var menu: Menu<ComparisonRoom> {
    clock.playhead.isPlaying ? ComparisonRoom.movingMenu : ComparisonRoom.menu
  }

  /// What keys can ask of a comparison.
  static let menu: Menu<ComparisonRoom> = table(isMoving: false)
  /// The same while it plays.
  private static let movingMenu: Menu<ComparisonRoom> = table(isMoving: true)

  /// Marks and searches are of one episode: their keys are kept for those who have given them others, and do nothing.
  private static func table(isMoving: Bool) -> Menu<ComparisonRoom> {
    let time = Menu<ComparisonRoom>.rows(PlayheadCommand.keys(arrows: true, isPlaying: isMoving)) { $0.perform($1) }
    return Menu(
      Array(time.prefix(3)) + Menu.rows(ComparisonCommand.keys) { $0.perform($1) }
        + Menu.program([.init("c", .back, "Compare", "back to the episode")])
        + Menu.rows(EventCommand.departing) { $0.perform($1) } + Menu.rows(EventCommand.stepping) { $0.perform($1) }
        + Menu.rows(BookmarkCommand.keys) { _, _ in [] } + Menu.rows(FinderCommand.keys) { _, _ in [] }
        + Array(time.dropFirst(3)) + Menu.rows(WayCommand.keys.map(\.withoutFooter)) { $0.perform($1) }
        + Menu.program(ProgramCommand.anywhere),
      name: "comparison")
  }
}

extension Binding {
  /// The same, but not in the footer.
  fileprivate var withoutFooter: Binding {
    var binding = self
    binding.footer = nil
    return binding
  }
}
