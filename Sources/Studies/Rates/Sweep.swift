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
  /// Where some of them may lie already, which are taken from there; nothing is written there.
  public let shelf: String?
  /// Whether the weights of the agents are rounded to half precision.
  public let isHalf: Bool

  /// A study. Severities and mixtures are put in order.
  public init(
    world: any World, recipe: TrainingConfiguration, severities: [Double], seeds: Int, mixtures: [Double] = [0, 1],
    levels: Int, folder: String? = nil, shelf: String? = nil, isHalf: Bool = false
  ) {
    self.world = world
    self.recipe = recipe
    self.severities = severities.sorted()
    self.seeds = seeds
    self.mixtures = mixtures.sorted()
    self.levels = levels
    self.folder = folder
    self.shelf = shelf
    self.isHalf = isHalf
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
        let jobs = [shelf, folder ?? "."].compactMap(\.self).map { folder in
          TrainingJob(
            world: world, configuration: recipe, path: recipe.agentPath(in: world, folder: folder),
            evaluationLevels: 0, isHalf: isHalf)
        }
        return jobs.first(where: \.isKept) ?? jobs[jobs.count - 1]
      }
    }
  }

  /// What could not be kept in the end, or would write over other work, is said before anything is begun.
  /// - Parameter isMeant: which of the agents are to be trained here.
  public func check(_ isMeant: (TrainingJob) -> Bool = { _ in true }) throws(FileProblem) {
    guard let folder else { return }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw FileProblem(
        path: folder, cause: "this folder is not there and cannot be made", mend: "name another with --keep",
        kind: .inputOutput)
    }
    for job in jobs where isMeant(job) && !isKept(job) {
      try AtomicFile.check(job.path)
      try job.checkIsOwn(mend: "name another folder with --keep")
      if FileManager.default.fileExists(atPath: job.resumePath) { _ = try job.trainer() }
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

  /// The agent of a training: as it was kept, or trained now; `nil` where it was ended.
  /// - Parameter progress: steps since the last call.
  private func agent(
    of job: TrainingJob, _ control: TrainingControl, progress: (Int) -> Void
  ) throws(FileProblem) -> Agent? {
    if isKept(job) { return try Agent(path: job.path, for: world) }
    guard let trainer = try job.trained(control, keepsProgress: folder != nil, progress: progress) else { return nil }
    if folder != nil {
      _ = try job.keep(trainer)
      return try Agent(path: job.path, for: world)
    }
    return try job.agent(of: trainer)
  }
}
