import Gridworlds
import Studies

extension Episode {
  /// What marks a goal on this episode's board: what lies at its target, or what its own tile stands for.
  func sign(of goal: Goal.Index) -> Legend.Entry? {
    let declared = world.goals[goal]
    let own = world.legend[declared.tile]
    switch own?.role {
    case .region?, .hazard?: return own
    case .creature?:
      // Any of its kind that there is: a leader that is none.
      return level.mobiles.lazy.compactMap { self.world.legend[$0.tile] }.first { $0.role == .creature } ?? own
    default: break
    }
    // Two goals at one place are told apart by their own tiles.
    guard Set(level.targets).count == level.targets.count, let cell = level.targets(of: goal).first,
      level.map.contains(cell), let there = world.legend[level.map[cell]], there.role != .floor,
      there.role != .agent
    else { return own }
    return there
  }
}
