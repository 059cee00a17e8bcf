import Gridworlds
import Inference
import Learning
import Planning

/// What policy and planner say of every cell of a level while things stand as they do at one moment.
///
/// The state that stands for a cell is ``StateGraph/cellStates(asIn:)``'s. Arrows, heat and the inspector of a cell all
/// read from here, so that they never contradict each other.
public struct CellSurvey: Sendable {
  /// One cell.
  public struct Entry: Sendable {
    /// The state that stands for it.
    public let state: PackedState
    /// How that state's rest relates to the moment.
    public let rest: CellState.Rest
    /// What the policy makes of it; `nil` without a policy, and where the world has ended.
    public let decision: Decision?
    /// The fewest steps to each declared goal; `nil` where there is no way.
    let distances: [Int?]
    /// For each action the fewest steps to the intended goal if it is taken first, −Q*; `nil` where it loses the goal.
    public let costs: [Int?]
    /// For each declared goal a bit for each optimal action.
    let optimal: [UInt32]

    /// The fewest steps to a declared goal; `nil` where there is no way.
    public func distance(to goal: Goal.Index) -> Int? { distances[goal.number] }

    /// Whether an action is optimal for a declared goal there, with all the time in the world.
    public func fits(_ goal: Goal.Index, _ action: Int) -> Bool {
      optimal.indices.contains(goal.number) && action < 32 && optimal[goal.number] & (1 << UInt32(action)) != 0
    }

    /// Whether any action is optimal for a declared goal there.
    public func hasWay(to goal: Goal.Index) -> Bool {
      optimal.indices.contains(goal.number) && optimal[goal.number] != 0
    }

    /// Which of intended goal and proxy an action fits.
    public func agreement(of action: Int, intended: Goal.Index, proxy: Goal.Index) -> StepClass {
      StepClass(intended: fits(intended, action), proxy: fits(proxy, action))
    }
  }

  /// How far from the agent cells are looked at, in columns and rows: as far as any screen shows.
  public static let reach = (columns: 100, rows: 64)

  /// The level.
  public let level: Level
  /// The policy's name, `nil` without one.
  public let agent: String?
  /// The state at the moment.
  public let present: PackedState
  /// Steps since the start.
  public let time: Int
  /// Whether the policy may answer otherwise at another time in the same state.
  public let dependsOnTime: Bool
  /// Where the agent is at the moment.
  public let middle: Position
  /// The cells in reach in which the agent may stand.
  public let cells: [Position: Entry]

  /// Asks for every cell.
  /// - Parameters:
  ///   - state: the present state, as an index into the graph.
  ///   - time: steps since the start.
  ///   - previous: an earlier survey with the same policy, whose answers are taken over where they still hold.
  /// - Complexity: O(states × actions) and one decision a cell that is new.
  public init(
    _ graph: StateGraph, asIn state: Int, time: Int, policy: (any Policy)?, after previous: CellSurvey? = nil
  ) {
    let states = graph.reachable.states
    level = graph.level
    self.time = time
    agent = policy?.name
    dependsOnTime = policy != nil && !(policy is NetworkPolicy)
    guard states.indices.contains(state) else {
      present = graph.world.begin(graph.level)
      middle = graph.level.start
      cells = [:]
      return
    }
    present = states[state]
    let known = previous.flatMap { $0.level == graph.level && !$0.dependsOnTime ? $0.cells : nil } ?? [:]
    let agent = graph.reachable.agents[state]
    middle = agent
    let found = graph.cellStates(asIn: state)
    var cells: [Position: Entry] = [:]
    for cell in found.positions where CellSurvey.reaches(cell, from: agent) {
      guard let standing = found[cell] else { continue }
      let packed = states[standing.state]
      var decision: Decision?
      if let policy, !graph.reachable.isTerminal[standing.state] {
        if let before = known[cell], before.state == packed, let answer = before.decision {
          decision = answer
        } else {
          decision = policy.decide(
            in: Situation(world: graph.world, level: graph.level, state: packed, time: time))
        }
      }
      let goals = graph.world.goalIndices
      cells[cell] = Entry(
        state: packed, rest: standing.rest, decision: decision,
        distances: goals.map { graph.distances[$0][standing.state] },
        costs: (0..<graph.actionCount).map { action in
          graph.successor(of: standing.state, by: action).flatMap { graph.distances[graph.world.intended][$0] }.map {
            $0 + 1
          }
        },
        optimal: goals.map { goal in
          graph.optimalActions(for: goal, in: standing.state).reduce(0) { $1 < 32 ? $0 | (1 << UInt32($1)) : $0 }
        })
    }
    self.cells = cells
  }

  /// Whether a cell was looked at.
  public func reaches(_ cell: Position) -> Bool { CellSurvey.reaches(cell, from: middle) }

  private static func reaches(_ cell: Position, from agent: Position) -> Bool {
    abs(cell.x - agent.x) <= reach.columns && abs(cell.y - agent.y) <= reach.rows
  }

  /// Whether it holds for a moment of an episode.
  public func holds(for episode: Episode, at frame: Int) -> Bool {
    episode.frames.indices.contains(frame) && episode.frames[frame].state == present
      && (!dependsOnTime || time == frame) && episode.level == level
  }
}
