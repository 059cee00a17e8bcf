import Gridworlds
import Studies
import TerminalUI

/// Another run beside the one that is shown.
extension ReplayScene {
  /// Does what is asked if it is about comparing, else `nil`.
  mutating func performComparison(_ command: Command) -> [Wish]? {
    switch command {
    case .compare: return toggleTwin()
    case .otherIntention: return toggleOtherIntention()
    case .swap: isSwapped.toggle()
    default: return nil
    }
    return []
  }

  mutating func toggleTwin() -> [Wish] {
    if twin != nil {
      (twin, twinWords) = (nil, nil)
      frame = min(frame, last)
      return []
    }
    guard let watcher, let level = run.episode.world.twin(of: run.episode.level) else {
      notice = "There is no twin to compare with."
      return []
    }
    let world = run.episode.world
    return [.effect(.work { .twin(watcher.run(world, level)) })]
  }

  /// The same agent, seed and map where the training meant to reward something else: only the verdict can differ.
  mutating func toggleOtherIntention() -> [Wish] {
    if let twin, twin.episode.world.name != run.episode.world.name { return toggleTwin() }
    guard let watcher, let world = run.episode.world.otherIntention,
      let level = try? run.episode.level.under(world)
    else {
      notice = "This world has one intention only: coinrun and locks have two."
      return []
    }
    return [.effect(.work { .twin(watcher.run(world, level)) })]
  }
}

extension World {
  /// What a level is best compared with: a shifted level with its training twin, a generated training level with the
  /// shifted one of the same seed.
  func twin(of level: Level) -> Level? {
    if let twin = trainingTwin(of: level), twin.map != level.map || twin.timeLimit != level.timeLimit { return twin }
    guard let hash = level.reference.lastIndex(of: "#"), let seed = UInt64(level.reference[hash...].dropFirst()) else {
      return nil
    }
    return generate(.shifted, seed: seed)
  }
}
