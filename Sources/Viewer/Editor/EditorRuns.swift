import Archive
import Foundation
import Gridworlds
import Studies
import TerminalUI

/// The agent on the map that is drawn: played after each edit, then judged; what came too late is dropped.
extension EditorScene {
  /// What the level is called now.
  var shownReference: String { reference + (sketch.isEdited ? "*" : "") }

  /// After an edit or another seed.
  mutating func changed() -> [Wish] {
    revision += 1
    return play()
  }

  mutating func play() -> [Wish] {
    guard !isPlayBusy else { return [] }
    isPlayBusy = true
    let (sketch, revision, reference, agent) = (sketch, revision, shownReference, agent)
    return [work { .played(LiveRun(sketch, revision: revision, reference: reference, agent: agent)) }]
  }

  mutating func played(_ run: LiveRun) -> [Wish] {
    isPlayBusy = false
    guard run.revision == revision else { return play() }
    live = run
    return judge()
  }

  private mutating func judge() -> [Wish] {
    guard !isJudgeBusy, let live, live.revision == revision, live.fault == nil, !live.isJudged else { return [] }
    isJudgeBusy = true
    let sketch = sketch
    return [work { .judged(live.judged(sketch)) }]
  }

  mutating func judged(_ run: LiveRun) -> [Wish] {
    isJudgeBusy = false
    if run.revision == revision { live = run }
    if run.revision == 0 { opened = run.run }
    return judge()
  }

  /// Another draw of the agent's chances.
  mutating func rerun() -> [Wish] {
    guard let agent else {
      notice = "There is no agent here."
      return []
    }
    self.agent = agent.sampling(seed: agent.seed &+ 1)
    notice = agent.greedy ? "It always takes its best action: seeds change nothing." : nil
    return changed()
  }

  /// Why there is nothing to watch.
  private var reason: String {
    if agent == nil { return "There is no agent here." }
    if let fault = live?.fault, live?.level == nil { return "There is nothing to run on: \(fault)." }
    return "The agent is still at it."
  }

  mutating func watch() -> [Wish] {
    guard let live, live.revision == revision, let episode = live.episode else {
      notice = reason
      return []
    }
    let run = live.run
    return [work { .watched(run ?? Run(episode)) }]
  }

  /// The agent on the level as it was opened and as it is, side by side.
  mutating func compare() -> [Wish] {
    guard let live, live.revision == revision, live.episode != nil, let agent else {
      notice = reason
      return []
    }
    var (before, after) = (original, sketch)
    before.rename("as opened")
    after.rename("as edited")
    guard let old = try? before.level(reference: reference, searches: false) else {
      notice = "As it was opened it is no level to compare with."
      return []
    }
    guard let new = try? after.level(reference: shownReference, searches: false) else { return [] }
    let world = world
    return [work { .compared(before: agent.run(world, old), after: agent.run(world, new)) }]
  }

  static func compared(_ before: Run, _ after: Run, _ agent: Agent?) -> [Wish] {
    let scene = ComparisonScene(
      ComparisonScene.Side(run: before, agent: agent, name: "as opened"),
      ComparisonScene.Side(run: after, agent: agent, name: "as edited"))
    return [.enter(scene)]
  }
}

/// Saving, and the other lines that are typed.
extension EditorScene {
  mutating func take(_ answer: Answer) -> [Wish] {
    guard answer.kind == .entered else {
      if case .overwriteLevel(let path) = answer.topic { notice = "Not saved: \(path) is as it was." }
      return []
    }
    let text = answer.text.trimmed
    switch answer.topic {
    case .levelPath: return save(to: App.expanded(text), overwrites: false)
    case .overwriteLevel(let path): return save(to: path, overwrites: true)
    case .levelTitle: return edit { $0.rename(text) }
    case .mapSize:
      let sides = text.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0.trimmed) }
      guard sides.count == 2, let width = sides[0], let height = sides[1],
        LevelSketch.sides.contains(width), LevelSketch.sides.contains(height)
      else {
        let (least, most) = (LevelSketch.sides.lowerBound, LevelSketch.sides.upperBound)
        notice = "Write columns and rows, each from \(least) to \(most): 13x13."
        return []
      }
      return edit { $0.resize(width: width, height: height) }
    case .timeLimit:
      guard let steps = Int(text), (1...Level.largestTimeLimit).contains(steps) else {
        notice = "Write a number of steps from 1 to \(Level.largestTimeLimit)."
        return []
      }
      return edit { $0.setTimeLimit(steps) }
    default: return []
    }
  }

  private mutating func save(to path: String, overwrites: Bool) -> [Wish] {
    guard !path.isEmpty else {
      notice = "Not saved: no file was named."
      return []
    }
    let path = (path as NSString).expandingTildeInPath
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard !path.hasSuffix("/"), !["", ".", "..", "-"].contains((path as NSString).lastPathComponent),
      !(isThere && isFolder.boolValue)
    else {
      notice = "Not saved: name a file, such as mine.yaml, not a folder."
      return []
    }
    // Other endings would not be found again as levels.
    let named = path.hasSuffix(".yaml") || path.hasSuffix(".yml") ? path : path + ".yaml"
    let (sketch, revision, owner) = (sketch, revision, owner)
    return [
      .write { outlet in
        let outcome = SaveOutcome(sketch, to: named, of: outlet, revision: revision, overwrites: overwrites)
        return .editor(EditorNews(owner: owner, kind: .saved(outcome)))
      }
    ]
  }

  mutating func saved(_ outcome: SaveOutcome) -> [Wish] {
    switch outcome {
    case .saved(let path, let revision):
      (self.path, reference) = (path, path)
      hasSaved = true
      // What was drawn since is in no file.
      if revision == self.revision { sketch.markSaved() }
      notice = "Saved to \(path)."
    case .exists(let path):
      // The path may be longer than the row of the question.
      notice = "\(path) is there already."
      return [.ask(Question(.overwriteLevel(path: path), label: "Write over it? y/n "))]
    case .failed(let words):
      notice = words.prefix(1).uppercased() + words.dropFirst()
    }
    return []
  }
}

extension StringProtocol {
  /// The text without spaces at its ends.
  var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
