import Testing

@testable import TerminalUI

/// A scene that notes what it is told, and does what its keys say.
struct Diary: Scene {
  var lines: [String] = []
  var isMoving = false
  var frameInterval: Double? { isMoving ? 0.1 : nil }

  mutating func update(_ event: Event<Int>) -> [Effect<Int>] {
    switch event {
    case .input(.resize(let size)): lines.append("\(size.width)x\(size.height)")
    case .input(.key("q")): return [.quit]
    case .input(.key("w")): return [.work { 42 }]
    case .input(.key("s")): return [.stream { post in (1...3).forEach(post) }]
    case .input(.key("S")): return [.stream { post in (1...100_000).forEach(post) }]
    case .input(.key("p")): isMoving.toggle()
    case .input(.key("z")): return [.suspend]
    case .input(.key("m")): return [.setMouse(true), .redraw, .bell]
    case .input(.key(let key)): lines.append(key.description)
    case .input(.resumed): lines.append("resumed")
    case .input: lines.append("other")
    case .tick(let seconds): lines.append("tick \((seconds * 100).rounded() / 100)")
    case .message(let number): lines.append("got \(number)")
    }
    return []
  }

  func draw(into canvas: inout Canvas) { canvas.put(lines.joined(separator: ","), x: 0, y: 0) }
}

@Suite("Loop")
struct LoopTests {
  @Test("a drive needs no terminal: size, keys and finished work arrive in order")
  func driving() throws {
    var scene = Diary()
    let size = Size(width: 60, height: 2)
    scene.drive(events: [.resize(size)] + (try Key.sequence("a w s z b")).map { .key($0) }, streamed: 100)
    #expect(scene.picture(size: size).text() == "60x2,a,got 42,got 1,got 2,got 3,resumed,b\n")
  }

  @Test("ticks follow a key only while something moves")
  func ticks() {
    var scene = Diary()
    scene.drive(["a", "p", "b"] as [Key], ticksAfterEach: 2)
    #expect(scene.lines == ["a", "tick 0.1", "tick 0.1", "b", "tick 0.1", "tick 0.1"])
  }

  @Test("a stream without end of messages is cut, so that a drive ends")
  func boundedStream() {
    var scene = Diary()
    scene.drive(["S"] as [Key], streamed: 5)
    #expect(scene.lines.count == 5)
    scene.drive(["S"] as [Key])
    #expect(scene.lines.count == 5, "without any it is not begun")
  }

  @Test("the loop takes in all waiting input before it draws: frames are dropped, not queued")
  func dropsFrames() throws {
    var scene = Diary()
    let screen = MemoryScreen(keys: ["a", "b", "c"], size: Size(width: 20, height: 1))
    try run(&scene, on: screen)
    #expect(screen.frames.map { $0.text() } == ["20x1", "20x1,a,b,c"])
  }

  @Test("nothing is drawn when nothing happened")
  func idle() throws {
    var scene = Diary()
    let screen = MemoryScreen([.wait(5), .wait(5), .input(.key("a")), .wait(5)], size: Size(width: 9, height: 1))
    try run(&scene, on: screen)
    #expect(screen.frames.count == 2)
    #expect(screen.now == 15)
  }

  @Test("ticks come at the scene's interval and tell the time that truly passed")
  func ticking() throws {
    var scene = Diary()
    try run(&scene, on: MemoryScreen([.input(.key("p")), .wait(0.25), .input(.key("p")), .wait(1)]))
    #expect(scene.lines == ["80x24", "tick 0.1", "tick 0.1"])
  }

  @Test("background work comes back as messages, even after the last key")
  func work() throws {
    var scene = Diary()
    try run(&scene, on: MemoryScreen(keys: ["w", "s"]))
    #expect(Set(scene.lines) == ["80x24", "got 42", "got 1", "got 2", "got 3"])
    #expect(scene.lines.filter { $0 != "got 42" } == ["80x24", "got 1", "got 2", "got 3"])
  }

  @Test("what a scene asks of the screen reaches it, and a stop ends in word of going on")
  func requests() throws {
    var scene = Diary()
    let screen = MemoryScreen(keys: ["m", "z", "q", "x"])
    try run(&scene, on: screen)
    #expect(screen.requests == ["mouse on", "repaint", "bell", "suspend"])
    #expect(scene.lines == ["80x24", "resumed"])
  }

  @Test("a resize in the script changes the page")
  func resize() throws {
    var scene = Diary()
    let screen = MemoryScreen([.input(.resize(Size(width: 40, height: 3)))])
    try run(&scene, on: screen)
    #expect(screen.frames.last?.size == Size(width: 40, height: 3))
  }
}
