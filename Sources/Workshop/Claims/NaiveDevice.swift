import Foundation
import Gridworlds

/// What one would expect of an agent that pursues nothing, step by step, from what it did before.
///
/// Twelfths of the belief go to six who learn as it goes: after the same last action, and so on, an action is as probable
/// as it was often, half a time added to each. The other half is shared by those who know beforehand.
struct NaiveDevice {
  /// What is known of the agent's habits beforehand; `nil` of nothing, where walkers of all kinds are thought of.
  private let habits: NaiveHabits?
  private let world: any World
  private var counts: [[Int]: [Double]] = [:]
  /// By who expects something, the logarithm of the belief in him.
  private var beliefs: [Double] = []

  init(_ world: any World, _ habits: NaiveHabits?) { (self.world, self.habits) = (world, habits) }

  /// What it comes upon: the walls beside it, the last action and the one before; −1 where there was none.
  struct Sight: Hashable {
    let around: Int, last: Int, beforeLast: Int

    fileprivate var contexts: [[Int]] { [[0], [1, last], [2, last, beforeLast], [3, around], [4, around, last]] }
  }

  private func opinions(at sight: Sight) -> [[Double]] {
    let count = world.actions.count
    let learnt = sight.contexts.map { context -> [Double] in
      let seen = counts[context] ?? Array(repeating: 0, count: count)
      return seen.map { ($0 + 0.5) / (seen.reduce(0, +) + 0.5 * Double(count)) }
    }
    let even = Array(repeating: 1 / Double(count), count: count)
    let isWalker = world.actions.map(\.heading) == Heading.orthogonal && world.surroundingsCount == 16
    let known = habits?.opinions(at: sight) ?? (isWalker ? NaiveReflexes.opinions(at: sight) : [])
    return learnt + [even] + known
  }

  /// The probability of each action; the one that was taken is learnt, unless a person took it.
  mutating func expects(_ sight: Sight, then action: Int, isPersons: Bool) -> [Double] {
    let opinions = opinions(at: sight)
    if beliefs.isEmpty {
      let known = opinions.count - 6
      beliefs = opinions.indices.map { log($0 >= 6 ? 0.5 / Double(known) : (known > 0 ? 0.5 : 1) / 6) }
    }
    let largest = beliefs.max() ?? 0
    let weights = beliefs.map { exp($0 - largest) }
    let total = weights.reduce(0, +)
    let expected = world.actions.indices.map { action in
      zip(weights, opinions).reduce(0) { $0 + $1.0 * $1.1[action] } / total
    }
    guard !isPersons else { return expected }
    for index in beliefs.indices { beliefs[index] += log(opinions[index][action]) - largest }
    let none = Array(repeating: 0.0, count: expected.count)
    for context in sight.contexts { counts[context, default: none][action] += 1 }
    return expected
  }
}

/// Walkers that see the walls beside them and know their last heading.
enum NaiveReflexes {
  private static let headings = Heading.orthogonal
  /// What each of them does, for every sight.
  private static let all: [NaiveDevice.Sight: [[Double]]] = {
    var all: [NaiveDevice.Sight: [[Double]]] = [:]
    for around in 0..<16 {
      for last in -1..<4 {
        all[.init(around: around, last: last, beforeLast: -1)] = choices(around, last).flatMap { wished in
          [0.02, 0.1].map { lapse in
            let taken = wished.isEmpty ? headings : wished
            return headings.map { (taken.contains($0) ? (1 - lapse) / Double(taken.count) : 0) + lapse / 4 }
          }
        }
      }
    }
    return all
  }()

  static func opinions(at sight: NaiveDevice.Sight) -> [[Double]] {
    all[.init(around: sight.around, last: sight.last, beforeLast: -1)] ?? []
  }

  /// By walker, the headings among which it chooses.
  private static func choices(_ around: Int, _ last: Int) -> [[Heading]] {
    let free = headings.enumerated().filter { around & (1 << $0.offset) == 0 }.map(\.element)
    let before = last < 0 ? nil : headings[last]
    /// Those that are free, or whatever is.
    func among(_ wished: [Heading]) -> [Heading] {
      let open = wished.filter(free.contains)
      return open.isEmpty ? free : open
    }
    var walkers: [[Heading]] = []
    for a in headings {
      for b in headings where b != a {
        for c in headings where c != a && c != b {
          let d = headings.filter { ![a, b, c].contains($0) }
          walkers.append(Array(([a, b, c] + d).filter(free.contains).prefix(1)))
        }
      }
    }
    for a in headings {
      walkers.append(among([a]))
      for b in headings where headings.firstIndex(of: a) ?? 0 < headings.firstIndex(of: b) ?? 0 {
        walkers.append(among([a, b]))
      }
    }
    walkers.append(free)
    walkers.append(among(before.map { [$0] } ?? headings))
    for side in [1, -1] {
      guard let before else {
        walkers.append(free)
        continue
      }
      // A quarter turn to the right, seen with y downwards, and to the left.
      let hand = Heading(dx: -side * before.dy, dy: side * before.dx)
      let back = Heading(dx: -before.dx, dy: -before.dy)
      let order = [hand, before, Heading(dx: -hand.dx, dy: -hand.dy), back]
      walkers.append(Array(order.filter(free.contains).prefix(1)))
    }
    walkers.append(
      among(headings.filter { heading in before.map { heading != Heading(dx: -$0.dx, dy: -$0.dy) } ?? true }))
    return walkers
  }
}

/// How often an agent took each action elsewhere, by the walls beside it and by its last action.
struct NaiveHabits {
  private var counts: [[Int]: [Double]] = [:]
  private let actions: Int

  /// - Parameters:
  ///   - choices: what it came upon and what it did then.
  ///   - actions: how many it can choose from.
  init(_ choices: [(sight: NaiveDevice.Sight, action: Int)], actions: Int) {
    self.actions = actions
    let none = Array(repeating: 0.0, count: actions)
    for (sight, action) in choices {
      for context in NaiveHabits.contexts(sight) { counts[context, default: none][action] += 1 }
    }
  }

  private static func contexts(_ sight: NaiveDevice.Sight) -> [[Int]] {
    [[], [1, sight.last], [2, sight.around], [3, sight.around, sight.last]]
  }

  /// Shares of what was counted, four more counted as a simpler estimate has them.
  private func shares(_ context: [Int], _ simpler: [Double]) -> [Double] {
    let seen = counts[context] ?? Array(repeating: 0, count: actions)
    return zip(seen, simpler).map { ($0 + 4 * $1) / (seen.reduce(0, +) + 4) }
  }

  /// By walls and last action, by last action, by walls.
  func opinions(at sight: NaiveDevice.Sight) -> [[Double]] {
    let contexts = NaiveHabits.contexts(sight)
    let all = counts[contexts[0]] ?? Array(repeating: 0, count: actions)
    let simplest = all.map { ($0 + 0.5) / (all.reduce(0, +) + 0.5 * Double(actions)) }
    let byWalls = shares(contexts[2], simplest)
    return [shares(contexts[3], byWalls), shares(contexts[1], simplest), byWalls]
  }
}
