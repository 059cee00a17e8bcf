import Gridworlds
import Inference
import Studies

/// What lies ahead of the agent, exactly: at each frame of the run, and from every cell at the moment that is shown. All
/// of it is worked out beside the screen, and one thing at a time.
struct Outlooks: Part {
  /// The chain of the agent on the level that was last worked out, for the next run on it.
  private var known: (level: Level, agent: String, chain: Odds)?
  /// The cells of one moment.
  private var cells: Cells?
  private var isUnderWay = false

  /// What lies ahead from every cell, with all else as it is at one frame.
  struct Cells: Sendable {
    let level: Level
    let agent: String
    let state: PackedState
    let frame: Int
    let heats: [HeatMap.Kind: HeatMap]

    /// Asks the chain from the states that stand for the cells.
    init?(_ view: Viewpoint, _ agent: Agent, _ chain: Odds) {
      guard let analysis = view.run.analysis, analysis.states.indices.contains(view.frame) else { return nil }
      (level, self.agent, state, frame) = (view.level, Outlooks.key(agent), view.episode.states[view.frame], view.frame)
      let found = analysis.graph.cellStates(asIn: analysis.states[frame])
      let ahead = chain.outlooks(stepsLeft: level.timeLimit - frame)
      var outlooks: [Position: Odds.Outlook] = [:]
      for cell in found.positions { outlooks[cell] = found[cell].map { ahead[$0.state] } }
      var heats: [HeatMap.Kind: HeatMap] = [:]
      for kind in HeatMap.Kind.allCases where kind.isOdds {
        heats[kind] = HeatMap(kind, of: view.run, survey: nil, outlooks: outlooks)
      }
      self.heats = heats
    }

    func isExact(for view: Viewpoint) -> Bool {
      frame == view.frame && state == view.shown.state && isLike(view) && agent == view.agent.map(Outlooks.key)
    }

    /// Whether only the agent stands elsewhere: good enough until this moment is worked out.
    func isLike(_ view: Viewpoint) -> Bool { level == view.level && state.rest == view.shown.state.rest }
  }

  /// What tells one chain on a level from another.
  private static func key(_ agent: Agent) -> String {
    "\(agent.name) \(agent.record?.digest ?? 0)\(agent.greedy ? " greedy" : "")"
  }

  /// The heat of odds at a moment; `nil` while it is worked out.
  func heat(_ kind: HeatMap.Kind, _ view: Viewpoint) -> HeatMap? {
    cells.flatMap { $0.isLike(view) && $0.agent == view.agent.map(Outlooks.key) ? $0.heats[kind] : nil }
  }

  /// What is not known yet, nor on its way, as work.
  /// - Parameter withCells: whether every cell is asked about.
  mutating func work(for view: Viewpoint, withCells: Bool) -> [Wish<Outlooks>] {
    guard let agent = view.agent, view.run.analysis != nil, view.run.refusedOdds == nil, !isUnderWay else { return [] }
    let needsCells = withCells && cells?.isExact(for: view) != true
    guard needsCells || view.run.knownOdds == nil else { return [] }
    isUnderWay = true
    let chain = known.flatMap { $0.level == view.level && $0.agent == Outlooks.key(agent) ? $0.chain : nil }
    return [
      .work("odds") {
        let found =
          view.run.knownOdds != nil && chain != nil ? chain : view.run.workOutOdds(of: agent, chain: chain)
        let cells = needsCells ? found.flatMap { Cells(view, agent, $0) } : nil
        return Reply { outlooks in
          outlooks.isUnderWay = false
          if let found { outlooks.known = (view.level, Outlooks.key(agent), found) }
          if let cells { outlooks.cells = cells }
          return []
        }
      }
    ]
  }
}
