import Archive
import Foundation
import Gridworlds
import Studies
import TerminalUI

/// The list of branches: showing, naming, comparing, deleting, saving them.
extension ReplayScene {
  /// What lies over the replay.
  enum Panel: Sendable {
    /// The episode and its branches; the numbers are those of the branches, `nil` the episode.
    case branches(ChoiceList, [Int?])
    /// What the run shown can be compared with.
    case opponents(ChoiceList, [Opponent])

    var list: ChoiceList {
      get {
        switch self {
        case .branches(let list, _), .opponents(let list, _): list
        }
      }
      set {
        switch self {
        case .branches(_, let ids): self = .branches(newValue, ids)
        case .opponents(_, let opponents): self = .opponents(newValue, opponents)
        }
      }
    }
  }

  mutating func perform(_ command: ListCommand) -> [Wish<ReplayScene>] {
    guard var panel else { return [] }
    var list = panel.list
    switch command {
    case .down: list.select(list.selected + 1)
    case .up: list.select(list.selected - 1)
    case .pageDown: list.select(list.selected + 8)
    case .pageUp: list.select(list.selected - 8)
    case .first: list.select(0)
    case .last: list.select(list.lines.count - 1)
    }
    panel.list = list
    self.panel = panel
    return []
  }

  mutating func perform(_ command: OpponentCommand) -> [Wish<ReplayScene>] {
    guard case .opponents(let list, let opponents)? = panel else { return [] }
    switch command {
    case .open:
      guard opponents.indices.contains(list.selected) else { return [] }
      panel = nil
      return compare(with: opponents[list.selected])
    case .leave:
      panel = nil
      return []
    }
  }

  mutating func openBranches() {
    isPlaying = false
    let (list, ids) = branchList(choosing: shownBranch)
    panel = .branches(list, ids)
  }

  mutating func refreshBranches() {
    guard case .branches(let old, let ids)? = panel else { return }
    let chosen = ids.indices.contains(old.selected) ? ids[old.selected] : nil
    let (list, new) = branchList(choosing: chosen)
    panel = .branches(list, new)
  }

  private func branchList(choosing id: Int?) -> (ChoiceList, [Int?]) {
    let tree = tree
    var lines = [line("the episode", tree.root, isShown: shownBranch == nil)]
    var ids: [Int?] = [nil]
    for (branch, depth) in tree.outline {
      let text =
        String(repeating: "  ", count: min(6, depth)) + "Y\(branch.id) \(branch.name), from step \(branch.leavesAt)"
      lines.append(line(text, branch.run, isShown: shownBranch == branch.id))
      ids.append(branch.id)
    }
    let title = tree.branches.isEmpty ? "No branches yet: w takes over at a step" : "Branches"
    return (ChoiceList(title: title, lines: lines, selected: ids.firstIndex { $0 == id } ?? 0), ids)
  }

  private func line(_ text: String, _ run: Run, isShown: Bool) -> ChoiceList.Line {
    let (words, ink) = run.analysis == nil ? ("being analysed", Ink.dim) : VerdictLook.short(run)
    return ChoiceList.Line(text: text + (isShown ? " (shown)" : ""), detail: words, ink: ink)
  }

  mutating func perform(_ command: BranchListCommand) -> [Wish<ReplayScene>] {
    guard case .branches(let list, let ids)? = panel else { return [] }
    if command == .leave { panel = nil }
    guard ids.indices.contains(list.selected) else { return [] }
    let id = ids[list.selected]
    switch command {
    case .open: return show(branch: id)
    case .rename:
      guard let id else { return [] }
      return [ask(TypedLine(label: "Name: ", text: tree.name(of: id))) { $0.rename(id, to: $1) }]
    case .compare:
      guard let id, let branch = tree[id] else {
        notice = "Choose a branch: it is compared with what it left."
        return []
      }
      panel = nil
      return [.enter(comparison(of: id, with: branch.parent))]
    case .delete:
      guard let id else { return [] }
      let below = tree.descendants(of: id).count - 1
      let more = below == 0 ? "" : " and \(below) that left it"
      return [
        ask(TypedLine(label: "Delete \(tree.name(of: id))\(more)? y/n ", isYesOrNo: true)) { room, _ in
          room.delete(id)
          return []
        }
      ]
    case .saveBranches: return askForFile()
    case .leave: return []
    }
  }

  /// A question whose answer counts only where one is given.
  private func ask(
    _ line: TypedLine, then: @escaping @Sendable (inout ReplayScene, String) -> [Wish<ReplayScene>]
  ) -> Wish<ReplayScene> {
    .ask(Question(line) { room, answer in answer.kind == .entered ? then(&room, answer.text) : [] })
  }

  /// Shows a branch from where it begins, or the episode itself where the time is now.
  mutating func show(branch id: Int?) -> [Wish<ReplayScene>] {
    panel = nil
    shownBranch = id
    isPlaying = false
    frame = id.flatMap { tree[$0]?.leavesAt } ?? min(frame, last)
    look.cursor = nil
    tools.range = nil
    followTrack()
    return searchAgain()
  }

  private mutating func askForFile() -> [Wish<ReplayScene>] {
    guard !tree.branches.isEmpty else {
      notice = "There are no branches to save."
      return []
    }
    let name = Moment.plain(run.episode.level.reference) + "-branches.jsonl"
    return [
      ask(TypedLine(label: "Save to: ", text: name)) { room, text in
        text.isEmpty ? [] : room.save(to: text.expandedPath, replacing: false)
      }
    ]
  }

  private mutating func rename(_ id: Int, to name: String) -> [Wish<ReplayScene>] {
    tree.rename(id, to: name)
    refreshBranches()
    return []
  }

  private mutating func delete(_ id: Int) {
    let gone = tree.descendants(of: id)
    let parent = tree[id]?.parent
    if let shownBranch, gone.contains(shownBranch) {
      self.shownBranch = parent
      frame = min(frame, last)
      followTrack()
    }
    tree.remove(id)
    refreshBranches()
  }

  private func save(to path: String, replacing: Bool) -> [Wish<ReplayScene>] {
    let tree = tree
    return [
      .work("whatIf") {
        if !replacing, FileManager.default.fileExists(atPath: path) {
          let label = "\(path.truncated(to: 40)) is there already. Replace it? y/n "
          return Reply { room in
            [room.ask(TypedLine(label: label, isYesOrNo: true)) { room, _ in room.save(to: path, replacing: true) }]
          }
        }
        do throws(FileProblem) {
          try AtomicFile.write(Data(tree.lines.utf8), to: path)
        } catch {
          let words = "\(error)"
          return Reply { room in
            room.notice = words
            return []
          }
        }
        let count = tree.branches.count
        return Reply { room in
          room.hasUnsavedBranches = false
          room.notice = "\(count) branch\(count == 1 ? "" : "es") and the episode are in \(path)."
          return []
        }
      }
    ]
  }
}
