import Gridworlds
import Studies

/// What the agent does on the map of one revision.
struct LiveRun: Sendable {
  let revision: Int
  /// What is wrong with the map; then there may be no level.
  private(set) var fault: SketchedLevel.Fault?
  let level: Level?
  /// What the agent did; `nil` without an agent.
  let episode: Episode?
  /// The same, analysed.
  private(set) var run: Run?
  /// Whether the way to the goal was looked for and all is said.
  private(set) var isJudged = false
  /// How long the episode took to play.
  let milliseconds: Double

  /// Checks the map and plays, which takes no search.
  init(_ drawn: SketchedLevel, revision: Int, reference: String, agent: Agent?) {
    self.revision = revision
    let clock = ContinuousClock()
    var start = clock.now
    do throws(SketchedLevel.Fault) {
      let level = try drawn.level(reference: reference, searches: false)
      self.level = level
      start = clock.now
      episode = agent?.episode(drawn.world, level)
    } catch {
      (fault, level, episode) = (error, nil, nil)
    }
    let (seconds, attoseconds) = (clock.now - start).components
    milliseconds = Double(seconds) * 1_000 + Double(attoseconds) / 1e15
  }

  /// The same with what a search tells.
  func judged(_ drawn: SketchedLevel) -> LiveRun {
    var judged = self
    judged.isJudged = true
    guard let level else { return judged }
    do throws(SketchedLevel.Fault) { _ = try drawn.level(reference: level.reference) } catch { judged.fault = error }
    judged.run = episode.map { Run($0) }
    return judged
  }
}
