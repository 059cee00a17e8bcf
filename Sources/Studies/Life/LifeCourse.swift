/// Sums over some steps of a life, so that neighbours can be added.
public struct LifeWindow: Hashable, Sendable {
  /// Steps in it.
  public var steps = 0
  /// Trees that stood before each step, added up.
  public var trees = 0
  /// Trees that were cut.
  public var cuts = 0
  /// What a random walker would have cut, at the same numbers of trees.
  public var random = 0.0
  /// What a greedy chopper would have cut.
  public var greedy = 0.0

  /// Both together.
  public static func + (first: LifeWindow, second: LifeWindow) -> LifeWindow {
    LifeWindow(
      steps: first.steps + second.steps, trees: first.trees + second.trees, cuts: first.cuts + second.cuts,
      random: first.random + second.random, greedy: first.greedy + second.greedy)
  }

  /// Trees standing, on average.
  public var population: Double { steps > 0 ? Double(trees) / Double(steps) : 0 }

  /// Trees cut a step.
  public var rate: Double { steps > 0 ? Double(cuts) / Double(steps) : 0 }

  /// How strongly it goes for trees; `nil` while none stands. See ``TreeRates/affinity(of:random:greedy:)``.
  public var affinity: Double? {
    TreeRates.affinity(of: Double(cuts), random: random, greedy: greedy)
  }
}

/// A stretch of a life in which trees stand, or in which none does.
public struct LifePhase: Hashable, Sendable {
  /// Its first step.
  public let start: Int
  /// Whether no tree stands.
  public let isEmpty: Bool
  /// Whether trees have stood for ``LifeCourse/lasting`` steps after a collapse.
  public internal(set) var isRecovery = false
  /// Its course, in windows of ``width`` steps; the last one may have fewer.
  public private(set) var windows: [LifeWindow] = []
  /// Steps of a window.
  public private(set) var width = LifePhase.firstWidth

  static let firstWidth = 50
  /// When there are so many windows, neighbours are joined, so that a life of any length has a course.
  static let most = 256

  init(start: Int, isEmpty: Bool) {
    self.start = start
    self.isEmpty = isEmpty
  }

  mutating func append(_ window: LifeWindow) {
    windows.append(window)
    guard windows.count == LifePhase.most else { return }
    windows = stride(from: 0, to: windows.count, by: 2).map { windows[$0] + windows[$0 + 1] }
    width *= 2
  }

  /// Forgets how it went and keeps its sums.
  mutating func thin() { windows = [total] }

  /// All of it.
  public var total: LifeWindow { windows.reduce(LifeWindow(), +) }

  /// Its course in at most so many parts of about the same length.
  public func parts(_ count: Int) -> [LifeWindow] {
    guard windows.count > count, count > 0 else { return windows }
    return (0..<count).map { part in
      windows[(part * windows.count / count)..<((part + 1) * windows.count / count)].reduce(LifeWindow(), +)
    }
  }
}

/// Something in a life that is worth stopping at.
public struct LifeEvent: Hashable, Sendable {
  /// What there is.
  public enum Kind: String, Sendable {
    /// The last tree was cut.
    case collapse
    /// The first tree came back.
    case regrowth
    /// Trees have stood for ``LifeCourse/lasting`` steps after a collapse.
    case recovery
  }

  /// What it was.
  public let kind: Kind
  /// Steps taken when it was so.
  public let step: Int
}

/// How a life has gone so far, phase by phase.
public struct LifeCourse: Hashable, Sendable {
  /// Steps for which trees must stand again before one speaks of a recovery.
  public static let lasting = 10_000

  /// Of so many phases the whole course is kept, of older ones the sums.
  static let remembered = 256

  /// What happened, in order.
  public private(set) var events: [LifeEvent] = []
  private var closed: [LifePhase] = []
  private var phase = LifePhase(start: 0, isEmpty: false)
  private var window = LifeWindow()
  private var phaseSteps = 0

  /// All phases, the present one last.
  public var phases: [LifePhase] {
    var present = phase
    if window.steps > 0 || present.windows.isEmpty { present.append(window) }
    return closed + [present]
  }

  /// The sums of about the last steps: the open window and the one before it.
  public var present: LifeWindow { phase.windows.last.map { $0 + window } ?? window }

  /// Steps since the present phase began.
  public var stepsInPhase: Int { phaseSteps }

  /// Counts a step.
  /// - Returns: whether something happened.
  mutating func add(
    step: Int, before: Int, after: Int, isCut: Bool, random: Double, greedy: Double
  ) -> Bool {
    window.steps += 1
    window.trees += before
    window.cuts += isCut ? 1 : 0
    window.random += random
    window.greedy += greedy
    phaseSteps += 1
    if window.steps >= phase.width {
      phase.append(window)
      window = LifeWindow()
    }
    if (after == 0) != phase.isEmpty {
      if window.steps > 0 { phase.append(window) }
      window = LifeWindow()
      closed.append(phase)
      if closed.count > LifeCourse.remembered { closed[closed.count - 1 - LifeCourse.remembered].thin() }
      events.append(LifeEvent(kind: after == 0 ? .collapse : .regrowth, step: step))
      phase = LifePhase(start: step, isEmpty: after == 0)
      phaseSteps = 0
      return true
    }
    if phaseSteps == LifeCourse.lasting, !phase.isEmpty, !closed.isEmpty {
      events.append(LifeEvent(kind: .recovery, step: step))
      phase.isRecovery = true
      return true
    }
    return false
  }
}
