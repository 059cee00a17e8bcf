import Archive
import Planning
import Studies
import TerminalUI

/// The whole program on a screen: a stack of rooms, the theme, the help, the footer.
public struct App: Scene {
  var rooms: [any Room]
  var theme: Theme
  private(set) var settings = Settings()
  /// The theme to go back to after presenting.
  private var themeBefore: Theme.Name?
  var hasMouse = true
  var showsAbout = false
  /// The help or the palette, while one is open.
  var list: KeyList?
  var question: Question?
  /// The command whose new key is waited for.
  private var rebinding: Command?
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

  init(room: any Room, theme: Theme, size: Size) {
    rooms = [room]
    self.theme = theme
    self.size = size
    _ = perform([], .input(.resize(size)))
  }

  /// Takes the user's settings over; the theme is the program's to choose, since the terminal has a say in it.
  public mutating func adopt(_ settings: Settings) {
    self.settings = settings
    hasMouse = settings.hasMouse
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
    if room.takesNextKey { return perform([], event) }
    guard let command = bindings.command(for: key) else {
      showsAbout = false
      return perform([], event)
    }
    if showsAbout, command != .suspend && command != .redraw && command != .theme {
      showsAbout = false
      return []
    }
    return perform(command)
  }

  /// Does what a key, the palette or a typed word asks for.
  mutating func perform(_ command: Command) -> [Effect<Message>] {
    guard !rooms.isEmpty else { return [.quit] }
    switch command {
    case .prompt: ask(Question(.command, label: ":", hint: "a command, or the number of a step; Tab completes"))
    case .theme: theme = theme.next
    case .presenter: present(!settings.isPresenting)
    case .help:
      let note = rooms.last is ReplayScene ? "agent against devices: \(Posterior.deviceClass)" : ""
      list = KeyList(.help, of: bindings, note: note)
    case .palette: list = KeyList(.palette, of: bindings)
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
    case .tab where question.topic == .command: complete(&question)
    default: if !question.line.take(key) { return [] }
    }
    if question.topic == .command {
      question.hint = question.line.text.isEmpty ? "" : matches(question.line.text).prefix(6).joined(separator: "  ")
    }
    self.question = kind == .typing ? question : nil
    let answer = Answer(topic: question.topic, text: question.line.text, kind: kind)
    if question.topic == .command { return kind == .entered ? command(answer.text) : [] }
    return kind == .typing && !question.isLive ? [] : carry(rooms[rooms.count - 1].take(answer))
  }

  /// The names of the commands here that begin with a text.
  private func matches(_ text: String) -> [String] {
    var seen: Set<String> = []
    return bindings.all.map(\.command.name).filter { $0.hasPrefix(text.lowercased()) && seen.insert($0).inserted }
  }

  /// Lengthens a typed name as far as all that begin with it agree.
  private func complete(_ question: inout Question) {
    let names = matches(question.line.text)
    guard var shared = names.first else { return }
    for name in names { shared = String(zip(shared, name).prefix { $0 == $1 }.map(\.0)) }
    question.line = LineEditor(shared)
  }

  /// A typed command: its name or a beginning that only it has, the number of a step, or a theme by name.
  private mutating func command(_ text: String) -> [Effect<Message>] {
    let words = text.lowercased().split(separator: " ").map(String.init)
    guard let word = words.first else { return [] }
    if let step = Int(word), words.count == 1 { return perform(.goto(step: step)) }
    if word == "theme", words.count == 2 {
      guard let name = Theme.Name(rawValue: words[1]) else {
        notice = "There are the themes \(Theme.Name.allCases.map(\.rawValue).joined(separator: ", "))."
        return []
      }
      theme.name = name
      return []
    }
    let names = matches(word)
    let name = names.contains(word) ? word : names.count == 1 ? names[0] : nil
    guard words.count == 1, let name, let command = bindings.all.map(\.command).first(where: { $0.name == name }) else {
      let shown = text.truncated(to: 24)
      notice =
        names.count > 1
        ? "\(shown) may be \(names.prefix(4).joined(separator: ", "))."
        : "No command is called \(shown) here; \(keyName(.palette)) lists them."
      return []
    }
    return perform(command)
  }

  /// Begins or ends presenting. A projector washes out what a screen shows well, so its theme comes with it.
  private mutating func present(_ isPresenting: Bool) {
    settings.isPresenting = isPresenting
    if isPresenting, theme.name == .dark || theme.name == .light {
      (themeBefore, theme.name) = (theme.name, .projector)
    } else if !isPresenting, let before = themeBefore, theme.name == .projector {
      theme.name = before
    }
    for index in rooms.indices { rooms[index].adopt(settings) }
    notice = isPresenting ? "Presenter: large boards, few panels. \(keyName(.presenter)) ends it." : nil
  }

  /// How a command's first key is written; its name where it has none.
  private func keyName(_ command: Command) -> String {
    bindings.all.first { $0.command == command }?.keys.first?.description ?? ":" + command.name
  }

  private mutating func ask(_ question: Question) {
    self.question = question
    list = nil
  }

  /// What a list that took a key or a click wants.
  private mutating func follow(_ outcome: KeyList.Outcome) -> [Effect<Message>] {
    switch outcome {
    case .stays: return []
    case .closes: list = nil
    case .runs(let command):
      list = nil
      return perform(command)
    case .rebinds(let command):
      list = nil
      guard Keymap.scope(of: command, in: bindings) != nil else {
        notice = "The keys of this screen cannot be changed."
        return []
      }
      rebinding = command
      notice = "Press the new key for \(command.name); Esc leaves it as it is."
    }
    return []
  }

  /// Gives a command the key that was pressed for it, and keeps that in the settings file.
  private mutating func rebind(_ command: Command, to key: Key) -> [Effect<Message>] {
    guard key != .escape, let scope = Keymap.scope(of: command, in: bindings) else { return [] }
    if let (holder, screen) = settings.keymap.give(key, to: command, in: scope) {
      notice = "\(key) is \(holder.name)'s on the screen \(screen): give that another key first."
      return []
    }
    guard let path = settings.path else {
      notice = "\(key) is \(command.name) now, until the program ends."
      return []
    }
    notice = "\(key) is \(command.name) now."
    let setting = ["keys", scope, command.name]
    let value = key.description
    return [.work { .notice(SettingsFile.keep(setting, value, in: path)) }]
  }

  /// The mouse: what lies on top has it first, then the footer, then the room.
  private mutating func point(_ mouse: MouseEvent) -> [Effect<Message>] {
    if var list {
      switch mouse.kind {
      case .press:
        let outcome = list.choose(at: mouse.point, in: size)
        self.list = list
        return follow(outcome)
      case .scrollUp, .scrollDown:
        _ = list.take(mouse.kind == .scrollUp ? .up : .down)
        self.list = list
      case .drag, .release: break
      }
      return []
    }
    if question != nil { return [] }
    if showsAbout {
      if mouse.kind == .press { showsAbout = false }
      return []
    }
    if mouse.kind == .press, mouse.point.y == size.height - 1 {
      var x = 1
      for entry in bindings.footer(width: size.width - 2) {
        if (x..<(x + entry.width)).contains(mouse.point.x) {
          return entry.command(at: mouse.point.x - x).map { perform($0) } ?? []
        }
        x += entry.width + 2
      }
      return []
    }
    return perform([], .input(.mouse(mouse)))
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
        room.adopt(settings)
        _ = room.receive(.input(.resize(size)))
        rooms.append(room)
      case .leave: effects += leave()
      case .ask(let question): ask(question)
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
    if showsAbout { About(world: room.shownWorld).draw(into: &canvas, theme) }
  }

  private func drawTooSmall(into canvas: inout Canvas) {
    let lines = [
      "Window too small", "have \(canvas.size.width)x\(canvas.size.height)", "need 40x12", "q quits",
    ]
    for (y, line) in lines.enumerated() { canvas.put(line, x: 0, y: y, style: theme.style(.text)) }
  }

  private func drawFooter(into canvas: inout Canvas) {
    let y = canvas.size.height - 1
    var x = 1
    for entry in bindings.footer(width: canvas.size.width - 2) {
      x = canvas.put(entry.keys, x: x, y: y, style: theme.style(.key))
      x = canvas.put(" \(entry.words)  ", x: x, y: y, style: theme.style(.dim), width: canvas.size.width - x)
    }
  }
}
