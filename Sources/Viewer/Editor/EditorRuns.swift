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
  mutating func changed() -> [Wish<EditorScene>] {
    revision += 1
    return play()
  }

  mutating func play() -> [Wish<EditorScene>] {
    guard !isPlayBusy else { return [] }
    isPlayBusy = true
    let (sketch, revision, reference, agent) = (sketch, revision, shownReference, agent)
    return [
      .work("editor") {
        let run = LiveRun(sketch, revision: revision, reference: reference, agent: agent)
        return Reply { $0.played(run) }
      }
    ]
  }

  private mutating func played(_ run: LiveRun) -> [Wish<EditorScene>] {
    isPlayBusy = false
    guard run.revision == revision else { return play() }
    live = run
    return judge()
  }

  private mutating func judge() -> [Wish<EditorScene>] {
    guard !isJudgeBusy, let live, live.revision == revision, live.fault == nil, !live.isJudged else { return [] }
    isJudgeBusy = true
    let sketch = sketch
    return [
      .work("editor") {
        let run = live.judged(sketch)
        return Reply { $0.judged(run) }
      }
    ]
  }

  private mutating func judged(_ run: LiveRun) -> [Wish<EditorScene>] {
    isJudgeBusy = false
    if run.revision == revision { live = run }
    if run.revision == 0 { opened = run.run }
    return judge()
  }

  /// Another draw of the agent's chances.
  mutating func rerun() -> [Wish<EditorScene>] {
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

  mutating func watch() -> [Wish<EditorScene>] {
    guard let live, live.revision == revision, let episode = live.episode else {
      notice = reason
      return []
    }
    let run = live.run
    return [EditorScene.watching(agent) { run ?? Run(episode) }]
  }

  /// Work after which a run is replayed.
  static func watching(_ agent: Agent?, _ make: @escaping @Sendable () -> Run) -> Wish<EditorScene> {
    .work("editor") {
      let run = make()
      return Reply { _ in ReplayScene(runs: [run], agent: agent, isPlaying: true).map { [.enter($0)] } ?? [] }
    }
  }

  /// The agent on the level as it was opened and as it is, side by side.
  mutating func compare() -> [Wish<EditorScene>] {
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
    return [
      .work("editor") {
        let scene = ComparisonScene(
          ComparisonScene.Side(run: agent.run(world, old), agent: agent, name: "as opened"),
          ComparisonScene.Side(run: agent.run(world, new), agent: agent, name: "as edited"))
        return Reply { _ in [.enter(scene)] }
      }
    ]
  }
}

/// Saving, and the other lines that are typed.
extension EditorScene {
  /// A question whose answer counts only where one is given.
  static func asking(
    _ line: TypedLine, then: @escaping @Sendable (inout EditorScene, String) -> [Wish<EditorScene>]
  ) -> Wish<EditorScene> {
    .ask(Question(line) { room, answer in answer.kind == .entered ? then(&room, answer.text.trimmed) : [] })
  }

  mutating func resize(to text: String) -> [Wish<EditorScene>] {
    let sides = text.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0.trimmed) }
    guard sides.count == 2, let width = sides[0], let height = sides[1],
      LevelSketch.sides.contains(width), LevelSketch.sides.contains(height)
    else {
      let (least, most) = (LevelSketch.sides.lowerBound, LevelSketch.sides.upperBound)
      notice = "Write columns and rows, each from \(least) to \(most): 13x13."
      return []
    }
    return edit { $0.resize(width: width, height: height) }
  }

  mutating func setTimeLimit(_ text: String) -> [Wish<EditorScene>] {
    guard let steps = Int(text), (1...Level.largestTimeLimit).contains(steps) else {
      notice = "Write a number of steps from 1 to \(Level.largestTimeLimit)."
      return []
    }
    return edit { $0.setTimeLimit(steps) }
  }

  mutating func save(to path: String, overwrites: Bool) -> [Wish<EditorScene>] {
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
    let (sketch, revision) = (sketch, revision)
    return [
      .write("editor") { outlet in
        let outcome = SaveOutcome(sketch, to: named, of: outlet, revision: revision, overwrites: overwrites)
        return Reply { $0.saved(outcome) }
      }
    ]
  }

  private mutating func saved(_ outcome: SaveOutcome) -> [Wish<EditorScene>] {
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
      return [
        .ask(
          Question(TypedLine(label: "Write over it? y/n ", isYesOrNo: true)) { room, answer in
            if answer.kind == .entered { return room.save(to: path, overwrites: true) }
            room.notice = "Not saved: \(path) is as it was."
            return []
          })
      ]
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
