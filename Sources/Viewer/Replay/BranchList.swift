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

  /// Does what is asked while a panel lies over the replay; `nil` without one.
  mutating func performInPanel(_ command: Command) -> [Wish]? {
    guard var panel else { return nil }
    var list = panel.list
    switch command {
    case .down: list.select(list.selected + 1)
    case .up: list.select(list.selected - 1)
    case .pageDown: list.select(list.selected + 8)
    case .pageUp: list.select(list.selected - 8)
    case .first: list.select(0)
    case .last: list.select(list.lines.count - 1)
    case .leave:
      self.panel = nil
      return []
    default:
      switch panel {
      case .branches(_, let ids):
        guard ids.indices.contains(list.selected) else { return [] }
        return perform(command, onBranch: ids[list.selected])
      case .opponents(_, let opponents):
        guard command == .open, opponents.indices.contains(list.selected) else { return [] }
        self.panel = nil
        return compare(with: opponents[list.selected])
      }
    }
    panel.list = list
    self.panel = panel
    return []
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
    let (words, ink) = run.analysis == nil ? ("being analysed", Ink.dim) : GalleryScene.short(run)
    return ChoiceList.Line(text: text + (isShown ? " (shown)" : ""), detail: words, ink: ink)
  }

  private mutating func perform(_ command: Command, onBranch id: Int?) -> [Wish] {
    switch command {
    case .open: return show(branch: id)
    case .rename:
      guard let id else { return [] }
      return [.ask(Question(.renameBranch(id), label: "Name: ", text: tree.name(of: id)))]
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
        .ask(Question(.deleteBranch(id), label: "Delete \(tree.name(of: id))\(more)? y/n "))
      ]
    case .saveBranches: return askForFile()
    default: break
    }
    return []
  }

  /// Shows a branch from where it begins, or the episode itself where the time is now.
  mutating func show(branch id: Int?) -> [Wish] {
    panel = nil
    shownBranch = id
    isPlaying = false
    frame = id.flatMap { tree[$0]?.leavesAt } ?? min(frame, last)
    look.cursor = nil
    tools.range = nil
    followTrack()
    return searchAgain()
  }

  mutating func askForFile() -> [Wish] {
    guard !tree.branches.isEmpty else {
      notice = "There are no branches to save."
      return []
    }
    let name = Moment.plain(run.episode.level.reference) + "-branches.jsonl"
    return [.ask(Question(.saveBranches, label: "Save to: ", text: name))]
  }

  /// Takes an answer to a question about branches.
  mutating func takeBranchAnswer(_ answer: Answer) -> [Wish] {
    guard answer.kind == .entered else { return [] }
    switch answer.topic {
    case .renameBranch(let id):
      tree.rename(id, to: answer.text)
      refreshBranches()
    case .deleteBranch(let id):
      let gone = tree.descendants(of: id)
      let parent = tree[id]?.parent
      if let shownBranch, gone.contains(shownBranch) {
        self.shownBranch = parent
        frame = min(frame, last)
        followTrack()
      }
      tree.remove(id)
      refreshBranches()
    case .saveBranches: return answer.text.isEmpty ? [] : save(to: App.expanded(answer.text), replacing: false)
    case .replaceBranchFile(let path): return save(to: path, replacing: true)
    default: break
    }
    return []
  }

  private func save(to path: String, replacing: Bool) -> [Wish] {
    let tree = tree
    return [
      .effect(
        .work {
          if !replacing, FileManager.default.fileExists(atPath: path) { return .whatIf(.exists(path: path)) }
          do throws(FileProblem) {
            try AtomicFile.write(Data(tree.lines.utf8), to: path)
            return .whatIf(.saved(path: path, count: tree.branches.count))
          } catch {
            return .whatIf(.failed("\(error)"))
          }
        })
    ]
  }
}
