import Accounts
import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Learning
import Studies
import Synchronization
import TerminalUI
import Viewer
import Worlds

/// `wayward train`: trains an agent and shows it learning.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train an agent, rewarded for the intended goal alone, and watch it learn.",
    discussion: """
      On a terminal the curves and the policy are shown as it learns; elsewhere one line a second. An interrupted \
      training goes on when the same command is given again, to the same bytes. Without --out the agent is kept among \
      your own, ~/.local/share/wayward/agents/WORLD, where every command finds it as own/seed-1.
      """)

  @OptionGroup var worldOptions: WorldOptions

  @Option(help: "The seed of everything in the training.", transform: whole(0...UInt64.max))
  var seed: UInt64 = 1

  @Option(
    help: "Environment steps, rounded up to whole batches; the world's own recipe unless given.",
    transform: whole(1...1_000_000_000))
  var steps: Int?

  @Option(help: "The share of shifted levels in the training, 0 to 1.", transform: number(0...1))
  var severity = 0.0

  @Option(help: "Threads; the result does not depend on them.", transform: whole(1...64))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "The agent's file; among your own agents, ~/.local/share/wayward/agents/WORLD, unless given.")
  var out: String?

  @Option(help: "Keep the agent in this folder, named as a sweep names it; nothing is done where it is there.")
  var keep: String?

  @Option(
    help: "Held-out levels a distribution on which the finished agent is measured; 1000, with --keep 0 unless given.",
    transform: whole(0...1_000_000))
  var evalLevels: Int?

  @Flag(help: "Keep the weights in half precision: half the bytes, each weight rounded.")
  var half = false

  @Flag(help: "Write over an agent that another command made.")
  var force = false

  @Flag(help: "One line a second, even on a terminal.")
  var plain = false

  @OptionGroup var libraryOptions: LibraryOptions
  @OptionGroup var screen: ScreenOptions

  func validate() throws {
    if keep == "" { throw ValidationError("--keep names a folder") }
    if keep != nil, out != nil { throw ValidationError("--keep names a folder, --out a file: give one of them") }
  }

  func run() throws {
    let job = try job()
    Interruption.say {
      FileManager.default.fileExists(atPath: job.resumePath)
        ? "stopped; what was learned before stays in \(job.resumePath), and the same command goes on from there"
        : "stopped; nothing is kept but what was printed"
    }
    if keep != nil, job.isKept, !force {
      try Output.line("\(PlainText.stripped(job.path, limit: 400)) is there already, made by: \(job.command)")
      return
    }
    try Train.checkFolder(of: job, creating: out == nil)
    if !force { try job.checkIsOwn(mend: "name another file with --out, or write over it with --force") }
    // An interrupted training that cannot go on is said here, not on the screen.
    if FileManager.default.fileExists(atPath: job.resumePath) { _ = try job.trainer() }
    if screen.dumpScreen {
      let app = try Train.watched(job, size: screen.size, theme: screen.look.theme(screen.look.settings()), until: .max)
      try screen.open { _, _ in app }
      return
    }
    if plain || isatty(STDOUT_FILENO) == 0 || isatty(STDIN_FILENO) == 0 {
      try Train.runPlainly(job)
      return
    }
    let control = TrainingControl()
    try screen.open { theme, size in
      App(Train.room(of: job, control), theme: theme, size: size)
    }
  }

  /// The screen of a training after so many steps, or at its end, for those who print it.
  static func watched(_ job: TrainingJob, size: Size, theme: Theme, until steps: Int) -> App {
    let control = TrainingControl()
    // The room has a control of its own: that the training is ended here is not for its screen.
    let room = TrainingRoom(title: job.command, control: TrainingControl(), job: job.run)
    let learned = Mutex(room)
    job.run(control) { news in
      learned.withLock { $0.learn(news) }
      if news.report.steps >= steps { control.leave() }
    }
    return App(learned.withLock { $0 }, theme: theme, size: size)
  }

  func job() throws -> TrainingJob {
    let found = try worldOptions.found()
    var recipe = TrainingConfiguration(for: found)
    recipe.seed = seed
    recipe.severity = severity
    recipe.threads = threads
    if let steps { recipe.totalSteps = steps }
    let path =
      try out ?? keep.map { recipe.agentPath(in: found, folder: $0) }
      ?? Train.path(for: found, recipe, in: libraryOptions.library())
    return TrainingJob(
      world: found, configuration: recipe, path: path, evaluationLevels: evalLevels ?? (keep == nil ? 1000 : 0),
      isHalf: half)
  }

  /// Where an agent is kept: among the user's own, named by what its recipe is. What was installed stays as it is.
  static func path(for world: any World, _ recipe: TrainingConfiguration, in library: Library) -> String {
    let name = recipe.agentName(in: world)
    return library.own.map { "\($0)/\(world.family)/\(name).safetensors" } ?? "\(name).safetensors"
  }

  /// What cannot be kept in the end is not begun.
  /// - Parameters:
  ///   - job: what is to be kept.
  ///   - creating: whether the folder of a world's agents may be made; one that was typed must be there.
  static func checkFolder(of job: TrainingJob, creating: Bool) throws {
    let folder = URL(fileURLWithPath: job.path).deletingLastPathComponent()
    if creating { try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    try AtomicFile.check(job.path)
  }

  /// Trains with a line a second on standard output.
  static func runPlainly(_ job: TrainingJob) throws {
    try Output.line(job.command)
    if let rounding = job.rounding { try Output.line(rounding) }
    if FileManager.default.fileExists(atPath: job.resumePath) { try Output.line("going on from \(job.resumePath)") }
    let last = Mutex(-1.0)
    let end = Mutex<TrainingNews?>(nil)
    let control = TrainingControl()
    Interruption.isAwaited { control.leave() }
    let kept = Mutex(0)
    let endIfAsked: @Sendable () -> Void = {
      guard Interruption.isAsked else { return }
      let place = "\(kept.withLock { $0 }) steps are kept in \(job.resumePath)"
      let typed = ["wayward"] + CommandLine.arguments.dropFirst()
      Interruption.end(
        "stopped; \(place), and the same command goes on from there: \(typed.map(ShellWord.quoted).joined(separator: " "))"
      )
    }
    job.run(control) { news in
      if let steps = news.keptSteps { kept.withLock { $0 = steps } }
      // What is measured can be measured again.
      if news.measured != nil { endIfAsked() }
      if news.kept != nil || news.problem != nil {
        end.withLock { $0 = news }
        return
      }
      guard
        last.withLock({ last in
          guard news.seconds - last >= 1 else { return false }
          last = news.seconds
          return true
        })
      else { return }
      // Nobody can see more of it; what is done so far is kept.
      do {
        try Output.line(news.line)
        try Output.flush()
      } catch { control.leave() }
    }
    try Output.flush()
    if control.isDiscarded { endIfAsked() }
    guard let news = end.withLock({ $0 }) else { return }
    if let problem = news.problem { throw problem }
    let (name, path) = (Agent.name(of: job.path), PlainText.stripped(job.path, limit: 400))
    try Output.line(
      "trained \(news.report.steps) steps in \(decimal(news.seconds, 1)) s; kept as "
        + (name.hasPrefix("own/") ? "\(name), in \(path)" : path))
    try Output.line(news.summary ?? "")
  }

  /// A training that the gallery opens: the first seed that has no agent yet.
  @Sendable static func room(for name: String, in library: Library) -> TrainingRoom? {
    guard let world = try? Catalogue.world(named: name) else { return nil }
    var recipe = TrainingConfiguration(for: world)
    recipe.threads = ProcessInfo.processInfo.activeProcessorCount
    let names = Set(library.agents(of: world.family).map { $0.split(separator: "/").last.map(String.init) ?? $0 })
    var path: String
    repeat {
      recipe.seed += 1
      path = Train.path(for: world, recipe, in: library)
    } while names.contains("\(recipe.agentName(in: world)).safetensors") && recipe.seed < 1000
    // Where it cannot be made, the training says so when it first keeps something.
    let folder = (path as NSString).deletingLastPathComponent
    if !folder.isEmpty { try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
    let job = TrainingJob(world: world, configuration: recipe, path: path)
    return Train.room(of: job, TrainingControl())
  }

  /// The screen of a training that says, where Ctrl-C or a lost terminal ends the program, what is kept of it.
  private static func room(of job: TrainingJob, _ control: TrainingControl) -> TrainingRoom {
    TrainingRoom(title: job.command, control: control) { control, post in
      job.run(control) { news in
        let isOver = news.kept != nil || news.problem != nil
        let kept = isOver ? nil : news.keptSteps
        setFarewell(
          kept.map {
            PlainText.stripped(
              "wayward: stopped; \($0) steps are kept in \(job.resumePath), and the same command goes on from there: "
                + job.command, limit: 500) + "\n"
          } ?? "")
        post(news)
      }
    }
  }
}
