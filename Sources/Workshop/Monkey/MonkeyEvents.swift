import Gridworlds
import TerminalUI
import Viewer

/// What a monkey does to a program that shows some keys.
struct MonkeyHand {
  var random: RandomSource

  init(seed: UInt64, burst: Int) { random = RandomSource(seed: seed, stream: UInt64(truncatingIfNeeded: burst) &+ 17) }

  /// A key, a paste or the mouse. Keys that mean something come most often.
  mutating func event(on app: App, size: Size) -> InputEvent {
    let choice = random.below(100)
    if app.isAsking, choice < 60 { return typing(app) }
    switch choice {
    case 0..<62: return .key(boundKey(of: app) ?? .enter)
    case 62..<70: return .key(random.pick(MonkeyHand.special) ?? .escape)
    case 70..<78: return .key(.character(random.pick(MonkeyHand.odd) ?? "x"))
    case 78..<82: return .key(.control(Character(Unicode.Scalar(UInt8(97 + random.below(26))))))
    case 82..<84: return .paste(paste())
    case 84..<85: return .resumed
    default: return .mouse(mouse(size))
    }
  }

  /// A size from one cell to a wall; mostly one that screens have.
  mutating func size() -> Size {
    switch random.below(10) {
    case 0..<4:
      return random.pick([
        Size.standard, Size(width: 160, height: 48), Size(width: 60, height: 16), Size(width: 40, height: 12),
      ])
        ?? .standard
    case 4..<8: return Size(width: 40 + random.below(121), height: 12 + random.below(40))
    case 8: return Size(width: 1 + random.below(45), height: 1 + random.below(14))
    default: return Size(width: 1 + random.below(300), height: 1 + random.below(100))
    }
  }

  private mutating func boundKey(of app: App) -> Key? {
    var key = random.pick(app.keys.all).flatMap { random.pick($0.keys) }
    // Leaving is one key among forty; it would still end most visits soon.
    if let command = key.flatMap({ app.keys.command(for: $0) }), command.name == "back", random.chance(0.7) {
      key = random.pick(app.keys.all).flatMap { random.pick($0.keys) }
    }
    return key
  }

  private mutating func typing(_ app: App) -> InputEvent {
    switch random.below(10) {
    case 0..<3: return .key(.enter)
    case 3:
      return .key(random.pick([.backspace, .delete, .left, .right, .home, .end, .control("u"), .control("w")]) ?? .end)
    case 4: return .paste(random.pick(app.keys.all)?.command.name ?? "")
    case 5: return .key(.character(random.pick(Array("0123456789")) ?? "0"))
    case 6:
      return .paste(random.pick(["/tmp/a.svg", "b.cast", "c.txt", "d.ans", "e", "~/f.svg", "/", "", "g.png"]) ?? "")
    case 7: return .key(random.chance(0.5) ? "y" : "n")
    default: return .key(.character(random.pick(MonkeyHand.odd) ?? "z"))
    }
  }

  private mutating func mouse(_ size: Size) -> MouseEvent {
    let kind = random.pick([MouseEvent.Kind.press, .drag, .release, .scrollUp, .scrollDown]) ?? .press
    if random.chance(0.15) {
      let far = [-1, -1000, 0, size.width, size.height, 10_000, Int(Int32.max)]
      return MouseEvent(kind, at: Point(x: random.pick(far) ?? 0, y: random.pick(far) ?? 0))
    }
    return MouseEvent(kind, at: Point(x: random.below(max(1, size.width)), y: random.below(max(1, size.height))))
  }

  private mutating func paste() -> String {
    switch random.below(4) {
    case 0:
      return String(repeating: random.pick(["long ", "▸", "日本", "e\u{301}"]) ?? "x", count: 1 + random.below(2000))
    case 1: return "\u{1B}[2J\u{7}\u{0}\n\r\t\u{9B}31m"
    case 2: return "first\nsecond\nthird"
    default: return String(MonkeyHand.odd)
    }
  }

  private static let special: [Key] = [
    .up, .down, .left, .right, .shiftUp, .shiftDown, .shiftLeft, .shiftRight, .enter, .escape, .backspace, .delete,
    .tab,
    .shiftTab, .home, .end, .pageUp, .pageDown, .insert, .space, .function(1), .function(12), .function(63),
    .function(0), .function(-1),
  ]
  private static let odd = Array("aZ09~`'\"\\/?:;<>|=é◉▸日本👩‍🔬\u{301}\u{202E}\u{7}\u{1B}\u{0}\u{FEFF}")
}
