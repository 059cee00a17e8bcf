import Planning
import Studies
import TerminalUI

/// The whole program on a screen: a stack of rooms, the theme, the help, the footer.
public struct App: Scene {
  var rooms: [any Room]
  var theme: Theme
  var hasMouse = true
  var showsHelp = false
  var showsAbout = false
  var question: Question?
  /// A word of the program itself, until the next key.
  var notice: String?
  private var size: Size

  /// The program with one room open.
  public init(_ gallery: GalleryScene, theme: Theme, size: Size) { self.init(room: gallery, theme: theme, size: size) }

  /// The program that opens in a replay.
  public init(_ replay: ReplayScene, theme: Theme, size: Size) { self.init(room: replay, theme: theme, size: size) }

  /// The program that opens in a training.
  public init(_ training: TrainingScene, theme: Theme, size: Size) {
    self.init(room: training, theme: theme, size: size)
  }

  /// The program that opens in a life.
  public init(_ life: LifeScene, theme: Theme, size: Size) { self.init(room: life, theme: theme, size: size) }

  /// The program that opens in the editor.
  public init(_ editor: EditorScene, theme: Theme, size: Size) { self.init(room: editor, theme: theme, size: size) }

  init(room: any Room, theme: Theme, size: Size) {
    rooms = [room]
    self.theme = theme
    self.size = size
    _ = perform([], .input(.resize(size)))
  }

  var isTooSmall: Bool { size.width < 40 || size.height < 12 }

  public var frameInterval: Double? { rooms.last?.frameInterval }

  public mutating func update(_ event: Event<Message>) -> [Effect<Message>] {
    if case .input(.resize(let size)) = event {
      self.size = size
      for index in rooms.indices { _ = rooms[index].receive(event) }
      return []
    }
    if case .message = event {
      // Slow work finds its room even where another has been opened meanwhile.
      var effects: [Effect<Message>] = []
      for index in rooms.indices { effects += carry(rooms[index].receive(event)) }
      return effects
    }
    guard let room = rooms.last else { return [.quit] }
    guard case .input(.key(let key)) = event else { return perform([], event) }
    if isTooSmall { return key == .character("q") || key == .escape ? [.quit] : [] }
    notice = nil
    if question != nil { return type(key) }
    if room.takesNextKey { return perform([], event) }
    guard let command = room.bindings.command(for: key) else {
      (showsHelp, showsAbout) = (false, false)
      return perform([], event)
    }
    if showsHelp || showsAbout, command != .suspend && command != .redraw && command != .theme {
      (showsHelp, showsAbout) = (false, false)
      return []
    }
    return perform(command)
  }

  /// Does what a key, the palette or a typed word asks for.
  mutating func perform(_ command: Command) -> [Effect<Message>] {
    guard !rooms.isEmpty else { return [.quit] }
    switch command {
    case .prompt: question = Question(.command, label: ":", hint: "a command, or the number of a step")
    case .theme: theme = theme.next
    case .help: showsHelp = true
    case .about: showsAbout = true
    case .mouse:
      hasMouse.toggle()
      return [.setMouse(hasMouse)]
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .quit: return [.quit]
    case .back: return carry(rooms[rooms.count - 1].perform(.back)) + leave()
    default: return carry(rooms[rooms.count - 1].perform(command))
    }
    return []
  }

  /// A key while a line is typed.
  private mutating func type(_ key: Key) -> [Effect<Message>] {
    guard var question else { return [] }
    var kind = Answer.Kind.typing
    switch key {
    case .enter: kind = .entered
    case .escape, .control("c"): kind = .abandoned
    // Deleting what is not there leaves, as in other programs.
    case .backspace where question.line.text.isEmpty: kind = .abandoned
    default: if !question.line.take(key) { return [] }
    }
    self.question = kind == .typing ? question : nil
    let answer = Answer(topic: question.topic, text: question.line.text, kind: kind)
    if question.topic == .command { return kind == .entered ? command(answer.text) : [] }
    return kind == .typing && !question.isLive ? [] : carry(rooms[rooms.count - 1].take(answer))
  }

  /// A typed command: its name, or the number of a step.
  private mutating func command(_ text: String) -> [Effect<Message>] {
    let word = text.filter { $0 != " " }.lowercased()
    guard !word.isEmpty, let room = rooms.last else { return [] }
    if let step = Int(word) { return perform(.goto(step: step)) }
    let known = room.bindings.all.map(\.command)
    guard let command = known.first(where: { $0.name == word }) else {
      notice = "No command is called \(word) here."
      return []
    }
    return perform(command)
  }

  private mutating func perform(_ effects: [Effect<Message>], _ event: Event<Message>) -> [Effect<Message>] {
    guard !rooms.isEmpty else { return [.quit] }
    return effects + carry(rooms[rooms.count - 1].receive(event))
  }

  private mutating func leave() -> [Effect<Message>] {
    rooms.removeLast()
    return rooms.isEmpty ? [.quit] : []
  }

  /// Turns what a room wants into effects; a room that was entered learns the size.
  private mutating func carry(_ wishes: [Wish]) -> [Effect<Message>] {
    var effects: [Effect<Message>] = []
    for wish in wishes {
      switch wish {
      case .effect(let effect): effects.append(effect)
      case .enter(var room):
        _ = room.receive(.input(.resize(size)))
        rooms.append(room)
      case .leave: effects += leave()
      case .ask(let question): self.question = question
      }
    }
    return effects
  }

  public func draw(into canvas: inout Canvas) {
    let blank = Cell(glyph: " ", style: theme.style(.text))
    canvas.fill(Rect(x: 0, y: 0, width: canvas.size.width, height: canvas.size.height), blank)
    guard canvas.size.width >= 40, canvas.size.height >= 12 else {
      drawTooSmall(into: &canvas)
      return
    }
    guard let room = rooms.last else { return }
    room.draw(into: &canvas, theme: theme)
    if let question {
      question.draw(into: &canvas, theme: theme)
    } else if let notice {
      canvas.put(" " + notice, x: 0, y: canvas.size.height - 1, style: theme.style(.alert))
    } else {
      drawFooter(of: room.bindings, into: &canvas)
    }
    if showsHelp { drawHelp(of: room.bindings, into: &canvas) }
    if showsAbout { About(world: room.shownWorld).draw(into: &canvas, theme) }
  }

  private func drawTooSmall(into canvas: inout Canvas) {
    let lines = [
      "Window too small", "have \(canvas.size.width)x\(canvas.size.height)", "need 40x12", "q quits",
    ]
    for (y, line) in lines.enumerated() { canvas.put(line, x: 0, y: y, style: theme.style(.text)) }
  }

  private func drawFooter(of bindings: Bindings<Command>, into canvas: inout Canvas) {
    let y = canvas.size.height - 1
    var x = 1
    for (keys, words) in bindings.footer(width: canvas.size.width - 2) {
      x = canvas.put(keys, x: x, y: y, style: theme.style(.key))
      x = canvas.put(" \(words)  ", x: x, y: y, style: theme.style(.dim), width: canvas.size.width - x)
    }
  }

  private func drawHelp(of bindings: Bindings<Command>, into canvas: inout Canvas) {
    let rect = Rect(x: 0, y: 0, width: canvas.size.width, height: canvas.size.height)
      .inset(by: canvas.size.width >= 60 ? 1 : 0)
    canvas.fill(rect, Cell(glyph: " ", style: theme.style(.text)))
    canvas.box(
      rect, title: "Keys", hint: "any key closes", style: theme.style(.border), titleStyle: theme.style(.title))
    if rooms.last is ReplayScene {
      let devices = " agent against devices: \(Posterior.deviceClass) "
      canvas.put(
        devices, x: rect.x + 2, y: rect.y + rect.height - 1, style: theme.style(.dim), width: max(0, rect.width - 4))
    }
    let lines: [(String, String, Ink)] = bindings.help().flatMap { group, entries in
      [(group, "", Ink.key)] + entries.map { ($0.keys, $0.words, Ink.text) }
    }
    // As many columns as the lines need, as far as there is room.
    let rows = rect.height - 2
    let columns = max(1, min((rect.width - 4) / 34, (lines.count + rows - 1) / rows))
    let width = (rect.width - 4) / columns
    for (index, (keys, words, ink)) in lines.enumerated() where index < rows * columns {
      let x = rect.x + 2 + index / rows * width
      let y = rect.y + 1 + index % rows
      if words.isEmpty {
        canvas.put(keys, x: x, y: y, style: theme.style(.title), width: width - 1)
      } else {
        canvas.put(keys, x: x + 1, y: y, style: theme.style(.key), width: 10)
        canvas.put(words, x: x + 12, y: y, style: theme.style(ink), width: width - 13)
      }
    }
  }
}
