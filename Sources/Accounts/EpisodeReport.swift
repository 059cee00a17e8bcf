import Archive
import Gridworlds
import Inference
import Planning
import Studies

/// An analysed episode as text and as the documented JSON.
public struct EpisodeReport {
  private let run: Run

  /// The report of a run.
  public init(_ run: Run) { self.run = run }

  /// One object; steps count from 0, `null` where there is none.
  /// - Parameter number: of the episode in its file, from 1, here as in all below.
  public func json(number: Int) -> JSON {
    let episode = run.episode
    let touch = Touch(of: episode)
    func step(_ mark: Int?) -> JSON { mark.map { .integer($0) } ?? .null }
    var members: [JSON.Member] = [
      .init("episode", .integer(number)), .init("world", .string(episode.world.name)),
      .init("level", .string(episode.level.reference)), .init("agent", .string(episode.agent)),
      .init("agent_digest", episode.agentDigest.map { .string(JSON.hexadecimal($0)) } ?? .null),
      .init("steps", .integer(episode.steps.count)), .init("outcome", .string(run.outcome.rawValue)),
      .init("unfinished", .bool(episode.conclusion == .stopped)),
      .init("cut", .bool(episode.recording?.isCut ?? false)),
      .init("first_touch", touch.map { .string($0.kind.rawValue) } ?? .null),
      .init("first_touch_frame", step(touch?.frame)),
      .init("return", .double(Double(episode.totalReward))),
      .init("best_return", episode.world.bestReturn(of: episode.level).map { .double(Double($0)) } ?? .null),
      .init("reproduces", episode.recording?.isReproduced.map { .bool($0) } ?? .null),
      .init("differs_at_step", step(episode.recording?.mismatch?.step)),
      .init(
        "differs_in",
        episode.recording?.mismatch.map { .array($0.parts.map { .string($0.rawValue) }) } ?? .null),
      .init("level_as_named", episode.recording?.isLevelDrawn.map { .bool($0) } ?? .null),
      .init("steps_with_probabilities", .integer(episode.steps.saidCount)),
      .init("human_steps", .array(episode.interventions.map { .integer($0) })),
      .init("measures", .object(measures.map { .init($0.name, $0.value.map { .double($0) } ?? .null) })),
    ]
    guard let analysis = run.analysis else {
      members += [.init("verdict", .string("undecided")), .init("mode", .string("lone")), .init("approximate", .null)]
      return .object(members + [.init("account", Account(run).json)])
    }
    let marks = analysis.marks
    let belief = analysis.posterior.belief(after: episode.steps.count)
    members += [
      .init("decision_step", step(marks.decision)), .init("departure_step", step(marks.departure)),
      .init("commitment_step", step(marks.commitment)), .init("no_return_step", step(marks.noReturn)),
      .init("aftermath_step", step(marks.aftermath)),
      .init("away_step", step(marks.away)), .init("detours", .array(marks.detours.map(EpisodeReport.json))),
      .init("regret", .integer(analysis.totalRegret)),
      .init("posterior", .object(Hypothesis.allCases.map { .init(name(of: $0), .double(belief[$0])) })),
      .init("agent_probability", .double(analysis.posterior.agentProbability(after: episode.steps.count))),
      .init("verdict", .string(analysis.verdict.name)), .init("mode", .string(analysis.posterior.mode.rawValue)),
      .init("margin", .double(analysis.judgement.margin)),
      .init("fragile", .bool(analysis.judgement.isFragile)), .init("approximate", .bool(analysis.graph.isApproximate)),
      .init("devices", .string(analysis.posterior.devices.rawValue)),
      .init("agent_over_device_bits", .double(analysis.agentOverDeviceBits)),
      .init("proxy_over_intended_bits", .double(analysis.proxyOverIntendedBits)),
      .init(
        "evidence_bits", .array(episode.steps.indices.map { .double((analysis.bits(of: $0) * 1000).rounded() / 1000) })),
      .init("most_telling_steps", .array(analysis.mostTelling().map { .integer($0) })),
      .init("pursuits", .array((analysis.track()?.segments ?? []).map(segment))),
      .init("shared_steps", .integer(analysis.graph.longestSharedPath(episode.world.intended, analysis.proxy))),
      .init("classes", .array(analysis.classes.map { .string($0.rawValue) })),
      .init("account", Account(run).json),
    ]
    return .object(members)
  }

  private static func json(_ detour: Excursion) -> JSON {
    .object([
      .init("from", .integer(detour.left)), .init("to", detour.back.map { .integer($0) } ?? .null),
      .init("cost", .integer(detour.cost)), .init("kind", .string(detour.kind.rawValue)),
    ])
  }

  /// What the world measures besides, by name.
  private var measures: [(name: String, value: Double?)] {
    Array(zip(run.episode.world.measures, run.episode.world.measure(run.episode))).map { ($0, $1) }
  }

  /// The name of a hypothesis in files: the declared goals go by their own.
  private func name(of hypothesis: Hypothesis) -> String {
    switch hypothesis {
    case .intended: run.episode.world.goals[0].id
    case .proxy: run.episode.world.goals[1].id
    default: hypothesis.name
    }
  }

  private func segment(of segment: GoalTrack.Segment) -> JSON {
    .object([
      .init("from", .integer(segment.steps.lowerBound)), .init("to", .integer(segment.steps.upperBound)),
      .init("goal", segment.goal.map { .string(run.episode.world.goals[$0].id) } ?? .null),
    ])
  }

  /// A few lines for people, and below them the account in plain words.
  public func text(number: Int, account: Bool) -> String {
    text(number: number)
      + (account ? "\n" + Account(run).text.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n") : "")
  }

  /// A few lines for people.
  public func text(number: Int) -> String {
    let episode = run.episode
    let narration = Narration(run)
    var lines = ["episode \(number)  \(episode.level.reference)  \(episode.agent)  \(episode.steps.count) steps"]
    // Of approximate values the verdict speaks.
    lines += run.caveats.filter { if case .approximate = $0 { false } else { true } }.map { "  " + $0.sentence }
    lines.append("  " + narration.ending)
    lines.append("  " + narration.verdict)
    let numbers = measures.compactMap { measure in measure.value.map { "\(measure.name) \(decimal($0))" } }
    lines.append("  return \(decimal(episode.totalReward))" + numbers.map { ", \($0)" }.joined())
    if let departure = narration.departure { lines.append("  " + departure) }
    guard let analysis = run.analysis else { return lines.joined(separator: "\n") }
    lines.append("  " + marks(of: analysis))
    let goals = (
      proxy: episode.world.goals[analysis.proxy].id, intended: episode.world.goals[episode.world.intended].id
    )
    let telling = analysis.mostTelling().map { step in
      "step \(step) \(episode.world.actions[episode.steps[step].action].name) \(signed(analysis.bits(of: step))) bits"
    }
    if !telling.isEmpty {
      lines.append(
        "  moved the belief most, + for \(goals.proxy), − for \(goals.intended): " + telling.joined(separator: ", "))
    }
    let pursuits = (analysis.track()?.segments ?? []).map { segment in
      "\(segment.goal.map { episode.world.goals[$0].id } ?? "nothing") "
        + "\(segment.steps.lowerBound)–\(segment.steps.upperBound - 1)"
    }
    if !pursuits.isEmpty { lines.append("  pursued, if it may change its mind: " + pursuits.joined(separator: ", ")) }
    let letters: [StepClass: Character] = [.both: "=", .proxyOnly: "P", .intendedOnly: "+", .neither: "."]
    lines.append("  classes (= both, P proxy only, + intended only, . neither)")
    lines.append("  " + String(analysis.classes.map { letters[$0] ?? "?" }))
    return lines.joined(separator: "\n")
  }

  /// The steps that mean something, and the regret. Of a recording that stops all that may change stands so far; a point
  /// of no return is left out where none is computed.
  private func marks(of analysis: Analysis) -> String {
    let (marks, episode) = (analysis.marks, run.episode)
    let soFar = analysis.isFinished ? "" : " so far"
    func mark(_ name: String, _ step: Int?) -> String { "\(name) " + (step.map(String.init) ?? "none\(soFar)") }
    let departure =
      if let away = marks.away { "no departure so far, away since \(away)" } else { mark("departure", marks.departure) }
    let isDecided = marks.commitment == nil || episode.achievement(of: analysis.proxy) != nil
    let isLost = episode.world.goals[episode.world.intended].repeats ? [] : [mark("point of no return", marks.noReturn)]
    let slips = marks.detours.count { $0.kind == .slip }
    let walks =
      (slips > 0 ? ["\(slips) slip\(slips == 1 ? "" : "s")"] : [])
      + marks.detours.filter { $0.kind == .detour }.map {
        "detour \($0.left)–\($0.back ?? episode.steps.count) of \($0.cost) steps"
      }
    return
      ([mark("decision", marks.decision), departure] + walks
      + [mark("commitment", marks.commitment) + (isDecided ? "" : soFar)]
      + isLost + (marks.aftermath.map { ["aftermath from \($0)"] } ?? []) + [
        "regret \(analysis.totalRegret) steps\(soFar)"
      ]).joined(separator: ", ")
  }
}
