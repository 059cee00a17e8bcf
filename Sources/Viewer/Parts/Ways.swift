import TerminalUI

/// Which ways are drawn on a board: the way taken, and the best ones to goal and proxy.
struct Ways: Part, Equatable {
  private(set) var showsTrail = true
  private(set) var showsIntended = true
  private(set) var showsProxy = false

  /// The way taken, and with it the best one to the goal unless that would be too much.
  init(showsIntended: Bool = true) { self.showsIntended = showsIntended }

  mutating func perform(_ command: WayCommand) {
    switch command {
    case .trail: showsTrail.toggle()
    case .intendedPath: showsIntended.toggle()
    case .proxyPath: showsProxy.toggle()
    }
  }
}

/// Which ways are drawn on a board.
enum WayCommand: PartCommand {
  case trail, intendedPath, proxyPath

  static let keys: [Binding<WayCommand>] = [
    .init("t", .trail, "Look", "trail"),
    .init("i", .intendedPath, "Look", "best way to the goal", footer: "goal way"),
    .init("x", .proxyPath, "Look", "best way to the proxy", footer: "proxy way"),
  ]
}
