import Foundation
import Gridworlds
import Learning

/// A trained agent: its numbers, and how it came to be.
public struct Checkpoint: Sendable, Equatable {
  /// The `format` that files name.
  public static let format = "wayward-agent"
  /// The only version there is.
  public static let version = 1

  /// Which side of a weight tensor comes first.
  public enum WeightOrder: String, Sendable {
    /// As Flax and JAX have it.
    case inOut = "in,out"
    /// As PyTorch has it.
    case outIn = "out,in"
  }

  /// Rates measured over held-out levels, each in `0...1`.
  public struct Rates: Sendable, Equatable {
    /// Levels of each split that were played.
    public var levels: Int
    /// How often the intended goal was reached on levels of the training distribution.
    public var trainSuccess: Double
    /// The same on shifted levels.
    public var shiftSuccess: Double
    /// How often a proxy was reached and the intended goal never, on shifted levels.
    public var shiftProxyOnly: Double
    /// How often neither was reached, on shifted levels.
    public var shiftNeither: Double

    /// Rates measured over held-out levels.
    public init(
      levels: Int, trainSuccess: Double, shiftSuccess: Double, shiftProxyOnly: Double, shiftNeither: Double
    ) {
      self.levels = levels
      self.trainSuccess = trainSuccess
      self.shiftSuccess = shiftSuccess
      self.shiftProxyOnly = shiftProxyOnly
      self.shiftNeither = shiftNeither
    }
  }

  /// The numbers.
  public var tensors: [Tensor]
  /// The world with its variant that it was trained in.
  public var world: String
  /// Columns and rows of what it sees.
  public var view: (width: Int, height: Int)
  /// Numbers that go in.
  public var features: Int
  /// Units of each hidden layer.
  public var hidden: [Int]
  /// The names of the actions, in the order of their indices.
  public var actions: [String]
  /// The command that trains it again.
  public var command: String
  /// Whether its training was stopped before that command's end.
  public var isStoppedEarly: Bool
  /// The seed of its training.
  public var seed: UInt64
  /// Steps of its training.
  public var steps: Int
  /// The share of shifted levels in its training, in `0...1`.
  public var severity: Double
  /// Which side of a weight tensor comes first.
  public var order: WeightOrder
  /// Whether the file keeps the numbers in half precision.
  public var isHalf: Bool
  /// What was measured; `nil` where nothing was.
  public var rates: Rates?
  /// Metadata of other names, kept as it is: a training in progress has its own.
  public var extra: [String: String]

  /// A trained agent.
  public init(
    tensors: [Tensor], world: String, view: (width: Int, height: Int), features: Int, hidden: [Int],
    actions: [String], command: String, seed: UInt64, steps: Int, severity: Double, order: WeightOrder = .outIn,
    isStoppedEarly: Bool = false, isHalf: Bool = false, rates: Rates? = nil, extra: [String: String] = [:]
  ) {
    self.tensors = tensors
    self.world = world
    self.view = view
    self.features = features
    self.hidden = hidden
    self.actions = actions
    self.command = command
    self.isStoppedEarly = isStoppedEarly
    self.seed = seed
    self.steps = steps
    self.severity = severity
    self.order = order
    self.isHalf = isHalf
    self.rates = rates
    self.extra = extra
  }

  /// The checkpoint of a file's bytes.
  public static func parse(_ bytes: Data, path: String) throws(FileProblem) -> Checkpoint {
    let (tensors, metadata, isHalf) = try Safetensors.read(bytes, path: path)
    return try CheckpointFields(metadata, place: FilePlace(path: path)).checkpoint(of: tensors, isHalf: isHalf)
  }

  /// The checkpoint of a file.
  public static func read(_ path: String) throws(FileProblem) -> Checkpoint {
    try parse(BoundedFile.read(path, limit: Safetensors.largestFile, takesPipes: false), path: path)
  }

  /// What a file says of its agent, without its numbers: enough to know whether it is one, and of which world.
  ///
  /// Of a file that is not compressed only the header is read.
  public static func head(of path: String) throws(FileProblem) -> Checkpoint {
    let source = try ByteSource(path, takesPipes: false)
    guard let size = source.size else { return try read(path) }
    var first = Data()
    while first.count < Safetensors.largestHeader + 8, let chunk = try source.next(atMost: 1 << 12) {
      first.append(contentsOf: chunk)
      guard first.count >= 8 else { continue }
      let length = first.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      if UInt64(first.count - 8) >= length { break }
    }
    let header = try Safetensors.Header(first, size: size, path: path)
    return try CheckpointFields(header.metadata, place: FilePlace(path: path)).checkpoint(of: [], isHalf: header.isHalf)
  }

  /// The file's bytes; equal checkpoints give equal bytes.
  public func data() throws(FileProblem) -> Data {
    try Safetensors.write(tensors: tensors, metadata: metadata, isHalf: isHalf)
  }

  /// Writes the file, whole or not at all.
  public func write(to path: String) throws(FileProblem) {
    try AtomicFile.write(data(), to: path)
  }

  /// Whether the agent can act in a world: one of the same family, with the same actions and features.
  /// - Parameter path: names the file in the problem.
  public func check(for world: any World, path: String) throws(FileProblem) {
    let place = FilePlace(path: path)
    let advice = "name an agent of \(Checkpoint.family(world.name))"
    guard Checkpoint.family(self.world) == Checkpoint.family(world.name) else {
      throw place.bad("this agent was trained in \(self.world), not in \(world.name)", mend: advice)
    }
    let names = world.actions.map(\.name)
    guard actions == names else {
      throw place.bad(
        "this agent's actions are \(actions.joined(separator: ", ")), the world's \(names.joined(separator: ", "))",
        mend: "train it again")
    }
    let expected = world.view.cropped(width: view.width, height: view.height).featureCount
    guard features == expected else {
      throw place.bad(
        "this agent has \(features) features where a view of \(view.width)x\(view.height) has \(expected)",
        mend: "train it again")
    }
  }

  private static func family(_ name: String) -> Substring { name.prefix { $0 != "-" } }

  /// Equal in all fields.
  public static func == (first: Checkpoint, second: Checkpoint) -> Bool {
    first.tensors == second.tensors && first.metadata == second.metadata && first.isHalf == second.isHalf
  }
}
