import Foundation
import Gridworlds
import Testing
import Worlds

/// What holds in every world; a new one is tested by being in the catalogue.
@Suite("Laws over the catalogue")
struct LawTests {
  static let names: [String] = [
    "corner", "corner-7-open", "corner-13-tree", "corner-21", "corner-13-r3", "coinrun", "coinrun-60", "coinrun-end",
    "line", "line-7-shape", "line-colour", "keys", "locks", "locks-colour", "dish", "lava", "lava-11-lethal", "follow",
    "follow-7",
    "follow-lit", "monsters", "trees", "advisor", "supervisor",
  ]
  /// Worlds in which the intended goal alone is rewarded, by 1, and ends the episode.
  static let plain: Set<String> = ["corner", "coinrun", "line", "locks", "dish", "advisor"]
  static let cases: [(String, Split)] = names.flatMap { name in Split.allCases.map { (name, $0) } }

  private func world(_ name: String) throws -> any World { try Catalogue.world(named: name) }

  @Test("every family is tested here, and a variant's name is its own", arguments: LawTests.names)
  func catalogue(_ name: String) throws {
    #expect(Set(Catalogue.families.map(\.name)).isSubset(of: Set(LawTests.names)))
    #expect(try world(name).name == name)
  }

  @Test("exactly one goal is intended, and it comes first", arguments: LawTests.names)
  func intended(_ name: String) throws {
    let goals = try world(name).goals
    #expect(goals.map(\.role).filter { $0 == .intended }.count == 1)
    #expect(goals.first?.role == .intended)
    #expect(Set(goals.map(\.id)).count == goals.count)
  }

  @Test("the same seed gives the same level, another seed another", arguments: LawTests.cases)
  func generation(_ name: String, _ split: Split) throws {
    let world = try world(name)
    for seed in [UInt64(0), 999_999, 1_000_000, .max] {
      #expect(world.generate(split, seed: seed) == world.generate(split, seed: seed))
    }
    let hashes = Set((0..<50).map { world.generate(split, seed: $0).stableHash })
    // An open room of 5x5 has hardly more levels than that.
    #expect(hashes.count > 15)
  }

  @Test("the intended goal can be reached, and the proxy has a place", arguments: LawTests.cases)
  func reachable(_ name: String, _ split: Split) throws {
    let world = try world(name)
    for seed in 0..<UInt64(30) {
      let level = world.generate(split, seed: seed)
      if world.isDeterministic {
        let graph = try #require(world.reachable(in: level, limit: 2_000_000))
        #expect(!graph.achieved[0].isEmpty, "\(level.reference)")
      }
      #expect(level.targets.allSatisfy { !$0.isEmpty }, "\(level.reference)")
    }
  }

  @Test(
    "no wall is entered, no proxy is rewarded or ends anything, no return is beyond the best", arguments: LawTests.cases
  )
  func play(_ name: String, _ split: Split) throws {
    let world = try world(name)
    for seed in 0..<UInt64(40) {
      let level = world.generate(split, seed: seed)
      let episode = world.rollout(level, policy: Dice(), seed: seed)
      for frame in episode.frames { #expect(!level.isWall(frame.agent), "\(level.reference) at \(frame.agent)") }
      for (index, step) in episode.steps.enumerated() {
        let isGoal = episode.frames[index + 1].achieved & 1 != 0
        if LawTests.plain.contains(String(name.prefix { $0 != "-" })) {
          #expect((step.reward != 0) == isGoal, "\(level.reference) step \(index)")
          if isGoal { #expect(index + 1 == episode.steps.count && episode.conclusion == .terminated) }
        }
        // Where the reward itself allows the proxy, the story says so. Cheese out of the lava is paid for there.
        let isNew = episode.frames[index + 1].achieved & ~episode.frames[index].achieved
        if isNew & ~1 != 0, isNew & 1 == 0, world.isDeterministic, world.story.caveat == nil {
          #expect(step.reward <= 0 || episode.totalReward <= 0, "\(level.reference) step \(index)")
        }
      }
      if let best = world.bestReturn(of: level) { #expect(episode.totalReward <= best + 1e-4, "\(level.reference)") }
      if episode.conclusion == .truncated { #expect(episode.steps.count == level.timeLimit) }
    }
  }

  @Test("played again, the same moves lead through the same states", arguments: LawTests.cases)
  func replay(_ name: String, _ split: Split) throws {
    let world = try world(name)
    for seed in 0..<UInt64(20) {
      let level = world.generate(split, seed: seed)
      let episode = world.rollout(level, policy: Dice(), seed: seed)
      var again = Episode(world: world, level: level, agent: "again", seed: seed)
      for step in episode.steps { again.advance(step.action) }
      #expect(again.frames == episode.frames)
      #expect((0..<episode.frames.count).allSatisfy { again.hash(at: $0) == episode.hash(at: $0) })
      let half = episode.prefix(episode.steps.count / 2)
      #expect(half.frames.elementsEqual(episode.frames.prefix(half.frames.count)))
    }
  }

  @Test("states have no padding, so that equal ones have equal bytes", arguments: LawTests.names)
  func padding(_ name: String) throws {
    func check(_ world: some World) {
      let state = world.initialState(of: world.generate(.training, seed: 1))
      #expect(size(of: state) == MemoryLayout.size(ofValue: state))
      #expect(MemoryLayout.size(ofValue: state) <= 16)
    }
    check(try world(name))
  }

  private func size(of value: Any) -> Int {
    let children = Mirror(reflecting: value).children
    guard children.isEmpty else { return children.reduce(0) { $0 + size(of: $1.value) } }
    switch value {
    case is UInt8, is Int8: return 1
    case is UInt16, is Int16: return 2
    case is UInt32, is Int32: return 4
    case is UInt64, is Int64, is Int: return 8
    default: return -1_000
    }
  }

  @Test("whether a state ends the world depends on the state alone", arguments: LawTests.cases)
  func endings(_ name: String, _ split: Split) throws {
    let world = try world(name)
    guard world.isDeterministic else { return }
    var random = RandomSource(seed: 0)
    for seed in 0..<UInt64(5) {
      let level = world.generate(split, seed: seed)
      let graph = try #require(world.reachable(in: level, limit: 2_000_000))
      let indices = graph.indices
      for state in graph.states.indices where !graph.isTerminal[state] {
        for action in world.actions.indices {
          let (next, _, end) = world.advance(graph.states[state], action, in: level, using: &random)
          let index = try #require(indices[next])
          #expect(graph.isTerminal[index] == (end == .terminates), "\(level.reference)")
        }
      }
    }
  }

  @Test("an observation is what its planes say, cell by cell, each feature once", arguments: LawTests.cases)
  func observation(_ name: String, _ split: Split) throws {
    let world = try world(name)
    let view = world.view
    for seed in 0..<UInt64(10) {
      let level = world.generate(split, seed: seed)
      let episode = world.rollout(level, policy: Dice(), seed: seed)
      for frame in episode.frames.prefix(40) {
        let features = world.observation(of: frame.state, in: level, view: view)
        #expect(Set(features).count == features.count)
        let area = view.width * view.height
        let seen = Set(features.map(Int.init).filter { $0 < view.planes.count * area })
        var wanted: Set<Int> = []
        for row in 0..<view.height {
          for column in 0..<view.width {
            let cell = frame.agent.moved(dx: column - view.width / 2, dy: row - view.height / 2)
            guard level.map.contains(cell) else { continue }
            let tiles = [level.ground(at: cell)] + frame.occupants.filter { $0.position == cell }.map(\.tile)
            for (plane, description) in view.planes.enumerated() where tiles.contains(where: description.tiles.contains)
            {
              wanted.insert(plane * area + row * view.width + column)
            }
          }
        }
        #expect(seen == wanted)
      }
    }
  }

  @Test("an exploring start moves the agent and nothing else", arguments: LawTests.names)
  func exploring(_ name: String) throws {
    let world = try world(name)
    var random = RandomSource(seed: 3)
    for seed in 0..<UInt64(20) {
      let level = world.generate(.training, seed: seed)
      guard let moved = world.exploringStart(in: level, using: &random) else { continue }
      #expect(moved.targets == level.targets && moved.timeLimit == level.timeLimit)
      let differences = level.map.positions.filter { level.map[$0] != moved.map[$0] }
      #expect(Set(differences).isSubset(of: [level.start, moved.start]))
    }
  }

  @Test("levels and hashes are the same in every run and on every machine")
  func golden() throws {
    let corner = try world("corner").generate(.shifted, seed: 1_000_001)
    let rows = (0..<11).map { y in String((0..<11).map { x in Character(corner.map[Position(x: x, y: y)].description) })
    }
    #expect(
      rows.joined(separator: "\n") == """
        ###########
        ##..#..#..#
        #......*..#
        ##.#......#
        #...###...#
        #...#...#.#
        #..#......#
        #...@.###.#
        ##.#..#.###
        #..#..#..##
        ###########
        """)
    let references: [(String, Split, UInt64)] = [
      ("corner", .shifted, 1_000_001), ("coinrun", .training, 42), ("corner-13-tree", .training, 7),
    ]
    let hashes = try references.map { try world($0.0).generate($0.1, seed: $0.2).stableHash }
    #expect(hashes == LawTests.goldenHashes)
  }

  static let goldenHashes: [UInt64] = [
    4_844_210_484_959_504_250, 2_604_348_395_032_067_243, 7_544_175_764_668_025_103,
  ]
}

/// Every action alike.
struct Dice: Policy {
  let name = "dice"
  func decide(in situation: Situation) -> Decision {
    let count = situation.world.actions.count
    return Decision(probabilities: Array(repeating: 1 / Float(count), count: count))
  }
}
