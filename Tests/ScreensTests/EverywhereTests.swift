import Archive
import Foundation
import TerminalUI
import Testing
import Worlds

@testable import Viewer

/// What holds on every screen: help, palette, typed commands, settings, the mouse on the footer.
@Suite("Everywhere")
struct EverywhereTests {
  let size = Size(width: 80, height: 24)

  private func frame(_ app: App) -> Int? { (app.rooms.last as? ReplayRoom)?.frame }

  private func settings(_ text: String) throws -> Settings {
    try Settings(SettingsFile(Data(text.utf8), path: "settings.yaml"))
  }

  @Test("every command of a menu has a name of its own, since the palette, : and the settings file use it")
  func names() {
    func check<Owner>(_ menu: Menu<Owner>) {
      #expect(menu.ambiguousNames == [])
      for binding in menu.bindings.all {
        let name = binding.command.name
        #expect(name.allSatisfy { $0.isLowercase || $0 == "-" || $0.isNumber }, "\(name)")
      }
    }
    check(GalleryRoom.menu)
    check(ReplayRoom.menu)
    check(ReplayRoom.inspecting)
    check(ReplayRoom.choosingLanes)
    check(ReplayRoom.branchList)
    check(ReplayRoom.opponentList)
    check(ComparisonRoom.menu)
    check(TrainingRoom.menu)
    check(LifeRoom.menu)
    check(EditorRoom.generalMenu)
    check(EditorRoom.sweepMenu)
    for world in Catalogue.worlds {
      check(ReplayRoom.playing(world.actions))
      check(ReplayRoom.takingOver(world.actions))
      check(EditorRoom.menu(of: Brush.all(of: world)))
    }
    #expect(Command(PlayheadCommand.stepForward).name == "step-forward")
    #expect(Command(PlayheadCommand.jump(tenth: 3)).name == "jump-3")
    #expect(Command(PlayheadCommand.forward10).name == "forward-10")
  }

  @Test(
    "a typed command runs by its name, or by a beginning that is its alone; a number is a step",
    arguments: [
      (": l a s t Enter", 20), (": f o r w Enter", 10), (": 7 Enter", 7), (": 7 Esc", 0), (": n o n e Enter", 0),
      (": f o r Tab Enter", 10),
    ])
  func typed(_ keys: String, _ frame: Int) throws {
    var app = Stage.replay(size)
    app.drive(try Key.sequence(keys), ticks: 0)
    #expect(self.frame(app) == frame)
    #expect(app.question == nil)
  }

  @Test("what is typed wrongly is named, with a way out")
  func mistyped() throws {
    var app = Stage.replay(size)
    app.drive(try Key.sequence(": x y z Enter"), ticks: 0)
    #expect(app.picture(size: size).text().contains("No command is called xyz here; ^P lists them."))
    app.drive(try Key.sequence(": f i Enter"), ticks: 0)
    #expect(frame(app) == 0, "first is the only one with fi")
    app.drive(try Key.sequence(": t h e m e Space l i g h t Enter"), ticks: 0)
    #expect(app.theme.name == .light)
  }

  @Test("the palette narrows as one types, and Enter runs what is chosen")
  func palette() throws {
    var app = Stage.replay(size)
    app.drive(try Key.sequence("^P t e n Space f o r"), ticks: 0)
    try expectGolden(app.picture(size: size).text(), "palette-80x24")
    app.drive([.enter], ticks: 0)
    #expect(frame(app) == 10 && app.list == nil)
    app.drive(try Key.sequence("^P Esc ."), ticks: 0)
    #expect(frame(app) == 11)
  }

  @Test("the help is narrowed by typing, moved in by arrows, and runs a line with Enter")
  func help() throws {
    var app = Stage.replay(size)
    app.drive(try Key.sequence("? l a s t Space s t e p Enter"), ticks: 0)
    #expect(frame(app) == 20)
    app.drive(try Key.sequence("? ?"), ticks: 0)
    #expect(app.list == nil, "the key that opened it closes it")
  }

  @Test("a help that is longer than the screen can be seen to its end", arguments: [Size(width: 40, height: 12)])
  func longHelp(_ small: Size) throws {
    var app = Stage.replay(small)
    app.drive(try Key.sequence("?"), ticks: 0)
    let lines = try #require(app.list).lines
    var seen: Set<String> = []
    for _ in 0...lines.count {
      let layout = KeyListLayout(app.list!, small)
      for slot in layout.slots { if let index = slot.index { seen.insert(lines[index].words) } }
      app.drive([.down], ticks: 0)
    }
    #expect(seen.count == Set(lines.map(\.words)).count)
    try expectGolden(app.picture(size: small).text(), "help-40x12")
  }

  @Test("a click on the footer does what its words say, and one on a line of a list runs it")
  func clicks() throws {
    var app = Stage.replay(size)
    let row = size.height - 1
    let footer = Array(app.picture(size: size).text().split(separator: "\n").last ?? "")
    let text = String(footer)
    let place = try #require(text.range(of: "d departure"))
    let column = text.distance(from: text.startIndex, to: place.lowerBound)
    _ = app.update(.input(.mouse(MouseEvent(.press, at: Point(x: column + 3, y: row)))))
    #expect(frame(app) == 2 || frame(app) == 3, "the departure")
    _ = app.update(.input(.key(.character("?"))))
    let list = try #require(app.list)
    let index = try #require(list.lines.firstIndex { $0.command?.name == "last" })
    let slot = try #require(KeyListLayout(list, size).slots.first { $0.index == index })
    _ = app.update(.input(.mouse(MouseEvent(.press, at: Point(x: slot.x + 2, y: slot.y)))))
    #expect(frame(app) == 20 && app.list == nil)
  }

  @Test("a user's keys hold for keys, footer, help and palette alike")
  func rebound() throws {
    var app = Stage.replay(size)
    app.adopt(
      try settings("keys:\n  replay:\n    last: \"F6\"\n    departure: \"F7\"\n  anywhere:\n    help: \"F1 F8\"\n"))
    app.drive(try Key.sequence("F6"), ticks: 0)
    #expect(frame(app) == 20)
    app.drive(try Key.sequence("g d"), ticks: 0)
    #expect(frame(app) == 0, "its old key is free")
    #expect(app.picture(size: size).text().contains("F7 departure"))
    app.drive(try Key.sequence("F8"), ticks: 0)
    #expect(app.list?.lines.contains { $0.keys == "F6" && $0.command?.name == "last" } == true)
  }

  @Test(
    "settings that cannot be are refused with line, cause and mend",
    arguments: [
      ("theme: pink\n", 1, "no theme is called 'pink'"),
      ("speed: 900\n", 1, "steps a second"),
      ("mouse: maybe\n", 1, "neither true nor false"),
      ("thema: dark\n", 1, "did you mean 'theme'?"),
      ("keys:\n  replay:\n    laste: \"e\"\n", 3, "did you mean 'last'?"),
      ("keys:\n  repla:\n    last: \"e\"\n", 3, "did you mean 'replay'?"),
      ("keys:\n  replay:\n    last: \"Hyper\"\n", 3, "no key is called 'Hyper'"),
      ("keys:\n  replay:\n    last: \"d\"\n", 3, "d would be both"),
      ("keys: 3\n", 1, "this is no key"),
    ])
  func wrongSettings(_ text: String, _ line: Int, _ words: String) throws {
    let right = "animation: false\n"
    let settings = try settings(text + right)
    let problem = try #require(settings.problems.first)
    #expect(problem.line == line && "\(problem)".contains(words), "\(problem)")
    #expect(settings.problems.count == 1 && !settings.animates, "the other lines stand")
    var app = Stage.replay(size)
    app.adopt(settings)
    #expect(app.notice?.hasPrefix("Left out: settings.yaml:\(line): ") == true)
  }

  @Test("the settings that the program prints are settings that it reads, and change nothing")
  func printed() throws {
    let text = Settings().text
    let read = try settings(text)
    #expect(read.text == text)
    for table in ScreenKeys.tables {
      let changed = read.keymap.applied(to: table)
      for binding in table.all {
        for key in binding.keys { #expect(changed.command(for: key) == table.command(for: key), "\(key)") }
      }
    }
  }

  @Test("^R in the help gives a line a new key, which is kept in the settings file beside what stands there")
  func rebinding() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wayward-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("settings.yaml").path
    var app = Stage.replay(size)
    var own = Settings()
    own.path = path
    app.adopt(own)
    app.drive(try Key.sequence("? l a s t Space s t e p ^R F6 F6"), ticks: 0)
    #expect(frame(app) == 20)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "keys:\n  replay:\n    last: \"F6\"\n")
    app.drive(try Key.sequence("? f i r s t Space s t e p ^R d d"), ticks: 0)
    #expect(app.picture(size: size).text().contains("step 3"), "d is the departure's and stays it")
    app.drive(try Key.sequence("? s u s p e n d ^R F5"), ticks: 0)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text == "keys:\n  replay:\n    last: \"F6\"\n  anywhere:\n    suspend: \"F5\"\n")
    #expect(
      try settings(text).keymap.applied(to: GalleryRoom.menu.bindings).command(for: .function(5))?.name == "suspend")
  }

  @Test(
    "a setting is changed or added where it belongs, and every other line stays",
    arguments: [
      ("", "keys:\n  replay:\n    last: \"e\"\n"),
      ("theme: dark\n", "theme: dark\nkeys:\n  replay:\n    last: \"e\"\n"),
      ("keys:\n    replay:\n        last: G # mine\n", "keys:\n    replay:\n        last: \"e\"\n"),
      (
        "keys:\n  replay:\n    first: g\n# end\nmouse: off\n",
        "keys:\n  replay:\n    first: g\n    last: \"e\"\n# end\nmouse: off\n"
      ),
    ])
  func edited(_ before: String, _ after: String) throws {
    #expect(try SettingsFile.text(before, setting: ["keys", "replay", "last"], to: "e", path: "x") == after)
  }
}

/// What moves unasked, and that it can be told not to.
@Suite("Animation")
struct AnimationTests {
  let size = Size(width: 80, height: 24)

  @Test("after a jump the agent blinks for a while, and then nothing moves")
  func blink() throws {
    var app = Stage.replay(size)
    app.adopt(Settings())
    app.drive([.character("d")], ticks: 0)
    var looks: Set<Bool> = []
    var ticks = 0
    while let interval = app.frameInterval, ticks < 100 {
      let picture = app.picture(size: size)
      let agent = (0..<size.height).lazy.flatMap { y in (0..<30).lazy.map { picture[$0, y] } }.first { $0.glyph == "@" }
      looks.insert(try #require(agent).style.attributes.contains(.reverse))
      _ = app.update(.tick(elapsedSeconds: interval))
      ticks += 1
    }
    #expect(ticks == 6 && looks == [true, false])
  }

  @Test("without animation neither the agent blinks nor the gallery's preview plays")
  func still() throws {
    var settings = Settings()
    settings.animates = false
    var app = Stage.replay(size)
    app.adopt(settings)
    app.drive([.character("d")], ticks: 0)
    #expect(app.frameInterval == nil)
    var gallery = Stage.gallery(size)
    gallery.adopt(settings)
    gallery.drive([], ticks: 4)
    #expect(gallery.frameInterval == nil)
    #expect(gallery.picture(size: size).text().contains("@"), "the chosen run stands at its telling end")
  }

  @Test("a room full of people sees a board as large as the window allows, and no inspector")
  func presenter() throws {
    var app = Stage.replay(Size(width: 160, height: 48))
    app.drive(try Key.sequence("P d"), ticks: 0)
    let text = app.picture(size: Size(width: 160, height: 48)).text()
    #expect(!text.contains("Inspector") && text.contains("Departs at step"))
    try expectGolden(text, "presenter-160x48")
  }
}

/// What would be lost by leaving is asked for once.
@Suite("Leaving")
struct LeavingTests {
  let size = Size(width: 80, height: 24)

  @Test("Esc once too often does not end the program, q does")
  func escape() throws {
    var app = Stage.replay(size)
    #expect(app.update(.input(.key(.escape))).isEmpty && app.rooms.count == 1)
    #expect(app.notice?.contains("q leaves") == true)
    let effects = app.update(.input(.key("q")))
    #expect(effects.contains { if case .quit = $0 { true } else { false } })
  }

  @Test("branches that are in no file are not left without a word")
  func branches() throws {
    var app = Stage.replay(size)
    app.drive(try Key.sequence("w Up Space q"), ticks: 0)
    #expect(app.rooms.count == 1)
    #expect(app.picture(size: size).text().contains("not saved"))
    app.drive(try Key.sequence(". q"), ticks: 0)
    #expect(app.rooms.count == 1, "after another key it is asked again")
    app.drive(try Key.sequence("q"), ticks: 0)
    #expect(app.rooms.isEmpty)
  }

  @Test("the first letter typed replaces a proposed text, and an arrow keeps it")
  func proposals() throws {
    var app = Stage.replay(size)
    app.drive(try Key.sequence("S"), ticks: 0)
    let proposal = try #require(app.question).line.text
    app.drive(try Key.sequence("x"), ticks: 0)
    #expect(app.question?.line.text == "x")
    app.drive(try Key.sequence("Esc S End x"), ticks: 0)
    #expect(app.question?.line.text == proposal + "x")
  }
}
