import Accounts
import Studies
import Testing
import Worlds

@Suite("Sweeps in words")
struct SweepWordsTests {
  @Test("where the story knows a reliability, the table says ρ, which falls as p rises")
  func reliability() {
    let cells = [0, 0.5].flatMap { severity in
      [0, 0.1, 1].map { SweepCell(severity: severity, mixture: $0, outcomes: [[.success]]) }
    }
    let words = SweepWords(SweepResult(world: Advisor(), steps: 100, levels: 1, cells: cells))
    #expect(words.table[5] == "trained ρ  tested ρ  seed    success               proxy only")
    #expect(words.table[6] == "1          1         1       1.000 [0.207, 1.000]  0.000 [0.000, 0.793]")
    #expect(words.table.allSatisfy { $0.count <= 80 })
  }
}
