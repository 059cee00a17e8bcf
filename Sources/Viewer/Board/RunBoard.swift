import Gridworlds
import Inference
import Planning
import Studies

extension Board {
  /// Steps of the way taken that are drawn.
  static let longestTrail = 1_000

  /// A moment of a run.
  init(_ run: Run, frame: Int, ways: Ways) {
    let episode = run.episode
    let frame = min(frame, episode.steps.count)
    self.init(world: episode.world, level: episode.level, frame: episode.frames[frame])
    if frame < episode.steps.count { heading = episode.world.actions[Int(episode.steps.actions[frame])].heading }
    // Of a long way the last part, so that a picture costs what it shows and not how long it took.
    let start = max(0, frame - Board.longestTrail)
    if ways.showsTrail {
      trail = (start...frame).map(episode.agent)
      let leaders = episode.world.legend.entries.filter(\.hasTrail).map(\.tile)
      if !leaders.isEmpty {
        let frames = episode.frames[start...frame].map(\.occupants)
        otherTrails = leaders.map { tile in
          frames.flatMap { $0.filter { $0.tile == tile }.map(\.position) }
        }.filter { $0.count > 1 }
      }
    }
    guard let analysis = run.analysis else { return }
    if let step = analysis.marks.departure, step <= frame {
      departed = step - start
      if ways.showsTrail { departure = episode.agent(at: step) }
    }
    func path(to goal: Goal.Index) -> [Position] {
      let states = analysis.graph.optimalPath(for: goal, from: analysis.states[frame]) ?? []
      return states.map { analysis.graph.reachable.agents[$0] }
    }
    if ways.showsIntended { intendedPath = path(to: episode.world.intended) }
    if ways.showsProxy { proxyPath = path(to: analysis.proxy) }
  }
}
