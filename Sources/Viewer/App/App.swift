import Archive
import Planning
import Studies
import TerminalUI

/// The whole program on a screen: a stack of rooms, the theme, the help, the footer.
public struct App: Scene, Sendable {
  var rooms: [any Room]
  var theme: Theme
  var settings = Settings()
  /// The theme to go back to after presenting.
  var themeBefore: Theme.Name?
  /// The help or the palette, while one is open.
  var list: KeyList?
  /// A text over everything, until a key closes it.
  var panel: TextPanel?
  var question: Question?
  /// The command whose new key is waited for.
  var rebinding: Command?
  /// A word of the program itself, until the next key.
  var notice: String?
  var size: Size
  /// Where files go.
  public var outlet = Outlet.disk
  /// Which characters the terminal shows, so that a file of text has the same.
  public var glyphs: GlyphSet {
    get { theme.glyphs }
    set { theme.glyphs = newValue }
  }

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

  /// Takes the user's settings over; the theme is the program's to choose, since the terminal has a say in it.
  public mutating func adopt(_ settings: Settings) {
    self.settings = settings
    for index in rooms.indices { rooms[index].adopt(settings) }
  }

  /// The keys of what is shown, as the user has them.
  var bindings: Bindings<Command> { settings.keymap.applied(to: rooms.last?.bindings ?? Bindings([])) }

  var isTooSmall: Bool { size.width < 40 || size.height < 12 }

  public var frameInterval: Double? { rooms.last?.frameInterval }

  public mutating func update(_ event: Event<Message>) -> [Effect<Message>] {
    if case .input(.resize(let size)) = event {
      self.size = size
      for index in rooms.indices { _ = rooms[index].receive(event) }
      return []
    }
    if case .message(.notice(let text)) = event {
      notice = text
      return []
    }
    if case .message(.written(let written)) = event {
      learn(written)
      return []
    }
    if case .message(.panel(let panel)) = event {
      self.panel = panel
      return []
    }
    if case .message = event {
      // Slow work finds its room even where another has been opened meanwhile.
      var effects: [Effect<Message>] = []
      for index in rooms.indices { effects += carry(rooms[index].receive(event)) }
      return effects
    }
    guard let room = rooms.last else { return [.quit] }
    switch event {
    case .input(.mouse(let mouse)) where !isTooSmall: return point(mouse)
    case .input(.paste(let text)) where question != nil:
      question?.line.insert(text)
      return []
    default: break
    }
    guard case .input(.key(let key)) = event else { return perform([], event) }
    if isTooSmall { return key == .character("q") || key == .escape ? [.quit] : [] }
    notice = nil
    if let command = rebinding {
      rebinding = nil
      return rebind(command, to: key)
    }
    if question != nil { return type(key) }
    if var list {
      let outcome = list.take(key)
      self.list = list
      return follow(outcome)
    }
    if let panel { return read(panel, key) }
    if room.takesNextKey { return perform([], event) }
    guard let command = bindings.command(for: key) else { return perform([], event) }
    if key == .escape, command == .back, rooms.count == 1, !room.hasInnerWayBack {
      // Esc closes what lies on top; hit once too often it must not end the program.
      notice = "\(keyName(.back)) leaves wayward."
      return []
    }
    return perform(command)
  }

  /// Does what a key, the palette or a typed word asks for.
  mutating func perform(_ command: Command) -> [Effect<Message>] {
    guard !rooms.isEmpty else { return [.quit] }
    switch command {
    case .prompt: ask(Question(.command, label: ":", hint: "a command, or the number of a step; Tab completes"))
    case .theme:
      theme = theme.next
      notice = "Theme: \(theme.name.rawValue)."
    case .presenter: present(!settings.isPresenting)
    case .help:
      let note = rooms.last is ReplayScene ? "agent against devices: \(Posterior.deviceClass)" : ""
      list = KeyList(.help, of: bindings, note: size.width >= 120 ? note : "")
    case .palette: list = KeyList(.palette, of: bindings)
    case .about: panel = TextPanel(about: rooms[rooms.count - 1].shownWorld)
    case .mouse:
      settings.hasMouse.toggle()
      return [.setMouse(settings.hasMouse)]
    case .export: return askForFile()
    case .copyAccount: return copyAccount()
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .quit: return [.quit]
    case .back:
      let wishes = rooms[rooms.count - 1].perform(.back)
      let stays = wishes.contains { if case .stay = $0 { true } else { false } }
      return carry(wishes) + (stays ? [] : leave())
    default: return carry(rooms[rooms.count - 1].perform(command))
    }
    return []
  }

  /// Begins or ends presenting. A projector washes out what a screen shows well, so its theme comes with it.
  mutating func present(_ isPresenting: Bool) {
    settings.isPresenting = isPresenting
    if isPresenting, theme.name == .dark || theme.name == .light {
      (themeBefore, theme.name) = (theme.name, .projector)
    } else if !isPresenting, let before = themeBefore, theme.name == .projector {
      theme.name = before
    }
    for index in rooms.indices { rooms[index].adopt(settings) }
    notice = isPresenting ? "Presenter: large boards, few panels. \(keyName(.presenter)) ends it." : nil
  }

  mutating func perform(_ effects: [Effect<Message>], _ event: Event<Message>) -> [Effect<Message>] {
    guard !rooms.isEmpty else { return [.quit] }
    return effects + carry(rooms[rooms.count - 1].receive(event))
  }

  mutating func leave() -> [Effect<Message>] {
    rooms.removeLast()
    return rooms.isEmpty ? [.quit] : []
  }

  /// Turns what a room wants into effects; a room that was entered learns the size.
  mutating func carry(_ wishes: [Wish]) -> [Effect<Message>] {
    var effects: [Effect<Message>] = []
    for wish in wishes {
      switch wish {
      case .effect(let effect): effects.append(effect)
      case .enter(var room):
        room.adopt(settings)
        _ = room.receive(.input(.resize(size)))
        rooms.append(room)
      case .leave: effects += leave()
      case .ask(let question): ask(question)
      case .stay: break
      case .write(let body):
        let outlet = outlet
        effects.append(.work { body(outlet) })
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
      drawFooter(into: &canvas)
    }
    list?.draw(into: &canvas, theme: theme)
    panel?.draw(into: &canvas, theme: theme)
  }

  func drawTooSmall(into canvas: inout Canvas) {
    let lines = [
      "Window too small", "have \(canvas.size.width)x\(canvas.size.height)", "need 40x12", "q quits",
    ]
    for (y, line) in lines.enumerated() { canvas.put(line, x: 0, y: y, style: theme.style(.text)) }
  }

  func drawFooter(into canvas: inout Canvas) {
    let y = canvas.size.height - 1
    for (x, entry) in footer(width: canvas.size.width) {
      let next = canvas.put(entry.keys, x: x, y: y, style: theme.style(.key))
      canvas.put(" \(entry.words)  ", x: next, y: y, style: theme.style(.dim), width: canvas.size.width - next)
    }
  }

  /// The entries of the footer with the columns in which they begin, for the eye and for the mouse.
  func footer(width: Int) -> [(x: Int, entry: Bindings<Command>.FooterEntry)] {
    var next = 1
    return bindings.footer(width: width - 2).map { entry in
      defer { next += entry.width + 2 }
      return (next, entry)
    }
  }
}
