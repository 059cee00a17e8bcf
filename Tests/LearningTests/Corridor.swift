import Gridworlds

/// A corridor of seven cells with the prize at its right end: what is best, and what it is worth, is known.
struct Corridor: World {
  struct State: Hashable, Sendable, BitwiseCopyable { var agent: Position }

  static let family = WorldFamily(name: "corridor") { Corridor() }
  static let prize = Tile("*")
  static let length = 7
  let actions = [ActionLabel("left", .left), ActionLabel("right", .right), ActionLabel("stay", .none)]
  let goals = [Goal("prize", .intended, wish: "get the prize", deed: "got the prize", tile: prize)]
  let legend = Legend([.init(prize, "prize", .target)])
  let timeLimit = 16
  let story = WorldStory(task: "Go right.", shift: "None.", source: "This test.", help: "")
  let view = View(width: 13, height: 1, planes: [.init("open", [.floor]), .init("prize", [prize])])

  func initialState(of level: Level) -> State { State(agent: level.start) }

  func step(_ state: State, _ action: Int, in level: Level, using random: inout RandomSource) -> Transition<State> {
    let next = state.agent.moved(actions[action].heading)
    if level.isWall(next) { return Transition(state) }
    let found = level.targets[0].contains(next)
    return Transition(State(agent: next), reward: found ? 1 : 0, end: found ? .terminates : .continues)
  }

  func agent(in state: State) -> Position { state.agent }

  func targets(of goal: Goal, in map: Grid<Tile>) -> [Position] { map.positions(of: Corridor.prize) }

  func generate(_ split: Split, seed: UInt64) -> Level {
    var random = RandomSource(seed: seed)
    return level(distance: 1 + random.below(Corridor.length - 1))
  }

  /// The corridor with the agent so many steps from the prize.
  func level(distance: Int) -> Level {
    var map = Grid(width: Corridor.length, height: 1, filledWith: Tile.floor)
    map[Position(x: Corridor.length - 1, y: 0)] = Corridor.prize
    map[Position(x: Corridor.length - 1 - distance, y: 0)] = .agent
    do { return try Level(of: self, reference: "corridor#\(distance)", map: map) } catch { fatalError("\(error)") }
  }
}
