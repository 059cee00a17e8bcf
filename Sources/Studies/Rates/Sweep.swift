import Archive
import Foundation
import Gridworlds
import Learning

/// A study: agents trained at several severities from several seeds, each measured on held-out mixtures of levels.
public struct SweepPlan: Sendable {
  /// The rules.
  public let world: any World
  /// The recipe of every agent; severity and seed are replaced.
  public let recipe: TrainingConfiguration
  /// The shares of shifted levels in training, `0...1`.
  public let severities: [Double]
  /// Agents at each severity; their seeds are 1, 2, ….
  public let seeds: Int
  /// The shares of shifted levels in the held-out mixtures, `0...1`; 0 and 1 are the two splits.
  public let mixtures: [Double]
  /// Held-out levels of each mixture.
  public let levels: Int
  /// Where finished agents are kept; `nil` where they are not.
  public let folder: String?

  /// A study. Severities and mixtures are put in order.
  public init(
    world: any World, recipe: TrainingConfiguration, severities: [Double], seeds: Int, mixtures: [Double] = [0, 1],
    levels: Int, folder: String? = nil
  ) {
    self.world = world
    self.recipe = recipe
    self.severities = severities.sorted()
    self.seeds = seeds
    self.mixtures = mixtures.sorted()
    self.levels = levels
    self.folder = folder
  }

  /// How a study stands.
  public struct Progress: Sendable {
    /// The agent at work, from 1.
    public var agent: Int
    /// Agents in all.
    public var agents: Int
    /// Its severity.
    public var severity: Double
    /// Its seed.
    public var seed: UInt64
    /// Whether it is being measured; else it is in training.
    public var isMeasuring = false
    /// Steps of work done here; what was kept from before does not count.
    public var done: Int
    /// Steps of work in all.
    public var total: Int
  }

  /// About as many steps of training as take the time of measuring one level.
  private static let stepsPerLevel = 150

  /// Every agent's training, the severities in order and the seeds of each.
  public var jobs: [TrainingJob] {
    severities.flatMap { severity in
      (0..<seeds).map { index in
        var recipe = recipe
        recipe.severity = severity
        recipe.seed = UInt64(index + 1)
        let path = recipe.agentPath(in: world, folder: folder ?? ".")
        return TrainingJob(world: world, configuration: recipe, path: path, evaluationLevels: 0)
      }
    }
  }

  /// What could not be kept in the end, or would write over other work, is said before anything is begun.
  public func check() throws(FileProblem) {
    guard let folder else { return }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw FileProblem(
        path: folder, cause: "this folder is not there and cannot be made", mend: "name another with --keep",
        kind: .inputOutput)
    }
    for job in jobs {
      try AtomicFile.check(job.path)
      try job.checkIsOwn(mend: "name another folder with --keep")
      if !isKept(job), FileManager.default.fileExists(atPath: job.resumePath) { _ = try job.trainer() }
    }
  }

  /// The agents that are not there yet, so that nothing could be measured without a training.
  public var missing: [FileProblem] {
    jobs.filter { !isKept($0) }.map(lack)
  }

  /// Why an agent cannot be measured that is not there as it should be.
  private func lack(of job: TrainingJob) -> FileProblem {
    let isBegun = FileManager.default.fileExists(atPath: job.resumePath)
    let isThere = FileManager.default.fileExists(atPath: job.path)
    if isThere {
      // What is damaged is nobody else's.
      do throws(FileProblem) { _ = try Checkpoint.read(job.path) } catch { return error }
    }
    return FileProblem(
      path: job.path,
      cause: isThere
        ? "it is not what '\(job.command)' makes"
        : isBegun ? "the training of this agent is not finished" : "there is no such agent",
      mend: isThere
        ? "name another folder with --keep"
        : "run its line of the plan: \(job.command) --keep \(ShellWord.quoted(folder ?? "."))")
  }

  /// Trains what is not there yet and measures all.
  ///
  /// One agent is trained at a time, by all of the recipe's threads; the result does not depend on how many these are.
  /// - Parameters:
  ///   - control: may end it after an update of a training, whose progress is then kept where agents are.
  ///   - trains: whether what is not there is trained; else it is a problem, even of an agent that has just gone.
  ///   - progress: called now and then, from any thread.
  /// - Returns: `nil` where it was ended.
  public func run(
    _ control: TrainingControl = TrainingControl(), trains: Bool = true,
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) throws(FileProblem) -> SweepResult? {
    let (jobs, steps) = (jobs, recipe.updates * recipe.stepsPerUpdate)
    let measuring = levels * SweepPlan.stepsPerLevel
    let missing = jobs.filter { !isKept($0) }.count
    var state = Progress(
      agent: 0, agents: jobs.count, severity: 0, seed: 0, done: 0, total: missing * steps + jobs.count * measuring)
    var (cells, measured): ([SweepCell], [[[Outcome]]]) = ([], [])
    for job in jobs {
      state.agent += 1
      (state.severity, state.seed) = (job.configuration.severity, job.configuration.seed)
      state.isMeasuring = false
      if !trains, !isKept(job) { throw lack(of: job) }
      let agent = try agent(of: job, control) { steps in
        state.done += steps
        progress(state)
      }
      guard let agent else { return nil }
      state.isMeasuring = true
      let standing = state
      measured.append(
        Outcome.measured(agent, in: world, mixtures: mixtures, levels: levels, threads: recipe.threads) { done in
          var now = standing
          now.done += done * SweepPlan.stepsPerLevel
          progress(now)
        })
      state.done += measuring
      // Level by level no more is held than the seeds of one severity need.
      guard measured.count == seeds else { continue }
      cells += mixtures.enumerated().map { column, mixture in
        SweepCell(severity: state.severity, mixture: mixture, outcomes: measured.map { $0[column] })
      }
      measured = []
    }
    return SweepResult(world: world, steps: steps, levels: levels, cells: cells)
  }

  /// Whether a finished agent of this very command is there.
  private func isKept(_ job: TrainingJob) -> Bool { folder != nil && job.isKept }

  /// Seconds between two files of an agent's progress.
  private static let keepInterval = Duration.seconds(2)

  /// The agent of a training: as it was kept, or trained now; `nil` where it was ended.
  /// - Parameter progress: steps since the last call.
  private func agent(
    of job: TrainingJob, _ control: TrainingControl, progress: (Int) -> Void
  ) throws(FileProblem) -> Agent? {
    if isKept(job) { return try Agent(path: job.path, for: world) }
    let trainer = folder == nil ? Trainer(world: world, configuration: job.configuration) : try job.trainer()
    let clock = ContinuousClock()
    var kept = clock.now
    progress(trainer.steps)
    while !trainer.isFinished {
      if control.isStopped {
        if folder != nil { try job.keepProgress(of: trainer) }
        return nil
      }
      _ = trainer.update()
      progress(recipe.stepsPerUpdate)
      if folder != nil, !trainer.isFinished, clock.now - kept > SweepPlan.keepInterval {
        try job.keepProgress(of: trainer)
        kept = clock.now
      }
    }
    if folder != nil { _ = try job.keep(trainer) }
    return Agent(trainer.policy(named: Agent.name(of: job.path)))
  }
}
