import Gridworlds
import Studies
import TerminalUI

/// A thing in every cell: what would the agent do?
struct SweepStudy: Part {
  /// What was found so far; `nil` while there is no sweep.
  private(set) var placements: Placements?
  /// What can be moved.
  private(set) var variants: [Placements.Variant] = []
  private var ground: Ground?
  /// Counts sweeps, so that one that was left is not gone on with.
  private var number = 0
  /// Why nothing came of what was asked, until it is read.
  private var words: String?
  private let threads: Int
  private let door: ReplayDoor

  /// Cells that are tried before the screen hears of it, a thread.
  private static let share = 4

  /// Where it happens.
  private struct Ground: Sendable {
    let world: any World
    let level: Level
    let agent: Agent
  }

  init(threads: Int, door: ReplayDoor) { (self.threads, self.door) = (max(1, threads), door) }

  var isGoingOn: Bool { placements != nil }

  /// - Parameter live: the agent on the map as it is drawn.
  mutating func perform(
    _ command: SweepCommand, in world: any World, at cursor: Position, after live: LiveStudy
  ) -> [Wish<SweepStudy>] {
    switch command {
    case .sweep: return begin(in: world, at: cursor, after: live)
    case .nextSweep: return turn(by: 1)
    case .previousSweep: return turn(by: -1)
    case .open: return watch(cursor)
    }
  }

  /// Why nothing came of what was asked, once.
  mutating func takeWords() -> String? { words.take() }

  private mutating func begin(
    in world: any World, at cursor: Position, after live: LiveStudy
  ) -> [Wish<SweepStudy>] {
    guard let agent = live.agent else {
      words = "There is no agent here."
      return []
    }
    guard let level = live.current?.level else {
      words = live.latest?.fault.map { "There is nothing to run on: \($0)." } ?? "The agent is still at it."
      return []
    }
    variants = Placements.variants(in: level, of: world, at: cursor, agent: agent)
    guard let first = variants.first else {
      words = "Nothing on this map can be moved: its goal is a place, not a thing."
      return []
    }
    ground = Ground(world: world, level: level, agent: agent)
    return sweep(first)
  }

  private mutating func turn(by step: Int) -> [Wish<SweepStudy>] {
    guard let placements, variants.count > 1, let index = variants.firstIndex(of: placements.variant) else { return [] }
    return sweep(variants[(index + step + variants.count) % variants.count])
  }

  private mutating func sweep(_ variant: Placements.Variant) -> [Wish<SweepStudy>] {
    guard let ground,
      let study = Placements(variant, in: ground.level, of: ground.world, agent: ground.agent)
    else { return [] }
    placements = study
    number += 1
    return [goOn(study)]
  }

  private func goOn(_ study: Placements) -> Wish<SweepStudy> {
    let (number, threads) = (number, threads)
    return .work("editor") {
      var study = study
      study.advance(threads * SweepStudy.share, threads: threads)
      let swept = study
      return Reply { $0.swept(swept, number) }
    }
  }

  private mutating func swept(_ study: Placements, _ number: Int) -> [Wish<SweepStudy>] {
    guard isGoingOn, number == self.number else { return [] }
    placements = study
    return study.isDone ? [] : [goOn(study)]
  }

  private mutating func watch(_ cell: Position) -> [Wish<SweepStudy>] {
    guard let placements, let ground else { return [] }
    guard let level = placements.level(at: cell) else {
      words = "With the \(placements.thing.name) at \(cell) it is no level."
      return []
    }
    return [door.open(ground.agent) { ground.agent.run(ground.world, level) }]
  }

  /// Back to drawing; a sweep that still goes on is not heard any more.
  mutating func end() {
    placements = nil
    number += 1
  }
}

/// While a thing is moved to every cell, and before.
enum SweepCommand: PartCommand {
  case sweep, nextSweep, previousSweep, open

  static let beginning: [Binding<SweepCommand>] = [
    .init("W", .sweep, "Agent", "the goal to every cell", footer: "sweep")
  ]

  static let turning: [Binding<SweepCommand>] = [
    .init("Tab W", .nextSweep, "Sweep", "what else can be moved", footer: "next sweep"),
    .init("S-Tab", .previousSweep, "Sweep", "the one before"),
  ]

  static let watching: [Binding<SweepCommand>] = [
    .init("Enter", .open, "Sweep", "replay this cell", footer: "watch this cell")
  ]
}
