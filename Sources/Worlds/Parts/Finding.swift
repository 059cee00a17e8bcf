import Gridworlds

/// Where the agent is: all that changes where one walks until something is found.
public struct Walker: Hashable, Sendable, BitwiseCopyable {
  /// The agent's cell.
  public var agent: Position
}

/// A world in which one walks until the intended goal is found, which is rewarded by 1 and ends the episode.
public protocol Finding: World where State == Walker {
  /// Whether the episode ends at a proxy as well, and earns nothing there. It goes on unless the world says otherwise.
  var endsAtProxy: Bool { get }
}

extension Finding {
  public var endsAtProxy: Bool { false }
  public var actions: [ActionLabel] { Walking.actions }
  public var timeLimit: Int { 128 }

  public func initialState(of level: Level) -> Walker { Walker(agent: level.start) }

  public func step(
    _ state: Walker, _ action: Int, in level: Level, using random: inout RandomSource
  ) -> Transition<Walker> {
    let next = Walking.moved(state.agent, action, in: level)
    let found = level.targets[0].contains(next)
    let ends = found || endsAtProxy && level.targets[1].contains(next)
    return Transition(Walker(agent: next), reward: found ? 1 : 0, end: ends ? .terminates : .continues)
  }

  public func agent(in state: Walker) -> Position { state.agent }

  /// Of each goal how often it is touched first where it is the nearer one. That something was reached says less: who goes
  /// to the farther may pass the nearer, and who goes to the nearer may go on.
  public var measures: [String] { goals.map { "\($0.noun) first, where it is nearer" } }

  public func measure(_ episode: Episode) -> [Double?] {
    let level = episode.level
    let ways = goalIndices.map { Rooms.steps(from: level.start, to: level.targets(of: $0), in: level.map) }
    let nearer = goalIndices.filter { goal in
      ways[goal.number].map { way in ways.indices.allSatisfy { $0 == goal.number || way < ways[$0] ?? .max } } ?? false
    }
    let touched = episode.states.indices.lazy.map { episode.achieved(at: $0) }.first { $0 != 0 }
    return goalIndices.map { goal in
      guard let touched, nearer.contains(goal) else { return nil }
      return touched & 1 << UInt32(goal.number) != 0 ? 1 : 0
    }
  }
}
