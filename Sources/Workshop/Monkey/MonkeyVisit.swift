import Gridworlds
import Synchronization
import TerminalUI
import Viewer

/// A burst of events in one scene.
struct MonkeyVisit {
  private let scene: MonkeyScene
  private let burst: Int
  private let stage: MonkeyStage
  private let trace: ((String) -> Void)?
  private var hand: MonkeyHand
  private var app: App
  private var size = Size.standard
  private var terminal = VirtualTerminal(size: .standard)
  private var stream = CanvasStream()
  /// Work that is not done yet; it may come back late and in any order.
  private var pending: [@Sendable () -> Message] = []
  private var event = 0
  private var parser = InputParser()
  private var noise: TerminalNoise
  /// How much work of this burst comes back; the rest is still going on at its end, as slow work may be.
  private var worksLeft = 6
  private var findings: [Monkey.Finding] = []

  init(_ scene: MonkeyScene, burst: Int, stage: MonkeyStage, seed: UInt64, trace: ((String) -> Void)?) {
    (self.scene, self.burst, self.stage, self.trace) = (scene, burst, stage, trace)
    hand = MonkeyHand(seed: seed, burst: burst)
    noise = TerminalNoise(seed: seed &+ UInt64(burst))
    app = scene.open(stage, &hand.random, size)
  }

  /// Does so many things and notes in the report what was wrong.
  mutating func run(keys: Int, resizes: Int, into report: inout Monkey.Report) {
    var left = (keys: keys, resizes: resizes)
    check(&report)
    while left.keys + left.resizes > 0 {
      event += 1
      if hand.random.below(left.keys + left.resizes) < left.resizes {
        left.resizes -= 1
        report.resizes += 1
        size = hand.size()
        deliver(.input(.resize(size)), &report)
      } else {
        left.keys -= 1
        report.keys += 1
        deliver(.input(hand.event(on: app, size: size)), &report)
      }
      if hand.random.chance(0.2) { answer(&report) }
      if let interval = app.frameInterval, hand.random.chance(0.4) {
        report.ticks += 1
        deliver(.tick(elapsedSeconds: interval), &report)
      }
      if !pending.isEmpty, worksLeft > 0, hand.random.chance(0.3) {
        worksLeft -= 1
        let work = pending.remove(at: hand.random.below(pending.count))
        report.works += 1
        deliver(.message(work()), &report)
      }
      check(&report)
    }
    report.findings += findings
  }

  /// Lets the terminal send what nobody asked for, in pieces: the mouse may be in it, and nothing else acts.
  private mutating func answer(_ report: inout Monkey.Report) {
    report.answers += 1
    let bytes = noise.next()
    for piece in noise.pieces(of: bytes, stalls: false) {
      for heard in parser.feed(piece) {
        if case .mouse = heard { deliver(.input(heard), &report) } else { found("the answer \(bytes) is \(heard)") }
      }
    }
  }

  private mutating func deliver(_ event: Event<Message>, _ report: inout Monkey.Report) {
    trace?(MonkeyVisit.words(for: event))
    var effects = app.update(event)[...]
    var done = 0
    while let effect = effects.popFirst() {
      switch effect {
      case .work(let body):
        // Some work is done at once, most of it when it may; a chain of works is put off, as it would be in life.
        if done < 2, worksLeft > 0, hand.random.chance(0.6) {
          done += 1
          worksLeft -= 1
          report.works += 1
          effects += app.update(.message(body()))
        } else if pending.count < 16 {
          pending.append(body)
        }
      case .stream(let body):
        let posted = Mutex<[Message]>([])
        body { message in posted.withLock { if $0.count < 200 { $0.append(message) } } }
        for message in posted.withLock({ $0 }) { effects += app.update(.message(message)) }
      case .quit:
        app = scene.open(stage, &hand.random, size)
        pending = []
        return
      case .suspend: effects += app.update(.input(.resumed))
      case .redraw: stream = CanvasStream()
      case .copy, .setMouse, .bell: break
      }
    }
  }

  // MARK: What must hold

  private mutating func check(_ report: inout Monkey.Report) {
    let canvas = app.picture(size: size)
    report.pictures += 1
    if terminal.size != size { terminal.resize(size) }
    let bytes = stream.next(canvas)
    report.bytes += bytes.count
    terminal.feed(bytes)
    if let place = terminal.difference(from: canvas) { found("a stale cell at column \(place.x), row \(place.y)") }
    if let fault = terminal.faults.first { found("the terminal was sent \(fault)") }
    if let interval = app.frameInterval, !(interval > 0 && interval < 3600) { found("a frame interval of \(interval)") }
    if app.rooms.isEmpty || app.rooms.count > 64 { found("\(app.rooms.count) rooms are open") }
    if event % 16 == 0 {
      report.redraws += 1
      if app.picture(size: size) != canvas { found("the same moment drawn twice differs") }
      checkText()
      checkFooter()
    }
  }

  private mutating func checkText() {
    var canvas = Canvas.watched(size: size)
    app.draw(into: &canvas)
    for finding in canvas.watch?.findings ?? [] { found("text over text: \(finding)") }
  }

  /// The last row is the program's: a room that draws there would be seen through the footer.
  private mutating func checkFooter() {
    guard !app.isTooSmall, let room = app.rooms.last else { return }
    var canvas = Canvas(size: size)
    room.draw(into: &canvas, theme: app.shownTheme)
    for x in 0..<size.width where canvas[x, size.height - 1] != Cell() {
      return found("the room draws in the footer, at column \(x)")
    }
  }

  private mutating func found(_ words: String) {
    guard findings.count < 3, !findings.contains(where: { $0.words == words }) else { return }
    findings.append(Monkey.Finding(scene: scene.name, burst: burst, event: event, words: words))
  }

  private static func words(for event: Event<Message>) -> String {
    switch event {
    case .input(.key(let key)): "key \(key)"
    case .input(.mouse(let mouse)): "mouse \(mouse.kind) at \(mouse.point.x),\(mouse.point.y)"
    case .input(.resize(let size)): "size \(size.width)x\(size.height)"
    case .input(.paste(let text)): "paste of \(text.count) characters"
    case .input(.resumed): "resumed"
    case .tick(let seconds): "tick of \(seconds) s"
    case .message(let message): "message \(message.name)"
    }
  }
}
