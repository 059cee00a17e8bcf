import Archive
import Foundation
import Gridworlds
import Learning
import Planning

/// A training from its first step, or from where it was interrupted, to an agent in a file.
public struct TrainingJob: Sendable {
  /// The rules.
  public let world: any World
  /// The recipe.
  public let configuration: TrainingConfiguration
  /// The agent's file.
  public let path: String
  /// Held-out levels a distribution on which the finished agent is measured.
  public let evaluationLevels: Int
  /// Whether the finished agent's weights are rounded to half precision, of half the bytes.
  public let isHalf: Bool

  /// A training.
  public init(
    world: any World, configuration: TrainingConfiguration, path: String, evaluationLevels: Int = 1000,
    isHalf: Bool = false
  ) {
    self.world = world
    self.configuration = configuration
    self.path = path
    self.evaluationLevels = evaluationLevels
    self.isHalf = isHalf
  }

  /// The command that makes this agent again.
  public var command: String {
    let plain = TrainingConfiguration(for: world)
    var words = ["wayward train \(world.name) --seed \(configuration.seed)"]
    if configuration.totalSteps != plain.totalSteps { words.append("--steps \(configuration.totalSteps)") }
    if configuration.severity != 0 { words.append("--severity \(configuration.severity)") }
    if isHalf { words.append("--half") }
    return words.joined(separator: " ")
  }

  /// Whether the finished agent of this very command is there.
  public var isKept: Bool {
    guard let kept = try? Checkpoint.read(path) else { return false }
    return kept.command == command && !kept.isStoppedEarly
  }

  /// What is said where other steps were asked for than are taken; `nil` where they are the same.
  public var rounding: String? {
    let (asked, batch) = (configuration.totalSteps, configuration.stepsPerUpdate)
    let taken = configuration.updates * batch
    return taken == asked ? nil : "\(asked) steps are rounded up to whole batches of \(batch): \(taken)"
  }

  /// Refuses to take the place of what another command made. The same command makes the same bytes, so writing over its
  /// own work loses nothing.
  /// - Parameter mend: what to do about it.
  public func checkIsOwn(mend: String) throws(FileProblem) {
    guard AtomicFile.isTaken(path) else { return }
    let made = try? Checkpoint.read(path).command
    if made == command { return }
    throw FileProblem(
      path: path, cause: "it is there already, made by: \(made ?? "another program")", mend: mend, kind: .inputOutput)
  }

  /// Where an interrupted training is kept.
  public var resumePath: String {
    (path.hasSuffix(".safetensors") ? String(path.dropLast(12)) : path) + ".resume.safetensors"
  }

  /// The trainer: new, or as a file of an interrupted training of the same recipe left it.
  /// - Throws: ``Archive/FileProblem`` where such a file is damaged or of another training.
  public func trainer() throws(FileProblem) -> Trainer {
    guard FileManager.default.fileExists(atPath: resumePath) else {
      return Trainer(world: world, configuration: configuration)
    }
    let mend = "remove the file to begin anew"
    let checkpoint = try Checkpoint.read(resumePath)
    guard checkpoint.command == command, checkpoint.world == world.name else {
      throw FileProblem(
        path: resumePath, cause: "it is an interrupted training of another recipe: \(checkpoint.command)", mend: mend)
    }
    do {
      let snapshot = try TrainingSnapshot(tensors: checkpoint.tensors, metadata: checkpoint.extra)
      return try Trainer(world: world, configuration: configuration, snapshot: snapshot)
    } catch {
      throw FileProblem(path: resumePath, cause: "\(error)", mend: mend)
    }
  }

  /// Keeps an interrupted training so that it can go on to the same result.
  public func keepProgress(of trainer: Trainer) throws(FileProblem) {
    let snapshot = trainer.snapshot
    try checkpoint(snapshot.tensors, steps: trainer.steps, extra: snapshot.metadata)
      .write(to: resumePath)
  }

  /// Writes the agent's file, measures it, adds its rates, and removes what an interruption would have needed.
  ///
  /// Whoever leaves while it is measured has an agent without rates. What is measured is what the file has: where
  /// weights are rounded, the rounded ones.
  /// - Parameter progress: levels done and levels in all.
  public func keep(
    _ trainer: Trainer, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(FileProblem) -> [Evaluation] {
    let levels = evaluationLevels
    var checkpoint = checkpoint(of: trainer)
    try checkpoint.write(to: path)
    let agent = try Agent(checkpoint, path: path, for: world)
    let evaluations = Split.allCases.enumerated().map { index, split in
      Evaluation(agent, in: world, split: split, levels: 0..<levels, threads: configuration.threads) {
        progress(index * levels + $0, 2 * levels)
      }
    }
    if levels > 0 {
      checkpoint.rates = Checkpoint.Rates(
        levels: levels, trainSuccess: evaluations[0].rate(.success).value,
        shiftSuccess: evaluations[1].rate(.success).value, shiftProxyOnly: evaluations[1].rate(.proxyOnly).value,
        shiftNeither: evaluations[1].rate(.neither).value)
      try checkpoint.write(to: path)
    }
    // What was stopped early can still go on.
    if trainer.isFinished { try? FileManager.default.removeItem(atPath: resumePath) }
    return evaluations
  }

  /// Trains to the end without a word of how well it goes, from where an interrupted training stands.
  /// - Parameters:
  ///   - control: may end it after an update.
  ///   - keepsProgress: whether it is kept so that it can go on, now and then and where it is ended.
  ///   - progress: steps since the last call, those of a training that goes on first.
  /// - Returns: `nil` where it was ended.
  public func trained(
    _ control: TrainingControl, keepsProgress: Bool, progress: (Int) -> Void
  ) throws(FileProblem) -> Trainer? {
    let trainer = keepsProgress ? try trainer() : Trainer(world: world, configuration: configuration)
    let clock = ContinuousClock()
    var kept = clock.now
    progress(trainer.steps)
    while !trainer.isFinished {
      if control.isStopped {
        if keepsProgress { try keepProgress(of: trainer) }
        return nil
      }
      _ = trainer.update()
      progress(configuration.stepsPerUpdate)
      if keepsProgress, !trainer.isFinished, clock.now - kept > .seconds(TrainingJob.keepInterval) {
        try keepProgress(of: trainer)
        kept = clock.now
      }
    }
    return trainer
  }

  /// The agent as its file would have it.
  public func agent(of trainer: Trainer) throws(FileProblem) -> Agent {
    try Agent(checkpoint(of: trainer), path: path, for: world)
  }

  private func checkpoint(of trainer: Trainer) -> Checkpoint {
    let tensors = trainer.network.tensors
    return checkpoint(
      isHalf ? tensors.map(\.halved) : tensors, steps: trainer.steps, isStoppedEarly: !trainer.isFinished,
      isHalf: isHalf)
  }

  private func checkpoint(
    _ tensors: [Tensor], steps: Int, isStoppedEarly: Bool = false, isHalf: Bool = false, extra: [String: String] = [:]
  ) -> Checkpoint {
    Checkpoint(
      tensors: tensors, world: world.name, view: (world.view.width, world.view.height),
      features: world.view.featureCount, hidden: configuration.hidden, actions: world.actions.map(\.name),
      command: command, seed: configuration.seed, steps: steps, severity: configuration.severity, order: .outIn,
      isStoppedEarly: isStoppedEarly, isHalf: isHalf, extra: extra)
  }

  /// Seconds between two files of progress: what is lost at most, whatever ends the process.
  private static let keepInterval = 2.0

  /// Trains to the end, or until it is asked to stop, and keeps the agent.
  /// - Parameter post: how it stands, a few times a second, with what the policy does now; from this thread.
  public func run(_ control: TrainingControl, post: @escaping @Sendable (TrainingNews) -> Void) {
    do {
      try train(control, post)
    } catch {
      var news = blankNews()
      news.problem = error
      post(news)
    }
  }

  private func train(
    _ control: TrainingControl, _ post: @escaping @Sendable (TrainingNews) -> Void
  ) throws(FileProblem) {
    let trainer = try trainer()
    let clock = ContinuousClock()
    var worked = 0.0
    var news = blankNews()
    var shown = -1.0
    var kept = -TrainingJob.keepInterval
    var speed: [(steps: Int, seconds: Double)] = [(trainer.steps, 0)]
    news.report.steps = trainer.steps
    show(trainer, in: &news)
    post(news)
    while !trainer.isFinished && !control.isStopped {
      if control.isPaused {
        Thread.sleep(forTimeInterval: 0.05)
        continue
      }
      let start = clock.now
      news.report = trainer.update()
      worked += (clock.now - start) / .seconds(1)
      speed.append((trainer.steps, worked))
      if speed.count > 40 { speed.removeFirst() }
      news.seconds = worked
      if let first = speed.first, worked > first.seconds {
        news.stepsPerSecond = Double(trainer.steps - first.steps) / (worked - first.seconds)
      }
      if worked - shown > 0.25 {
        show(trainer, in: &news)
        shown = worked
      }
      if worked - kept > TrainingJob.keepInterval {
        try keepProgress(of: trainer)
        (kept, news.keptSteps) = (worked, trainer.steps)
      }
      post(news)
    }
    show(trainer, in: &news)
    // Measuring takes a while in which it may be ended as well.
    try keepProgress(of: trainer)
    news.keptSteps = trainer.steps
    post(news)
    if !trainer.isFinished, control.isDiscarded { return }
    let standing = news
    // From here on the agent has its file.
    let evaluations = try keep(trainer) { done, all in
      var measuring = standing
      measuring.measured = Double(done) / Double(max(1, all))
      post(measuring)
    }
    news.summary = TrainingJob.summary(of: evaluations)
    if !trainer.isFinished { news.summary? += " The same command goes on with it." }
    news.kept = path
    post(news)
  }

  /// The rates in a line.
  public static func summary(of evaluations: [Evaluation]) -> String {
    guard let levels = evaluations.first?.levels, levels > 0 else { return "Not measured on held-out levels." }
    return evaluations.map { evaluation in
      "\(evaluation.split): success \(decimal(evaluation.rate(.success).value, 3)), proxy only "
        + "\(decimal(evaluation.rate(.proxyOnly).value, 3)), neither \(decimal(evaluation.rate(.neither).value, 3))"
    }.joined(separator: "; ") + " (\(levels) held-out levels each)."
  }

  private func blankNews() -> TrainingNews {
    let agent = Agent(UniformPolicy(), seed: 1)
    let levels = Split.allCases.map { world.generate($0, seed: TrainingConfiguration.firstHeldOutSeed) }
    return TrainingNews(
      report: TrainingReport(), totalSteps: configuration.updates * configuration.stepsPerUpdate, stepsPerSecond: 0,
      seconds: 0, agent: agent, training: agent.run(world, levels[0]), shifted: agent.run(world, levels[1]))
  }

  private func show(_ trainer: Trainer, in news: inout TrainingNews) {
    // Another pair of held-out levels each time, so that one sees a policy, not a level.
    let seed = TrainingConfiguration.firstHeldOutSeed + UInt64(trainer.updates % 1000)
    news.agent = Agent(trainer.policy(named: "\(Agent.name(of: path))@\(trainer.steps)"), seed: seed)
    news.training = news.agent.run(world, world.generate(.training, seed: seed))
    news.shifted = news.agent.run(world, world.generate(.shifted, seed: seed))
  }
}
