#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A screen for tests: a script of input goes in, canvases come out, and time is what the script says.
public final class MemoryScreen: Screen {
  /// A line of the script.
  public enum Step: Sendable, Hashable {
    /// Something arrives.
    case input(InputEvent)
    /// Nothing happens for some seconds.
    case wait(Double)
  }

  /// Columns and rows; follows the resize events of the script.
  public private(set) var size: Size
  /// How many colours the screen claims.
  public let depth: ColorDepth
  /// Which glyphs the screen shows.
  public let glyphs: GlyphSet
  /// The script's own clock.
  public private(set) var now = 0.0
  /// Always: memory is fast.
  public let isReady = true
  /// Ends a wait for background work.
  public let waker = Waker()
  /// Every canvas shown, in order.
  public private(set) var frames: [Canvas] = []
  /// What was asked of the screen besides frames: `repaint`, `mouse on`, `mouse off`, `suspend`, `bell`,
  /// `copy` with the text.
  public private(set) var requests: [String] = []
  private var script: [Step]

  /// A screen that will play `script` and then end.
  public init(
    _ script: [Step] = [], size: Size = .standard, depth: ColorDepth = .trueColor, glyphs: GlyphSet = .unicode
  ) {
    (self.size, self.depth, self.glyphs) = (size, depth, glyphs)
    self.script = script.reversed()
  }

  /// A screen on which `keys` will be pressed.
  public convenience init(keys: [Key], size: Size = .standard) {
    self.init(keys.map { .input(.key($0)) }, size: size)
  }

  /// Whether the script is over.
  public var hasEnded: Bool { script.isEmpty }

  /// Keeps the canvas.
  public func show(_ canvas: Canvas) { frames.append(canvas.rendered(with: glyphs)) }

  /// The script's next input. When it is over and no time is given, waits for the waker.
  public func next(timeout seconds: Double?) throws(TerminalError) -> InputEvent? {
    switch script.last {
    case .input(let event):
      script.removeLast()
      if case .resize(let size) = event { self.size = size }
      return event
    case .wait(let pause):
      let elapsed = min(pause, seconds ?? pause)
      now += elapsed
      script.removeLast()
      if pause > elapsed { script.append(.wait(pause - elapsed)) }
      return nil
    case nil:
      var watched = pollfd(fd: waker.descriptor, events: Int16(POLLIN), revents: 0)
      if let seconds {
        now += seconds
      } else {
        poll(&watched, 1, 10_000)
      }
      waker.drain()
      return nil
    }
  }

  /// Notes the request.
  public func repaint() { requests.append("repaint") }
  /// Notes the request.
  public func setMouse(_ isOn: Bool) { requests.append(isOn ? "mouse on" : "mouse off") }
  /// Notes the request; the program goes on at once.
  public func suspend() {
    requests.append("suspend")
    script.append(.input(.resumed))
  }
  /// Notes the text.
  public func copy(_ text: String) -> Bool {
    requests.append("copy \(text)")
    return true
  }
  /// Notes the request.
  public func ring() { requests.append("bell") }
}
