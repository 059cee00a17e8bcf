import Archive
import Studies
import TerminalUI

/// The whole program on a screen: a stack of rooms, the theme, the help, the footer.
///
/// It knows no room's parts: a room says in its menu what can be asked of it, and slow work comes back to the room that
/// asked, by its number; where that is gone, nobody hears of it.
public struct App: Scene, Sendable {
  /// A room with the number under which it hears of its work.
  private struct OpenRoom: Sendable {
    let number: Int
    var room: any Room
  }

  /// A line that is being typed, with what is done with it.
  private struct Typing: Sendable {
    var line: TypedLine
    /// Whether it is a command, so that Tab completes it.
    var isCommand = false
    let take: @Sendable (inout App, Answer) -> [Effect<Message>]
  }

  private var open: [OpenRoom] = []
  private var opened = 0
  private(set) var theme: Theme
  private(set) var settings = Settings()
  private var stagecraft = Stagecraft()
  private var overlays = Overlays()
  private var export = ScreenExport()
  private var copying = Copying()
  private var asked: Typing?
  /// A word of the program itself, until the next key.
  private(set) var notice: String?
  private(set) var size: Size
  /// Where files go.
  private let outlet: Outlet

  /// The program with some rooms open, the last one on top.
  /// - Parameter outlet: where files go that are asked for on the screen.
  public init(_ rooms: any Room..., theme: Theme, size: Size, outlet: Outlet = .disk) {
    (self.theme, self.size, self.outlet) = (theme, size, outlet)
    for room in rooms { push(room) }
  }

  /// Takes the user's settings over; the theme is the program's to choose, since the terminal has a say in it.
  public mutating func adopt(_ settings: Settings) {
    (self.settings, notice) = (settings, settings.problems.first.map { "Left out: \($0.short)" } ?? notice)
    for index in open.indices { open[index].room.adopt(settings) }
  }

  /// Which characters the terminal shows, so that a file of text has the same.
  public var glyphs: GlyphSet {
    get { theme.glyphs }
    set { theme.glyphs = newValue }
  }

  /// The theme that is chosen now, which keys may have changed.
  public var shownTheme: Theme { theme }

  /// Tells how text gets from here to a clipboard.
  public mutating func copy(through route: ClipboardRoute) { copying.adopt(route) }

  /// What the screen shows, in a few words.
  public var title: String {
    room.flatMap(\.moment).map { $0.title } ?? "wayward"
  }

  /// The room that is shown; `nil` once the last was left.
  public var room: (any Room)? { open.last?.room }
  /// The rooms that are open, the shown one last.
  public var rooms: [any Room] { open.map(\.room) }
  /// The line that is typed, while one is.
  var question: TypedLine? { asked?.line }
  /// Whether a line is being typed.
  public var isAsking: Bool { asked != nil }
  /// The keys of the room that is shown, as they come.
  public var keys: Bindings<Command> { room?.bindings ?? Bindings([]) }
  /// The help or the palette, while one is open.
  var list: KeyList? { overlays.list }
  /// The text over everything, while one is read.
  var panel: TextPanel? { overlays.panel }
  /// The keys of what is shown, as the user has them.
  var bindings: Bindings<Command> { settings.keymap.applied(to: room?.bindings ?? Bindings([])) }
  private var commandLine: CommandLine { CommandLine(bindings: bindings) }

  /// Whether there is no room for anything but a word on that.
  public var isTooSmall: Bool { !App.fits(size) }

  public var frameInterval: Double? { room?.frameInterval }

  // MARK: Events

  public mutating func update(_ event: Event<Message>) -> [Effect<Message>] {
    switch event {
    case .message(let message): return message.take(&self)
    case .tick(let seconds): return tell(.tick(elapsedSeconds: seconds))
    case .input(.resize(let size)):
      self.size = size
      for index in open.indices { _ = open[index].room.hear(.input(.resize(size))) }
      return []
    case .input(.mouse(let mouse)) where !isTooSmall: return point(mouse)
    case .input(.paste(let text)) where asked != nil:
      asked?.line.insert(text)
      return []
    case .input(.key(let key)): return open.isEmpty ? [.quit] : take(key)
    case .input(let input): return tell(.input(input))
    }
  }

  private mutating func take(_ key: Key) -> [Effect<Message>] {
    if isTooSmall { return key == .character("q") || key == .escape ? [.quit] : [] }
    notice = nil
    // What any other key did, or this one elsewhere, stands between two copies.
    let isElsewhere = asked != nil || overlays.isOpen || room?.takesNextKey == true
    if isElsewhere || bindings.command(for: key) != Command(ProgramCommand.copyAccount) { copying.forget() }
    if let command = overlays.takeRebinding() { return rebind(command, to: key) }
    if asked != nil { return type(key) }
    if let upshot = overlays.take(key, on: size, bindings) { return follow(upshot) }
    guard let room, !room.takesNextKey, let command = bindings.command(for: key) else {
      return tell(.input(.key(key)))
    }
    if key == .escape, command == Command(ProgramCommand.back), open.count == 1, !room.hasInnerWayBack {
      // Esc closes what lies on top; hit once too often it must not end the program.
      notice = "\(commandLine.keyName(command)) leaves wayward."
      return []
    }
    return perform(command)
  }

  /// The mouse: what lies on top has it first, then the footer, then the room.
  private mutating func point(_ mouse: MouseEvent) -> [Effect<Message>] {
    if asked != nil, list == nil { return [] }
    if mouse.kind == .press { copying.forget() }
    if let upshot = overlays.take(mouse, on: size, bindings) { return follow(upshot) }
    if mouse.kind == .press, mouse.point.y == size.height - 1 {
      return Footer(bindings, width: size.width).command(at: mouse.point.x).map { perform($0) } ?? []
    }
    return tell(.input(.mouse(mouse)))
  }

  // MARK: Commands

  /// Does what a key, the palette or a typed word asks for.
  private mutating func perform(_ command: Command) -> [Effect<Message>] {
    guard let index = open.indices.last else { return [.quit] }
    // What a part of the room calls as the program does, closing a list say, is the part's.
    if let wishes = open[index].room.perform(command) { return carry(wishes, from: open[index].number) }
    return ProgramCommand(command).map { perform($0) } ?? []
  }

  private mutating func perform(_ command: ProgramCommand) -> [Effect<Message>] {
    switch command {
    case .prompt: askForCommand()
    case .theme:
      theme = theme.next
      notice = "Theme: \(theme.name.rawValue)."
    case .presenter: present(!settings.isPresenting)
    case .help:
      overlays.open(KeyList(.help, of: bindings, note: size.width >= 120 ? room?.helpNote ?? "" : ""))
    case .palette: overlays.open(KeyList(.palette, of: bindings))
    case .about: overlays.show(TextPanel(about: room?.shownWorld))
    case .mouse:
      settings.hasMouse.toggle()
      return [.setMouse(settings.hasMouse)]
    case .export: return room.map { follow(export.ask(proposing: $0.fileName)) } ?? []
    case .copyAccount: return copyAccount()
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .back: return goBack()
    }
    return []
  }

  private mutating func present(_ isPresenting: Bool) {
    settings.isPresenting = isPresenting
    theme.name = stagecraft.theme(after: theme.name, isPresenting: isPresenting)
    for index in open.indices { open[index].room.adopt(settings) }
    let key = commandLine.keyName(Command(ProgramCommand.presenter))
    notice = isPresenting ? "Presenter: boards instead of panels. \(key) ends it." : nil
  }

  /// Sends the account of what is shown to the terminal's clipboard.
  private mutating func copyAccount() -> [Effect<Message>] {
    let key = commandLine.keyName(Command(ProgramCommand.copyAccount))
    let upshot = copying.send(room?.moment?.account, key: key, width: size.width)
    notice = upshot.words
    if let panel = upshot.panel { overlays.show(panel) }
    return upshot.text.map { [.copy($0)] } ?? []
  }

  // MARK: Rooms

  private mutating func push(_ room: any Room) {
    opened += 1
    open.append(OpenRoom(number: opened, room: room))
    _ = open[open.count - 1].room.hear(.input(.resize(size)))
  }

  private mutating func enter(_ room: any Room) {
    var room = room
    room.adopt(settings)
    push(room)
  }

  private mutating func goBack() -> [Effect<Message>] {
    let (index, number) = (open.count - 1, open[open.count - 1].number)
    let wishes = open[index].room.back()
    let stays = wishes.contains { if case .stay = $0 { true } else { false } }
    let effects = carry(wishes, from: number)
    if stays { return effects }
    open.removeAll { $0.number == number }
    return effects + (open.isEmpty ? [.quit] : [])
  }

  private mutating func tell(_ event: RoomEvent) -> [Effect<Message>] {
    guard let index = open.indices.last else { return [.quit] }
    return carry(open[index].room.hear(event), from: open[index].number)
  }

  /// Gives a reply to the room of a number, if it is still open.
  private mutating func deliver(_ reply: Reply<any Room>, to number: Int) -> [Effect<Message>] {
    guard let index = open.firstIndex(where: { $0.number == number }) else { return [] }
    return carry(reply(&open[index].room), from: number)
  }

  /// Turns what a room wants into effects.
  private mutating func carry(_ wishes: [Wish<any Room>], from number: Int) -> [Effect<Message>] {
    carry(wishes) { $0.deliver($1, to: number) }
  }

  /// Turns wishes into effects; a room that is entered learns the size.
  /// - Parameter deliver: brings a reply to who has the wishes.
  private mutating func carry<Owner>(
    _ wishes: [Wish<Owner>], deliver: @escaping @Sendable (inout App, Reply<Owner>) -> [Effect<Message>]
  ) -> [Effect<Message>] {
    var effects: [Effect<Message>] = []
    for wish in wishes {
      switch wish {
      case .work(let name, let body):
        effects.append(
          .work {
            let reply = body()
            return Message(name) { deliver(&$0, reply) }
          })
      case .stream(let name, let body):
        effects.append(.stream { post in body { reply in post(Message(name) { deliver(&$0, reply) }) } })
      case .write(let name, let body):
        let outlet = outlet
        effects.append(
          .work {
            let reply = body(outlet)
            return Message(name) { deliver(&$0, reply) }
          })
      case .read(let body):
        effects.append(
          .work {
            let panel = body()
            return Message("panel") { app in
              app.overlays.show(panel)
              return []
            }
          })
      case .ask(let question):
        ask(question.line) { app, answer in deliver(&app, Reply { question.answer(answer, to: &$0) }) }
      case .enter(let room, let wishes):
        enter(room)
        effects += carry(wishes, from: opened)
      case .stay: break
      }
    }
    return effects
  }

  // MARK: Lines that are typed

  private mutating func ask(
    _ line: TypedLine, isCommand: Bool = false, take: @escaping @Sendable (inout App, Answer) -> [Effect<Message>]
  ) {
    asked = Typing(line: line, isCommand: isCommand, take: take)
    overlays.closeList()
  }

  private mutating func type(_ key: Key) -> [Effect<Message>] {
    guard var asked else { return [] }
    let commands = asked.isCommand ? commandLine : nil
    guard let kind = asked.line.take(key, complete: commands.map { line in { line.completed($0) } }) else { return [] }
    if let commands {
      let text = asked.line.text
      asked.line.hint = text.isEmpty ? "" : commands.proposals(text).prefix(6).joined(separator: "  ")
    }
    self.asked = kind == .typing ? asked : nil
    return kind == .typing && !asked.line.isLive ? [] : asked.take(&self, Answer(text: asked.line.text, kind: kind))
  }

  private mutating func askForCommand() {
    let line = TypedLine(label: ":", hint: "a command, or the number of a step; Tab completes")
    ask(line, isCommand: true) { app, answer in answer.kind == .entered ? app.run(answer.text) : [] }
  }

  private mutating func run(_ text: String) -> [Effect<Message>] {
    switch commandLine.meaning(of: text) {
    case .nothing: break
    case .theme(let name): theme.name = name
    case .command(let command): return perform(command)
    case .problem(let words): notice = words
    case .step(let step):
      guard let index = open.indices.last else { return [.quit] }
      return carry(open[index].room.goTo(step), from: open[index].number)
    }
    return []
  }

  // MARK: Files

  /// Goes on with the file that is asked for.
  private mutating func follow(_ wishes: [Wish<ScreenExport>]) -> [Effect<Message>] {
    var wishes = wishes
    if export.isReady {
      // The screen as it is without the question.
      var shown = self
      (shown.asked, shown.notice) = (nil, nil)
      let app = shown
      wishes += export.write(hasEpisode: hasEpisode) { app.text(as: $0) }
    }
    notice = export.takeWords() ?? notice
    return carry(wishes) { app, reply in app.follow(reply(&app.export)) }
  }

  // MARK: Help, palette, texts

  private mutating func follow(_ upshot: Overlays.Upshot) -> [Effect<Message>] {
    switch upshot {
    case .stays: return []
    case .runs(let command): return perform(command)
    case .says(let words):
      notice = words
      return []
    }
  }

  /// Gives a command the key that was pressed for it, and keeps that in the settings file.
  private mutating func rebind(_ command: Command, to key: Key) -> [Effect<Message>] {
    guard key != .escape, let scope = ScreenKeys.scope(of: command, in: bindings) else { return [] }
    if let (holder, screen) = settings.keymap.give(key, to: command, in: scope, of: ScreenKeys.tables) {
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
    return [
      .work {
        let words = SettingsFile.keep(setting, value, in: path)
        return Message("notice") { app in
          app.notice = words
          return []
        }
      }
    ]
  }

  // MARK: Drawing

  public func draw(into canvas: inout Canvas) {
    let blank = Cell(glyph: " ", style: theme.style(.text))
    canvas.fill(Rect(x: 0, y: 0, width: canvas.size.width, height: canvas.size.height), blank)
    guard App.fits(canvas.size) else { return App.drawTooSmall(into: &canvas, theme) }
    guard let room else { return }
    room.draw(into: &canvas, theme: theme)
    if let asked {
      asked.line.draw(into: &canvas, theme: theme)
    } else if let notice {
      Footer.draw(notice: notice, into: &canvas, theme: theme)
    } else {
      Footer(bindings, width: canvas.size.width).draw(into: &canvas, theme: theme)
    }
    overlays.draw(into: &canvas, theme: theme)
  }
}

/// What comes back from slow work, as what the program does with it then.
public struct Message: Sendable {
  /// What it is about, for those who watch: `survey`.
  public let name: String
  fileprivate let take: @Sendable (inout App) -> [Effect<Message>]

  fileprivate init(_ name: String, _ take: @escaping @Sendable (inout App) -> [Effect<Message>]) {
    (self.name, self.take) = (name, take)
  }
}
