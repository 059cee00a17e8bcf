import Gridworlds

/// A level as a file describes it, before the rules have been asked.
public struct LevelDraft {
  var reference: String
  var title: String
  var note: String
  var rows: [String]
  var goals: [(id: String, cells: [(x: Int, y: Int)])]
  var steps: Int?
  /// Whether blanks before and after rows are outside of the map, as in `map: |2`; otherwise they are no letters.
  var isShaped = false

  /// A level as a file would describe it.
  /// - Parameters:
  ///   - rows: the map, a letter a cell.
  ///   - goals: the cells of proxies that the level places itself.
  ///   - steps: the time limit; the world's own where `nil`.
  public init(
    reference: String, title: String = "", note: String = "", rows: [String] = [],
    goals: [(id: String, cells: [(x: Int, y: Int)])] = [], steps: Int? = nil
  ) {
    self.reference = reference
    self.title = title
    self.note = note
    self.rows = rows
    self.goals = goals
    self.steps = steps
  }

  /// Where in its file the fault lies.
  public enum Spot: Equatable, Sendable {
    case row(Int)
    case goal(String)
    case steps
    case map
  }

  /// What is wrong, and where, without the file's name.
  public struct Fault: Error, Equatable {
    /// Where.
    public let spot: Spot
    /// What is wrong.
    public let cause: String
    /// What to do about it.
    public let mend: String

    init(_ spot: Spot, _ cause: String, mend: String) {
      self.spot = spot
      self.cause = cause
      self.mend = mend
    }
  }

  /// More states than this are not searched for a way to the intended goal: the level passes.
  static let largestSearch = 2_000_000
  /// Rules look through a goal's cells at every step, so that their number is limited.
  static let largestTargetCount = 1_024

  /// The level, with every rule kept that a level keeps.
  /// - Parameter searches: whether a way to the intended goal is looked for.
  public func level(of world: any World, searches: Bool = true) throws(Fault) -> Level {
    let (level, faults) = examined(as: world, searches: searches)
    if let fault = faults.first { throw fault }
    guard let level else { throw Fault(.map, "the map is empty", mend: "draw it, one row a line") }
    return level
  }

  /// The level, or all that is wrong with it; what explains the rest comes first.
  func examined(as world: any World, searches: Bool) -> (level: Level?, faults: [Fault]) {
    let drawn = MapRows(rows, isShaped: isShaped, legend: world.legend)
    var faults = drawn.faults
    guard let map = drawn.map else { return (nil, faults) }
    faults += limits(in: map)
    guard faults.isEmpty else {
      faults += rules(of: world, on: map).map { LevelDraft.fault($0, world: world, map: map) }
      return (nil, faults)
    }
    do throws(Fault) {
      return (try level(of: world, map: map, searches: searches), [])
    } catch {
      let others = rules(of: world, on: map).map { LevelDraft.fault($0, world: world, map: map) }
      return (nil, [error] + others.filter { $0 != error })
    }
  }

  /// What is wrong with it in any world, where nobody knows which one is meant.
  func faultsAnywhere() -> [Fault] {
    let drawn = MapRows(rows, isShaped: isShaped, legend: nil)
    guard let map = drawn.map else { return drawn.faults }
    return drawn.faults + limits(in: map) + LevelDraft.starts(on: map).compactMap(LevelDraft.fault(ofStart:))
  }

  /// What is wrong with numbers and cells, whatever the world.
  private func limits(in map: Grid<Tile>) -> [Fault] {
    var faults: [Fault] = []
    if let steps, !(1...Level.largestTimeLimit).contains(steps) {
      faults.append(Fault(.steps, "steps is \(steps)", mend: "choose a number from 1 to \(Level.largestTimeLimit)"))
    }
    return faults + goals.compactMap { LevelDraft.fault(of: $0.id, $0.cells, in: map) }
  }

  private static func starts(on map: Grid<Tile>) -> [LevelProblem] {
    let starts = map.positions(of: .agent)
    return starts.isEmpty ? [.noAgent] : starts.dropFirst().map { .twoAgents(starts[0], $0) }
  }

  /// The rules that a map breaks, each looked at by itself.
  private func rules(of world: any World, on map: Grid<Tile>) -> [LevelProblem] {
    var problems = LevelDraft.starts(on: map)
    for (id, cells) in goals where LevelDraft.fault(of: id, cells, in: map) == nil {
      let positions = cells.map { Position(x: $0.x, y: $0.y) }
      if let problem = Level.problem(of: positions, for: id, in: map, of: world) { problems.append(problem) }
    }
    let intended = world.goals[world.intended]
    if world.targets(of: intended, in: map).isEmpty { problems.append(.noTarget(intended.id, tile: intended.tile)) }
    return problems
  }

  /// What is wrong with the cells of a goal, whatever the world.
  private static func fault(of id: String, _ cells: [(x: Int, y: Int)], in map: Grid<Tile>) -> Fault? {
    if cells.count > largestTargetCount { return tooMany(cells.count, of: id) }
    if let cell = cells.first(where: { !(0..<map.width).contains($0.x) || !(0..<map.height).contains($0.y) }) {
      return outside(id, "[\(cell.x), \(cell.y)]", map)
    }
    guard let wall = cells.first(where: { map[Position(x: $0.x, y: $0.y)] == .wall }) else { return nil }
    return Fault(.goal(id), "goal '\(id)': the cell [\(wall.x), \(wall.y)] is a wall", mend: "name a free cell")
  }

  private func level(of world: any World, map: Grid<Tile>, searches: Bool) throws(Fault) -> Level {
    let overrides = Dictionary(
      goals.map { ($0.id, $0.cells.map { Position(x: $0.x, y: $0.y) }) }, uniquingKeysWith: { $1 })
    let level: Level
    do throws(LevelProblem) {
      level = try Level(
        of: world, reference: reference, title: title, note: note, map: map, targets: overrides, timeLimit: steps)
    } catch {
      throw LevelDraft.fault(error, world: world, map: map)
    }
    for (goal, cells) in zip(world.goals, level.targets) where cells.count > LevelDraft.largestTargetCount {
      throw LevelDraft.tooMany(cells.count, of: goal.id)
    }
    if let problem = world.problem(in: level) { throw LevelDraft.fault(problem, world: world, map: map) }
    guard searches else { return level }
    // A search costs a look at each target a step: many targets are found soon, or shorten the search.
    let cost = 1 + level.targets.reduce(0) { $0 + $1.count } / 16
    let wanted = world.mayAbstain ? Array(world.goalIndices) : [world.intended]
    if world.canAchieve(wanted, in: level, limit: LevelDraft.largestSearch / cost) == false {
      throw Fault(
        .row(level.start.y), "no way from the agent to the \(world.goals[world.intended].id)",
        mend: "open one or move the agent")
    }
    return level
  }
}

extension LevelDraft {
  /// A broken rule in words.
  private static func fault(_ problem: LevelProblem, world: any World, map: Grid<Tile>) -> Fault {
    if let fault = fault(ofStart: problem) { return fault }
    switch problem {
    case .noAgent, .twoAgents: return Fault(.map, "the map has no one start", mend: "put one '@' where it is")
    case .unknownTile(let tile, let position):
      return MapRows.unknown(Unicode.Scalar(tile.letter), row: position.y, column: position.x, legend: world.legend)
    case .unknownGoal(let id):
      let proxies = world.goals.filter { $0.role == .proxy }.map(\.id)
      return Fault(
        .goal(id), "\(world.name) has no goal '\(id)'",
        mend: Nearest.advice(for: id, among: proxies, what: "its proxies are"))
    case .fixedGoal(let id):
      return Fault(.goal(id), "'\(id)' is the intended goal, which the map alone places", mend: "draw it in the map")
    case .outside(let id, let position):
      return outside(id, "[\(position.x), \(position.y)]", map)
    case .noTarget(let id, let tile):
      guard !map.elements.contains(tile) else {
        return Fault(
          .map, "the map has no place for '\(id)'",
          mend: "wayward worlds \(world.name) lists the letters; one is missing")
      }
      return Fault(.map, "the map has no \(id)", mend: "put a '\(tile)' where it lies")
    case .placed(let id):
      return Fault(
        .goal(id), "the goal '\(id)' takes no cells in \(world.name)", mend: "leave it out: the map says where it is")
    case .tooLong(let most):
      return Fault(.steps, "there are more steps than \(world.name) allows", mend: "choose a number from 1 to \(most)")
    case .tooLarge(let width, let height):
      return MapRows.tooLarge(width: width, height: height)
    case .world(let text, let position):
      let parts = text.split(separator: "; ", maxSplits: 1)
      return Fault(
        position.map { .row($0.y) } ?? .map, parts.first.map(String.init) ?? "the world refuses the map",
        mend: parts.count > 1 ? String(parts[1]) : "change the map")
    }
  }

  /// A broken rule of where the agent starts; `nil` of any other.
  private static func fault(ofStart problem: LevelProblem) -> Fault? {
    switch problem {
    case .noAgent: return Fault(.map, "the map has no agent", mend: "put one '@' where it starts")
    case .twoAgents(let first, let second):
      let places =
        first.y == second.y
        ? "row \(first.y + 1), columns \(first.x + 1) and \(second.x + 1)"
        : "row \(first.y + 1) and row \(second.y + 1)"
      return Fault(.row(second.y), "the map has two agents (\(places))", mend: "keep one")
    default: return nil
    }
  }

  private static func outside(_ id: String, _ cell: String, _ map: Grid<Tile>) -> Fault {
    Fault(
      .goal(id), "goal '\(id)': the cell \(cell) lies outside of the map",
      mend: "columns go from 0 to \(map.width - 1), rows from 0 to \(map.height - 1)")
  }

  private static func tooMany(_ count: Int, of id: String) -> Fault {
    Fault(
      .goal(id), "goal '\(id)' has \(count) cells", mend: "at most \(largestTargetCount) are allowed")
  }
}
