import Accounts
import Studies
import Testing
import Worlds

@testable import Viewer

@Suite("Sweeps as charts")
struct SweepChartTests {
  @Test("where the story knows a reliability, the chart says ρ, which falls as p rises")
  func reliability() {
    let cells = [0, 0.5].flatMap { severity in
      [0, 0.1, 1].map { SweepCell(severity: severity, mixture: $0, outcomes: [[.success]]) }
    }
    let chart = SweepWords(SweepResult(world: Advisor(), steps: 100, levels: 1, cells: cells)).chart
    #expect(chart.ticks == ["1", "0.9", "0"])
    #expect(chart.series.map(\.name) == ["trained at ρ = 1", "trained at ρ = 0.5"])
    #expect(chart.xTitle == "ρ of the held-out levels: share of levels in which the asker is right")
  }
}
