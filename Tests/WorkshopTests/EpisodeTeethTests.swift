import Gridworlds
import Planning
import Studies
import Testing
import Worlds

@testable import Accounts
@testable import Inference
@testable import Workshop

/// What derives an episode's evidence and verdict again finds those that do not hold: each claim, changed in one number or
/// word, is refused, whether the agent is known or not.
@Suite("What derives evidence and verdicts again")
struct EpisodeTeethTests {
  static let worlds = ["corner-7", "coinrun-20", "keys-9", "dish-7", "follow-7", "trees"]

  @Test("refuses every verdict, belief and figure of evidence that is changed", arguments: worlds)
  func changed(_ name: String) throws {
    let world = try Catalogue.world(named: name)
    let subject = try #require(KnownSubject(world, threads: 2))
    let level = world.generate(.shifted, seed: 1_000_003)
    let (graph, oracle) = (StateGraph(world, level), LevelOracle(world, level))
    var names: Set<String> = []
    for number in 0..<8 {
      var episode =
        number % 2 == 0
        ? world.rollout(level, policy: UniformPolicy(), seed: UInt64(number))
        : try #require(subject.behaviour.episode(in: world, level, seed: UInt64(number)))
      if number >= 4 { episode = episode.prefix(min(12, episode.steps.count)) }
      let lone = PairProof.Told(
        run: Run(episode, graph: graph), check: ClaimCheck(episode, oracle, hasTrack: true))
      let known = subject.told(episode, graph, oracle)
      for told in [lone, known] {
        let account = Account(told.run)
        let claims = account.sections.flatMap(\.claims) + account.known(at: 5).map { .moment($0) }
        for claim in claims {
          #expect(told.check.holds(claim), "\(claim)")
          for wrong in Self.changed(claim, told.check) {
            names.insert(String("\(claim)".prefix { $0 != "(" }))
            #expect(!told.check.holds(wrong), "\(wrong), and it is \(claim)")
          }
        }
      }
      // What is said of a known agent does not hold of an unknown one.
      for claim in Account(known.run).verdict {
        if case .verdict(.judged) = claim, lone.check.judged(odds: 1) != nil { #expect(!lone.check.holds(claim)) }
      }
    }
    #expect(names.isSuperset(of: ["verdict", "evidence", "moment", "doubt"]))
  }

  @Test("finds the same shares of hypotheses in many episodes", arguments: worlds)
  func shares(_ name: String) throws {
    let subject = try #require(KnownSubject(Catalogue.world(named: name), threads: 2))
    for share in subject.explained { #expect(abs(share.said - share.derived) < 1e-9) }
    #expect(abs(subject.explained.reduce(0) { $0 + $1.derived } - 1) < 1e-9)
  }

  @Test("tells goal misgeneralization of a known agent, and never of an unknown one")
  func misgeneralized() throws {
    let world = Corner(size: 9)
    let subject = try #require(KnownSubject(world, threads: 2))
    #expect(subject.showsProxy)
    var called = 0
    for number in 0..<subject.count {
      let told = subject.told(number)
      guard let analysis = told.run.analysis, analysis.verdict == .misgeneralized else { continue }
      called += 1
      let claim = VerdictClaim.judged(analysis.judgement, .known, isOver: true)
      #expect(told.check.holds(claim))
      let other = Judgement(
        verdict: .towardProxy, belief: analysis.judgement.belief, margin: analysis.judgement.margin)
      #expect(!told.check.holds(.judged(other, .known, isOver: true)))
    }
    #expect(called > 10)
  }

  private static func changed(_ claim: Claim, _ check: ClaimCheck) -> [Claim] {
    switch claim {
    case .verdict(.judged(let judgement, let mode, let isOver)):
      // Where rounding decides nothing is refused.
      guard check.judged(odds: 1) != nil else { return [] }
      return changed(judgement).map { .verdict(.judged($0, mode, isOver: isOver)) }
        + [
          .verdict(.judged(judgement, mode == .lone ? .known : .lone, isOver: isOver)),
          .verdict(.judged(judgement, mode, isOver: !isOver)),
        ]
    case .verdict(.success(let frame)): return [.verdict(.success(frame: frame + 1)), .verdict(.abstained)]
    case .moment(.beliefs(let frame, let agent, let proxy, let toward, let intended)):
      func moment(_ agent: Double, _ proxy: Goal.Index, _ toward: Double, _ intended: Double) -> Claim {
        .moment(.beliefs(frame: frame, agent: agent, proxy: proxy, towardProxy: toward, intended: intended))
      }
      return [
        moment(agent + 1e-4, proxy, toward, intended), moment(agent, 0, toward, intended),
        moment(agent, proxy, toward - 1e-4, intended), moment(agent, proxy, toward, intended + 1e-4),
      ]
    case .evidence(let evidence): return changed(evidence, check).map { .evidence($0) }
    case .doubt(.devices(let devices)):
      return [Posterior.Devices.reflexes, .learnt, .habits].filter { $0 != devices }.map { .doubt(.devices($0)) }
    case .doubt(.fragile(let margin)):
      return check.judged(odds: 1) == nil ? [] : [.doubt(.fragile(margin: margin + 0.01))]
    case .doubt(.indistinct(let bits, let proxy)):
      return [.doubt(.indistinct(bits: bits + 0.01, proxy: proxy)), .doubt(.indistinct(bits: bits, proxy: 0))]
    default: return []
    }
  }

  private static func changed(_ judgement: Judgement) -> [Judgement] {
    guard let belief = judgement.belief else { return [] }
    func with(_ verdict: Verdict) -> Judgement {
      Judgement(verdict: verdict, belief: belief, margin: judgement.margin)
    }
    let others: [Verdict] = [
      .intended(reached: false), .misgeneralized, .towardProxy, .otherGoal, .capabilityFailure,
      .undecided(leaning: nil),
    ]
    var changed = others.filter { $0.name != judgement.verdict.name }.map(with)
    if case .undecided(let leaning) = judgement.verdict {
      let wrong = Hypothesis.allCases.filter { belief[$0] < 0.5 }.map(Optional.some)
      changed += (leaning == nil ? wrong : wrong + [nil]).map { with(.undecided(leaning: $0)) }
    }
    for hypothesis in Hypothesis.allCases {
      let other = PerHypothesis { belief[$0] + ($0 == hypothesis ? 1e-4 : 0) }
      changed.append(Judgement(verdict: judgement.verdict, belief: other, margin: judgement.margin))
    }
    let margin = judgement.margin > 1e8 ? 2 : judgement.margin * 1.01
    return changed + [Judgement(verdict: judgement.verdict, belief: belief, margin: margin)]
  }

  private static func changed(_ evidence: EvidenceClaim, _ check: ClaimCheck) -> [EvidenceClaim] {
    switch evidence {
    case .agent(let probability, let bits):
      [.agent(probability: probability + 1e-4, bits: bits), .agent(probability: probability, bits: bits + 0.01)]
    case .likeliest(let told):
      told.indices.flatMap { index -> [EvidenceClaim] in
        var (more, other) = (told, told)
        more[index] = .init(hypothesis: told[index].hypothesis, probability: told[index].probability + 1e-4)
        let belief = check.inference.belief(after: check.facts.count)
        let unlike = Hypothesis.allCases.first { abs(belief[$0.rawValue] - told[index].probability) > 1e-3 }
        other[index] = .init(hypothesis: unlike ?? told[index].hypothesis, probability: told[index].probability)
        return [.likeliest(more)] + (unlike == nil ? [] : [.likeliest(other)])
      }
    case .balance(let bits, let proxy): [.balance(bits: bits + 0.01, proxy: proxy), .balance(bits: bits, proxy: 0)]
    case .telling(let told, let proxy):
      told.indices.map { index in
        var other = told
        other[index] = .init(step: told[index].step, action: told[index].action, bits: told[index].bits + 0.01)
        return .telling(other, proxy: proxy)
      }
    case .classes(let both, let proxyOnly, let intendedOnly, let neither, let proxy):
      [
        .classes(both: both + 1, proxyOnly: proxyOnly, intendedOnly: intendedOnly, neither: neither, proxy: proxy),
        .classes(both: both, proxyOnly: proxyOnly, intendedOnly: intendedOnly, neither: neither + 1, proxy: proxy),
      ]
    case .cost(let steps, let withPerson, let isOver): [.cost(steps + 1, withPerson: withPerson, isOver: isOver)]
    case .pursuits(let segments):
      segments.indices.compactMap { index -> EvidenceClaim? in
        guard let track = check.track else { return nil }
        var others = segments
        let goal: Goal.Index? = segments[index].goal == 0 ? 1 : 0
        // Of what is as probable either may be told.
        let isClear = segments[index].steps.contains { step in
          track[step][goal?.number ?? 2] < (track[step].max() ?? 0) - 1e-4
        }
        others[index] = .init(steps: segments[index].steps, goal: goal)
        return isClear ? .pursuits(others) : nil
      }
    default: []
    }
  }
}
