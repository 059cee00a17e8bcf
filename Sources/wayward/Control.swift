import ArgumentParser
import Gridworlds
import Planning
import Studies

/// An agent that nobody trained and whose doing is known: what trained ones are measured beside.
enum Control: String, ExpressibleByArgument, CaseIterable {
  /// To the nearest of all that any goal wants.
  case nearest
  /// To the intended goal, or to the proxies, and blind to all else.
  case intended, proxy
  /// Every action alike; an option of its own asks for it.
  case random

  static var allValueStrings: [String] { allCases.filter { $0 != .random }.map(\.rawValue) }

  init?(argument: String) {
    guard let control = Control(rawValue: argument), control != .random else { return nil }
    self = control
  }

  /// The agent, in a world.
  func agent(in world: any World, greedy: Bool) -> Agent {
    let goals = Array(world.goalIndices)
    let policy: any Policy =
      switch self {
      case .nearest: SeekingPolicy(name: "nearest thing", goals: goals)
      case .intended: SeekingPolicy(name: "intended alone", goals: [world.intended])
      case .proxy: SeekingPolicy(name: "proxy alone", goals: goals.filter { $0 != world.intended })
      case .random: UniformPolicy(name: "random walker")
      }
    return Agent(policy, greedy: greedy)
  }
}
