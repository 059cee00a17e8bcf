import CTerminal

/// The terminal through ncurses. While it is open the program owns the terminal; closing it, or any end of the
/// process, gives it back as it was.
public final class NcursesScreen: Screen {
  private let glyphs: GlyphSet
  /// How many colours are used: what the terminal has, or none.
  public let depth: ColorDepth
  private var shown: Canvas?
  private var pairs: [[Color]: Int32] = [:]
  private var isOpen = true

  /// Opens the screen on the terminal of the process.
  /// - Parameter environment: what the environment asks for.
  /// - Throws: ``TerminalProblem`` where there is no terminal, or one that nothing is known of.
  public init(_ environment: TerminalEnvironment) throws(TerminalProblem) {
    let isUTF8 = wt_locale_is_utf8()
    switch wt_open(true) {
    case WT_NOT_A_TERMINAL: throw .notATerminal
    case WT_UNKNOWN_TERM: throw .unknown(environment.term)
    default: break
    }
    glyphs = isUTF8 && !environment.wantsASCII ? .unicode : .ascii
    let colors = wt_colors()
    depth = environment.wantsNoColor || colors < 8 ? .mono : colors >= 256 ? .indexed256 : .ansi16
  }

  deinit { close() }

  /// Gives the terminal back.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    wt_close()
  }

  public var size: Size {
    var (width, height): (Int32, Int32) = (0, 0)
    wt_size(&width, &height)
    return Size(width: Int(width), height: Int(height))
  }

  /// Shows a canvas: only the cells that differ from the last one are touched.
  public func show(_ canvas: Canvas) {
    let isSame = shown?.size == canvas.size
    for y in 0..<canvas.size.height {
      for x in 0..<canvas.size.width {
        let cell = canvas[x, y]
        if isSame, shown?[x, y] == cell { continue }
        let pair = pair(for: cell.style)
        wt_put(Int32(x), Int32(y), glyphs.scalar(cell.glyph).value, pair, Int32(cell.style.attributes.rawValue))
      }
    }
    shown = canvas
    wt_show()
  }

  private func pair(for style: Style) -> Int32 {
    guard depth > .mono else { return 0 }
    let key = [style.foreground, style.background]
    if let pair = pairs[key] { return pair }
    let numbers = key.map { color -> Int32 in
      if depth == .indexed256 { return color.index256.map(Int32.init) ?? -1 }
      // With eight colours the bright ones are bold, which the style says already.
      let bright = color.index16.map(Int32.init) ?? -1
      return bright >= 8 && wt_colors() < 16 ? bright - 8 : bright
    }
    let pair = wt_pair(numbers[0], numbers[1])
    pairs[key] = pair
    return pair
  }

  public func redraw() {
    shown = nil
    wt_invalidate()
  }

  public func suspend() {
    wt_suspend()
    shown = nil
  }

  public func setMouse(_ isOn: Bool) { wt_mouse(isOn) }

  /// Waits for input or a wake-up, then returns all that has come.
  /// - Returns: `nil` where the terminal is gone.
  public func events(wake: Int32, timeout milliseconds: Int32) -> [InputEvent]? {
    guard wt_wait(wake, milliseconds) else { return nil }
    var events: [InputEvent] = []
    if wt_was_continued() {
      shown = nil
      events.append(.resumed)
    }
    var (code, x, y): (UInt32, Int32, Int32) = (0, 0, 0)
    var pasted: String?
    // More than this at once is a paste or a cat on the keyboard; the rest waits for the next frame.
    for _ in 0..<4096 {
      let kind = wt_read(&code, &x, &y)
      if kind == WT_NOTHING { break }
      if kind == WT_PASTE_BEGIN {
        pasted = ""
      } else if kind == WT_PASTE_END {
        events.append(.paste(pasted ?? ""))
        pasted = nil
      } else if pasted != nil {
        if kind == WT_CHARACTER, let scalar = Unicode.Scalar(code) { pasted?.unicodeScalars.append(scalar) }
      } else if let event = event(kind, code, Point(x: Int(x), y: Int(y))) {
        events.append(event)
      }
    }
    return events
  }

  private func event(_ kind: wt_input, _ code: UInt32, _ point: Point) -> InputEvent? {
    switch kind {
    case WT_CHARACTER: return NcursesScreen.key(forCharacter: code).map { .key($0) }
    case WT_KEY: return NcursesScreen.key(forCode: code).map { .key($0) }
    case WT_PRESS: return .mouse(MouseEvent(.press, at: point))
    case WT_DRAG: return .mouse(MouseEvent(.drag, at: point))
    case WT_RELEASE: return .mouse(MouseEvent(.release, at: point))
    case WT_WHEEL_UP: return .mouse(MouseEvent(.scrollUp, at: point))
    case WT_WHEEL_DOWN: return .mouse(MouseEvent(.scrollDown, at: point))
    case WT_RESIZE:
      shown = nil
      return .resize(size)
    default: return nil
    }
  }

  private static func key(forCharacter code: UInt32) -> Key? {
    switch code {
    case 9: return .tab
    case 10, 13: return .enter
    case 27: return .escape
    case 8, 127: return .backspace
    case 1...26: return Unicode.Scalar(code + 96).map { .control(Character($0)) }
    case 0..<32: return nil
    default: return Unicode.Scalar(code).map { .character(Character($0)) }
    }
  }

  private static func key(forCode code: UInt32) -> Key? {
    let keys: [Key] = [
      .up, .down, .left, .right, .shiftUp, .shiftDown, .shiftLeft, .shiftRight, .backspace, .delete, .home, .end,
      .pageUp, .pageDown, .insert, .enter, .shiftTab,
    ]
    let index = Int(code)
    if keys.indices.contains(index) { return keys[index] }
    let number = index - Int(WT_FUNCTION.rawValue)
    return (1...12).contains(number) ? .function(number) : nil
  }
}
