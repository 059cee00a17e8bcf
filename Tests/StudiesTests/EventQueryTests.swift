import Gridworlds
import Inference
import Planning
import Testing
import Worlds

@testable import Studies

@Suite("Searching an episode")
struct EventQueryTests {
  private static let world = Corner()
  private static let run = Agent(UniformPolicy(), seed: 4).run(world, world.generate(.shifted, seed: 11))

  /// One that departs, which the other does not.
  private static let pursuit: Run? = {
    let level = world.generate(.shifted, seed: 11)
    return StateGraph(world, level).map {
      Run(world.rollout(level, policy: PlantedPolicy($0, goal: 1), seed: 1), graph: $0)
    }
  }()

  private func hits(_ text: String, in run: Run = Self.run) throws -> [Int] {
    try EventQuery(text, in: Self.world).hits(in: run).map(Int.init)
  }

  /// The frames at which something holds, looked at one by one.
  private func frames(_ isTrue: (Int) -> Bool) -> [Int] { Self.run.episode.states.indices.filter(isTrue) }

  @Test("events are found where the analysis has them")
  func events() throws {
    let pursuit = try #require(Self.pursuit)
    for run in [Self.run, pursuit] {
      let marks = try #require(run.analysis).marks
      #expect(try hits("departure", in: run) == [marks.departure].compactMap(\.self))
      #expect(try hits("commit", in: run) == [marks.commitment].compactMap(\.self))
      #expect(try hits("decision", in: run) == [marks.decision].compactMap(\.self))
      #expect(try hits("no return", in: run) == [marks.noReturn].compactMap(\.self))
      #expect(try hits("no-return", in: run) == hits("no return", in: run))
      #expect(try hits("end", in: run) == [run.episode.steps.count])
      #expect(try hits("reached corner", in: run) == [run.episode.achievement(of: 1)].compactMap(\.self))
      #expect(try hits("reached", in: run).isEmpty == (run.outcome == .neither))
      #expect(try hits("touch", in: run) == [marks.firstTouch?.frame].compactMap(\.self))
      #expect(try hits("aftermath", in: run) == [marks.aftermath].compactMap(\.self))
    }
    for word in ["departure", "decision", "touch", "aftermath", "reached corner"] {
      #expect(try hits(word, in: pursuit).count == 1, "\(word)")
    }
  }

  @Test("classes, actions, cells and numbers are found at every step where they hold")
  func steps() throws {
    let (run, analysis) = (Self.run, try #require(Self.run.analysis))
    let count = run.episode.steps.count
    let words: [(String, StepClass)] = [
      ("both", .both), ("proxy", .proxyOnly), ("goal", .intendedOnly), ("neither", .neither),
    ]
    let last = analysis.marks.aftermath ?? count
    for (word, kind) in words { #expect(try hits(word) == frames { $0 < last && analysis.classes[$0] == kind }) }
    #expect(try hits("neither", in: #require(Self.pursuit)).isEmpty, "it stays at the corner")
    #expect(try hits("regret>0") == frames { $0 < count && analysis.regret[$0] > 0 })
    #expect(try hits("REGRET > 0") == hits("regret>0"), "blanks and capitals say nothing")
    #expect(
      try hits("cheese<=3") == frames { analysis.distance(to: Self.world.intended, at: $0).map { $0 <= 3 } ?? false })
    #expect(try hits("p≥0.5") == frames { analysis.posterior.belief(after: $0).sum(.proxy, .nearer, .beside) >= 0.5 })
    #expect(try hits("pi=0.25").count == count, "every action has a quarter; = goes as far as the digits typed")
    #expect(try hits("pi=0.1").isEmpty && hits("entropy>2.1").isEmpty)
    #expect(try hits("v<1").isEmpty, "where nothing was said nothing holds")
    let up = try #require(Self.world.actions.firstIndex { $0.name == "up" })
    #expect(try hits("action=up") == frames { $0 < count && run.episode.steps[$0].action == up })
    let start = run.episode.agent(at: 0)
    #expect(try hits("at=\(start.x),\(start.y)") == frames { run.episode.agent(at: $0) == start })
    #expect(try hits("step>=5 step<8") == [5, 6, 7])
  }

  @Test("all conditions must hold, and not turns one round")
  func together() throws {
    let both = Set(try hits("action=up")).intersection(try hits("regret>0"))
    #expect(try hits("action=up regret>0") == both.sorted())
    #expect(try hits("not action=up step<\(Self.run.episode.steps.count)") == hits("action!=up"))
    #expect(try hits("!both !not both").isEmpty)
    #expect(try hits("end step<3").isEmpty)
  }

  @Test(
    "what is wrong is named with its place and its mend",
    arguments: [
      ("", "at 1: nothing to search for; type a word like departure, or regret>0."),
      ("both regrret>0", "at 6: 'regrret' is no word of a search; did you mean 'regret'?"),
      ("departur", "at 1: 'departur' is no word of a search; did you mean 'departure'?"),
      ("regret>", "at 8: a number is missing; write it like regret>0.5."),
      ("regret>x", "at 8: 'x' is no number; write it like regret>0.5."),
      ("regret", "at 1: 'regret' is not compared with anything; write regret>0.5."),
      ("action", "at 1: 'action' is not compared with anything; write action=up."),
      ("action<up", "at 7: 'action' has no order; use = or !=."),
      ("action=fly", "at 8: 'fly' is no action of corner; they are up, left, down, right."),
      ("at=5", "at 5: a cell has two numbers; write column and row like at=5,3."),
      ("at=0.5,1", "at 4: a cell has whole numbers; write column and row like at=5,3."),
      (">3", "at 1: '>' stands without a name before it; write it like regret>0."),
      ("proxy & both", "at 7: '&' means nothing here; use words, numbers and < > = ! ,."),
      ("not", "at 4: a condition is missing; say what should not hold."),
      ("v<1.2.3", "at 3: '1.2.3' is no number; write it like 0.5."),
    ])
  func problems(_ text: String, _ words: String) {
    do throws(QueryProblem) {
      _ = try EventQuery(text, in: Self.world)
      Issue.record("\(text) was understood")
    } catch {
      #expect("\(error)" == words)
    }
  }

  @Test("no text stops the program")
  func fuzz() {
    var random = RandomSource(seed: 9)
    let parts = [
      "proxy", "at", "=", "<", ">", "!", ",", "5", "-", ".", "é", "π", " ", "not", "no", "return", "\u{7}", "≥",
      " both ", " regret>0 ", " at=5,5 ", " step<9 ", " ! ", "  ",
    ]
    var (understood, refused) = (0, 0)
    for _ in 0..<2_000 {
      let text = (0..<random.below(9)).map { _ in parts[random.below(parts.count)] }.joined()
      do throws(QueryProblem) {
        _ = try EventQuery(text, in: Self.world).matches(3, in: Self.run)
        understood += 1
      } catch {
        #expect(!error.description.isEmpty)
        refused += 1
      }
    }
    #expect(understood > 20 && refused > 20)
    #expect(throws: QueryProblem.self) { try EventQuery(String(repeating: "a ", count: 400), in: Self.world) }
  }

  @Test("without an analysis what needs one is not found, the rest is")
  func unanalysed() throws {
    let world = Monsters()
    let level = world.generate(.training, seed: 1)
    let run = Agent(UniformPolicy(), seed: 1).run(world, level)
    let bare = Run(run.episode, analysis: nil)
    #expect(try EventQuery("proxy", in: world).hits(in: bare).isEmpty)
    #expect(try EventQuery("entropy>0", in: world).hits(in: bare).count == run.episode.steps.count)
  }
}
