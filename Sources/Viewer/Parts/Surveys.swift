import Gridworlds
import Inference
import Planning
import Studies

/// What is known of every cell at one moment, worked out as far as a picture needs it.
struct SurveyedMoment: Sendable {
  let survey: CellSurvey
  let field: PolicyField
  let heats: [HeatMap.Kind: HeatMap]

  /// Looks at every cell.
  init(_ run: Run, _ analysis: Analysis, at frame: Int, policy: (any Policy)?, after previous: CellSurvey?) {
    survey = CellSurvey(analysis.graph, asIn: analysis.states[frame], time: frame, policy: policy, after: previous)
    field = PolicyField(survey, world: run.episode.world, proxy: analysis.proxy)
    var heats: [HeatMap.Kind: HeatMap] = [:]
    for kind in HeatMap.Kind.allCases where kind != .visits && !kind.isOdds {
      heats[kind] = HeatMap(kind, of: run, survey: survey)
    }
    self.heats = heats
  }
}

/// The moments of late that were looked at, and what is on its way.
struct Surveys: Part {
  private var known: [SurveyedMoment] = []
  /// Whether one is being made; one at a time, so that playing never queues work.
  private var isUnderWay = false
  /// Whether the visits of a run are being counted.
  private var isCounting = false
  /// The name of the agent whose moments are wanted.
  private var agent: String?
  /// As many are kept as make stepping back and forth free, of large maps fewer.
  private static let most = (moments: 16, cells: 60_000)

  /// Whose moments are wanted; those of another one who was asked before come too late.
  mutating func expect(_ agent: Agent?) { self.agent = agent?.name }

  /// Whether one may be made now.
  mutating func begin() -> Bool {
    defer { isUnderWay = true }
    return !isUnderWay
  }

  /// Whether visits may be counted now.
  mutating func beginCounting() -> Bool {
    defer { isCounting = true }
    return !isCounting
  }

  mutating func endCounting() { isCounting = false }

  mutating func take(_ moment: SurveyedMoment) {
    isUnderWay = false
    guard moment.survey.agent == agent else { return }
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
