import Gridworlds
import TerminalUI

/// What a part of the program wants to happen. Whatever comes of it comes back to the owner alone.
public enum Wish<Owner>: Sendable {
  /// Work on another thread; its result comes back as what is to be done with it. The name is for those who watch.
  case work(_ name: String, @Sendable () -> Reply<Owner>)
  /// Long work on another thread, which replies any number of times.
  case stream(_ name: String, @Sendable (_ reply: @escaping @Sendable (Reply<Owner>) -> Void) -> Void)
  /// Work that writes files, where the program writes them.
  case write(_ name: String, @Sendable (Outlet) -> Reply<Owner>)
  /// Work on another thread whose result is a text to be read over everything.
  case read(@Sendable () -> TextPanel)
  case ask(Question<Owner>)
  /// Opens a room, and what that wants at once.
  case enter(any Room, wanting: [Wish<any Room>] = [])
  /// Not to be left yet, though one wanted to go back.
  case stay
}

/// The result of work as what its owner does with it: a value that nobody else can read.
public struct Reply<Owner>: Sendable {
  fileprivate let take: @Sendable (inout Owner) -> [Wish<Owner>]

  /// A reply that may want more.
  init(_ take: @escaping @Sendable (inout Owner) -> [Wish<Owner>]) { self.take = take }

  /// Gives the reply to its owner.
  func callAsFunction(_ owner: inout Owner) -> [Wish<Owner>] { take(&owner) }
}

/// A line of text that is asked for, with what is done with the answer.
public struct Question<Owner>: Sendable {
  var line: TypedLine
  fileprivate let take: @Sendable (inout Owner, Answer) -> [Wish<Owner>]

  init(_ line: TypedLine, take: @escaping @Sendable (inout Owner, Answer) -> [Wish<Owner>]) {
    (self.line, self.take) = (line, take)
  }

  /// Gives the answer to who asked.
  func answer(_ answer: Answer, to owner: inout Owner) -> [Wish<Owner>] { take(&owner, answer) }
}

/// What became of a question.
struct Answer: Sendable {
  enum Progress: Sendable { case typing, entered, abandoned }
  let text: String
  let kind: Progress
}

/// The way from something to a part of it: does something with the part and brings back what is wanted.
typealias Access<Outer, Inner> =
  @Sendable (
    inout Outer, (inout Inner) -> [Wish<Inner>]
  ) -> [Wish<Outer>]

extension Wish {
  /// The wish of a part as one of the whole that it belongs to.
  /// - Parameter then: what the whole does after the part has had a reply.
  func lifted<Outer>(
    _ path: any WritableKeyPath<Outer, Owner> & Sendable,
    then: @escaping @Sendable (inout Outer) -> [Wish<Outer>] = { _ in [] }
  ) -> Wish<Outer> {
    lifted { outer, body in
      let wishes = body(&outer[keyPath: path])
      return wishes.map { $0.lifted(path, then: then) } + then(&outer)
    }
  }

  /// Opens a room with what it wants at once.
  static func enter<Entered: Room>(_ room: Entered, wanting wishes: [Wish<Entered>]) -> Wish {
    .enter(room, wanting: wishes.map(\.opened))
  }

  fileprivate func lifted<Outer>(_ access: @escaping Access<Outer, Owner>) -> Wish<Outer> {
    @Sendable func lift(_ reply: Reply<Owner>) -> Reply<Outer> {
      Reply { outer in access(&outer) { reply(&$0) } }
    }
    switch self {
    case .work(let name, let body): return .work(name) { lift(body()) }
    case .stream(let name, let body): return .stream(name) { post in body { post(lift($0)) } }
    case .write(let name, let body): return .write(name) { lift(body($0)) }
    case .read(let body): return .read(body)
    case .ask(let question):
      return .ask(
        Question(question.line) { outer, answer in access(&outer) { question.answer(answer, to: &$0) } })
    case .enter(let room, let wishes): return .enter(room, wanting: wishes)
    case .stay: return .stay
    }
  }
}

/// One screen of the program. It is a value: commands and events change it, drawing does not.
public protocol Room: Sendable {
  /// What keys can ask of it now.
  var menu: Menu<Self> { get }
  /// The world that is shown, for those who ask about it.
  var shownWorld: (any World)? { get }
  /// What is shown of an episode, for those who keep it or pass it on.
  var moment: Moment? { get }
  /// A name for a file of what is shown, without its ending.
  var fileName: String { get }
  /// A word for the lower edge of a large help.
  var helpNote: String { get }
  /// Seconds between ticks while something moves, `nil` while nothing does.
  var frameInterval: Double? { get }
  /// Whether the next key belongs to the room whatever it is bound to: the letter of a mark, say. It comes as an event.
  var takesNextKey: Bool { get }
  /// Whether going back would close a part of the room before the room itself.
  var hasInnerWayBack: Bool { get }
  /// Before a command of the menu is done.
  mutating func prepare()
  /// Takes a tick, the size, the mouse, or a key that is bound to nothing.
  mutating func receive(_ event: RoomEvent) -> [Wish<Self>]
  /// Goes to a step, where there are steps.
  mutating func go(to step: Int) -> [Wish<Self>]
  /// Before it is left; `stay` keeps it.
  mutating func goBack() -> [Wish<Self>]
  /// Follows the user's settings.
  mutating func adopt(_ settings: Settings)
  /// Draws everything but the footer.
  func draw(into canvas: inout Canvas, theme: Theme)
}

/// What a room is told besides its commands.
public typealias RoomEvent = Event<Never>

extension Room {
  public var shownWorld: (any World)? { nil }
  public var moment: Moment? { nil }
  public var fileName: String { moment?.fileName ?? "wayward" }
  public var helpNote: String { "" }
  public var takesNextKey: Bool { false }
  public var hasInnerWayBack: Bool { false }
  public mutating func prepare() {}
  public mutating func go(to step: Int) -> [Wish<Self>] { [] }
  public mutating func goBack() -> [Wish<Self>] { [] }
  public mutating func adopt(_ settings: Settings) {}
}

/// Rooms as the program has them, one as the other.
extension Room {
  var bindings: Bindings<Command> { menu.bindings }

  /// Does what a key asked for; `nil` where that is not the room's to do.
  mutating func perform(_ command: Command) -> [Wish<any Room>]? {
    guard let action = menu.action(for: command) else { return nil }
    prepare()
    return action(&self).map(\.opened)
  }

  mutating func hear(_ event: RoomEvent) -> [Wish<any Room>] { receive(event).map(\.opened) }
  mutating func goTo(_ step: Int) -> [Wish<any Room>] {
    prepare()
    return go(to: step).map(\.opened)
  }
  mutating func back() -> [Wish<any Room>] { goBack().map(\.opened) }
}

extension Wish where Owner: Room {
  /// The wish as one of some room; what comes back finds this kind of room or nobody.
  fileprivate var opened: Wish<any Room> {
    lifted { room, body in
      guard var own = room as? Owner else { return [] }
      let wishes = body(&own)
      room = own
      return wishes.map(\.opened)
    }
  }
}
