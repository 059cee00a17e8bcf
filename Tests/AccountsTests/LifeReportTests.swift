import Accounts
import Studies
import Testing

@Suite("A life in words")
struct LifeReportTests {
  @Test("the same life gives the same report, however it was cut into runs")
  func same() {
    let settings = TreeLife.Settings(seed: 3)
    var whole = TreeLife(settings)
    whole.run(20_000)
    var parts = TreeLife(settings)
    while parts.steps < 20_000 { parts.run(min(777, 20_000 - parts.steps), untilEvent: true) }
    #expect(LifeReport(whole).json == LifeReport(parts).json)
    #expect(LifeReport(whole).csv == LifeReport(parts).csv)
    #expect(LifeReport(whole).text == LifeReport(parts).text)
  }
}
