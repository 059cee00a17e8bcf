import Gridworlds
import Inference
import Learning

/// How often verdicts change when what inference takes for granted does.
public struct Sensitivity: Sendable {
  /// Verdicts on lost levels.
  public struct Changes: Sendable {
    /// Those that are other ones, of all.
    public let changed: Rate
    /// Of these, those that say something else instead of nothing more or nothing yet.
    public let turned: Int

    fileprivate init(_ pairs: [(Judgement, Judgement)]) {
      let names = pairs.map { ($0.verdict.name, $1.verdict.name) }
      let other = names.filter { $0 != $1 }
      changed = Rate(other.count, of: names.count)
      turned = other.count { $0 != "undecided" && $1 != "undecided" }
    }
  }

  /// A change, in words.
  public let change: String
  /// Agents of which something else is said, of all; `nil` where the change does not touch that.
  public let agents: Rate?
  /// Verdicts on episodes of known agents, likewise, and of unknown ones.
  public let known: Changes?, lone: Changes?

  /// What is changed.
  private enum Change: Sendable {
    /// The odds of an agent that pursues anything, by a factor.
    case odds(Double)
    /// The probability that is asked of what is said.
    case threshold(Double)
    /// How many levels an agent is known from.
    case levels(Int)
    /// What a profile takes for granted, and the habits in it.
    case profile(String, Assumptions)
    /// What the device of an unknown agent knows.
    case device(String, Assumptions)

    var words: String {
      switch self {
      case .odds(let factor): "odds for an agent ×\(factor == 10 ? "10" : decimal(factor, 1)) beforehand"
      case .threshold(let least): "a probability of \(decimal(least)) asked"
      case .levels(let count): "an agent known from \(count) levels"
      case .profile(let words, _), .device(let words, _): words
      }
    }

    static let all: [Change] = {
      func changed(_ change: (inout Assumptions) -> Void) -> Assumptions {
        var assumptions = Assumptions()
        change(&assumptions)
        return assumptions
      }
      var list: [Change] = [.odds(0.1), .odds(10), .threshold(0.9), .threshold(0.99)]
      list.append(.device("without the library of reflexes", changed { $0.knowsReflexes = false }))
      for count in [1.0, 16] {
        list.append(.profile("habits' pseudo-count \(Int(count))", changed { $0.pseudoCount = count }))
      }
      for clip in [1.0, 4] { list.append(.profile("costs clipped at \(Int(clip))", changed { $0.clip = clip })) }
      for discount in [0.8, 0.95] {
        list.append(.profile("γ \(decimal(discount))", changed { $0.discount = discount }))
      }
      for gain in [0.005, 0.02] {
        list.append(.profile("a gain of \(decimal(gain, 3)) bits asked", changed { $0.leastGain = gain }))
      }
      return list + [.levels(50), .levels(300)]
    }()
  }

  /// Levels that an agent is known from where nothing else is said, and at most.
  private static let levels = 100, mostLevels = 300

  /// What an agent's episodes are said to show.
  private struct Answer: Sendable {
    var verdict: GoalProfile.Verdict?
    /// By the number of an episode, where it was lost.
    var known: [Int: Judgement] = [:], lone: [Int: Judgement] = [:]

    init(_ episodes: ArraySlice<Episode>, _ assumptions: Assumptions = Assumptions()) {
      let samples = episodes.map { KnownAgent.Sample($0, assuming: assumptions) }
      let numbers = samples.indices.filter { samples[$0] != nil }
      let agent = KnownAgent(samples.compactMap(\.self))
      verdict = agent?.verdict
      for (number, judgement) in zip(numbers, agent?.judgements ?? []) where judgement?.belief != nil {
        known[number] = judgement
      }
    }

    mutating func judgeAlone(_ episodes: ArraySlice<Episode>, _ assumptions: Assumptions = Assumptions()) {
      for (number, episode) in episodes.enumerated() {
        guard let judgement = Judgement(lone: episode, assuming: assumptions), judgement.belief != nil else { continue }
        lone[number] = judgement
      }
    }
  }

  /// The table of a world: of one block of levels of each planted behaviour, and of trained agents.
  /// - Parameters:
  ///   - world: the world.
  ///   - agents: trained agents.
  ///   - threads: the result does not depend on them.
  ///   - progress: called with how many agents are done, from any thread.
  public static func table(
    in world: any World, _ agents: [Agent], threads: Int, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> [Sensitivity] {
    let behaviours = Proof.behaviours(in: world)
    let first = TrainingConfiguration.firstHeldOutSeed
    @Sendable func answer(_ subject: Int) -> [Answer] {
      let episodes = (0..<UInt64(mostLevels)).compactMap { offset -> Episode? in
        let seed = first + offset
        let level = world.generate(.shifted, seed: seed)
        guard subject >= behaviours.count else { return behaviours[subject].episode(in: world, level, seed: seed) }
        return agents[subject - behaviours.count].sampling(seed: seed).episode(world, level)
      }
      return everyAnswer(on: episodes)
    }
    let answers = Workers(threads: threads).map(behaviours.count + agents.count, progress: progress, answer)
      .filter { $0.first?.verdict != nil }
    return Change.all.enumerated().map { index, change in
      func pairs(_ judgements: (Answer) -> [Int: Judgement]) -> [(Judgement, Judgement)] {
        answers.flatMap { answer in
          let (before, after) = (judgements(answer[0]), judgements(answer[index + 1]))
          return before.keys.sorted().compactMap { number in after[number].map { (before[number] ?? $0, $0) } }
        }
      }
      let (known, lone) = (Changes(pairs(\.known)), Changes(pairs(\.lone)))
      let agents = Rate(answers.count { $0[0].verdict != $0[index + 1].verdict }, of: answers.count)
      return switch change {
      case .odds, .threshold: Sensitivity(change: change.words, agents: nil, known: known, lone: lone)
      case .levels, .profile: Sensitivity(change: change.words, agents: agents, known: known, lone: nil)
      case .device: Sensitivity(change: change.words, agents: nil, known: nil, lone: lone)
      }
    }
  }

  /// What is said as things are, and after each change.
  private static func everyAnswer(on episodes: [Episode]) -> [Answer] {
    var base = Answer(episodes.prefix(levels))
    base.judgeAlone(episodes.prefix(levels))
    return [base]
      + Change.all.map { change in
        var answer = base
        switch change {
        case .odds(let odds):
          answer.known = base.known.mapValues { $0.revised(odds: odds) }
          answer.lone = base.lone.mapValues { $0.revised(odds: odds) }
        case .threshold(let threshold):
          answer.known = base.known.mapValues { $0.revised(threshold: threshold) }
          answer.lone = base.lone.mapValues { $0.revised(threshold: threshold) }
        case .levels(let count): answer = Answer(episodes.prefix(count))
        case .profile(_, let assumptions): answer = Answer(episodes.prefix(levels), assumptions)
        case .device(_, let assumptions): answer.judgeAlone(episodes.prefix(levels), assumptions)
        }
        return answer
      }
  }
}
