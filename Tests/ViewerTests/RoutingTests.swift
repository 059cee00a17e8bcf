import TerminalUI
import Testing

@testable import Viewer

/// A room with nothing in it but what it was told.
private struct Cabin: Room {
  enum Asked: PartCommand { case work, question, inner }

  let name: String
  var heard: [String] = []
  /// Whether it is not to be left at the first asking.
  var staysOnce = false

  static let menu = Menu<Cabin>(
    Menu.rows([Binding("w", Asked.work, "", ""), .init("a", .question, "", ""), .init("e", .inner, "", "")]) {
      $0.perform($1)
    } + Menu.program([.init("q", .back, "", "")]))

  var menu: Menu<Cabin> { Cabin.menu }
  var frameInterval: Double? { nil }
  func draw(into canvas: inout Canvas, theme: Theme) {}
  mutating func receive(_ event: RoomEvent) -> [Wish<Cabin>] { [] }

  mutating func goBack() -> [Wish<Cabin>] {
    defer { staysOnce = false }
    return staysOnce ? [.stay] : []
  }

  private func perform(_ asked: Asked) -> [Wish<Cabin>] {
    let name = name
    let work = Wish<Cabin>.work("work") {
      Reply { cabin in
        cabin.heard.append("work of \(name)")
        return []
      }
    }
    switch asked {
    case .work: return [work]
    case .question:
      let question = Question<Cabin>(TypedLine(label: "?")) { cabin, answer in
        cabin.heard.append("\(answer.text) for \(name)")
        return [work]
      }
      return [.ask(question)]
    case .inner:
      let inner = Cabin(name: "inner")
      return [.enter(inner, wanting: inner.perform(.work))]
    }
  }
}

/// What a room wants, and to whom it comes back.
@Suite("Routing")
struct RoutingTests {
  private func app(_ cabins: Cabin...) -> App {
    switch cabins.count {
    case 1: App(cabins[0], theme: Theme(.dark), size: .standard)
    default: App(cabins[0], cabins[1], theme: Theme(.dark), size: .standard)
    }
  }

  private func press(_ keys: String, _ app: inout App) throws -> [Effect<Message>] {
    var effects: [Effect<Message>] = []
    for key in try Key.sequence(keys) { effects += app.update(.input(.key(key))) }
    return effects
  }

  /// Does the work of some effects, which must have some, and tells the program; what is wanted then.
  private func finish(_ effects: [Effect<Message>], _ app: inout App) -> [Effect<Message>] {
    let works = effects.compactMap { if case .work(let body) = $0 { body } else { nil } }
    #expect(!works.isEmpty)
    return works.flatMap { app.update(.message($0())) }
  }

  private func heard(_ app: App) -> [[String]] { app.rooms.compactMap { ($0 as? Cabin)?.heard } }

  @Test("work comes back to the room that wanted it, though another is open by then")
  func lowerRoom() throws {
    var app = app(Cabin(name: "outer"))
    let work = try press("w e", &app)
    #expect(heard(app) == [[], []])
    #expect(finish(work, &app).isEmpty)
    #expect(heard(app) == [["work of outer"], ["work of inner"]], "each its own, though they are rooms of one kind")
  }

  @Test("work of a room that was left is heard by nobody")
  func closedRoom() throws {
    var app = app(Cabin(name: "outer"))
    let work = try press("e w q", &app)
    #expect(app.rooms.count == 1)
    #expect(finish(work, &app).isEmpty && heard(app) == [[]])
    let later = try press("e", &app)
    #expect(finish(work, &app).isEmpty && heard(app) == [[], []], "a room opened since has another number")
    #expect(finish(later, &app).isEmpty && heard(app) == [[], ["work of inner"]])
  }

  @Test("an answer goes to the room that asked, and what that wants then comes back to it")
  func question() throws {
    var app = app(Cabin(name: "outer"), Cabin(name: "inner"))
    #expect(try press("a", &app).isEmpty && app.isAsking)
    let work = try press("x y Enter", &app)
    #expect(heard(app) == [[], ["xy for inner"]] && !app.isAsking)
    #expect(finish(work, &app).isEmpty && heard(app) == [[], ["xy for inner", "work of inner"]])
  }

  @Test("a room that stays is left when it is asked again, and its program ends with the last")
  func staying() throws {
    var app = app(Cabin(name: "outer"), Cabin(name: "inner", staysOnce: true))
    #expect(try press("q", &app).isEmpty && app.rooms.count == 2)
    #expect(try press("q", &app).isEmpty && app.rooms.count == 1)
    let end = try press("q", &app)
    #expect(end.contains { if case .quit = $0 { true } else { false } } && app.rooms.isEmpty)
  }

  @Test("two parts that call different things alike are found, one that says a thing twice is not")
  func ambiguousNames() {
    enum Other: PartCommand { case work }
    let work = Menu<Cabin>.rows([Binding("w", Cabin.Asked.work, "", "")]) { _, _ in [] }
    let other = Menu<Cabin>.rows([Binding("o", Other.work, "", "")]) { _, _ in [] }
    #expect(Menu<Cabin>(work + work).ambiguousNames.isEmpty)
    #expect(Menu<Cabin>(work + other).ambiguousNames == ["work"])
  }
}
