import Gridworlds
import Studies
import TerminalUI

/// How to come to a branch again by keys.
extension ReplayScene {
  /// The keys that lead from the episode to the branch and the step that are shown; `nil` of the episode itself, and where
  /// keys do not lead there.
  ///
  /// The agent's draws are those of its seed, whoever acts meanwhile: so the same moves at the same steps give the same
  /// branch, and all that goes before counts as one branch a take-over.
  var branchKeys: String? {
    let episode = run.episode
    if takeOver == nil && shownBranch == nil { return nil }
    let there = "\(ReplayScene.keys(to: min(frame, episode.steps.count)))"
    if agent == nil {
      // From a file: its branches are in the list.
      guard let id = shownBranch, takeOver == nil,
        let line = filedTrees[treeKey]?.outline.firstIndex(where: { $0.branch.id == id })
      else { return nil }
      return "B g " + String(repeating: "Down ", count: line + 1) + "Enter " + there
    }
    let table = Bindings<Command>.takingOver(episode.world.actions).all
    let ranges = episode.interventionRanges
    guard !ranges.isEmpty else { return nil }
    var keys: [String] = []
    for range in ranges {
      keys += [ReplayScene.keys(to: range.lowerBound), "w"]
      keys += range.compactMap { step in
        table.first { $0.command == .act(episode.steps[step].action) }?.keys.first?.typed
      }
      let isLast = range.upperBound == episode.steps.count - 1
      if isLast && takeOver != nil { return keys.joined(separator: " ") }
      keys.append(isLast ? "w" : "Space")
    }
    return (keys + [there]).joined(separator: " ")
  }

  private static func keys(to step: Int) -> String {
    ": " + "\(step)".map { "\($0) " }.joined() + "Enter"
  }
}
