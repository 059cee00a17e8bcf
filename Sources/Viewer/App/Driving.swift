import TerminalUI

extension Scene {
  /// The scene as it looks at a size.
  public func picture(size: Size) -> Canvas {
    var canvas = Canvas(size: size)
    draw(into: &canvas)
    return canvas
  }

  /// Feeds keys to the scene without a terminal. Work is done on the spot; a stream is left out.
  /// - Parameter ticks: how many frames of animation pass before the first key, so that what loads has loaded.
  public mutating func drive(_ keys: [Key], ticks: Int = 2) {
    for _ in 0..<ticks {
      guard let interval = frameInterval else { break }
      settle(update(.tick(elapsedSeconds: interval)))
    }
    for key in keys { settle(update(.input(.key(key)))) }
  }

  private mutating func settle(_ effects: [Effect<Message>]) {
    for case .work(let work) in effects { settle(update(.message(work()))) }
  }
}
