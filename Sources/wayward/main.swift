import Gridworlds
import Worlds
import Planning
let clock = ContinuousClock()
for w in Catalogue.worlds {
  for (label, goal, lapse) in [("proxy", 1, 0.0), ("proxy", 1, 0.1), ("proxy", 1, 0.2), ("intended", 0, 0.0), ("intended", 0, 0.1), ("uniform", -1, 0)] {
    var lost = 0, dep = 0, mg = 0, exact = 0, n = 300, und = 0, cap = 0, wrongdep = 0
    let t = clock.measure {
    for seed in 0..<UInt64(n) {
      let level = w.generate(.shifted, seed: 1_000_000 + seed)
      let graph = StateGraph(w, level)!
      let e = goal < 0 ? w.rollout(level, policy: UniformPolicy(), seed: seed) : w.rollout(level, policy: PlantedPolicy(graph, goal: goal, lapse: lapse), seed: seed)
      guard let a = Analysis(e, graph: graph) else { print(level.reference, label, e.steps.map(\.action), e.conclusion, graph.reachable.states.count); continue }
      if case .misgeneralized = a.verdict { mg += 1 }
      if a.verdict == .capabilityFailure { cap += 1 }
      if case .undecided = a.verdict { und += 1 }
      if e.achievement(of: 0) == nil {
        lost += 1
        if a.marks.departure != nil { dep += 1 }
        if let d = a.marks.departure, let f = a.classes.firstIndex(of: .proxyOnly), d == f { exact += 1 } else if lapse == 0 && wrongdep < 0 { wrongdep += 1; print(level.reference, a.marks, a.classes.prefix(20)) }
      } else if a.marks.departure != nil { wrongdep += 1 }
    } }
    print(w.name, label, lapse, "lost", lost, "dep of lost", dep, "first proxy-only", exact, "dep of reached", wrongdep, "mg", mg, "cap", cap, "und", und, t)
  }
}
let open = Corner(size: 11)
for side in [64, 128, 256, 512, 1024] {
  var map = Grid(width: side, height: side, filledWith: Tile.floor)
  for p in map.positions where p.x == 0 || p.y == 0 || p.x == side-1 || p.y == side-1 { map[p] = .wall }
  map[Position(x: 1, y: side-2)] = .agent; map[Position(x: side/2, y: side/2)] = Tile("*")
  let level = try! Level(of: open, reference: "x", map: map)
  var g: StateGraph?
  let t = clock.measure { g = StateGraph(open, level) }
  print(side, t, g!.reachable.states.count)
}
