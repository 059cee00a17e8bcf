import Archive
import Gridworlds
import Studies
import TerminalUI

/// What comes back from slow work.
public enum Message: Sendable {
  /// Two runs are there to be compared; else why not.
  case comparison(ComparisonScene?, problem: String)
  /// How far two policies are apart in each cell, by the levels of both sides.
  case difference(levels: [String], PolicyDifference?)
  /// Work on branches is done.
  case whatIf(WhatIfNews)
  /// What policy and planner say of every cell of a level at one moment.
  case survey(SurveyedMoment)
  /// Somebody counted who stood where; the run that was asked about knows it now.
  case visitsCounted
  /// Episodes of the gallery are there.
  case gallery(GalleryNews)
  /// The episode at a place of the list that a replay was opened from, with who acts there.
  case neighbour(place: Int, Result<Run, FileProblem>, Agent?)
  /// A training has moved on.
  case training(TrainingNews)
  /// Something worth a word, for the last row.
  case notice(String)
  /// A text to be read over everything.
  case panel(TextPanel)
  /// What a search has found in an episode, by its number.
  case hits(EventQuery, episode: Int, [Int32])
  /// A life has gone on.
  case life(TreeLife)
  /// Work of an editor is done.
  case editor(EditorNews)
  /// A file was written, or not.
  case written(Written)
}

/// One screen of the program. It is a value: commands and events change it, drawing does not.
protocol Room: Sendable {
  /// Its keys.
  var bindings: Bindings<Command> { get }
  /// The world that is shown, for those who ask about it.
  var shownWorld: (any World)? { get }
  /// What is shown of an episode, for those who keep it or pass it on.
  var moment: Moment? { get }
  /// A name for a file of what is shown, without its ending.
  var fileName: String { get }
  /// Seconds between ticks while something moves, `nil` while nothing does.
  var frameInterval: Double? { get }
  /// Whether the next key belongs to the room whatever it is bound to: the letter of a mark, say. It comes as an event.
  var takesNextKey: Bool { get }
  /// Whether going back would close a part of the room before the room itself.
  var hasInnerWayBack: Bool { get }
  /// Does what a key asked for.
  mutating func perform(_ command: Command) -> [Wish]
  /// Takes a tick, a message, the mouse, or a key that is bound to nothing.
  mutating func receive(_ event: Event<Message>) -> [Wish]
  /// Takes what was typed after a question of its own, and while it is typed if it asked for that.
  mutating func take(_ answer: Answer) -> [Wish]
  /// Follows the user's settings.
  mutating func adopt(_ settings: Settings)
  /// Draws everything but the footer.
  func draw(into canvas: inout Canvas, theme: Theme)
}

extension Room {
  var shownWorld: (any World)? { nil }
  var moment: Moment? { nil }
  var fileName: String { moment?.fileName ?? "wayward" }
  var takesNextKey: Bool { false }
  var hasInnerWayBack: Bool { false }
  mutating func take(_ answer: Answer) -> [Wish] { [] }
  mutating func adopt(_ settings: Settings) {}
}

/// What a room wants to happen.
enum Wish: Sendable {
  case effect(Effect<Message>)
  case enter(any Room)
  case ask(Question)
  case leave
  /// Not to be left yet, though `back` was asked for.
  case stay
  /// Work that writes files, where the program writes them.
  case write(@Sendable (Outlet) -> Message)
}
