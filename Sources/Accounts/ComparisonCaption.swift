import Gridworlds
import Planning
import Studies

/// What a comparison shows, in sentences of which each holds: they are made from its claims and from nothing else.
extension Comparison {
  /// What the comparison shows, the most telling first.
  public var caption: String { captionSentences.joined(separator: " ") }

  /// The sentences of ``caption``; where room is short, the first ones are those to keep.
  public var captionSentences: [String] { claims.map { $0.words(in: self) } }
}

extension ComparisonClaim {
  /// The sentence of a claim about two runs.
  public func words(in comparison: Comparison) -> String {
    let speaker = PairSpeaker(comparison)
    return switch self {
    case .differs(let side, let step): "\(side.rawValue) is not as recorded from step \(step) on."
    case .cut(let side, let step): "The file of \(side.rawValue) was cut at step \(step)."
    case .levelDiffers(let side): "The level of \(side.rawValue) is not the one of its name."
    case .approximate(let sides):
      "Values are approximate\(sides.count == 1 ? " in \(sides[0].rawValue)" : "")."
    case .same(let moves): moves ? "Level, agent, seed and moves are the same." : "Level, agent and seed are the same."
    case .only(let difference): speaker.sentence(difference)
    case .several(let all):
      "\(PairSpeaker.number(all.count)) things differ: \(all.map(speaker.short).joined(separator: ", "))."
    case .otherActions: "Their actions are not of one kind."
    case .moves(let same, let count, let parting, let isOneLonger):
      PairSpeaker.moves(same, of: count, parting: parting, which: isOneLonger ? " that both took" : "")
    case .idle(.intention): "What was meant changed no move."
    case .idle(.place(let thing)): "So in which of the two places the \(thing) lay made no difference to these moves."
    case .fates(let a, let b): "A \(speaker.words(a, of: .a)); B \(speaker.words(b, of: .b))."
    case .fate(let fate): "Both \(speaker.words(fate, of: .a))."
    case .verdicts(let a, let b): PairSpeaker.verdicts(a.words, b.words)
    }
  }
}

/// Says claims about two runs. It asks them for names and nothing else.
private struct PairSpeaker {
  private let comparison: Comparison

  init(_ comparison: Comparison) { self.comparison = comparison }

  private var a: Episode { comparison.first.episode }
  private var b: Episode { comparison.second.episode }

  private func intendedID(_ episode: Episode) -> String { episode.world.goals[episode.world.intended].id }

  /// The one thing that differs.
  func sentence(_ only: ComparisonClaim.Difference) -> String {
    switch only {
    case .world: return "Only the world differs: \(a.world.name) and \(b.world.name)."
    case .intention:
      return "One level, one agent, two intentions: A meant the \(intendedID(a)), B the \(intendedID(b))."
    case .mapSize: return "Only the maps differ, in size too."
    case .map(let cells, let things, let isPlaceOfOne):
      guard things.count == 1, let thing = things.first else {
        return "Only the maps differ, in \(cells) cell\(cells == 1 ? "" : "s")."
      }
      return isPlaceOfOne
        ? "Only the place of the \(thing) differs." : "Only cells with \(thing) differ, \(cells) of them."
    case .targets: return "Only the places of the goals differ."
    case .timeLimit(let first, let second): return "Only the time limits differ: \(first) and \(second) steps."
    case .agent: return "Only the agents differ: \(agents)."
    case .seed(let first, let second): return "Only the seeds of the sampling differ: \(first) and \(second)."
    case .interventions(let first, let second):
      return "Only who acted differs: \(PairSpeaker.yourMoves(first, second))."
    }
  }

  /// One of several things that differ.
  func short(_ difference: ComparisonClaim.Difference) -> String {
    switch difference {
    case .world: "the world"
    case .intention: "what was meant"
    case .mapSize: "the maps with their sizes"
    case .map(let cells, _, _): "the maps in \(cells) cell\(cells == 1 ? "" : "s")"
    case .targets: "the places of the goals"
    case .timeLimit: "the time limits"
    case .agent: "the agents \(agents)"
    case .seed(let first, let second): "the seeds \(first) and \(second)"
    case .interventions(let first, let second): "who acted (\(PairSpeaker.yourMoves(first, second)))"
    }
  }

  /// Both by name; two of one name are two all the same.
  private var agents: String {
    a.agent == b.agent ? "\(a.agent) and another one called so" : "\(a.agent) and \(b.agent)"
  }

  /// Where a person acted, by side.
  private static func yourMoves(_ first: [ClosedRange<Int>], _ second: [ClosedRange<Int>]) -> String {
    let texts = zip(ComparisonClaim.Side.allCases, [first, second]).compactMap { side, ranges -> String? in
      guard let only = ranges.first else { return nil }
      let texts = ranges.prefix(3).map {
        $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)"
      }
      let steps = ranges.count == 1 && only.count == 1 ? "step" : "steps"
      return "in \(side.rawValue) at \(steps) \(texts.joined(separator: ", "))\(ranges.count > 3 ? " …" : "")"
    }
    return "you " + texts.joined(separator: ", ")
  }

  static func moves(_ same: Int, of count: Int, parting: Int?, which: String) -> String {
    if same == count {
      return count == 1 ? "The one move\(which) is the same." : "All \(count) moves\(which) are alike."
    }
    return "\(same) of \(count) moves\(which) are alike, and they part at step \(parting ?? count)."
  }

  /// What became of one side; a person's deeds are called a person's.
  func words(_ fate: ComparisonClaim.Fate, of side: ComparisonClaim.Side) -> String {
    let world = (side == .a ? a : b).world
    func deed(_ had: ComparisonClaim.Achievement) -> String {
      "\(world.goals[had.goal].deed)\(had.byPerson ? ", by your move," : "") after "
        + "\(had.frame) step\(had.frame == 1 ? "" : "s")"
    }
    switch fate {
    case .reached(let intended): return deed(intended)
    case .missed(let had, let stop):
      let intended = world.goals[world.intended]
      let missed =
        stop.map { "did not \(intended.wish) so far, its recording stops at step \($0)" } ?? "never \(intended.deed)"
      return (had.map { "\(deed($0)) and " } ?? "") + missed
    }
  }

  static func verdicts(_ a: String, _ b: String) -> String {
    a == b ? "Both verdicts: \(a)." : "Verdicts: A \(a), B \(b)."
  }

  static func number(_ count: Int) -> String {
    let names = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven"]
    return names.indices.contains(count) ? names[count] : "\(count)"
  }
}
