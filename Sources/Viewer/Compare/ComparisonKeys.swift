import TerminalUI

extension Bindings where Command == Viewer.Command {
  private static let comparing: Table = [
    .init("s", .sync, "Compare", "together by step, by event, or each for itself", footer: "sync"),
    .init("D", .difference, "Compare", "how far the policies differ in each cell", footer: "difference"),
    .init("Tab", .otherSide, "Compare", "the other side in focus", footer: "side"),
    .init("X", .swap, "Compare", "swap the two sides", footer: "swap"),
    .init("|", .arrangement, "Compare", "side by side or stacked", footer: "layout"),
    .init("c", .back, "Compare", "back to the episode"),
  ]

  private static let paths: Table = look.filter {
    [.trail, .intendedPath, .proxyPath].contains($0.command)
  }.map { binding in
    var binding = binding
    binding.footer = nil
    return binding
  }

  /// The keys of a comparison.
  static let comparison = Bindings(
    Array(time(arrows: true).prefix(3)) + comparing + reasons.filter { $0.command == .departure } + find
      + Array(time(arrows: true).dropFirst(3)) + paths + anywhere,
    name: "comparison")
}
