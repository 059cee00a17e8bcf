import Synchronization

/// Presses `keys` in a scene without a terminal, and draws the end.
/// - SeeAlso: `drive(_:events:size:ticksAfterEach:messageLimit:)`
@discardableResult
public func drive<S: Scene>(
  _ scene: inout S, keys: [Key], size: Size = .standard, ticksAfterEach: Int = 0, messageLimit: Int = 10_000
) -> Canvas {
  drive(
    &scene, events: keys.map { .key($0.canonical) }, size: size, ticksAfterEach: ticksAfterEach,
    messageLimit: messageLimit)
}

/// Gives `events` to a scene without a terminal, and draws the end.
///
/// Background work is done at once, where it is asked for. A `quit` ends the drive.
/// - Parameters:
///   - ticksAfterEach: how many ticks of the scene's own interval follow each event, as long as something moves.
///   - messageLimit: the most messages delivered in all; the others are dropped, so that the drive ends.
@discardableResult
public func drive<S: Scene>(
  _ scene: inout S, events: [InputEvent], size: Size = .standard, ticksAfterEach: Int = 0, messageLimit: Int = 10_000
) -> Canvas {
  var driver = Driver<S>(size: size, messagesLeft: messageLimit)
  driver.deliver(.input(.resize(size)), to: &scene)
  for event in events where !driver.hasQuit {
    if case .resize(let size) = event { driver.size = size }
    driver.deliver(.input(event), to: &scene)
    for _ in 0..<max(0, ticksAfterEach) where !driver.hasQuit {
      guard let interval = scene.frameInterval else { break }
      driver.deliver(.tick(elapsedSeconds: interval), to: &scene)
    }
  }
  var canvas = Canvas(size: driver.size)
  scene.draw(into: &canvas)
  return canvas
}

private struct Driver<S: Scene> {
  var size: Size
  var messagesLeft: Int
  var hasQuit = false

  /// Delivers an event and then, in order, all messages that come of it.
  mutating func deliver(_ event: Event<S.Message>, to scene: inout S) {
    var effects = scene.update(event)[...]
    while let effect = effects.popFirst(), !hasQuit {
      switch effect {
      case .work(let body): effects += deliver([body()], to: &scene)
      case .stream(let body):
        let limit = messagesLeft
        let posted = Posted<S.Message>()
        body { posted.add($0, limit: limit) }
        effects += deliver(posted.all, to: &scene)
      case .quit: hasQuit = true
      case .suspend: effects += scene.update(.input(.resumed))
      case .redraw, .setMouse, .copy, .bell: break
      }
    }
  }

  private mutating func deliver(_ messages: [S.Message], to scene: inout S) -> [Effect<S.Message>] {
    var effects: [Effect<S.Message>] = []
    for message in messages where messagesLeft > 0 {
      messagesLeft -= 1
      effects += scene.update(.message(message))
    }
    return effects
  }
}

private final class Posted<Message: Sendable>: Sendable {
  private let messages = Mutex<[Message]>([])

  func add(_ message: Message, limit: Int) {
    messages.withLock { if $0.count < limit { $0.append(message) } }
  }

  var all: [Message] { messages.withLock { $0 } }
}
