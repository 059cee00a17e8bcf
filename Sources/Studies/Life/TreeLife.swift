import Gridworlds
import Learning
import Worlds

/// One unending life in the tree gridworld, in which an agent learns by Q-learning as it goes.
///
/// It sees how many trees stand and where the nearest one lies (``TreeSight``), and nothing is ever reset. At first every
/// estimate is what cutting at a good pace for ever would be worth: it has never seen trees run out, and expects as much
/// wherever it has not been. That hope decides the course: with first estimates of 0 it shuns the sparse forest that it
/// does not know, and hardly ever brings it down (1 life of 40 in ten million steps); with far too high ones each of
/// many collapses, about a million steps apart, takes away only a part of them. A short sight, such as a discount of
/// 0.9, did not learn to keep the forest in any of 40 lives.
/// - SeeAlso: Shah et al. (2022), on the tree gridworld.
public struct TreeLife: Sendable {
  /// What a life depends on.
  public struct Settings: Hashable, Sendable {
    /// The seed of forest, chance and choices.
    public var seed: UInt64
    /// α of the table.
    public var stepSize = 0.2
    /// γ of the table: rewards count for about 1 / (1 − γ) steps.
    public var discount = 0.999
    /// ε of the table.
    public var exploration = 0.01
    /// Cuts a step that the first estimates expect for ever.
    public var hope = 0.23
    /// The least probability that a tree comes back in a step; the world's own is 1e-6.
    public var least = TreeLife.ruledLeast

    /// The settings of a seed.
    public init(seed: UInt64) { self.seed = seed }
  }

  /// The least probability of regrowth by the rules.
  public static let ruledLeast = 1e-6

  /// What it depends on.
  public let settings: Settings
  /// The forest.
  public let level: Level
  /// The rules.
  public let world = Trees()
  /// How it stands.
  public private(set) var state: Trees.State
  /// What has been learned.
  public private(set) var table: TabularQ
  /// What has happened.
  public private(set) var course = LifeCourse()
  /// Steps taken.
  public private(set) var steps = 0
  /// The ends of the scale of affinity.
  public let rates: TreeRates
  private let sight: TreeSight
  private var random: RandomSource
  private var glimpse: TreeSight.Glimpse

  /// A life at its first step.
  public init(_ settings: Settings) {
    self.settings = settings
    level = world.generate(.training, seed: settings.seed)
    state = world.initialState(of: level)
    sight = TreeSight(level)
    rates = TreeRates(level, sight, seed: settings.seed)
    random = RandomSource(seed: settings.seed, stream: 0x11FE)
    glimpse = sight.nearest(from: state.agent, standing: state.standing)
    table = TabularQ(
      states: TreeSight.states(trees: level.mobiles.count), actions: world.actions.count,
      initial: settings.hope / (1 - settings.discount), stepSize: settings.stepSize, discount: settings.discount,
      exploration: settings.exploration)
  }

  /// Trees that stand.
  public var trees: Int { state.standing.nonzeroBitCount }

  /// Takes steps.
  /// - Parameter stops: whether to stop where something happens.
  /// - Returns: how many were taken.
  @discardableResult
  public mutating func run(_ count: Int, untilEvent stops: Bool = false) -> Int {
    for done in 0..<max(0, count) where step() && stops { return done + 1 }
    return max(0, count)
  }

  /// Takes a step and learns from it.
  /// - Returns: whether something happened.
  private mutating func step() -> Bool {
    let before = trees
    let row = before * TreeSight.Kind.allCases.count + Int(glimpse.kind)
    let action = table.act(in: row, using: &random)
    let transition = world.step(state, (action + Int(glimpse.turn)) & 3, in: level, using: &random)
    state = transition.state
    if before == 0, settings.least > TreeLife.ruledLeast { growEarlier() }
    glimpse = sight.nearest(from: state.agent, standing: state.standing)
    let next = trees * TreeSight.Kind.allCases.count + Int(glimpse.kind)
    table.learn(from: row, action, reward: Double(transition.reward), next: next)
    steps += 1
    return course.add(
      step: steps, before: before, after: trees, isCut: transition.reward > 0, random: rates.random[before],
      greedy: rates.greedy[before])
  }

  /// What the experiment with another least adds to the rules, in an empty forest only.
  private mutating func growEarlier() {
    guard state.standing == 0, random.chance(settings.least - TreeLife.ruledLeast) else { return }
    let index = random.below(level.mobiles.count)
    if level.mobiles[index].position != state.agent { state.standing = 1 << UInt16(index) }
  }
}
