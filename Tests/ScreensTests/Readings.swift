import Gridworlds
import Studies
import TerminalUI

@testable import Viewer

/// What the tests read of a replay's parts.
extension ReplayRoom {
  var agent: Agent? { reel.agent }
  var isPlaying: Bool { playhead.isPlaying }
  var tree: BranchTree { branching.tree(reel) }
  var shownBranch: Int? { branching.shown }
  var takeOver: Branching.TakeOver? { branching.takeOver }
  var list: ChoiceList? { branching.list ?? opponents.list }
  var survey: CellSurvey? { board.survey(view) }
  var heat: HeatMap? { board.heat(view) }
  var field: PolicyField? { board.field(view) }
  var window: BoardView { board.boardView(of: view, in: layout(PictureTests.size).board) }
}

/// What the tests read of a comparison's parts.
extension ComparisonRoom {
  var shown: [Int] { clock.shown }
  var now: Int { clock.playhead.position }
}
