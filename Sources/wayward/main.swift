import Gridworlds
import Worlds
for w in Catalogue.worlds { for s in Split.allCases { for seed in [UInt64(1000000), 1000001, 1000002] {
  let level = w.generate(s, seed: seed)
  print(level.reference, level.title)
  for y in 0..<level.map.height { print(String((0..<level.map.width).map { Character(Unicode.Scalar(level.map[Position(x: $0, y: y)].letter)) })) }
  let r = w.reachable(in: level, limit: 2_000_000)!
  print(r.states.count, r.achieved.map(\.count))
}
let clock = ContinuousClock()
let t = clock.measure { for seed in 0..<2000 { _ = w.generate(s, seed: UInt64(seed)) } }
print("generate 2000", t)
let l = w.generate(s, seed: 3)
let t2 = clock.measure { for _ in 0..<200 { _ = w.reachable(in: l, limit: 2_000_000) } }
print("reachable 200", t2)
} }
