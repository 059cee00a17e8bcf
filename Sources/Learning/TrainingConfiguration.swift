import Gridworlds

/// The recipe of a training: what PPO is told, and how much of it there is.
///
/// The defaults are Schulman et al. (2017) with the details of Huang et al. (2022), tuned on `corner` and `coinrun`: on two
/// cores both pass nine held-out levels of ten within seconds, and finish in about half a minute.
public struct TrainingConfiguration: Sendable, Hashable {
  /// Worlds played at once.
  public var environments = 256
  /// Steps in each of them between two updates.
  public var horizon = 32
  /// How often an update passes over what was collected.
  public var epochs = 3
  /// Into how many parts a pass is divided.
  public var minibatches = 4
  /// Adam's step size at the start.
  public var learningRate: Float = 1.5e-3
  /// The weight of the entropy, in nats, at the start.
  public var entropyWeight: Float = 0.01
  /// To which share of themselves the learning rate and the entropy's weight fall, linearly, by the last step.
  public var annealsTo: Float = 0.1
  /// γ: what a reward is worth one step later.
  public var discount: Float = 0.99
  /// λ of the generalised advantage: 0 is one-step, 1 is Monte Carlo.
  public var trace: Float = 0.95
  /// ε: how far the probability ratio may leave 1 before its gradient is cut.
  public var clip: Float = 0.2
  /// The weight of the value's squared error.
  public var valueWeight: Float = 0.5
  /// Gradients longer than this are shortened to it.
  public var gradientNorm: Float = 0.5
  /// Units of each hidden layer.
  public var hidden = [192, 128]
  /// Environment steps until the training is over, rounded up to whole updates.
  public var totalSteps = 4_000_000
  /// The share of shifted levels in the mixture, 0...1: 0 is plain training.
  public var severity = 0.0
  /// The share of episodes that begin elsewhere in their level, where the world offers that: a random walk from the left
  /// end of a `coinrun` level hardly ever meets its first reward (exploring starts, Sutton and Barto, section 5.3).
  public var exploringStarts = 0.2
  /// The seed of everything: parameters, levels, actions, shuffles.
  public var seed: UInt64 = 1
  /// Threads that share the work; the result does not depend on it.
  public var threads = 2

  /// The default recipe.
  public init() {}

  /// The default recipe with as many steps as a world needs and as many units as leave a checkpoint under 1 MB.
  public init(for world: any World) {
    let facts = world.training
    totalSteps = facts.steps
    exploringStarts = facts.exploringStarts
    // The squared error of a value grows with the square of the returns; left alone it drowns the policy's gradient.
    valueWeight /= facts.returnScale * facts.returnScale
    let features = world.view.featureCount
    let first = [192, 160, 128, 96, 64, 32].first { ($0 * (features + 128) + 4_000) * 4 <= 1_000_000 }
    hidden = [first ?? 16, 128]
  }

  /// Training levels have seeds below this; held-out levels have seeds from it on.
  public static let firstHeldOutSeed: UInt64 = 1_000_000

  /// Steps that one update collects.
  public var stepsPerUpdate: Int { environments * horizon }

  /// How many updates there are until the training is over.
  public var updates: Int { max(1, (totalSteps + stepsPerUpdate - 1) / stepsPerUpdate) }
}
