import TerminalUI

/// Everything that a key can ask for. One table a scene feeds dispatch, footer, help and manual.
public enum Command: Hashable, Sendable {
  case togglePlay, stepForward, stepBack, forward10, back10, jump(tenth: Int), first, last
  case faster, slower, normalSpeed, reverse, loop, gotoStep
  case nextHappening, previousHappening, departure, nextEpisode, previousEpisode
  case trail, intendedPath, proxyPath, arrows, zoomIn, zoomOut, compare, swap
  case act(Int)
  case theme, mouse, redraw, help, suspend, back, quit
  case up, down, left, right, open, nextPane, pageUp, pageDown, agent, play, trainNow, filter
  case pause, keep, watch
}

extension Bindings where Command == Viewer.Command {
  /// What works on every screen.
  private static let anywhere: [Binding<Viewer.Command>] = [
    .init(keys: ["T"], .theme, "Anywhere", "theme: dark, light, mono"),
    .init(keys: ["M"], .mouse, "Anywhere", "mouse on or off"),
    .init(keys: ["^L"], .redraw, "Anywhere", "draw again"),
    .init(keys: ["^Z"], .suspend, "Anywhere", "suspend"),
    .init(keys: ["?", "F1"], .help, "Anywhere", "help", footer: "help"),
    .init(keys: ["q", "Esc"], .back, "Anywhere", "back", footer: "back"),
  ]

  private static let time: [Binding<Viewer.Command>] = [
    .init(keys: ["Space"], .togglePlay, "Move in time", "play or pause", footer: "play"),
    .init(keys: [".", "Right", "l"], .stepForward, "Move in time", "a step forward"),
    .init(keys: [",", "Left", "h"], .stepBack, "Move in time", "a step back", footer: "step back, . on"),
    .init(keys: [")", "S-Right"], .forward10, "Move in time", "ten steps forward"),
    .init(keys: ["(", "S-Left"], .back10, "Move in time", "ten steps back"),
    .init(keys: ["g", "Home"], .first, "Move in time", "first step"),
    .init(keys: ["G", "End"], .last, "Move in time", "last step"),
    .init(keys: [">"], .faster, "Move in time", "faster"),
    .init(keys: ["<"], .slower, "Move in time", "slower"),
    .init(keys: ["BS"], .normalSpeed, "Move in time", "normal speed"),
    .init(keys: ["r"], .reverse, "Move in time", "play backward"),
    .init(keys: ["o"], .loop, "Move in time", "loop"),
    .init(keys: [":"], .gotoStep, "Move in time", "go to a step: type its number"),
  ] + (0...9).map { .init(keys: ["\($0)"], .jump(tenth: $0), "Move in time", "to \($0)0 %") }

  private static let find: [Binding<Viewer.Command>] = [
    .init(keys: ["d"], .departure, "Find", "the departure", footer: "departure"),
    .init(keys: ["]"], .nextHappening, "Find", "next event", footer: "event"),
    .init(keys: ["["], .previousHappening, "Find", "previous event"),
  ]

  private static let look: [Binding<Viewer.Command>] = [
    .init(keys: ["t"], .trail, "Look", "trail"),
    .init(keys: ["i"], .intendedPath, "Look", "way to the intended goal", footer: "intended"),
    .init(keys: ["x"], .proxyPath, "Look", "way to the proxy", footer: "proxy"),
    .init(keys: ["p"], .arrows, "Look", "the policy's arrows", footer: "policy"),
    .init(keys: ["z"], .zoomIn, "Look", "zoom in"),
    .init(keys: ["Z"], .zoomOut, "Look", "zoom out"),
  ]

  /// The replay's keys.
  static let replay = Bindings(
    time + find + [
      .init(keys: ["J", "Down", "j"], .nextEpisode, "Find", "next episode"),
      .init(keys: ["K", "Up", "k"], .previousEpisode, "Find", "previous episode"),
      .init(keys: ["c"], .compare, "Look", "beside its training twin", footer: "compare"),
      .init(keys: ["X"], .swap, "Look", "swap the two sides"),
    ] + look + anywhere)
}
