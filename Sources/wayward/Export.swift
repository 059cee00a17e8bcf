import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Studies
import TerminalUI
import Viewer
import Worlds

/// `wayward export`: an episode as a recording of a terminal.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write an episode as an asciicast, with a marker wherever something happens.",
    discussion: """
      asciinema plays it (asciinema play first.cast), agg turns it into a GIF, its player shows it in a page and jumps \
      from marker to marker. Only what changes from one frame to the next is written. --cast auto is version 2, which \
      every tool reads; version 3 needs asciinema 3. The same command gives the same bytes.
      """)

  enum Cast: String, ExpressibleByArgument, CaseIterable {
    case v2, v3, auto

    var version: Asciicast.Version { self == .v3 ? .v3 : .v2 }
  }

  @Argument(help: "A level, or a file of episodes (.jsonl).")
  var source: String

  @Option(name: [.customShort("o"), .long], help: "The file to write; - is standard output.")
  var out: String

  @Flag(help: "Write over a file that is there.")
  var force = false

  @Option(help: "The version of the format: v2, v3 or auto.")
  var cast = Cast.auto

  @Option(help: "Steps a second, 0.1 to 60.", transform: number(0.1...60))
  var speed = 4.0

  @Option(help: "Seconds for which an event stays on the screen, so that it can be read.", transform: number(0...60))
  var hold = 1.0

  @Option(help: "Seconds to which players may shorten a pause.", transform: number(0.1...3600))
  var idle: Double?

  @Option(help: "The first step.", transform: whole(0...Int.max))
  var from = 0

  @Option(help: "The last step; the episode's unless given.", transform: whole(0...Int.max))
  var to: Int?

  @Option(help: "Which episode of a file, from 1; the first unless given.", transform: whole(1...Int.max))
  var episode: Int?

  @Option(help: "The size of the screen, columns x rows.")
  var size = Size(width: 80, height: 24)

  @Option(help: "Keys to press first, by name: \"x\" for the way to the proxy, \"c\" to compare.")
  var keys: String?

  @Option(help: "dark, light, projector, contrast or mono.")
  var theme = Theme.Name.dark

  @OptionGroup var agentOptions: AgentOptions
  @OptionGroup var subjectOptions: SubjectOptions
  @OptionGroup var characters: GlyphOptions

  func validate() throws {
    if out != "-", !out.hasSuffix(".cast") { throw ValidationError("--out ends in .cast, or is - for standard output") }
    if let to, to < from { throw ValidationError("--to is not before --from") }
    try size.check()
  }

  func run() throws {
    if out != "-", !force, AtomicFile.isTaken(out) {
      throw FileProblem(
        path: out, cause: "it is there already", mend: "name another file, or write over it with --force",
        kind: .inputOutput)
    }
    if out != "-" { try AtomicFile.check(out) }
    let pressed = try LookOptions.pressed(keys)
    let (room, isFile) = try room()
    let last = room.run.episode.steps.count
    guard from <= last else { throw ValidationError("--from is at most \(last), where the episode ends") }
    var app = App(room, theme: Theme(theme), size: size)
    app.drive(pressed)
    var settings = CastSettings()
    (settings.size, settings.stepsPerSecond, settings.hold, settings.idleLimit) = (size, speed, hold, idle)
    settings.frames = to.map { from...$0 } ?? from...Int.max
    settings.glyphs = characters.glyphsOfFile
    guard let cast = app.asciicast(settings) else {
      throw ValidationError("the keys lead away from the replay, and only an episode can be exported")
    }
    let data = Data(cast.text(self.cast.version).utf8)
    if out == "-" {
      try Output.write(data)
    } else {
      try AtomicFile.write(data, to: out)
      let markers = cast.events.filter { if case .marker = $0.kind { true } else { false } }.count
      Wayward.complain(
        "\(out): \(decimal(Double(cast.duration) / 1000, 1)) seconds, \(markers) markers, \(data.count) bytes"
          + (isFile ? "" : ", agent \(room.run.episode.agent)"))
    }
  }

  private func room() throws -> (ReplayRoom, isFile: Bool) {
    let library = try subjectOptions.library()
    let subject = try subjectOptions.subject(source, in: library)
    if case .episodes(let index, let named) = subject {
      return (try Replay.room(of: index, episode: Replay.number(named, episode, of: source) ?? 0), true)
    }
    let (world, level) = try subjectOptions.variant.applied(to: subject.level(world: Catalogue.world))
    let agent = try agentOptions.agent(for: world, in: library)
    let known = AgentProfile.known(agent, in: world, threads: 2)
    return (ReplayRoom(known.run(world, level), agent: known), false)
  }
}
