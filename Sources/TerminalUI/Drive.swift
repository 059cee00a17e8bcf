import Synchronization

extension Scene {
  /// The scene as it looks at a size.
  public func picture(size: Size) -> Canvas {
    var canvas = Canvas(size: size)
    draw(into: &canvas)
    return canvas
  }

  /// Presses keys without a terminal.
  ///
  /// Background work is done at once, where it is asked for.
  /// - Parameters:
  ///   - ticks: how many frames of animation pass before the first key, so that what loads has loaded.
  ///   - ticksAfterEach: how many follow each key, as long as something moves.
  ///   - streamed: the most messages of long work that are delivered; without any it is not begun.
  public mutating func drive(_ keys: [Key], ticks: Int = 2, ticksAfterEach: Int = 0, streamed: Int = 0) {
    drive(events: keys.map { .key($0.canonical) }, ticks: ticks, ticksAfterEach: ticksAfterEach, streamed: streamed)
  }

  /// Gives events to the scene without a terminal; see ``drive(_:ticks:ticksAfterEach:streamed:)``.
  public mutating func drive(events: [InputEvent], ticks: Int = 0, ticksAfterEach: Int = 0, streamed: Int = 0) {
    var driver = Driver<Self>(messagesLeft: streamed)
    driver.tick(&self, ticks)
    for event in events {
      driver.deliver(.input(event), to: &self)
      driver.tick(&self, ticksAfterEach)
    }
  }
}

private struct Driver<S: Scene> {
  /// Of long work.
  var messagesLeft: Int

  mutating func tick(_ scene: inout S, _ ticks: Int) {
    for _ in 0..<max(0, ticks) {
      guard let interval = scene.frameInterval else { break }
      deliver(.tick(elapsedSeconds: interval), to: &scene)
    }
  }

  /// Delivers an event and then, in order, all messages that come of it.
  mutating func deliver(_ event: Event<S.Message>, to scene: inout S) {
    var effects = scene.update(event)[...]
    while let effect = effects.popFirst() {
      switch effect {
      case .work(let body): effects = scene.update(.message(body())) + effects
      case .stream(let body):
        guard messagesLeft > 0 else { break }
        let limit = messagesLeft
        let posted = Posted<S.Message>()
        body { posted.add($0, limit: limit) }
        for message in posted.all {
          messagesLeft -= 1
          effects += scene.update(.message(message))
        }
      case .suspend: effects += scene.update(.input(.resumed))
      case .quit, .redraw, .setMouse, .copy, .bell: break
      }
    }
  }
}

private final class Posted<Message: Sendable>: Sendable {
  private let messages = Mutex<[Message]>([])

  func add(_ message: Message, limit: Int) {
    messages.withLock { if $0.count < limit { $0.append(message) } }
  }

  var all: [Message] { messages.withLock { $0 } }
}
