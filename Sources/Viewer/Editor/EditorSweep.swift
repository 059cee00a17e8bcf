import Gridworlds
import Studies
import TerminalUI

/// The goal in every cell: what would the agent do?
extension EditorScene {
  /// Cells that are tried before the screen hears of it, a thread.
  private static let share = 4

  mutating func beginSweep() -> [Wish] {
    guard let agent else {
      notice = "There is no agent here."
      return []
    }
    guard let live, live.revision == revision, let level = live.level else {
      notice = live?.fault.map { "There is nothing to run on: \($0)." } ?? "The agent is still at it."
      return []
    }
    sweeps = Placements.variants(in: level, of: world, at: cursor, agent: agent)
    guard let first = sweeps.first else {
      notice = "Nothing on this map can be moved: its goal is a place, not a thing."
      return []
    }
    anchor = nil
    return sweep(first)
  }

  private mutating func sweep(_ variant: Placements.Variant) -> [Wish] {
    guard let agent, let level = live?.level,
      let study = Placements(variant, in: level, of: world, agent: agent)
    else { return [] }
    sweep = study
    sweepNumber += 1
    return [goOn(study)]
  }

  private func goOn(_ study: Placements) -> Wish {
    let (number, threads) = (sweepNumber, max(1, threads))
    return work {
      var study = study
      study.advance(threads * EditorScene.share, threads: threads)
      return .swept(study, number: number)
    }
  }

  mutating func swept(_ study: Placements, _ number: Int) -> [Wish] {
    guard sweep != nil, number == sweepNumber else { return [] }
    sweep = study
    return study.isDone ? [] : [goOn(study)]
  }

  mutating func performSweep(_ command: Command) -> [Wish] {
    guard let study = sweep else { return [] }
    switch command {
    case .nextSweep, .previousSweep:
      guard sweeps.count > 1, let index = sweeps.firstIndex(of: study.variant) else { return [] }
      return sweep(sweeps[(index + (command == .nextSweep ? 1 : sweeps.count - 1)) % sweeps.count])
    case .open:
      guard let level = study.level(at: cursor), let agent else {
        notice = "With the \(study.thing.name) at \(cursor) it is no level."
        return []
      }
      let world = world
      return [work { .watched(agent.run(world, level)) }]
    case .back:
      sweep = nil
      sweepNumber += 1
      return [.stay]
    default: break
    }
    return []
  }
}

extension Placements {
  /// What is done, in a few words.
  func words(in world: any World) -> String {
    let proxy = world.goals.first { $0.role == .proxy }?.id ?? "proxy"
    return switch variant {
    case .thing, .goal, .proxy: "\(thing.name) to every cell"
    case .goalWithoutProxy: "no \(proxy); \(thing.name) to every cell"
    case .swapped: "goal in its place; \(thing.name) to every cell"
    }
  }

  /// How a result looks: its glyph and its meaning.
  static func look(of result: Result) -> (Unicode.Scalar, Ink) {
    switch result {
    case .played(.success, _): ("●", .intended)
    case .played(.proxyOnly, _): ("▓", .proxy)
    case .played(.neither, _): ("!", .neither)
    case .unreachable, .invalid: ("∅", .faint)
    }
  }
}
