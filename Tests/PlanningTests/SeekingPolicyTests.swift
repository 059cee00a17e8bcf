import Gridworlds
import Planning
import Testing
import Worlds

@Suite("Seekers of what is nearest, or of one goal")
struct SeekingPolicyTests {
  private func level(_ world: any World, _ rows: String) throws -> Level {
    let grid = try #require(Grid(rows: rows.split(separator: "\n").map { $0.unicodeScalars.map { Tile($0) } }))
    func level(of world: some World) throws -> Level { try Level(of: world, reference: "drawn", map: grid) }
    return try level(of: world)
  }

  private func odds(_ goals: [Goal.Index], _ world: any World, _ rows: String) throws -> [Float] {
    let level = try level(world, rows)
    return SeekingPolicy(name: "seeker", goals: goals)
      .decide(in: Situation(world: world, level: level, state: world.begin(level), time: 0)).probabilities
  }

  @Test("of several best steps each is as likely, up and right here")
  func evenly() throws {
    #expect(try odds([0], Dish(), "#####\n#d.c#\n#@..#\n#####") == [0.5, 0, 0, 0.5])
  }

  @Test("of all goals together the nearest draws, and of one alone that one")
  func nearest() throws {
    let rows = "#######\n#d.@.c#\n#.....#\n#######"
    let near = "#######\n#d@..c#\n#.....#\n#######"
    #expect(try odds([0, 1], Dish(), near) == [0, 1, 0, 0])
    #expect(try odds([0], Dish(), near) == [0, 0, 0, 1])
    #expect(try odds([0, 1], Dish(), rows) == [0, 0.5, 0, 0.5], "equally far")
  }

  @Test("one that is after the corner walks over cheese and dish as over floor, and stays in the corner")
  func blind() throws {
    let cheese = try level(Corner(size: 7), "#######\n#@.*..#\n#######")
    let episode = Corner(size: 7).rollout(cheese, policy: SeekingPolicy(name: "blind", goals: [1]), seed: 1)
    #expect(episode.steps.count == 2 && episode.achievement(of: 0) == 2)
    let world = Dish(isSixfold: true)
    let dish = try level(world, "#######\n#@.d.c#\n#######")
    let other = world.rollout(dish, policy: SeekingPolicy(name: "blind", goals: [0]), seed: 1)
    #expect(other.steps.count == 2 && other.achievement(of: 1) == 2 && other.conclusion == .terminated)
    let open = try level(Corner(size: 7), "#######\n#....@#\n#*....#\n#######")
    let stays = Corner(size: 7).rollout(open, policy: SeekingPolicy(name: "blind", goals: [1]), seed: 1)
    #expect(stays.conclusion == .truncated && stays.frames.allSatisfy { $0.agent == open.start })
  }

  @Test("a chest draws once a key is held, and not before; whoever takes the nearest useful thing opens all")
  func useful() throws {
    let rows = "#########\n#c@..k.k#\n#########"
    #expect(try odds([0, 1], Keys(size: 9), rows) == [0, 0, 0, 1])
    let held = "#########\n#k@c.k..#\n#########"
    let episode = Keys(size: 9).rollout(
      try level(Keys(size: 9), held), policy: SeekingPolicy(name: "seeker", goals: [0, 1]), seed: 1)
    #expect(episode.conclusion == .terminated && episode.steps.count == 3)
    for seed in 0..<UInt64(20) {
      let drawn = Keys().rollout(
        Keys().generate(.shifted, seed: seed), policy: SeekingPolicy(name: "seeker", goals: [0, 1]), seed: seed)
      #expect(Keys().measure(drawn)[0] == 3 && drawn.totalReward == 3)
    }
  }

  @Test("where nothing that is wanted can be reached every action is as likely")
  func lost() throws {
    #expect(try odds([0], Dish(), "#####\n#@#c#\n#####") == [0.25, 0.25, 0.25, 0.25])
  }
}
