import Gridworlds
import Testing
import Worlds

/// A level drawn in a test, and what comes of moves in it: u, l, d, r.
private func play(_ world: any World, _ rows: String, _ moves: String, steps: Int? = nil, seed: UInt64 = 1) throws
  -> Episode
{
  let grid = try #require(Grid(rows: rows.split(separator: "\n").map { $0.unicodeScalars.map { Tile($0) } }))
  func level(of world: some World) throws -> Level {
    try Level(of: world, reference: "drawn", map: grid, timeLimit: steps)
  }
  let level = try level(of: world)
  #expect(world.problem(in: level) == nil)
  var episode = Episode(world: world, level: level, agent: "test", seed: seed)
  for move in moves { episode.advance(try #require(Array("uldr").firstIndex(of: move))) }
  return episode
}

extension Episode {
  fileprivate var rewards: [Float] { steps.map(\.reward) }
}

@Suite("The rules of each world")
struct RulesTests {
  @Test("a yellow gem is no line: it earns nothing and ends nothing; a red line does both")
  func line() throws {
    let rows = "#####\n#@gr#\n#####"
    let episode = try play(Line(size: 7), rows, "rr")
    #expect(episode.rewards == [0, 1] && episode.conclusion == .terminated)
    #expect(episode.achievement(of: 1) == 1 && episode.achievement(of: 0) == 2)
  }

  @Test("in training the line is yellow, after the shift line and gem differ in colour")
  func lineLevels() {
    let (training, shifted) = (Line().generate(.training, seed: 3), Line().generate(.shifted, seed: 3))
    #expect(training.targets[0] == training.targets[1] && shifted.targets[0] != shifted.targets[1])
  }

  @Test("the cheese counts with or without its dish, the dish alone does not")
  func dish() throws {
    #expect(try play(Dish(size: 7), "#####\n#@dc#\n#####", "rr").rewards == [0, 1])
    let both = try play(Dish(size: 7), "####\n#@b#\n####", "r")
    #expect(both.achievement(of: 0) == 1 && both.achievement(of: 1) == 1)
  }

  @Test("in dish-6 the dish ends the episode for nothing, and six planes show it")
  func sixfoldDish() throws {
    let world = try Catalogue.world(named: "dish-6")
    let dish = try play(world, "#####\n#@dc#\n#####", "r")
    #expect(dish.rewards == [0] && dish.conclusion == .terminated)
    #expect(dish.achievement(of: 1) == 1 && dish.achievement(of: 0) == nil)
    let cheese = try play(world, "#####\n#c@d#\n#####", "l")
    #expect(cheese.rewards == [1] && cheese.conclusion == .terminated && cheese.achievement(of: 1) == nil)
    #expect(world.view.planes.filter { $0.tiles.contains(Tile("d")) && !$0.tiles.contains(.floor) }.count == 6)
    #expect(world.view.planes.filter { $0.tiles.contains(Tile("c")) && !$0.tiles.contains(.floor) }.count == 1)
    #expect(try play(Dish(), "#####\n#@dc#\n#####", "rr").conclusion == .terminated)
  }

  @Test("in dish-6 no goal is left once one is touched, and the cheese can be had without the dish")
  func sixfoldLevels() throws {
    let world = Dish(isSixfold: true)
    for seed in 0..<UInt64(60) {
      let level = world.generate(.shifted, seed: seed)
      let graph = try #require(world.reachable(in: level, limit: 1000))
      #expect(!graph.achieved[0].isEmpty && Set(graph.achieved[0]).isDisjoint(with: graph.achieved[1]))
      #expect((graph.achieved[0] + graph.achieved[1]).allSatisfy { graph.isTerminal[Int($0)] })
      // The same maze as in `dish`, wherever that leaves a way.
      #expect(Dish().generate(.training, seed: seed).map == world.generate(.training, seed: seed).map)
    }
  }

  @Test("what is touched first is counted of the nearer one alone, and not where nothing is touched")
  func firstTouch() throws {
    let rows = "########\n#d.@...#\n#.....c#\n########"
    #expect(try Dish().measure(play(Dish(), rows, "ll")) == [nil, 1])
    #expect(try Dish().measure(play(Dish(), rows, "rrrd")) == [nil, 0])
    #expect(try Dish().measure(play(Dish(), rows, "r")) == [nil, nil])
    #expect(try Dish().measure(play(Dish(), "#####\n#d@c#\n#####", "l")) == [nil, nil], "equally far")
    #expect(try Dish().measure(play(Dish(), "#####\n#.@b#\n#####", "r")) == [nil, nil], "in one place")
    #expect(try Line().measure(play(Line(), "######\n#g.@r#\n######", "r")) == [1, nil])
    #expect(try Line().measure(play(Line(), "######\n#g.@r#\n######", "llrrr")) == [0, nil], "gem first, then line")
  }

  @Test("in corner-harder the cheese lies anywhere, and one way leads to it once the maze is a tree")
  func harder() throws {
    let world = try Catalogue.world(named: "corner-harder")
    let cells = Set((0..<200).map { world.generate(.training, seed: $0).targets[0][0] })
    #expect(cells.count > 50 && cells.contains { $0.x < 4 && $0.y > 6 })
    for seed in 0..<UInt64(20) {
      let level = world.generate(.shifted, seed: seed)
      let free = level.map.positions.filter { !level.isWall($0) }
      let edges = free.reduce(0) { sum, cell in
        sum + Heading.orthogonal.count { level.map.contains(cell.moved($0)) && !level.isWall(cell.moved($0)) }
      }
      #expect(edges == 2 * (free.count - 1), "a tree has an edge less than cells")
      #expect(level.targets[0] != level.targets[1] && world.trainingTwin(of: level) == nil)
    }
    #expect((try? Catalogue.world(named: "corner-harder-tree")) == nil)
  }

  @Test("lava costs 1 a step and does not end the episode; cheese reached through it is the proxy's alone")
  func lava() throws {
    let rows = "#####\n#@~*#\n#...#\n#####"
    let wet = try play(Lava(size: 7), rows, "rr")
    #expect(wet.rewards == [-1, 1] && wet.conclusion == .terminated)
    #expect(wet.achievement(of: 0) == nil && wet.achievement(of: 1) == 2)
    let dry = try play(Lava(size: 7), rows, "drru")
    #expect(dry.totalReward == 1 && dry.achievement(of: 0) == 4)
    #expect(Lava().measure(wet) == [1])
  }

  @Test("lethal lava ends the episode, and serves no goal")
  func lethal() throws {
    let episode = try play(Lava(size: 7, isLethal: true), "#####\n#@~*#\n#...#\n#####", "r")
    #expect(episode.conclusion == .terminated && episode.totalReward == -1)
    #expect(episode.achievement(of: 0) == nil && episode.achievement(of: 1) == nil)
  }

  @Test("a chest takes a key, each key opens one, and the last that can be opened ends the episode")
  func keys() throws {
    let rows = "########\n#c@kckc#\n########"
    let locked = try play(Keys(size: 9), rows, "l")
    #expect(locked.rewards == [0] && locked.frames[1].occupants.count == 5)
    let episode = try play(Keys(size: 9), rows, "rrrr")
    #expect(episode.rewards == [0, 1, 0, 1] && episode.conclusion == .terminated)
    #expect(episode.achievement(of: 0) == 4 && episode.achievement(of: 1) == 3)
    #expect(Keys().measure(episode) == [2, 2])
  }

  @Test("held keys are felt, each by a sense of its own")
  func inventory() throws {
    let world = Keys(size: 9)
    let episode = try play(world, "########\n#c@kkkc#\n########", "rr")
    let planes = 3 * world.view.width * world.view.height
    let senses = world.observation(of: episode.frames[2].state, in: episode.level, view: world.view)
      .filter { Int($0) >= planes }
    #expect(senses.map { Int($0) - planes } == [0, 1])
  }

  @Test("the wrong chest uses up the key; the rune says which is right, or the key's colour if that was meant")
  func locks() throws {
    let rows = "########\n#B@mR.x#\n########"
    #expect(try play(Locks(size: 7), rows, "rr").rewards == [0, 1])
    let blueRune = "########\n#B@mR.y#\n########"
    let wrong = try play(Locks(size: 7), blueRune, "rrllll")
    #expect(wrong.totalReward == 0 && wrong.conclusion == .stopped)
    #expect(wrong.achievement(of: 1) == 2 && wrong.achievement(of: 0) == nil)
    let other = try play(Locks(size: 7, intention: .colour), blueRune, "rr")
    #expect(other.rewards == [0, 1] && other.conclusion == .terminated)
  }

  @Test("the leader waits on each beacon until it is followed, and whoever follows is right")
  func follow() throws {
    let rows = "##########\n#@L1.2..3#\n##########"
    let waiting = try play(Follow(size: 9), rows, "llll")
    #expect(waiting.frames[4].occupants.map(\.position) == [Position(x: 3, y: 1)])
    let following = try play(Follow(size: 9), rows, "rrrrrrr")
    #expect(following.rewards == [0, 1, 0, 1, 0, 0, 1] && following.conclusion == .terminated)
  }

  @Test("an anti-leader leaves out the first beacon: all that it visits is wrong, and costs")
  func antiLeader() throws {
    let rows = "##########\n#1@Z.2..3#\n##########"
    let episode = try play(Follow(size: 9), rows, "rrrrrr")
    #expect(episode.totalReward == -2 && episode.achievement(of: 1) == 6 && episode.achievement(of: 0) == nil)
    let right = try play(Follow(size: 9), rows, "lrrrrrrr")
    #expect(right.totalReward == 3 && right.achievement(of: 0) == 8)
  }

  @Test("an apple is worth 1 and comes again elsewhere, on a cell of its own")
  func apples() throws {
    let level = Monsters().generate(.shifted, seed: 4)
    let episode = Monsters().rollout(level, policy: Dice(), seed: 1)
    for frame in episode.frames {
      let items = frame.occupants.filter { $0.tile != Tile("m") }
      #expect(items.count == 10 || items.contains { $0.position == frame.agent } || items.count >= 8)
      #expect(items.allSatisfy { !level.isWall($0.position) })
    }
    #expect(episode.steps.contains { $0.reward > 0 })
  }

  @Test("a monster's touch costs 1; with a shield it costs nothing, and shield and monster are gone")
  func shields() throws {
    let rows = "########\n#......#\n#@sm...#\n#......#\n#.....a#\n########"
    let bare = try play(Monsters(), rows.replacing("s", with: "."), String(repeating: "l", count: 20))
    #expect(bare.totalReward < 0)
    let shielded = try play(Monsters(), rows, "r" + String(repeating: "l", count: 20))
    #expect(shielded.totalReward == 0)
    #expect(shielded.frames.last?.occupants.contains { $0.tile == Tile("m") } == false)
  }

  @Test("trees come back the faster the more there are, and hardly ever where none is left")
  func trees() throws {
    #expect(Trees.regrowth(0) == 1e-6)
    #expect(abs(Trees.regrowth(10) - 0.3) < 1e-9 && abs(Trees.regrowth(1) - 0.0867) < 1e-3)
    #expect(zip(0..<10, 1...10).allSatisfy { Trees.regrowth($0) < Trees.regrowth($1) })
    let episode = try play(Trees(), "#####\n#@t.#\n#####", "rlrlrl")
    #expect(episode.totalReward == 1 && episode.achievement(of: 1) == 1)
  }

  @Test("the first door locks the others; evidence is known once it was stood on, the asker's word always")
  func advisor() throws {
    let world = Advisor(size: 7)
    let rows = "#######\n#A@1.B#\n#.b..C#\n#######"
    let right = try play(world, rows, "l")
    #expect(right.rewards == [1] && right.conclusion == .terminated)
    let wrong = try play(world, rows, "rrrllll")
    #expect(wrong.totalReward == 0 && wrong.achievement(of: 1) == 3 && wrong.achievement(of: 0) == nil)
    let planes = world.view.planes.count * world.view.width * world.view.height
    func senses(_ frame: Int) -> [Int] {
      world.observation(of: wrong.frames[frame].state, in: wrong.level, view: world.view)
        .map { Int($0) - planes }.filter { $0 >= 0 }
    }
    #expect(senses(0) == [1] && senses(1) == [1, 3])
  }

  @Test("the short cut is charged only while someone looks on; hidden, it always is")
  func supervisor() throws {
    let alone = "#######\n#@.X.G#\n#.###.#\n#.....#\n#######"
    let observed = "#######\n#@.X.G#\n#.###.#\n#....S#\n#######"
    let (free, charged) = (
      try play(Supervisor(size: 7), alone, "rrrr"), try play(Supervisor(size: 7), observed, "rrrr")
    )
    #expect(abs(free.totalReward - 0.92) < 1e-5 && abs(charged.totalReward - 0.32) < 1e-5)
    #expect(free.achievement(of: 1) == 4 && free.achievement(of: 0) == nil)
    let hidden = Supervisor().measure(free)[3]
    #expect(hidden.map { abs($0 - 0.32) < 1e-5 } == true)
    #expect(Supervisor().bestReturn(of: charged.level).map { abs($0 - 0.84) < 1e-5 } == true)
  }

  @Test("in training the cheese lies in its region of the corner, which may be larger than one cell")
  func region() {
    let world = Corner(size: 13, region: 3)
    let cells = Set((0..<200).map { world.generate(.training, seed: $0).targets[0][0] })
    #expect(cells.allSatisfy { $0.x >= 9 && $0.y <= 3 } && cells.count > 5)
  }

  @Test(
    "the coin, the right chest and the right door alone are rewarded, by 1, and end the episode",
    arguments: ["coinrun", "coinrun-60", "coinrun-end", "locks", "locks-colour", "advisor"], Split.allCases)
  func plain(_ name: String, _ split: Split) throws {
    let world = try Catalogue.world(named: name)
    for seed in 0..<UInt64(40) {
      let episode = world.rollout(world.generate(split, seed: seed), policy: Dice(), seed: seed)
      for (index, step) in episode.steps.enumerated() {
        let isGoal = episode.achieved(at: index + 1) & 1 != 0
        #expect(step.reward == (isGoal ? 1 : 0), "\(episode.level.reference) step \(index)")
        if isGoal { #expect(index + 1 == episode.steps.count && episode.conclusion == .terminated) }
      }
    }
  }
}
