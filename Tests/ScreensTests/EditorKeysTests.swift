import Gridworlds
import Planning
import Studies
import TerminalUI
import Testing
import Worlds

@testable import Viewer

@Suite("The editor's keys")
struct EditorKeysTests {
  let size = Size(width: 80, height: 24)

  @Test("no key has two meanings in any world, each brush has one, and so have all ways out")
  func bindings() throws {
    #expect(EditorRoom.sweepMenu.bindings.clashes.isEmpty && EditorRoom.generalMenu.bindings.clashes.isEmpty)
    for world in Catalogue.worlds + [Coinrun(intention: .end), try Catalogue.world(named: "locks-colour")] {
      let brushes = Brush.all(of: world)
      let table = EditorRoom.menu(of: brushes).bindings
      #expect(table.clashes.isEmpty, "\(world.name): \(table.clashes)")
      for (index, brush) in brushes.enumerated() where index < 10 {
        #expect(
          table.all.contains { $0.command == Command(BrushCommand.brush(index + 1)) && !$0.keys.isEmpty },
          "\(brush.name)")
      }
      for key: Key in [.escape, .character("q")] { #expect(table.command(for: key)?.name == "back") }
      #expect(table.command(for: .character("?"))?.name == "help")
      let names = table.all.map(\.command.name)
      #expect(Set(names).count == Set(table.all.map(\.command)).count, "each can be typed")
    }
  }

  @Test(
    "any keys, mouse and size in any world leave a screen that can be drawn", arguments: Catalogue.families.map(\.name))
  func monkey(_ name: String) throws {
    let world = try Catalogue.world(named: name)
    var random = RandomSource(seed: 17)
    let isSlow = world.reachable(in: world.generate(.shifted, seed: 1), limit: 2_000) == nil
    func fresh() -> App {
      let level = world.generate(.shifted, seed: 1)
      return EditorTests.app(level, of: world, Agent(UniformPolicy()), size, path: "/nowhere/x.yaml")
    }
    var app = fresh()
    let menus = [EditorRoom.menu(of: Brush.all(of: world)), EditorRoom.sweepMenu]
    let keys = menus.flatMap { $0.bindings.all.flatMap(\.keys) }
    for _ in 0..<(isSlow ? 60 : 250) {
      var effects: [Effect<Message>]
      if random.chance(0.2) {
        let kind = random.pick([MouseEvent.Kind.press, .drag, .release, .scrollUp, .scrollDown]) ?? .press
        effects = app.update(
          .input(.mouse(MouseEvent(kind, at: Point(x: random.below(90) - 5, y: random.below(30) - 3)))))
      } else {
        effects = app.update(.input(.key(random.pick(keys) ?? .enter)))
      }
      // At most some of the work: the rest comes too late, as on a slow machine.
      var rounds = 0
      while let effect = effects.popLast(), rounds < 4 {
        rounds += 1
        if case .work(let work) = effect { effects += app.update(.message(work())) }
        if case .quit = effect { app = fresh() }
      }
      if app.rooms.isEmpty { app = fresh() }
      if random.chance(0.3) { _ = app.update(.tick(elapsedSeconds: 0.1)) }
      if random.chance(0.5) {
        let size = Size(width: 1 + random.below(170), height: 1 + random.below(50))
        _ = app.update(.input(.resize(size)))
        #expect(app.picture(size: size).size == size)
      }
    }
  }
}
