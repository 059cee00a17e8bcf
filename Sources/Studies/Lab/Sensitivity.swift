import Gridworlds
import Inference
import Learning
import Planning

/// How often verdicts change when what inference takes for granted does.
public struct Sensitivity: Sendable {
  /// A change, in words.
  public let change: String
  /// Episodes whose verdict is another one, of those that were lost.
  public let changed: Rate
  /// Of the changed ones, those that named the proxy and now are undecided or the other way round; the rest turned from
  /// one claim to its opposite.
  public let mild: Int

  /// The table for an agent on shifted held-out levels.
  public static func table(_ agent: Agent, in world: any World, levels: Int) -> [Sensitivity] {
    var lost: [Analysis] = []
    for index in 0..<levels {
      let seed = TrainingConfiguration.firstHeldOutSeed + UInt64(index)
      let level = world.generate(.shifted, seed: seed)
      let run = agent.sampling(seed: seed).run(world, level)
      if run.outcome != .success, let analysis = run.analysis { lost.append(analysis) }
    }
    func row(_ name: String, _ judge: (Analysis) -> Verdict) -> Sensitivity {
      let pairs = lost.map { ($0.verdict.name, judge($0).name) }.filter { $0.0 != $0.1 }
      let mild = pairs.filter { $0.0 == "undecided" || $0.1 == "undecided" }.count
      return Sensitivity(change: name, changed: Rate(pairs.count, of: lost.count), mild: mild)
    }
    return [0.1, 10].map { odds in
      row("odds for an agent ×\(odds) beforehand") { $0.judgement(odds: odds).verdict }
    } + [5, 10, 20].map { steps in row("the first \(steps) steps only") { $0.judgement(after: steps).verdict } }
  }
}
