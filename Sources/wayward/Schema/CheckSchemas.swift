import Gridworlds
import Inference
import Planning
import Studies

/// Lines of the commands that look at two runs, at files, or at the machine.
extension Schema {
  /// `wayward profile`.
  static let profile = Schema(
    name: "profile", command: "wayward profile WORLD --format json", line: "an agent",
    fields: [
      Field("world", .text, "the world with its variant", since: "0.3"),
      Field("agent", .text, "the agent's name", since: "0.3"),
      Field(
        "split", .word(Split.allCases.map(\.rawValue) + ["made", "mixed"]),
        "the distribution of the levels; made by hand, or of several", since: "0.3"),
      Field("levels", .integer, "levels with a choice that tells anything", since: "0.3"),
      Field("episodes", .integer, "episodes that were looked at", since: "0.3"),
      Field("unfinished", .integer, "recordings that stop before their end, left out", since: "0.3"),
      Field("choices", .integer, "first visits of a state, which are what is explained", since: "0.3"),
      Field(
        "verdict", .word(GoalProfile.Verdict.allCases.map(\.rawValue)), "what the agent is after", since: "0.3"),
      Field(
        "weights", .map(of: "goal", .object(weights)),
        "what a step nearer is worth, log odds, habits and the other goal accounted for; empty of fewer than 10 levels",
        since: "0.3"),
      Field(
        "gains", .map(of: "comparison", .optional(.object(gain))),
        "bits a choice on held-out levels: of a goal beside the other, alone beside habits, of both, of the nearer, of the "
          + "nearer over both, of what is unseen, of both beside that; null of fewer than 10 levels", since: "0.3"),
      Field(
        "habit_bits", .number, "bits a choice of habits over every action alike",
        null: "there are fewer than 10 levels",
        since: "0.3"),
      Field("success", .share, "episodes that reached the intended goal", since: "0.3"),
      Field("training_success", .share, "the same in training, by the agent's file", null: "unknown", since: "0.3"),
      Field(
        "goal_misgeneralization", .truth, "skilled in training, less so here, and after the proxy",
        null: "without training_success, on levels that are not shifted, and of too few levels", since: "0.3"),
      Field(
        "exploring", .share, "of steps while a place was unseen, the share to the nearest such", null: "as habit_bits",
        since: "0.3"),
      Field(
        "shares", .map(of: "hypothesis", .share), "how often each hypothesis explains an episode",
        null: "as habit_bits",
        since: "0.3"),
    ])

  private static let side = Shape(
    name: "side",
    fields: [
      Field("name", .text, "what it is called beside the other", since: "0.3"),
      Field("world", .text, "the world with its variant", since: "0.3"),
      Field("level", .text, "the level's name", since: "0.3"),
      Field("agent", .text, "who acted", since: "0.3"),
      Field("seed", .integer, "the seed of its sampling", since: "0.3"),
      Field("steps", .integer, "steps that were taken", since: "0.3"),
      Field(
        "outcome", .word((Outcome.ofWhole + [.unfinished]).map(\.rawValue)), "what was reached", since: "0.3"),
      Field("return", .number, "undiscounted return, reward units", since: "0.3"),
      Field("departure_step", .integer, "the step of the departure", null: none, since: "0.3"),
      Field("verdict", .word(Verdict.names), "what it comes to", since: "0.3"),
    ])

  private static let otherActions = "the two have different actions"

  /// `wayward compare`.
  static let comparison = Schema(
    name: "compare", command: "wayward compare A [B] --format json", line: "a pair",
    fields: [
      Field("a", .object(side), "the first run", since: "0.3"),
      Field("b", .object(side), "the other one", since: "0.3"),
      Field("shared_steps", .integer, "steps that both have", since: "0.3"),
      Field(
        "same_moves", .integer, "of these, ones at which both took the same action", null: otherActions, since: "0.3"),
      Field(
        "parting_step", .integer, "the first step that differs", null: "none does, or \(otherActions)", since: "0.3"),
      Field("caption", .list(.text), "what the two show, sentence by sentence", since: "0.3"),
    ])

  /// `wayward settings`.
  static let settings = Schema(
    name: "settings", command: "wayward settings --format json", line: "all settings",
    fields: [
      Field("file", .text, "where they are kept", null: "nobody knows a place", since: "0.3"),
      Field("theme", .text, "the theme", null: "the terminal decides", since: "0.3"),
      Field("mouse", .truth, "whether the mouse is listened to", since: "0.3"),
      Field("animation", .truth, "whether what moves unasked may move", since: "0.3"),
      Field("ascii", .truth, "whether only ASCII is drawn", null: "the locale decides", since: "0.3"),
      Field("speed", .number, "steps a second at normal speed", since: "0.3"),
      Field("presenter", .truth, "whether boards are large and panels few", since: "0.3"),
      Field(
        "keys", .map(of: "screen", .map(of: "command", .list(.text))), "the keys of each command; the first is shown",
        since: "0.3"),
      Field("problems", .list(.text), "what is wrong in the file and was left out", since: "0.3"),
    ])

  private static let problem = Shape(
    name: "problem",
    fields: [
      Field("line", .integer, "the line, from 1", null: "none is to blame", since: "0.3"),
      Field("cause", .text, "what is wrong", since: "0.3"),
      Field("mend", .text, "what to do about it", since: "0.3"),
    ])

  /// `wayward levels check`.
  static let check = Schema(
    name: "check", command: "wayward levels check PATHS --format json", line: "a level file",
    fields: [
      Field("file", .text, "where it lies", since: "0.3"),
      Field("ok", .truth, "whether nothing is wrong with it", since: "0.3"),
      Field("world", .text, "the world with its variant", null: faulty, since: "0.3"),
      Field("width", .integer, "columns of the map", null: faulty, since: "0.3"),
      Field("height", .integer, "rows of the map", null: faulty, since: "0.3"),
      Field(
        "distances", .map(of: "goal", .optional(.integer)), "the fewest steps to each goal; null without a way",
        null: inexact, since: "0.3"),
      Field(
        "shared_steps", .integer, "how many steps the best ways to goal and proxy can run together at the most",
        null: inexact, since: "0.3"),
      Field("problems", .list(.object(problem)), "what is wrong, by line", since: "0.3"),
      Field("remarks", .list(.object(problem)), "what is shown otherwise than it is written", since: "0.3"),
    ])

  private static let faulty = "something is wrong with it"
  private static let inexact = "\(faulty), others move at random, or there are too many states"

  /// `wayward bench`.
  static let measurement = Schema(
    name: "bench", command: "wayward bench --format json", line: "a measurement",
    fields: [
      Field("name", .text, "what was measured", since: "0.3"),
      Field("value", .number, "the best of several runs", since: "0.3"),
      Field("unit", .text, "its unit", since: "0.3"),
      Field("cores", .integer, "cores of the machine", since: "0.3"),
    ])
}
