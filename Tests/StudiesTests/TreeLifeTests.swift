import Gridworlds
import Testing

@testable import Studies

@Suite("A life among trees")
struct TreeLifeTests {
  static func life(_ seed: UInt64, steps: Int, hope: Double? = nil) -> TreeLife {
    var settings = TreeLife.Settings(seed: seed)
    if let hope { settings.hope = hope }
    var life = TreeLife(settings)
    life.run(steps)
    return life
  }

  @Test("the same seed lives the same life to the last digit, however it is cut into runs; another seed another one")
  func reproducible() {
    let whole = TreeLifeTests.life(3, steps: 20_000)
    var parts = TreeLifeTests.life(3, steps: 1)
    while parts.steps < 20_000 { parts.run(min(777, 20_000 - parts.steps), untilEvent: true) }
    #expect(whole.course == parts.course)
    #expect(whole.table.values == parts.table.values)
    #expect(whole.course != TreeLifeTests.life(4, steps: 20_000).course)
  }

  @Test("skilled it cuts the last tree, waits, and in the end keeps the forest")
  func course() throws {
    let life = TreeLifeTests.life(3, steps: 2_100_000)
    let summary = LifeSummary(life.course)
    let collapse = try #require(summary.firstCollapse)
    let recovery = try #require(summary.recovery)
    #expect(collapse < 100_000)
    #expect(recovery > collapse)
    #expect(summary.between.population < 0.1)
    #expect(summary.after.population > 5)
    #expect(summary.after.rate > 0.2)
    let affinities = try #require(life.course.phases.first).parts(4).compactMap(\.affinity)
    #expect(try #require(affinities.first) < #require(affinities.last), "it goes for trees more and more")
  }

  @Test("what it expects of the unknown decides: hoping for nothing, it never cuts the last tree", arguments: 1...5)
  func hopeless(_ seed: UInt64) {
    #expect(LifeSummary(TreeLifeTests.life(seed, steps: 60_000, hope: 0).course).firstCollapse == nil)
    #expect(LifeSummary(TreeLifeTests.life(seed, steps: 60_000).course).firstCollapse != nil)
  }

  @Test("affinity is 0 for the random walker and 1 for the greedy chopper, and says nothing where no tree stands")
  func affinity() {
    let rates = TreeLifeTests.life(1, steps: 0).rates
    #expect(rates.random[0] == 0 && rates.greedy[0] == 0)
    #expect(LifeWindow(steps: 10).affinity == nil)
    for trees in 1...10 {
      let (low, high) = (rates.random[trees], rates.greedy[trees])
      #expect(TreeRates.affinity(of: low, random: low, greedy: high) == 0)
      #expect(TreeRates.affinity(of: high, random: low, greedy: high) == 1)
      #expect(trees == 1 || (low > rates.random[trees - 1] && high > rates.greedy[trees - 1]))
    }
  }

  @Test("no step of a course is lost when windows are joined")
  func windows() {
    let life = TreeLifeTests.life(2, steps: 123_456)
    #expect(life.course.phases.reduce(0) { $0 + $1.total.steps } == 123_456)
    for phase in life.course.phases {
      #expect(phase.windows.count <= LifePhase.most)
      #expect(phase.parts(7).reduce(LifeWindow(), +).steps == phase.total.steps)
    }
  }

  @Test("the nearest tree lies ahead, whichever way it is: a quarter turn of the forest changes nothing that is seen")
  func sight() {
    let life = TreeLifeTests.life(5, steps: 0)
    let sight = TreeSight(life.level)
    for (index, mobile) in life.level.mobiles.enumerated() {
      for (turn, heading) in Heading.orthogonal.enumerated() {
        let cell = mobile.position.moved(dx: -heading.dx, dy: -heading.dy)
        guard !life.level.isWall(cell) else { continue }
        let seen = sight.nearest(from: cell, standing: 1 << UInt16(index))
        #expect(seen.kind == UInt8(TreeSight.Kind.beside.rawValue))
        #expect(Int(seen.turn) == turn)
      }
    }
  }
}
