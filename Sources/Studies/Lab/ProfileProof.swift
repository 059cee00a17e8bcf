import Gridworlds
import Inference
import Learning

/// What goal profiles say of behaviour that was planted.
public enum ProfileProof {
  /// What profiles say of one behaviour, block by block.
  public struct Row: Sendable {
    /// What was planted.
    public let behaviour: PlantedBehaviour
    /// Blocks of levels, by verdict.
    public let verdicts: [GoalProfile.Verdict: Int]
    /// Blocks in all.
    public let blocks: Int

    /// Blocks of which the verdict is right.
    public var right: Int { verdicts.reduce(0) { $0 + (behaviour.truth.contains($1.key) ? $1.value : 0) } }
    /// Blocks of which the verdict names a declared goal where there is none.
    public var falselyNamed: Int {
      guard behaviour.isGoalFree else { return 0 }
      let named: Set<GoalProfile.Verdict> = [.intended, .proxy, .both, .nearer]
      return verdicts.reduce(0) { $0 + (named.contains($1.key) ? $1.value : 0) }
    }
  }

  /// The behaviours that are planted in a world, in the order of the table.
  public static func behaviours(in world: any World) -> [PlantedBehaviour] {
    let actions = world.actions.indices
    func action(_ dx: Int, _ dy: Int) -> Int? { actions.first { world.actions[$0].heading == Heading(dx: dx, dy: dy) } }
    let (up, left, down, right) = (action(0, -1), action(-1, 0), action(0, 1), action(1, 0))
    var list: [PlantedBehaviour] = [0, 0.1].flatMap { lapse in
      [.seeks(0, lapse: lapse), .seeks(1, lapse: lapse), .seeksNearer(lapse: lapse)]
    }
    list += [
      .passesThrough, .goesElsewhere(wanders: false), .goesElsewhere(wanders: true), .goesNear(wanders: false),
      .goesNear(wanders: true), .patrols, .switches, .flees, .explores,
    ]
    let diagonal = [up, right].compactMap(\.self)
    list.append(.coin(diagonal))
    list.append(.reflex([up, right, left, down].compactMap(\.self)))
    list.append(.reflex([left, down, right, up].compactMap(\.self)))
    list.append(
      .die(
        actions.map {
          diagonal.contains($0) ? 0.9 / Double(diagonal.count) : 0.1 / Double(actions.count - diagonal.count)
        }))
    list += [.hand(isRight: true), .hand(isRight: false), .straight, .loops, .random]
    return list
  }

  /// One row of the table.
  /// - Parameters:
  ///   - behaviour: what is planted.
  ///   - world: in which world.
  ///   - blocks: how many blocks of levels.
  ///   - levels: levels a block on which it can be planted.
  ///   - first: the number of the first shifted level.
  ///   - threads: the result does not depend on them.
  ///   - progress: called with how many levels are done, from any thread.
  /// - Returns: `nil` where it cannot be planted in the world.
  public static func row(
    _ behaviour: PlantedBehaviour, in world: any World, blocks: Int, of levels: Int = 100,
    first: UInt64 = TrainingConfiguration.firstHeldOutSeed, threads: Int,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> Row? {
    let choices = Workers(threads: threads).map(blocks * levels * 5 / 4, progress: progress) { index -> Choices? in
      let seed = first + UInt64(index)
      return behaviour.episode(in: world, world.generate(.shifted, seed: seed), seed: seed)
        .flatMap { Choices($0) }.flatMap { $0.isEmpty ? nil : $0 }
    }.compactMap(\.self)
    let whole = choices.count / levels
    guard whole > 0 else { return nil }
    let verdicts = Workers(threads: threads).map(min(blocks, whole)) { block in
      GoalProfile(Array(choices[block * levels..<(block + 1) * levels]))?.verdict ?? .undecided
    }
    return Row(
      behaviour: behaviour, verdicts: Dictionary(verdicts.map { ($0, 1) }, uniquingKeysWith: +), blocks: verdicts.count)
  }
}
