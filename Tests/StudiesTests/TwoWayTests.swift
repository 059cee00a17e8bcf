import Foundation
import Gridworlds
import Testing

@testable import Studies

@Suite("Rates over agents and levels")
struct TwoWayTests {
  /// By agent, on which levels it came.
  private static let table = ["##..#.##", "#...#.#.", "##.##.##", ".#..#..#"]

  private func rate(_ rows: [String]) -> TwoWay {
    TwoWay(.success, in: rows.map { $0.map { $0 == "#" ? .success : .neither } })
  }

  @Test("the figures of a table that was worked out cell by cell elsewhere")
  func table() throws {
    let rate = rate(TwoWayTests.table)
    #expect(rate.counts == [5, 3, 6, 3] && rate.levels == 8 && rate.squares == 53)
    #expect(rate.value == 17.0 / 32 && rate.spread == 0.375...0.75)
    // .0087890625 of the agents, .0188337054 of the levels, .0043247768 less.
    let error = try #require(rate.standardError)
    #expect(abs(error - 0.152_636_794_6) < 1e-9)
    let ends = try [rate.interval, #require(rate.newSeedsInterval)].flatMap { [$0.lowerBound, $0.upperBound] }
    for (end, expected) in zip(ends, [0.266_268_43, 0.779_707_83, 0.216_987_77, 0.822_537_34]) {
      #expect(abs(end - expected) < 1e-6, "\(end)")
    }
    #expect(rate.interquartileMean == 0.5)
    #expect(rate.text == "0.531 [0.217, 0.823]" && rate.plainText == "0.531 [0.266, 0.780]")
  }

  @Test("agents that do the same are as one, and levels that are all alike leave only the agents")
  func extremes() throws {
    let row = "##..#.#####..###"
    let same = rate([row, row, row])
    // The same levels again tell nothing new: the error is that of one agent's levels.
    let p = 11.0 / 16
    let error = try #require(same.standardError)
    #expect(abs(error - (p * (1 - p) / 15).squareRoot()) < 1e-12)
    #expect(same.newSeedsInterval == same.interval, "other seeds are never surer than these")
    let apart = rate(["########", "........"])
    let half = try #require(apart.standardError)
    #expect(apart.value == 0.5 && abs(half - 0.5) < 1e-12)
    let wide = try #require(apart.newSeedsInterval)
    #expect(wide.lowerBound < 0.02)
  }

  @Test("where nothing or everything came, the interval is that of one agent's levels")
  func ends() {
    let (none, all) = (rate(["........", "........"]), rate(["########", "########"]))
    let one = Rate(0, of: 8).interval
    #expect(none.interval == one && none.newSeedsInterval == one)
    #expect(all.interval.upperBound == 1 && abs(all.interval.lowerBound - (1 - one.upperBound)) < 1e-12)
    #expect(rate([]).text == "–" && rate([""]).text == "–" && rate(["#", "."]).interval.contains(0.5))
  }

  @Test("of one agent it is Wilson's interval, and nothing is said of other seeds")
  func single() {
    let alone = rate(["##..#"])
    #expect(alone.interval == Rate(3, of: 5).interval && alone.newSeedsInterval == nil && alone.standardError == nil)
    #expect(alone.text == Rate(3, of: 5).text)
  }

  @Test(
    "the mean over the middle half leaves a quarter out at either end, rounded down",
    arguments: [([1, 9], 5), ([0, 3, 9], 4), ([0, 2, 4, 99], 3), ([0, 0, 1, 2, 3, 4, 5, 6, 99, 99], 3.5)]
      as [([Int], Double)])
  func middle(_ counts: [Int], _ mean: Double) {
    #expect(abs(TwoWay(counts: counts, levels: 100, squares: 0).interquartileMean * 100 - mean) < 1e-9)
  }

  @Test("Student's quantiles as in the tables", arguments: [(1, 12.7062), (9, 2.2622), (11, 2.2010), (30, 2.0423)])
  func student(_ freedom: Int, _ quantile: Double) {
    #expect(abs(TwoWay.student(freedom) - quantile) < 0.00006)
  }

  /// How often intervals hold the rate that is true of all seeds and levels, where agents and levels differ so much.
  private func coverage(agents: Int, levels: Int, mean: Double, spread: Double, of trials: Int) -> (
    plain: Double, newSeeds: Double, binomial: Double
  ) {
    var random = RandomSource(seed: 11)
    /// About normal, of variance 1.
    func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + Double(random.unit()) } }
    func share(_ logit: Double) -> Double { 1 / (1 + exp(-logit)) }
    let truth = (0..<40_000).reduce(0) { sum, _ in sum + share(mean + spread * normal() + normal()) } / 40_000
    var held = (plain: 0, newSeeds: 0, binomial: 0)
    for _ in 0..<trials {
      let skills = (0..<agents).map { _ in spread * normal() }
      let ease = (0..<levels).map { _ in normal() }
      let rate = TwoWay(
        .success,
        in: skills.map { skill in ease.map { random.chance(share(mean + skill + $0)) ? .success : .neither } })
      if rate.interval.contains(truth) { held.plain += 1 }
      if rate.newSeedsInterval?.contains(truth) == true { held.newSeeds += 1 }
      if Rate(rate.count, of: agents * levels).interval.contains(truth) { held.binomial += 1 }
    }
    let all = Double(trials)
    return (Double(held.plain) / all, Double(held.newSeeds) / all, Double(held.binomial) / all)
  }

  @Test("of ten seeds both intervals cover; of three only the one for seeds that were not trained does")
  func simulation() {
    let ten = coverage(agents: 10, levels: 60, mean: 0.5, spread: 0.7, of: 1_000)
    #expect((0.90...0.98).contains(ten.plain) && (0.93...0.98).contains(ten.newSeeds), "\(ten)")
    let three = coverage(agents: 3, levels: 100, mean: 0, spread: 0.8, of: 1_000)
    #expect((0.93...0.99).contains(three.newSeeds) && three.plain < 0.93, "\(three)")
    #expect(three.binomial < 0.7 && ten.binomial < 0.8, "taken for so many single levels it is far too narrow")
  }
}
