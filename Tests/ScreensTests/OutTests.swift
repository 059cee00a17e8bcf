import Accounts
import Archive
import Foundation
import Gridworlds
import Inference
import Planning
import Studies
import Synchronization
import TerminalUI
import Testing
import Workshop
import Worlds

@testable import Viewer

/// Files that exist only in a test.
final class MemoryFiles: Sendable {
  private let files: Mutex<[String: String]>
  init(_ files: [String: String] = [:]) { self.files = Mutex(files) }
  subscript(path: String) -> String? { files.withLock { $0[path] } }
  var names: [String] { files.withLock { $0.keys.sorted() } }

  var outlet: Outlet {
    Outlet(
      exists: { self[$0] != nil },
      write: { text, path in
        if path.hasPrefix("/full/") {
          return FileProblem(path: path, cause: "the disk is full", mend: "make room", kind: .inputOutput)
        }
        self.files.withLock { $0[path] = text }
        return nil
      })
  }
}

@Suite("What leaves the screen")
struct OutTests {
  let size = Size(width: 80, height: 24)

  /// The replay at its departure, with files of its own.
  private func app(_ files: MemoryFiles) throws -> App {
    var app = Stage.replay(size, outlet: files.outlet)
    app.drive([.character("d")])
    return app
  }

  private func press(_ keys: String, _ app: inout App) throws { app.drive(try Key.sequence(keys), ticks: 0) }

  private func type(_ text: String, _ app: inout App) {
    app.drive([.control("u")] + text.map { .character($0) } + [.enter])
  }

  // MARK: Saving

  @Test("the editor proposes a file that is not there yet, and looks for one away from the screen's thread")
  func proposal() throws {
    let files = MemoryFiles(["levels/corner/fork.yaml": "", "levels/corner/fork-2.yaml": ""])
    let room = EditorRoom(
      LevelSketch(Stage.fork, of: Corner()), reference: "corner/fork", path: "levels/corner/fork.yaml", agent: nil
    ) { _, _ in nil }
    var app = App(room, theme: Theme(.dark), size: size, outlet: files.outlet)
    let effects = app.update(.input(.key(.character("S"))))
    #expect(app.question == nil && effects.count == 1)
    for case .work(let work) in effects { _ = app.update(.message(work())) }
    #expect(app.question?.line.text == "levels/corner/fork-3.yaml")
  }

  @Test("branches go where the program's files go, replace one only after y, and stay unsaved where they cannot be")
  func branches() throws {
    let files = MemoryFiles(["test-level-branches.jsonl": "old"])
    var app = Stage.replay(size, outlet: files.outlet)
    func replay() throws -> ReplayRoom { try #require(app.rooms.last as? ReplayRoom) }
    try press("w Up Space B s Enter n", &app)
    #expect(files["test-level-branches.jsonl"] == "old" && files.names.count == 1)
    try press("s", &app)
    type("/full/b.jsonl", &app)
    #expect(try replay().notice?.contains("the disk is full") == true)
    #expect(try replay().branching.isUnsaved && files.names.count == 1)
    try press("s Enter y", &app)
    #expect(try replay().notice == "1 branch and the episode are in test-level-branches.jsonl.")
    #expect(try !replay().branching.isUnsaved)
    let text = try #require(files["test-level-branches.jsonl"])
    #expect(text == (try replay().branching.tree(replay().reel).lines))
  }

  @Test("a level is saved where its file has what is drawn, whatever else happened while it was written")
  func savedMeanwhile() throws {
    let (_, agent) = Stage.run(Corner(), Stage.fork, goal: 1)
    let room = EditorRoom(
      LevelSketch(Stage.fork, of: Corner()), reference: "fork", path: "fork.yaml", agent: agent
    ) { _, _ in nil }
    for (keys, isEdited) in [("R", false), ("k Space", true), ("k Space u", false)] {
      var app = App(room, theme: Theme(.dark), size: size, outlet: MemoryFiles().outlet)
      func sketch() throws -> LevelSketch { try #require(app.rooms.last as? EditorRoom).pad.sketch }
      try press("4 k Space S Enter", &app)
      #expect(try !sketch().isEdited)
      try press("k Space S", &app)
      let effects = app.update(.input(.key(.enter)))
      for case .work(let exists) in effects { _ = app.update(.message(exists())) }
      let writing = app.update(.input(.key("y")))
      try press(keys, &app)
      for case .work(let write) in writing { _ = app.update(.message(write())) }
      #expect(try sketch().isEdited == isEdited, "\(keys)")
    }
  }

  @Test("S proposes a name that says what is shown, and the ending says what is written")
  func saving() throws {
    let files = MemoryFiles()
    var app = try app(files)
    let seen = app.picture(size: size)
    try press("S", &app)
    #expect(app.picture(size: size).text().contains("write to: test-level-step-3.svg"))
    try press("Enter", &app)
    #expect(files.names == ["test-level-step-3.svg"])
    #expect(files["test-level-step-3.svg"] == seen.svg(title: "wayward: test/level", theme: Theme(.dark)))
    #expect(app.picture(size: size).text().contains("Written: test-level-step-3.svg"))
    for (name, text) in [("a.txt", seen.text() + "\n"), ("A.ANS", seen.ansi(depth: .trueColor) + "\n")] {
      try press("S", &app)
      type(name, &app)
      #expect(files[name] == text, "the screen as it was, without the question")
    }
  }

  @Test("a file that is there is written over only after y, and any other key leaves it")
  func overwriting() throws {
    let files = MemoryFiles(["old.txt": "precious"])
    var app = try app(files)
    for answer in ["n", "Esc", "Enter", "q"] {
      try press("S", &app)
      type("old.txt", &app)
      #expect(app.picture(size: size).text().contains("Write over old.txt? y/n"))
      try press(answer, &app)
      #expect(files["old.txt"] == "precious")
      #expect(app.rooms.count == 1, "the key answers and does nothing else")
    }
    try press("S", &app)
    type("old.txt", &app)
    try press("y", &app)
    #expect(files["old.txt"]?.contains("Inspector") == true)
  }

  @Test("what cannot be written is said, and nothing is")
  func problems() throws {
    let files = MemoryFiles()
    var app = try app(files)
    for (name, words) in [("a.png", ".txt, .ans, .svg"), ("noending", ".cast"), ("/full/a.svg", "the disk is full")] {
      try press("S", &app)
      type(name, &app)
      #expect(app.picture(size: size).text().contains(words), "\(name)")
    }
    try press("S Esc", &app)
    #expect(files.names.isEmpty)
    var life = App(
      LifeRoom(TreeLife.Settings(seed: 1), isPaused: true), theme: Theme(.dark), size: size, outlet: files.outlet)
    try press("S", &life)
    #expect(life.picture(size: size).text().contains("life-1-step-0.svg"))
    type("a.cast", &life)
    #expect(life.picture(size: size).text().contains("No episode is shown here"))
  }

  @Test("where the terminal shows ASCII a file of text has ASCII")
  func ascii() throws {
    let files = MemoryFiles()
    var app = try app(files)
    app.glyphs = .ascii
    try press("S", &app)
    type("a.txt", &app)
    #expect(try #require(files["a.txt"]).utf8.allSatisfy { $0 < 0x80 })
  }

  @Test(
    "names of files keep letters and digits only",
    arguments: [
      ("corner/first", "corner-first"), ("corner:shift#42", "corner-shift-42"), ("../../x.yaml", "x"),
      ("\u{1B}[2J/日本", "2J"), ("日本", "screen"), ("", "screen"),
    ])
  func fileNames(_ text: String, _ name: String) { #expect(Moment.plain(text) == name) }

  // MARK: Copying

  @Test("y copies what happens at this step, what the episode shows, and the command that shows it again")
  func copying() throws {
    var app = try app(MemoryFiles())
    let effects = app.update(.input(.key("y")))
    let texts = effects.compactMap { if case .copy(let text) = $0 { text } else { nil } }
    let account = try #require(texts.first)
    let run = try #require((app.rooms.last as? ReplayRoom)?.run)
    let narration = Narration(run)
    #expect(
      account == """
        test/level (drawn here), agent optimal for corner, seed 7: step 3 of 20
        \(Account(run).step(at: 3).joined(separator: " "))
        \(try #require(narration.departure))
        \(narration.ending) \(narration.verdict)
        Again: wayward watch test/level --agent 'optimal for corner' --seed 7 --at 3
        """)
    #expect(app.picture(size: size).text().contains("Sent to the terminal, for its clipboard; y again shows the text."))
    #expect(app.update(.input(.key("y"))).contains { if case .copy = $0 { true } else { false } })
    let shown = app.picture(size: size).text()
    #expect(shown.contains("Again: wayward watch test/level") && shown.contains("OSC 52"))
    app.drive([.escape, "."])
    app.copy(through: .tmux)
    app.drive(["y"])
    #expect(app.picture(size: size).text().contains("Sent to tmux, which needs: set -g set-clipboard on"))
    for route in [ClipboardRoute.terminal, .tmux, .screen] {
      for width in [40, 60, 80] {
        var copying = Copying()
        copying.adopt(route)
        let words = try #require(copying.send("text", key: "y", width: width).words)
        #expect(words.count < width && words.hasPrefix("Sent ") && words.hasSuffix("shows the text."))
      }
    }
    var gallery = Stage.gallery(size)
    gallery.drive([], ticks: 2)
    #expect(gallery.update(.input(.key("y"))).contains { if case .copy = $0 { true } else { false } })
    let frame = (gallery.rooms.last as? GalleryRoom)?.moment?.frame
    gallery.drive([], ticks: 3)
    #expect((gallery.rooms.last as? GalleryRoom)?.moment?.frame != frame, "the preview plays on")
    gallery.drive(["y"], ticks: 0)
    #expect(gallery.picture(size: size).text().contains("OSC 52"), "and y shows what it sent")
    // What closes the text, be it the same key, is between two copies.
    for close in [Key.escape, "y"] {
      gallery.drive([.escape], ticks: 0)
      let texts = ["y", "y", close, "y"].map { (key: Key) -> [String] in
        gallery.drive([], ticks: 3)
        return gallery.update(.input(.key(key))).compactMap { if case .copy(let text) = $0 { text } else { nil } }
      }
      #expect(texts[0] == texts[1] && texts[2].isEmpty && texts[3].count == 1 && texts[3] != texts[0], "\(texts)")
      #expect(!gallery.picture(size: size).text().contains("OSC 52"))
    }
    gallery.drive(try Key.sequence("Esc j y"), ticks: 0)
    #expect(gallery.picture(size: size).text().contains("y again shows the text"))
  }

  @Test("the command of a step names file, variant, moves or greed, so that it shows the same")
  func commands() throws {
    let (corner, agent) = Stage.run(Corner(), Stage.fork, goal: 1)
    #expect(
      Moment(run: corner, frame: 2, agent: nil, source: "wayward replay 'a b.jsonl' --episode 2").command
        == "wayward replay 'a b.jsonl' --episode 2 --at 2")
    #expect(Moment(run: corner, frame: 0, agent: Agent(agent.policy, greedy: true)).opening.hasSuffix("--greedy"))
    let (runner, _) = Stage.run(Coinrun(), Stage.run2D, goal: 1)
    #expect(Moment(run: runner, frame: 0).command.contains("--intended coin"))
    var scene = ReplayRoom.played(Corner(), Stage.fork)
    for action in [0, 0, 1] { _ = scene.play(.act(action)) }
    #expect(scene.moment?.command == "wayward play test/level --keys 'Up Up Left'")
  }

  // MARK: Recordings

  /// The outputs and markers of a recording, each with its time in milliseconds.
  private func parts(_ cast: Asciicast) -> (outputs: [(Int, String)], markers: [(Int, String)]) {
    var (outputs, markers): ([(Int, String)], [(Int, String)]) = ([], [])
    for event in cast.events {
      switch event.kind {
      case .output(let text): outputs.append((event.milliseconds, text))
      case .marker(let label): markers.append((event.milliseconds, label))
      case .resize: Issue.record("nothing changes its size here")
      }
    }
    return (outputs, markers)
  }

  @Test("a terminal that plays a recording shows each frame as the screen does", arguments: Theme.Name.allCases)
  func recording(_ theme: Theme.Name) throws {
    for keys in ["g", "c x", "z i"] {
      var app = Stage.replay(size, theme: theme)
      try press(keys, &app)
      let cast = try #require(app.asciicast(CastSettings()))
      let outputs = parts(cast).outputs
      var scene = try #require(app.rooms.last as? ReplayRoom)
      #expect(outputs.count == scene.last + 2, "a frame each, and the end")
      var terminal = VirtualTerminal(size: size)
      for frame in 0...scene.last {
        terminal.feed(outputs[frame].1)
        scene.pose(at: frame, isPlaying: frame < scene.last)
        let wanted = App(scene, theme: Theme(theme), size: size).picture(size: size)
        #expect(terminal.difference(from: wanted) == nil, "frame \(frame) after \(keys)")
      }
      #expect(terminal.faults.isEmpty)
      terminal.feed(outputs[scene.last + 1].1)
      #expect(terminal.isCursorVisible)
      let bytes = outputs.dropFirst().map(\.1.utf8.count).reduce(0, +)
      #expect(bytes < outputs[0].1.utf8.count * scene.last * 2 / 3, "only what changes is written")
    }
  }

  @Test("markers stand where things happen, at the time at which they are seen, and the picture rests there")
  func markers() throws {
    let app = Stage.replay(size)
    var settings = CastSettings()
    (settings.stepsPerSecond, settings.hold) = (10, 2)
    let cast = try #require(app.asciicast(settings))
    let run = try #require((app.rooms.last as? ReplayRoom)?.run)
    let happenings = try #require(run.analysis?.happenings)
    #expect(happenings.count > 3)
    let (outputs, markers) = parts(cast)
    #expect(markers.map(\.1) == happenings.map { "step \($0.frame): \($0.kind.words(in: run))" })
    let frames = Set(happenings.map(\.frame))
    for (marker, happening) in zip(markers, happenings) {
      // Each frame before took a tenth of a second, and two more where something happened.
      let held = frames.filter { $0 < happening.frame }.count
      #expect(marker.0 == happening.frame * 100 + held * 2000)
      #expect(outputs[happening.frame].0 == marker.0, "a marker shows the frame that it names")
    }
    #expect(markers.map(\.1).contains("step 3: departure"))
  }

  @Test("a part of an episode, and another size, are recorded as asked; frames beyond the end are not there")
  func parts() throws {
    var settings = CastSettings()
    settings.frames = 3...999
    settings.size = Size(width: 60, height: 16)
    let cast = try #require(Stage.replay(size).asciicast(settings))
    #expect((cast.width, cast.height) == (60, 16))
    #expect(parts(cast).outputs.count == 20 - 3 + 2)
    #expect(parts(cast).outputs[0].1.contains("step 3/20"))
    #expect(parts(cast).markers.first?.1 == "step 3: must choose")
    var life = App(LifeRoom(TreeLife.Settings(seed: 1), isPaused: true), theme: Theme(.dark), size: size)
    #expect(life.asciicast(settings) == nil)
    life.drive([])
  }

  @Test("the gallery exports the episode that is chosen")
  func gallery() throws {
    let files = MemoryFiles()
    var app = Stage.gallery(size, outlet: files.outlet)
    app.drive([], ticks: 2)
    try press("S", &app)
    #expect(app.picture(size: size).text().contains("gallery-corner.svg"))
    type("a.cast", &app)
    let lines = try #require(files["a.cast"]).split(separator: "\n")
    #expect(lines[0].contains(#""title":"test/level: undecided""#))
    #expect(lines.contains { $0.contains(#""m","step 3: departure""#) })
  }

  @Test("a pasted name reaches the question, and its line breaks do not")
  func pasting() throws {
    let files = MemoryFiles()
    var app = try app(files)
    try press("S ^U", &app)
    _ = app.update(.input(.paste("pasted\n.txt")))
    try press("Enter", &app)
    #expect(files.names == ["pasted.txt"])
  }

  @Test("the question of a file at every size", arguments: GoldenScreens.sizes.prefix(4))
  func golden(_ size: Size) throws {
    var app = Stage.replay(size)
    app.drive(try Key.sequence("d S"))
    try expectGolden(app.picture(size: size).text(), "export-\(size.width)x\(size.height)")
  }
}
