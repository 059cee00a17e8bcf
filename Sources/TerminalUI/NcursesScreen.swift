import CTerminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The terminal, through ncurses. There can be one at a time, and it belongs to the thread that opened it.
///
/// However the process ends or stops, the terminal is given back as it was, and what was written to standard error
/// meanwhile appears then.
public final class NcursesScreen: Screen {
  /// Columns and rows at this moment.
  public private(set) var size = Size(width: 0, height: 0)
  /// How many colours are shown: what the environment asks for and the terminal has.
  public let depth: ColorDepth
  /// Which glyphs are shown.
  public let glyphs: GlyphSet
  /// Ends a wait for input from another thread.
  public let waker = Waker()
  /// Never: the user may always press another key.
  public let hasEnded = false

  private let input: Int32
  private let output: Int32
  private let isSynchronized: Bool
  private let clipboard: ClipboardRoute
  private let colors: Int
  private var parser: InputParser
  /// What was heard and not told yet.
  private var heard: [InputEvent] = []
  /// When something came last.
  private var lastByte = 0.0
  private var shown: Canvas?
  private var inks: [Style: Ink] = [:]
  private var isOpen = true

  private struct Ink {
    var attributes: Int32
    var foreground: Int32
    var background: Int32
  }

  /// Opens the terminal.
  /// - Parameters:
  ///   - environment: the kinds of terminal to try, and the wishes for colours and glyphs.
  ///   - program: the name to give in the report of an internal fault.
  ///   - input: where keys come from.
  ///   - output: where the screen is shown.
  /// - Throws: what stands in the way; the terminal is then as it was.
  public init(
    _ environment: TerminalEnvironment = .current(), program: String = "wayward", input: Int32 = 0, output: Int32 = 1
  ) throws(TerminalError) {
    if let obstacle = environment.obstacle { throw obstacle }
    (self.input, self.output) = (input, output)
    isSynchronized = environment.isSynchronized
    clipboard = environment.clipboard
    guard guard_begin(output, waker.writeEnd, program) else { throw .notATerminal }
    glyphs = screen_locale(environment.glyphs == .unicode) && environment.glyphs == .unicode ? .unicode : .ascii
    parser = InputParser()
    guard NcursesScreen.open(environment, input: input, output: output) else {
      guard_end()
      throw .unknownTerminal(term: environment.terminalTypes.first ?? "")
    }
    parser = InputParser(escapeDelay: Double(environment.escapeDelay) / 1000) { name in
      screen_capability(name).map { String(cString: $0) }
    }
    colors = Int(screen_colors())
    let possible: ColorDepth =
      colors > 256 ? .trueColor : colors == 256 ? .indexed256 : colors >= 8 ? .ansi16 : .mono
    depth = min(environment.depth, possible)
    guard_reclaim()
    guard_keep_settings()
    screen_prepare_guard(false)
    readSize()
  }

  private static func open(_ environment: TerminalEnvironment, input: Int32, output: Int32) -> Bool {
    let hasColor = environment.depth > .mono
    if environment.depth == .trueColor, screen_open("", input, output, hasColor, true) { return true }
    return environment.terminalTypes.contains { screen_open($0, input, output, hasColor, false) }
  }

  deinit { close() }

  /// Gives the terminal back. Nothing may be shown afterwards; calling it again does nothing.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    screen_close()
    guard_end()
  }

  /// Seconds since some moment in the past.
  public var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Whether the terminal takes bytes now.
  public var isReady: Bool {
    var watched = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
    return poll(&watched, 1, 0) != 0
  }

  // MARK: Showing

  /// Shows a canvas and writes only what changed since the last one.
  public func show(_ canvas: Canvas) {
    guard isOpen else { return }
    if screen_needs_new_pairs() {
      screen_renew_pairs()
      shown = nil
    }
    var changes = 0
    for y in 0..<size.height {
      for x in 0..<size.width {
        let cell = canvas[x, y]
        if let shown, shown[x, y] == cell { continue }
        changes += 1
        let half = cell.glyph == .secondHalf
        if half, fits(canvas[x - 1, y].glyph, at: x - 1) { continue }
        let ink = ink(for: cell.style)
        let value = !half && fits(cell.glyph, at: x) ? glyphs.scalar(cell.glyph).value : 0x3F
        screen_put(Int32(x), Int32(y), value, ink.attributes, ink.foreground, ink.background)
      }
    }
    guard changes > 0 || needsFlush else { return }
    // A few cells arrive together anyway; the brackets would be half of the bytes.
    screen_flush(isSynchronized && changes > 16)
    shown = canvas
    needsFlush = false
  }

  private var needsFlush = false

  /// Whether the terminal draws the glyph in as many columns as a canvas, and has as many there.
  private func fits(_ glyph: Unicode.Scalar, at x: Int) -> Bool {
    let scalar = glyphs.scalar(glyph)
    if scalar.value < 0x7F { return scalar == glyph || glyph.columns == 1 }
    return Int(screen_columns(scalar.value)) == scalar.columns && x + scalar.columns <= size.width
  }

  private func ink(for style: Style) -> Ink {
    if let known = inks[style] { return known }
    if inks.count > 8192 { inks.removeAll() }
    let shown = Shown(style, depth: depth)
    var ink = Ink(
      attributes: Int32(shown.attributes.rawValue), foreground: number(shown.foreground),
      background: number(shown.background))
    if colors == 8 { ink = inEight(ink) }
    inks[style] = ink
    return ink
  }

  /// On a terminal of eight colours a light foreground is a bold one, and a light background its darker twin.
  private func inEight(_ ink: Ink) -> Ink {
    var ink = ink
    if ink.background >= 8 { ink.background -= 8 }
    if ink.foreground >= 8 {
      ink.foreground -= 8
      ink.attributes |= Int32(Attributes.bold.rawValue)
    }
    if ink.foreground == ink.background, ink.foreground >= 0 { ink.foreground = ink.background == 0 ? 7 : 0 }
    return ink
  }

  private func number(_ ink: Shown.Ink) -> Int32 {
    switch ink {
    case .standard: return -1
    case .index(let index): return Int32(index)
    case .rgb(let r, let g, let b):
      let value = Int32(r) << 16 | Int32(g) << 8 | Int32(b)
      // The first eight numbers mean the user's palette.
      return value < 8 ? value | 0x010000 : value
    }
  }

  /// Makes the next frame write every cell.
  public func repaint() {
    screen_repaint(false)
    needsFlush = true
  }

  /// Listens to presses, drags and the wheel, or leaves the mouse to the terminal.
  public func setMouse(_ isOn: Bool) { screen_prepare_guard(isOn) }

  /// Stops the program, and whatever runs with it in the shell's job, until it is continued.
  public func suspend() { guard_suspend() }

  /// Sends text to the clipboard of a terminal that listens to OSC 52.
  public func copy(_ text: String) -> Bool {
    isOpen && screen_send_string(Clipboard.sequence(for: text, through: clipboard))
  }

  /// Sounds the bell.
  public func ring() { screen_ring() }

  private func readSize() {
    var (width, height): (Int32, Int32) = (0, 0)
    screen_size(&width, &height)
    size = Size(width: Int(width), height: Int(height))
  }

  // MARK: Listening

  /// Waits for input; costs nothing while none comes.
  public func next(timeout seconds: Double?) throws(TerminalError) -> InputEvent? {
    let end = seconds.map { now + $0 }
    var wasWoken = false
    var emptyReads = 0
    while true {
      if guard_was_resumed() {
        guard_reenter()
        repaint()
        return .resumed
      }
      if screen_take_size() {
        screen_repaint(true)
        shown = nil
        readSize()
        return .resize(size)
      }
      if !heard.isEmpty { return heard.removeFirst() }
      if wasWoken { return nil }
      let silence = parser.patience.map { lastByte + $0 }
      let wait = [end, silence].compactMap { $0 }.min().map { Int32(min(max(($0 - now) * 1000, 0).rounded(.up), 1e9)) }
      var watched = [
        pollfd(fd: input, events: Int16(POLLIN), revents: 0),
        pollfd(fd: waker.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&watched, 2, wait ?? -1)
      if count == 0 {
        // What came meanwhile would have ended the wait: nothing did.
        if let silence, now >= silence {
          heard += parser.pause()
          if !heard.isEmpty { continue }
        }
        if let end, now >= end { return nil }
        continue
      }
      if watched[1].revents != 0 {
        waker.drain()
        wasWoken = true
      }
      if count > 0, watched[0].revents != 0 {
        let bytes = readBytes()
        if bytes.isEmpty {
          emptyReads += 1
          let isGone = Int32(watched[0].revents) & (POLLHUP | POLLERR | POLLNVAL) != 0
          if emptyReads > (isGone ? 1 : 100) { throw .hangUp }
        } else {
          emptyReads = 0
          lastByte = now
          heard += parser.feed(bytes)
        }
      }
    }
  }

  private func readBytes() -> ArraySlice<UInt8> {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(input, &bytes, bytes.count)
    return bytes.prefix(max(0, count))
  }
}
