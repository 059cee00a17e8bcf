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
}
