import Archive
import Gridworlds
import Studies
import TerminalUI

/// What comes back from an editor's work.
public struct EditorNews: Sendable {
  /// Tells one editor from another, since all rooms hear of all work.
  final class Owner: Sendable {}

  enum Kind: Sendable {
    /// The agent was run on the map.
    case played(LiveRun)
    /// The run was analysed, and the way to the goal looked for.
    case judged(LiveRun)
    /// A sweep has gone on.
    case swept(Placements, number: Int)
    /// The level was saved, or not.
    case saved(SaveOutcome)
    /// The level as opened and as it is.
    case compared(before: Run, after: Run)
    /// A level to be watched.
    case watched(Run)
  }

  let owner: Owner
  let kind: Kind
}

/// What the agent does on the map of one revision.
struct LiveRun: Sendable {
  let revision: Int
  /// What is wrong with the map; then there may be no level.
  var fault: LevelSketch.Fault?
  var level: Level?
  /// What the agent did; `nil` without an agent.
  var episode: Episode?
  /// The same, analysed.
  var run: Run?
  /// Whether the way to the goal was looked for and all is said.
  var isJudged = false
  /// How long the episode took to play.
  var milliseconds = 0.0

  /// Checks the map and plays, which takes no search.
  init(_ sketch: LevelSketch, revision: Int, reference: String, agent: Agent?) {
    self.revision = revision
    do throws(LevelSketch.Fault) {
      let level = try sketch.level(reference: reference, searches: false)
      self.level = level
      guard let agent else { return }
      let clock = ContinuousClock()
      let start = clock.now
      episode = agent.episode(sketch.world, level)
      let (seconds, attoseconds) = (clock.now - start).components
      milliseconds = Double(seconds) * 1_000 + Double(attoseconds) / 1e15
    } catch {
      fault = error
    }
  }

  /// The same with what a search tells.
  func judged(_ sketch: LevelSketch) -> LiveRun {
    var judged = self
    judged.isJudged = true
    guard let level else { return judged }
    do throws(LevelSketch.Fault) { _ = try sketch.level(reference: level.reference) } catch { judged.fault = error }
    judged.run = episode.map { Run($0) }
    return judged
  }
}

/// What became of saving.
enum SaveOutcome: Sendable {
  case saved(path: String, revision: Int)
  /// There is a file, and nobody has said that it may go.
  case exists(path: String)
  case failed(String)

  /// Writes a level file, whole or not at all.
  /// - Parameter overwrites: whether a file that is there may be replaced.
  init(_ sketch: LevelSketch, to path: String, of outlet: Outlet, revision: Int, overwrites: Bool) {
    do throws(LevelSketch.Fault) {
      let level = try sketch.level(reference: path)
      if !overwrites, outlet.exists(path) {
        self = .exists(path: path)
        return
      }
      let problem = outlet.write(LevelFile.print(level, of: sketch.world), path)
      self = problem.map { .failed("\($0)") } ?? .saved(path: path, revision: revision)
    } catch {
      self = .failed("not saved: \(error)")
    }
  }
}
