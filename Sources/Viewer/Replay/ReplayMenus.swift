import Gridworlds
import TerminalUI

/// What keys can ask of a replay in each of its states.
extension ReplayRoom {
  public var menu: Menu<ReplayRoom> {
    if lanes.isChoosing { return ReplayRoom.choosingLanes }
    if branching.takeOver != nil { return ReplayRoom.takingOver(run.episode.world.actions) }
    if branching.list != nil { return ReplayRoom.branchList }
    if opponents.list != nil { return ReplayRoom.opponentList }
    let isMoving = playhead.isPlaying
    if board.cursor != nil { return isMoving ? ReplayRoom.inspectingMoving : ReplayRoom.inspecting }
    if board.asking.isOpen(view) { return isMoving ? ReplayRoom.askedMoving : ReplayRoom.asked }
    if isPlayed { return ReplayRoom.playing(run.episode.world.actions, isMoving: isMoving) }
    return isMoving ? ReplayRoom.movingMenu : ReplayRoom.menu
  }

  private typealias Rows = [Menu<ReplayRoom>.Row]

  private static func time(arrows: Bool, isMoving: Bool) -> Rows {
    Menu.rows(PlayheadCommand.keys(arrows: arrows, isPlaying: isMoving)) { $0.perform($1) }
  }

  private static let reasons: Rows =
    Menu.rows(EventCommand.departing) { $0.perform($1) } + Menu.rows(ReplayCommand.explaining) { $0.perform($1) }

  private static let find: Rows =
    Menu.rows(EventCommand.stepping) { $0.perform($1) } + Menu.rows(BookmarkCommand.keys) { $0.perform($1) }
    + Menu.rows(FinderCommand.keys) { $0.perform($1) }

  private static let looks: Rows =
    Menu.rows(WayCommand.keys) { $0.perform($1) } + Menu.rows(BoardCommand.keys) { $0.perform($1) }
    + Menu.rows(LanesCommand.keys) { $0.perform($1) }

  private static let arrowing: Rows = Menu.rows(BoardCommand.arrowing) { $0.perform($1) }
  private static let inspection: Rows = Menu.rows(BoardCommand.inspecting) { $0.perform($1) }

  private static let asking: Rows = Menu.rows(BoardCommand.asking) { $0.perform($1) }

  private static let episodes: Rows =
    Menu.rows(ReplayCommand.comparing) { $0.perform($1) } + arrowing + inspection
    + Menu.rows(ReplayCommand.going) { $0.perform($1) }

  /// An episode's.
  static let menu: Menu<ReplayRoom> = episode(isMoving: false)
  /// The same while it plays.
  private static let movingMenu: Menu<ReplayRoom> = episode(isMoving: true)

  private static func episode(isMoving: Bool) -> Menu<ReplayRoom> {
    Menu(
      time(arrows: true, isMoving: isMoving) + reasons + Menu.rows(BranchCommand.keys) { $0.perform($1) } + episodes
        + asking
        + find + looks
        + Menu.program(ProgramCommand.copying + ProgramCommand.exporting + ProgramCommand.anywhere), name: "replay")
  }

  /// While a cell is inspected: arrows move from cell to cell.
  static let inspecting: Menu<ReplayRoom> = cell(isMoving: false)
  private static let inspectingMoving: Menu<ReplayRoom> = cell(isMoving: true)

  private static func cell(isMoving: Bool) -> Menu<ReplayRoom> {
    Menu(
      Menu.rows(CellCommand.keys) { $0.perform($1) } + time(arrows: false, isMoving: isMoving) + reasons + find
        + arrowing + looks
        + Menu.program(ProgramCommand.staying + [.init("q", .back, "Anywhere", "back, out", footer: "back")]))
  }

  /// While the policy is asked about a moment.
  static let asked: Menu<ReplayRoom> = asked(isMoving: false)
  private static let askedMoving: Menu<ReplayRoom> = asked(isMoving: true)

  private static func asked(isMoving: Bool) -> Menu<ReplayRoom> {
    Menu(
      Menu.rows(BoardCommand.asked) { $0.perform($1) } + time(arrows: true, isMoving: isMoving) + reasons + find + looks
        + Menu.program(ProgramCommand.staying + [.init("q", .back, "Anywhere", "back, out", footer: "back")]))
  }

  /// Of a person who plays.
  static func playing(_ actions: [ActionLabel], isMoving: Bool = false) -> Menu<ReplayRoom> {
    Menu(
      Menu.rows(MoveCommand.keys(actions)) { $0.play($1) } + time(arrows: false, isMoving: isMoving) + reasons + find
        + looks + inspection + Menu.program(ProgramCommand.exporting + ProgramCommand.anywhere))
  }

  /// Of a person who has taken over.
  static func takingOver(_ actions: [ActionLabel]) -> Menu<ReplayRoom> {
    Menu(
      Menu.rows(TakeOverCommand.keys) { $0.perform($1) } + Menu.rows(MoveCommand.keys(actions)) { $0.takeOver($1) }
        + looks + Menu.program(ProgramCommand.staying))
  }

  /// Of the chooser of lanes.
  static let choosingLanes = Menu<ReplayRoom>(
    Menu.rows(LaneChooserCommand.keys) { $0.perform($1) }, name: "lanes")

  private static let picking: Rows = Menu.rows(ListCommand.keys) { $0.perform($1) }

  /// Of the list of branches.
  static let branchList = Menu<ReplayRoom>(
    Menu.rows(BranchListCommand.opening) { $0.perform($1) } + picking
      + Menu.rows(BranchListCommand.keys) { $0.perform($1) } + Menu.program(ProgramCommand.staying))

  /// Of the list of what can be compared.
  static let opponentList = Menu<ReplayRoom>(
    Menu.rows(OpponentCommand.opening) { $0.perform($1) } + picking
      + Menu.rows(OpponentCommand.keys) { $0.perform($1) } + Menu.program(ProgramCommand.staying))
}
