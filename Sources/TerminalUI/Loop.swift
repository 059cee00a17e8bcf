import Dispatch
import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Messages from other threads, and the pipe that wakes the loop for them.
private final class Mailbox<Message: Sendable>: Sendable {
  private let messages = Mutex<[Message]>([])
  let reader: Int32
  private let writer: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      }
    }
    (reader, writer) = (ends[0], ends[1])
  }

  deinit {
    _ = close(reader)
    _ = close(writer)
  }

  func post(_ message: Message) {
    messages.withLock { $0.append(message) }
    var byte: UInt8 = 1
    _ = write(writer, &byte, 1)
  }

  func take() -> [Message] {
    messages.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}

/// Shows a scene until it asks to quit: events in, effects out, a canvas whenever something changed.
///
/// One thread. It sleeps until a key, a message or the next frame of an animation, and never waits for slow work.
/// Frames that come too late are dropped, not queued.
public func run<S: Scene>(_ scene: inout S, on screen: some Screen) {
  let mailbox = Mailbox<S.Message>()
  let clock = ContinuousClock()
  var isOver = false
  var isDirty = true
  var nextTick: ContinuousClock.Instant?

  func handle(_ event: Event<S.Message>, _ scene: inout S) {
    isDirty = true
    for effect in scene.update(event) {
      switch effect {
      case .work(let work): DispatchQueue.global().async { mailbox.post(work()) }
      case .stream(let stream): DispatchQueue.global().async { stream { mailbox.post($0) } }
      case .quit: isOver = true
      case .suspend:
        screen.suspend()
        let size = screen.size
        handle(.input(.resize(size)), &scene)
      case .redraw: screen.redraw()
      case .setMouse(let isOn): screen.setMouse(isOn)
      }
    }
  }

  handle(.input(.resize(screen.size)), &scene)
  while !isOver {
    if isDirty {
      screen.show(scene.picture(size: screen.size))
      isDirty = false
    }
    let interval = scene.frameInterval
    if let interval {
      nextTick = nextTick ?? clock.now + .seconds(interval)
    } else {
      nextTick = nil
    }
    // A resize that falls between two system calls is seen a quarter of a second later at the latest.
    let wait = nextTick.map { max(0, min(250, Int32(($0 - clock.now) / .milliseconds(1)))) } ?? 250
    guard let events = screen.events(wake: mailbox.reader, timeout: wait) else { return }
    for event in events where !isOver { handle(.input(event), &scene) }
    for message in mailbox.take() where !isOver { handle(.message(message), &scene) }
    if let due = nextTick, let interval, clock.now >= due, !isOver {
      handle(.tick, &scene)
      nextTick = max(due + .seconds(interval), clock.now)
    }
  }
}
