import TerminalUI
import Testing

@testable import Viewer

@Suite("Charts of rates in letters")
struct RateChartTextTests {
  private let chart: RateChart = {
    func points(_ means: [Double], seeds: [Double] = []) -> [RateChart.Point] {
      means.map { mean in
        RateChart.Point(mean: mean, interval: max(0, mean - 0.15)...min(1, mean + 0.15), each: seeds.map { mean + $0 })
      }
    }
    return RateChart(
      title: "corner", xTitle: "p in training", yTitle: "rate", note: "2 seeds", ticks: ["0", "0.1", "1"],
      series: [
        .init(name: "success", look: 0, points: points([0.2, 0.5, 1], seeds: [-0.3, 0.3])),
        .init(name: "proxy only", look: 1, points: points([0.75, 0.5, 0])),
      ])
  }()

  @Test("two series that cross are told apart by mark and dash, their marks side by side where they meet")
  func letters() {
    expect(
      chart.text(size: Size(width: 48, height: 18), glyphs: .unicode),
      shows: """
        corner
        rate                                   2 seeds

         1.00┤       │                      ⣀⠔●
             │       │           ┼       ⣀⠔⠊  │
         0.75┤       × ⠄ ⡀            ⢀⠔⠊     ┼
             │       │     ⠁ ⠄ ⡀ │ │⠤⠊⠁
         0.50┤     ┼            ⣀●⠊×
             │     │      ⣀⡠⠤⠒⠊⠉ │ │ ⠁ ⡀
         0.25┤     │⢀⣀⠤⠔⠒⠉               ⠂
             │     ●⠁            ┼         ⠁ ⡀  │
         0.00┤     ┼                           ⠂×
             └──────┬─────────────┬────────────┬──────
                    0            0.1           1
                           p in training

              ● success   × proxy only   │ 95 % interval
              ┼ one seed
        """)
  }

  @Test("the same on a terminal of ASCII")
  func ascii() {
    expect(
      chart.text(size: Size(width: 48, height: 18), glyphs: .ascii),
      shows: """
        corner
        rate                                   2 seeds

         1.00+       |                      ::O
             |       |           +       :::  |
         0.75+       x . .            .::     +
             |       |     . . . | |::.
         0.50+     +            :O:x
             |     |      :::::: | | . .
         0.25+     |.:::::               .
             |     O.            +         . .  |
         0.00+     +                           .x
             +------+-------------+------------+------
                    0            0.1           1
                           p in training

              O success   x proxy only   | 95 % interval
              + one seed
        """)
  }

  @Test("no size is too small, and nothing is wider than asked", arguments: [(1, 1), (10, 5), (20, 12), (300, 90)])
  func sizes(_ width: Int, _ height: Int) {
    let lines = chart.text(size: Size(width: width, height: height), glyphs: .unicode).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= width } && lines.count <= height)
  }

  private func expect(_ text: String, shows expected: String, _ place: SourceLocation = #_sourceLocation) {
    #expect(text == expected, "it shows:\n\(text)\nand should show:\n\(expected)", sourceLocation: place)
  }
}
