/// Runs a scene on a screen until it asks to quit.
///
/// Input and messages that are waiting are all taken in before the next frame, and a frame is drawn only after
/// something changed, so that a slow line loses frames instead of falling behind. While nothing moves the loop sleeps.
/// - Throws: `TerminalError.hangUp` if the terminal goes away.
public func run<S: Scene>(_ scene: inout S, on screen: some Screen) throws(TerminalError) {
  let loop = Loop<S>(screen: screen)
  try loop.run(&scene)
}

private final class Loop<S: Scene> {
  private let screen: any Screen
  private let mailbox: Mailbox<S.Message>
  private var hasQuit = false

  init(screen: any Screen) {
    self.screen = screen
    mailbox = Mailbox(waker: screen.waker)
  }

  func run(_ scene: inout S) throws(TerminalError) {
    deliver(.input(.resize(screen.size)), to: &scene)
    draw(scene)
    var isStale = false
    var lastTick = screen.now
    var wasMoving = scene.frameInterval != nil
    while !hasQuit {
      var wait: Double?
      if let interval = scene.frameInterval {
        if !wasMoving { lastTick = screen.now }
        wait = max(0, lastTick + interval - screen.now)
      }
      wasMoving = scene.frameInterval != nil
      if isStale { wait = min(wait ?? 1, 0.01) }
      if screen.hasEnded, !mailbox.isBusy { break }
      // Input that never pauses must not keep the screen from being drawn.
      var budget = 256
      while budget > 0, !hasQuit, let input = try screen.next(timeout: wait) {
        deliver(.input(input), to: &scene)
        isStale = true
        wait = 0
        budget -= 1
        if screen.hasEnded { break }
      }
      for message in mailbox.takeAll() where !hasQuit {
        deliver(.message(message), to: &scene)
        isStale = true
      }
      if let interval = scene.frameInterval, wasMoving, !hasQuit, screen.now >= lastTick + interval - 1e-9 {
        let elapsed = screen.now - lastTick
        lastTick = screen.now
        deliver(.tick(elapsedSeconds: elapsed), to: &scene)
        isStale = true
      }
      if isStale, !hasQuit, screen.isReady {
        draw(scene)
        isStale = false
      }
    }
  }

  private func draw(_ scene: S) {
    var canvas = Canvas(size: screen.size)
    scene.draw(into: &canvas)
    screen.show(canvas)
  }

  private func deliver(_ event: Event<S.Message>, to scene: inout S) {
    for effect in scene.update(event) {
      switch effect {
      case .work(let body): mailbox.start { $0.post(body()) }
      case .stream(let body): mailbox.start { mailbox in body { mailbox.post($0) } }
      case .quit: hasQuit = true
      case .suspend: screen.suspend()
      case .redraw: screen.repaint()
      case .setMouse(let isOn): screen.setMouse(isOn)
      case .copy(let text): if !screen.copy(text) { screen.ring() }
      case .bell: screen.ring()
      }
    }
  }
}
