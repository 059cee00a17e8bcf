import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Learning
import Studies
import TerminalUI
import Viewer
import Worlds

/// `wayward snapshot`: one screen without a terminal.
struct Snapshot: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print any screen without a terminal, as text, with colours, or as SVG.",
    discussion: """
      What is shown: a LEVEL or a FILE of episodes (.jsonl), in the replay; or a screen by its name: gallery; play LEVEL; \
      train WORLD, after --at environment steps; live, after --at steps; help [LEVEL], about [LEVEL]. Keys come last, so \
      that they reach whatever can be opened from there: wayward snapshot gallery --keys "Tab Enter d".
      """)

  /// The screens that have a name; anything else is a level or a file.
  enum Named: String, CaseIterable { case gallery, play, train, live, help, about }

  @Argument(help: "A level, a file of episodes (.jsonl), or a screen: gallery, play, train, live, help, about.")
  var source: String

  @Argument(help: "The level or the world of a screen that needs one.")
  var subject: String?

  @OptionGroup var agentOptions: AgentOptions

  @OptionGroup var subjectOptions: SubjectOptions

  @Option(help: "A step, or departure; of a training or a life, how many steps it has behind it.")
  var at: String?

  @Option(help: "Which episode of a file, from 1; the first unless given.", transform: whole(1...Int.max))
  var episode: Int?

  @Option(help: "Frames of animation before the keys.", transform: whole(0...100_000))
  var ticks = 2

  @Option(help: "The size of the screen, columns x rows.")
  var size = Size(width: 80, height: 24)

  @Option(help: "text, ansi or svg.")
  var format = PictureFormat.text

  @Option(help: "Keys to press first, by name: \"Space , , d q\".")
  var keys: String?

  @Option(help: "dark, light, projector, contrast or mono.")
  var theme = Theme.Name.dark

  @OptionGroup var characters: GlyphOptions

  @OptionGroup var outOptions: OutOptions

  func validate() throws {
    try size.check()
    if let subject, Named(rawValue: source) == nil {
      let names = Named.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("'\(subject)' is one word too many: only a screen has a second one: \(names)")
    }
  }

  func run() throws {
    let library = try subjectOptions.library()
    try outOptions.collect(from: inputs(in: library)) { try show(library) }
  }

  /// The files that are read for the screen.
  private func inputs(in library: Library) throws -> [String] {
    switch Named(rawValue: source) {
    case .gallery: return library.families.flatMap { library.levels(of: $0).map(\.path) + library.agents(of: $0) }
    case .play: return try library.inputs(required("LEVEL"))
    case .train, .live: return []
    case .help, .about: return try inputs(of: anyLevel(library), in: library)
    case nil: return try inputs(of: source, in: library)
    }
  }

  private func inputs(of level: String, in library: Library) throws -> [String] {
    let files = try library.inputs(level)
    // What can be read once only is not read here.
    guard files.allSatisfy(ContentHash.canRead) else { return files }
    switch try subjectOptions.subject(level, in: library) {
    case .episodes(let index, _): return files + index.comparedFiles
    case .level(let world, _, _):
      let variant = try subjectOptions.variant.applied(to: world)
      return try files + [library.agentPath(agentOptions.agent, for: variant)]
    }
  }

  private func show(_ library: Library) throws {
    let pressed = try LookOptions.pressed(keys)
    var app = try app(library)
    app.drive(pressed, ticks: ticks)
    try app.write(as: format, size: size, characters)
  }

  private func app(_ library: Library) throws -> App {
    switch Named(rawValue: source) {
    case .gallery:
      let gallery = GalleryRoom(GallerySource(library)) { Train.room(for: $0, in: library) }
      return App(gallery, theme: Theme(theme), size: size)
    case .play:
      let (world, level) = try subjectOptions.level(required("LEVEL"), in: library)
      return App(ReplayRoom.played(world, level), theme: Theme(theme), size: size)
    case .train: return try training()
    case .live:
      let life = LifeRoom(
        TreeLife.Settings(seed: agentOptions.seed), at: try number(upTo: 1_000_000_000), isPaused: true)
      return App(life, theme: Theme(theme), size: size)
    case .help: return try replay(of: try anyLevel(library), library, then: "?")
    case .about: return try replay(of: try anyLevel(library), library, then: "A")
    case nil: return try replay(of: known(source, in: library), library, then: nil)
    }
  }

  /// A level or a file in the replay, at the step that was asked for.
  private func replay(of source: String, _ library: Library, then last: Character?) throws -> App {
    var room: ReplayRoom
    let subject = try subjectOptions.subject(source, in: library)
    if case .episodes(let index, let named) = subject {
      room = try Replay.room(of: index, episode: Replay.number(named, episode, of: source) ?? 0)
    } else {
      let (world, level) = try subjectOptions.variant.applied(to: subject.level(world: Catalogue.world))
      let agent = try agentOptions.agent(for: world, in: library)
      let known = AgentProfile.known(agent, in: world, threads: 2)
      room = ReplayRoom(known.run(world, level), agent: known)
    }
    try PlaceOptions.begin(&room, at: at)
    var app = App(room, theme: Theme(theme), size: size)
    if let last { app.drive([.character(last)]) }
    return app
  }

  /// A training that goes so far and is then forgotten.
  private func training() throws -> App {
    let world = try subjectOptions.variant.found(try required("WORLD"))
    var recipe = TrainingConfiguration(for: world)
    recipe.seed = agentOptions.seed
    let steps = at == nil ? 50_000 : try number(upTo: 100_000_000)
    return try Interruption.withTemporaryFolder("wayward") { folder in
      let job = TrainingJob(
        world: world, configuration: recipe, path: folder + "/agent.safetensors", evaluationLevels: 0)
      return Train.watched(job, size: size, theme: Theme(theme), until: steps)
    }
  }

  private func required(_ what: String) throws -> String {
    guard let subject else { throw ValidationError("wayward snapshot \(source) needs a \(what)") }
    return subject
  }

  private func number(upTo most: Int) throws -> Int {
    guard let at else { return 0 }
    guard let steps = Int(at), (0...most).contains(steps) else {
      throw ValidationError("--at is from 0 to \(most) here")
    }
    return steps
  }

  /// A level or a file; a word that is neither may have been meant as a screen's name.
  private func known(_ source: String, in library: Library) throws -> String {
    guard try FileReference(source) == nil, !source.contains(where: { "/:".contains($0) }) else { return source }
    throw FileProblem.unknown("screen and no level", source, among: Named.allCases.map(\.rawValue))
  }

  /// The level that was named, or the first one there is.
  private func anyLevel(_ library: Library) throws -> String {
    if let subject { return subject }
    let all = library.families.lazy.flatMap { library.levels(of: $0) }
    // The one with which the gallery opens.
    guard let first = all.first(where: { $0.reference == "\(Catalogue.families[0].name)/first" }) ?? all.first else {
      return try required("LEVEL")
    }
    return first.reference
  }
}
