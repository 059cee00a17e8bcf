import Studies
import Testing

@Suite("Tables of text")
struct TextTableTests {
  private let table = TextTable(
    [.init("agent", width: 8), .init("rate", .right, width: 6), .init("verdicts", gap: 2)],
    rows: [["seed-1", "0.5", "3/4"], ["a longer one", "12.25", ""], ["ε", "–", "1"]])

  @Test("columns are as wide as their cells ask for, numbers end at one place, lines end in no space")
  func aligned() {
    #expect(
      table.lines == [
        "agent          rateverdicts",
        "seed-1          0.53/4",
        "a longer one  12.25",
        "ε                 –1",
      ])
    let wide = TextTable([.init("a", gap: 2), .init("b", gap: 2), .init("c")], rows: [["1", "22222", "3"]])
    #expect(wide.lines == ["a  b      c", "1  22222  3"])
    #expect(TextTable([.init("a"), .init("b")]).lines == ["a b"])
  }

  @Test("a row by itself keeps the widths that were told, and what is too long at least its gap")
  func single() {
    #expect(table.heading == "agent     rateverdicts")
    #expect(table.line(["seed-1", "0.5", "3/4"]) == "seed-1     0.53/4")
    #expect(table.line(["a longer one", "12345.25", "x"]) == "a longer one  12345.25x")
  }

  @Test("cells are padded by columns, not by characters")
  func wide() {
    let table = TextTable(
      [.init("name", gap: 2), .init("n", .right)], rows: [["日本", "1"], ["cafe\u{301}", "22"], ["🧀", "日"]])
    #expect(table.lines == ["name    n", "日本    1", "cafe\u{301}   22", "🧀     日"])
  }

  @Test("as Markdown it has a rule that says where texts stand")
  func markdown() {
    #expect(
      table.markdown == [
        "| agent | rate | verdicts |", "|---|--:|---|", "| seed-1 | 0.5 | 3/4 |", "| a longer one | 12.25 |  |",
        "| ε | – | 1 |",
      ])
    #expect(TextTable.markdown(["a|b", "c"]) == "| a\\|b | c |")
  }
}
