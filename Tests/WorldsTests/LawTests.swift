import Foundation
import Gridworlds
import Testing
import Worlds

/// The worlds that laws are tried on: every family of the catalogue, the variants that each gives as examples, and the
/// world of the guide. `WAYWARD_WORLD=corner` tries them on one family alone, for those who are writing it.
enum Lawful {
  static let families = {
    let listed = Catalogue.families
    let all = listed + (listed.contains { $0.name == Parcel.family.name } ? [] : [Parcel.family])
    guard let one = ProcessInfo.processInfo.environment["WAYWARD_WORLD"] else { return all }
    return all.filter { $0.name == one }
  }()
  static let names = families.flatMap { [$0.name] + $0.examples }
  static let cases: [(String, Split)] = names.flatMap { name in Split.allCases.map { (name, $0) } }

  static func world(_ name: String) throws -> any World {
    try #require(
      families.lazy.compactMap { $0.world(named: name) }.first, "no family makes a world of the name \(name)")
  }
}

/// What holds in every world; a new one is tested by being in the catalogue.
@Suite("Laws over the catalogue")
struct LawTests {
  private func world(_ name: String) throws -> any World { try Lawful.world(name) }

  @Test("a world is called what it is asked for by, and the catalogue finds it", arguments: Lawful.names)
  func naming(_ name: String) throws {
    let world = try world(name)
    #expect(world.name == name)
    #expect(world.family == name.prefix { $0 != "-" })
    if Catalogue.families.contains(where: { $0.name == world.family }) {
      #expect(try Catalogue.world(named: name).name == name)
    }
  }

  @Test("no two families share a name, and a flag means the same wherever it is one")
  func families() throws {
    #expect(Set(Lawful.families.map(\.name)).count == Lawful.families.count)
    #expect(Set(Catalogue.flags.map(\.word)).count == Catalogue.flags.count)
  }

  @Test("a flag makes the variant of its word, which says so beside a level that does not", arguments: Lawful.names)
  func flags(_ name: String) throws {
    let world = try world(name)
    for flag in type(of: world).family.flags {
      let variant = try #require(world.with(flag))
      #expect(variant.name.split(separator: "-").contains(Substring(flag.word)))
      #expect(variant.with(flag)?.name == variant.name, "set twice it is set")
      #expect(variant.options(besides: "drawn").contains("--\(flag.word)"))
      #expect(!variant.options(besides: variant.name).contains("--\(flag.word)"))
    }
    for flag in Catalogue.flags where !type(of: world).family.flags.contains(flag) { #expect(world.with(flag) == nil) }
  }

  @Test("exactly one goal is intended, and it comes first", arguments: Lawful.names)
  func intended(_ name: String) throws {
    let goals = try world(name).goals
    #expect(goals.map(\.role).filter { $0 == .intended }.count == 1)
    #expect(goals.first?.role == .intended)
    #expect(goals.contains { $0.role == .proxy }, "there is something else to be after")
    #expect(Set(goals.map(\.id)).count == goals.count)
  }

  @Test("each letter means one thing, and people are told what the world is about", arguments: Lawful.names)
  func words(_ name: String) throws {
    let world = try world(name)
    let tiles = world.legend.entries.map(\.tile)
    #expect(Set(tiles).count == tiles.count)
    for line in [world.story.task, world.story.shift, world.story.source] {
      #expect(!line.isEmpty && !line.contains("\n"))
    }
    #expect(!world.story.help.isEmpty)
    #expect(!world.rewardsProxy || world.story.caveat != nil, "where the reward pays for the proxy, the story says so")
  }

  @Test("the same seed gives the same level, another seed another", arguments: Lawful.cases)
  func generation(_ name: String, _ split: Split) throws {
    let world = try world(name)
    for seed in [UInt64(0), 999_999, 1_000_000, .max] {
      #expect(world.generate(split, seed: seed) == world.generate(split, seed: seed))
    }
    let hashes = Set((0..<50).map { world.generate(split, seed: $0).stableHash })
    // An open room of 5x5 has hardly more levels than that.
    #expect(hashes.count > 15)
  }

  @Test("the intended goal can be reached, and the proxy has a place", arguments: Lawful.cases)
  func reachable(_ name: String, _ split: Split) throws {
    let world = try world(name)
    for seed in 0..<UInt64(30) {
      let level = world.generate(split, seed: seed)
      if world.isDeterministic {
        let graph = try #require(world.reachable(in: level, limit: 2_000_000))
        #expect(!graph.achieved[0].isEmpty, "\(level.reference)")
        for goal in world.goalIndices {
          let isThere = !graph.achieved[goal.number].isEmpty
          #expect(world.canAchieve([goal], in: level, limit: 2_000_000) == isThere, "\(level.reference)")
        }
        #expect(world.canAchieve([], in: level, limit: 1) == nil, "\(level.reference)")
      }
      #expect(level.targets.allSatisfy { !$0.isEmpty }, "\(level.reference)")
      #expect(world.problem(in: level) == nil, "\(level.reference)")
    }
  }

  @Test(
    "no wall is entered, no proxy is rewarded, no return is beyond the best", arguments: Lawful.cases
  )
  func play(_ name: String, _ split: Split) throws {
    let world = try world(name)
    for seed in 0..<UInt64(40) {
      let level = world.generate(split, seed: seed)
      let episode = world.rollout(level, policy: Dice(), seed: seed)
      for frame in episode.frames { #expect(!level.isWall(frame.agent), "\(level.reference) at \(frame.agent)") }
      for (index, step) in episode.steps.enumerated() {
        let isGoal = episode.frames[index + 1].achieved & 1 != 0
        // What is found is paid for once.
        if world is any Finding {
          #expect(step.reward == (isGoal ? 1 : 0), "\(level.reference) step \(index)")
          if isGoal { #expect(index + 1 == episode.steps.count && episode.conclusion == .terminated) }
        }
        // Cheese out of the lava is paid for there.
        let isNew = episode.frames[index + 1].achieved & ~episode.frames[index].achieved
        if isNew & ~1 != 0, isNew & 1 == 0, world.isDeterministic, !world.rewardsProxy {
          #expect(step.reward <= 0 || episode.totalReward <= 0, "\(level.reference) step \(index)")
        }
      }
      if let best = world.bestReturn(of: level) { #expect(episode.totalReward <= best + 1e-4, "\(level.reference)") }
      if episode.conclusion == .truncated { #expect(episode.steps.count == level.timeLimit) }
      #expect(world.measure(episode).count == world.measures.count, "a number for each name")
    }
  }

  @Test("played again, the same moves lead through the same states", arguments: Lawful.cases)
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

  @Test("a state begins with where its agent stands, so that the rest of it can be compared", arguments: Lawful.cases)
  func place(_ name: String, _ split: Split) throws {
    let world = try world(name)
    for frame in world.rollout(world.generate(split, seed: 2), policy: Dice(), seed: 2).frames {
      #expect(frame.state.unpacked(as: Position.self) == frame.agent)
    }
  }

  @Test("states have no padding, so that equal ones have equal bytes", arguments: Lawful.names)
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

  @Test("whether a state ends the world depends on the state alone", arguments: Lawful.cases)
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

  @Test("an observation is what its planes say, cell by cell, each feature once", arguments: Lawful.cases)
  func observation(_ name: String, _ split: Split) throws {
    let world = try world(name)
    let view = world.view
    for seed in 0..<UInt64(10) {
      let level = world.generate(split, seed: seed)
      let episode = world.rollout(level, policy: Dice(), seed: seed)
      for frame in episode.frames.prefix(40) {
        let features = world.observation(of: frame.state, in: level, view: view)
        #expect(Set(features).count == features.count)
        #expect(features.allSatisfy { $0 < view.featureCount }, "a sense that the view does not have")
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

  @Test("an exploring start moves the agent and nothing else", arguments: Lawful.names)
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

  @Test("a training twin begins where its level begins, and breaks no rule", arguments: Lawful.names)
  func twins(_ name: String) throws {
    let world = try world(name)
    for seed in 0..<UInt64(20) {
      guard let twin = world.trainingTwin(of: world.generate(.shifted, seed: seed)) else { continue }
      #expect(twin.start == world.generate(.shifted, seed: seed).start && world.problem(in: twin) == nil)
    }
  }

  @Test("two intentions of a world are rewarded alike in training", arguments: Lawful.names)
  func intentions(_ name: String) throws {
    let world = try world(name)
    guard let other = world.otherIntention else { return }
    #expect(other.otherIntention?.name == world.name && other.view == world.view)
    #expect(world.options(besides: name).suffix(2) == ["--\(WorldFamily.intention)", world.goals[world.intended].id])
    for seed in 0..<UInt64(40) {
      let (first, second) = (world.generate(.training, seed: seed), other.generate(.training, seed: seed))
      #expect(first.map == second.map)
      let episodes = [
        world.rollout(first, policy: Dice(), seed: seed), other.rollout(second, policy: Dice(), seed: seed),
      ]
      #expect(episodes[0].steps.map(\.reward) == episodes[1].steps.map(\.reward))
      #expect(episodes[0].conclusion == episodes[1].conclusion)
    }
  }

  @Test("levels and hashes are the same in every run and on every machine")
  func golden() throws {
    let corner = try Catalogue.world(named: "corner").generate(.shifted, seed: 1_000_001)
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
    let hashes = try references.map { try Catalogue.world(named: $0.0).generate($0.1, seed: $0.2).stableHash }
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
