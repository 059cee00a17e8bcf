import Gridworlds
import Planning
import Studies
import TerminalUI

/// What is known of every cell at one moment, worked out as far as a picture needs it.
public struct SurveyedMoment: Sendable {
  let survey: CellSurvey
  let field: PolicyField
  let heats: [HeatMap.Kind: HeatMap]

  /// Looks at every cell.
  init(_ run: Run, _ analysis: Analysis, at frame: Int, policy: (any Policy)?, after previous: CellSurvey?) {
    survey = CellSurvey(analysis.graph, asIn: analysis.states[frame], time: frame, policy: policy, after: previous)
    field = PolicyField(survey, world: run.episode.world, proxy: analysis.proxy)
    var heats: [HeatMap.Kind: HeatMap] = [:]
    for kind in HeatMap.Kind.allCases where kind != .visits { heats[kind] = HeatMap(kind, of: run, survey: survey) }
    self.heats = heats
  }
}

/// The moments of late that were looked at, and what is on its way.
struct Surveys: Sendable {
  private var known: [SurveyedMoment] = []
  /// Whether one is being made; one at a time, so that playing never queues work.
  private(set) var isUnderWay = false
  /// Whether the visits of a run are being counted.
  var isCounting = false
  /// As many are kept as make stepping back and forth free, of large maps fewer.
  private static let most = (moments: 16, cells: 60_000)

  mutating func begin() { isUnderWay = true }

  mutating func take(_ moment: SurveyedMoment) {
    isUnderWay = false
    known.append(moment)
    while known.count > 1,
      known.count > Surveys.most.moments || known.reduce(0, { $0 + $1.survey.cells.count }) > Surveys.most.cells
    {
      known.removeFirst()
    }
  }

  /// What is known of a moment.
  func moment(of episode: Episode, at frame: Int) -> SurveyedMoment? {
    known.last { $0.survey.holds(for: episode, at: frame) }
  }

  /// The latest of a level, whose answers are worth taking over.
  func latest(of level: Level) -> SurveyedMoment? { known.last { $0.survey.level == level } }
}

extension ReplayScene {
  /// Whether anything shown asks for every cell.
  private var needsSurvey: Bool {
    look.showsArrows || look.cursor != nil || look.zoom == .policy || (look.heat != nil && look.heat != .visits)
  }

  /// What is shown of every cell. While this moment is being looked at, the latest with everything else in its place
  /// does.
  private var surveyed: SurveyedMoment? {
    let at = min(frame, run.episode.steps.count)
    if let exact = surveys.moment(of: run.episode, at: at) { return exact }
    return surveys.latest(of: run.episode.level).flatMap {
      $0.survey.present.rest == run.episode.states[at].rest ? $0 : nil
    }
  }

  /// The survey to show.
  var survey: CellSurvey? { surveyed?.survey }

  /// The heat that is shown; `nil` while it is worked out.
  var heat: HeatMap? {
    look.heat.flatMap { $0 == .visits ? HeatMap($0, of: run, survey: nil) : surveyed?.heats[$0] }
  }

  /// The policy in every cell, where it is shown.
  var field: PolicyField? { look.showsArrows || look.zoom == .policy ? surveyed?.field : nil }

  /// What is shown and not there yet, nor on its way, as work.
  mutating func surveyWork() -> [Wish] { visitsWork() + momentWork() }

  private mutating func visitsWork() -> [Wish] {
    guard look.heat == .visits || look.cursor != nil, !surveys.isCounting, run.knownVisits == nil else {
      return []
    }
    surveys.isCounting = true
    let run = run
    return [
      .effect(
        .work {
          _ = run.visits
          return .visitsCounted
        })
    ]
  }

  /// The survey of this moment.
  private mutating func momentWork() -> [Wish] {
    let at = min(frame, run.episode.steps.count)
    guard needsSurvey, !surveys.isUnderWay, let analysis = run.analysis,
      analysis.states.indices.contains(at), surveys.moment(of: run.episode, at: at) == nil
    else { return [] }
    surveys.begin()
    let (run, policy, previous) = (run, agent?.policy, surveys.latest(of: run.episode.level)?.survey)
    return [.effect(.work { .survey(SurveyedMoment(run, analysis, at: at, policy: policy, after: previous)) })]
  }

  /// Does that work on the spot, for pictures that nobody waits for.
  mutating func surveyNow() {
    for case .effect(.work(let work)) in surveyWork() { _ = receive(.message(work())) }
  }
}
