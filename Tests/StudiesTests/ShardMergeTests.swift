import Archive
import Foundation
import Gridworlds
import Planning
import Testing
import Worlds

@testable import Studies

/// What the standard library shuffles by, from a seed.
private struct Chance: RandomNumberGenerator {
  var source: RandomSource

  init(seed: UInt64) { source = RandomSource(seed: seed) }

  mutating func next() -> UInt64 { source.next() }
}

@Suite("Exact sums")
struct ExactSumTests {
  @Test("the same terms in any order and parts, where plain sums differ", arguments: [UInt64(1), 2, 3])
  func orders(_ seed: UInt64) {
    var random = Chance(seed: seed)
    let values = (0..<300).map { index -> Double in
      let number = Double(Int64(bitPattern: random.next())) / 3
      return index % 3 == 0 ? number * 1e-30 : number
    }
    let terms = ExactSum(values).terms
    var plain: Set<Double> = []
    for _ in 0..<20 {
      let shuffled = values.shuffled(using: &random)
      plain.insert(shuffled.reduce(0, +))
      #expect(ExactSum(shuffled).terms == terms, "seed \(seed)")
      let cut = Int(random.next() % 300)
      let parts = [shuffled[..<cut], shuffled[cut...]].flatMap { ExactSum($0).terms }
      #expect(ExactSum(parts).terms == terms, "seed \(seed), cut at \(cut)")
    }
    #expect(plain.count > 1)
  }

  @Test("the first term is the nearest number, the even one half way")
  func rounding() {
    let tiny = Double(sign: .plus, exponent: -53, significand: 1)
    #expect(ExactSum([1e100, 1, -1e100]).terms == [1])
    #expect(ExactSum([1, tiny]).terms == [1, tiny])
    let (up, next) = (1.0.nextUp, 1.0.nextUp.nextUp)
    #expect(ExactSum([1, tiny, tiny * tiny]).terms.first == up)
    #expect(ExactSum([-1, -tiny, -tiny * tiny]).terms.first == -up)
    #expect(ExactSum([up, tiny]).terms.first == next)
    #expect(ExactSum([0.1, -0.1]).terms.isEmpty && ExactSum([]).terms.isEmpty)
    #expect(ExactSum([.leastNonzeroMagnitude, 1]).terms == [1, .leastNonzeroMagnitude])
  }
}

@Suite("Shards")
struct ShardMergeTests {
  private static let agents = ["a", "b"].map { Agent(UniformPolicy(name: $0)) }

  /// The lines of a shard: two agents on two splits.
  private func lines(
    _ number: Int, of count: Int, levels: Int = 24, command: String = "wayward eval supervisor-7",
    version: String = "1", world: any World = Supervisor(size: 7)
  ) -> [String] {
    let range = EvaluationPlan.range(levels: levels, shard: number, of: count)
    let splits = Split.allCases.map {
      Evaluation.all(ShardMergeTests.agents, in: world, split: $0, levels: range, threads: 2)
    }
    var rows = [splits[0][0], splits[1][0], splits[0][1], splits[1][1]]
    for index in rows.indices {
      rows[index].plan = EvaluationPlan(
        command: command, version: version, levels: levels, firstLevel: 1_000_000, shards: [number], of: count,
        line: index + 1, lines: rows.count)
    }
    return rows.map(\.json.text)
  }

  private func file(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

  /// What comes of merging files of these texts, and what stands in the way.
  private func merge(_ texts: [String]) throws -> (text: String, gaps: [String], faults: [String]) {
    var merge = ShardMerge()
    for (index, text) in texts.enumerated() { try merge.take(Data(text.utf8), path: "\(index + 1).json") }
    let (evaluations, obstacles) = merge.merged(worlds: ["supervisor", "corner"])
    return (
      file(evaluations.map(\.json.text)), obstacles.filter(\.isGap).map(\.problem.description),
      obstacles.filter { !$0.isGap }.map(\.problem.description)
    )
  }

  @Test("shards in any number and order give the bytes of one process, also more shards than levels")
  func wholes() throws {
    let whole = file(lines(1, of: 1))
    var random = Chance(seed: 5)
    for count in [1, 2, 3, 7, 30] {
      let shards = (1...count).map { file(lines($0, of: count)) }
      for _ in 0..<4 {
        let merged = try merge(shards.shuffled(using: &random))
        #expect(merged.text == whole && merged.gaps.isEmpty && merged.faults.isEmpty, "\(count) shards")
      }
    }
    let json = try JSON(parsing: Array(whole.utf8.prefix { $0 != 0x0A }))
    #expect(json["partial"]?.bool == false && json["planned"]?["shard_count"]?.integer == 1)
  }

  @Test("all orders of four shards, and sums of sums, are one")
  func orders() throws {
    let whole = file(lines(1, of: 1))
    let shards = (1...4).map { file(lines($0, of: 4)) }
    for first in 0..<4 {
      for second in 0..<4 where second != first {
        let rest = (0..<4).filter { $0 != first && $0 != second }
        for tail in [rest, rest.reversed()] {
          let texts = ([first, second] + tail).map { shards[$0] }
          let merged = try merge(texts)
          let halves = try merge([merge(Array(texts[..<2])).text, merge(Array(texts[2...])).text])
          #expect(merged.text == whole && halves.text == whole, "\(first) \(second) \(tail)")
        }
      }
    }
  }

  @Test("a shard that is missing is named, and what is there says that it is not all")
  func missing() throws {
    let shards = [1, 2, 4, 6, 7, 8].map { file(lines($0, of: 8)) }
    let merged = try merge(shards)
    #expect(merged.gaps.count == 1 && merged.faults.isEmpty)
    #expect(
      merged.gaps.first
        == "supervisor-7/shift/a, supervisor-7/shift/b, supervisor-7/train/a, supervisor-7/train/b: shards 3, 5 of 8 are missing, with 6 of 24 levels; run for each, as for the first: "
        + "wayward eval supervisor-7 --shard 3/8 --format json")
    let json = try JSON(parsing: Array(merged.text.utf8.prefix { $0 != 0x0A }))
    #expect(json["partial"]?.bool == true && json["levels"]?.integer == 18)
    #expect(json["planned"]?["levels"]?.integer == 24 && json["planned"]?["shards"]?.array?.count == 6)
    let rest = try merge([merged.text] + [3, 5].map { file(lines($0, of: 8)) })
    #expect(rest.text == file(lines(1, of: 1)) && rest.gaps.isEmpty)
  }

  @Test("an empty file and a torn one are named; the whole lines before the tear count")
  func torn() throws {
    let (first, second) = (file(lines(1, of: 2)), file(lines(2, of: 2)))
    let empty = try merge([first, ""])
    #expect(empty.gaps.contains("2.json: the file is empty; write the shard again") && empty.gaps.count == 2)
    let torn = try merge([first, String(second.dropLast(300))])
    #expect(torn.gaps.contains("2.json:4: the file breaks off in the middle of a line; write the shard again"))
    #expect(torn.gaps.count == 2 && torn.gaps[1].hasPrefix("supervisor-7/shift/b: shard 2/2 is missing"))
    let unended = try merge([first, String(second.dropLast())])
    #expect(unended.text == file(lines(1, of: 1)) && unended.gaps.isEmpty)
    let between = try merge([first, file(Array(lines(2, of: 2)[..<3]))])
    #expect(between.gaps.count == 1, "a tear between two lines is seen as well")
    #expect(throws: FileProblem.self) { try merge([first.replacing("\n", with: "}\n"), second]) }
  }

  @Test("a line that no shard has is missed: of one file broken off between two lines, say")
  func lines() throws {
    let merged = try merge([file(Array(lines(1, of: 1)[..<2]))])
    #expect(
      merged.gaps == [
        "supervisor-7: lines 3–4 of the 4 that 'wayward eval supervisor-7' prints are in no file; write the shards again"
      ])
  }

  @Test(
    "a line whose own numbers contradict one another is refused with its place",
    arguments: [
      (#""rate":"#, #""rate":77,"was":"#, "'success.rate' is 77 where the rest of the line makes it "),
      (#""steps_mean":"#, #""steps_mean":-1,"was":"#, "'steps_mean' is -1 where"),
      (#""agent_over_device_bits":{"mean":"#, #""agent_over_device_bits":{"mean":99,"was":"#, "bits.mean' is 99 where"),
      (#""partial":false"#, #""partial":true"#, "'partial' is true where"),
    ])
  func contradictions(_ change: (of: String, to: String, words: String)) throws {
    let lines = lines(1, of: 1)
    let changed = lines[1].replacing(change.of, with: change.to, maxReplacements: 1)
    #expect(changed != lines[1])
    let problem = #expect(throws: FileProblem.self) { try merge([file([lines[0], changed])]) }
    #expect(problem?.path == "1.json" && problem?.line == 2 && problem?.kind == .badData)
    #expect(problem?.cause.contains(change.words) == true, "\(problem?.cause ?? "")")
  }

  @Test("counts beyond the levels, or below nothing, are no line")
  func impossibleCounts() throws {
    let line = lines(1, of: 1)[0]
    for (old, new) in [("departures", "25"), ("departures", "-1"), ("undecided", "25"), ("levels", "-24")] {
      let changed = line.replacing(try Regex("\"\(old)\":[0-9]+"), with: "\"\(old)\":\(new)")
      let problem = #expect(throws: FileProblem.self) { try merge([changed + "\n"]) }
      #expect(problem?.line == 1 && problem?.kind == .badData, "\(old)")
    }
  }

  @Test("a shard given twice is refused with both places")
  func doubled() throws {
    let shard = file(lines(1, of: 2))
    let merged = try merge([shard, file(lines(2, of: 2)), shard])
    #expect(merged.text.isEmpty && merged.faults.count == 4)
    #expect(
      merged.faults[1]
        == "supervisor-7/shift/b: shard 1/2 stands in 1.json:4 and in 3.json:4; give each shard once")
  }

  @Test("shards of two plans are not added, whatever differs")
  func mixed() throws {
    let shard = file(lines(1, of: 2))
    let others = [
      lines(2, of: 2, levels: 26), lines(2, of: 2, command: "wayward eval supervisor-7 --greedy"), lines(2, of: 3),
      lines(2, of: 2, version: "2"),
      lines(2, of: 2).map { $0.replacing("\"agent_digest\":null", with: "\"agent_digest\":\"00000000000000ff\"") },
      lines(2, of: 2).map { $0.replacing("\"greedy\":false", with: "\"greedy\":true") },
      lines(2, of: 2).map { $0.replacing("\"seed\":0", with: "\"seed\":7") },
    ]
    let named = ["levels in all", "commands", "counts of shards", "versions", "digests", "greedy", "seeds"]
    for (other, name) in zip(others, named) {
      let merged = try merge([shard, file(other)])
      #expect(merged.text.isEmpty && merged.faults.count == 4, "\(name)")
      #expect(merged.faults.allSatisfy { $0.contains("are of two evaluations") && $0.contains(name) }, "\(name)")
    }
  }

  @Test("lines of version 0.2.0, without a plan, add up as far as they are there, and do not overlap")
  func earlier() throws {
    func stripped(_ lines: [String]) -> String {
      file(lines.map { String($0.prefix(upTo: $0.firstRange(of: ",\"greedy\"")?.lowerBound ?? $0.endIndex)) + "}" })
    }
    let shards = (1...2).map { stripped(lines($0, of: 2)) }
    let merged = try merge(shards)
    #expect(merged.gaps.count == 4 && merged.faults.isEmpty)
    #expect(merged.gaps.allSatisfy { $0.contains("does not say of how many shards it is one") })
    let json = try JSON(parsing: Array(merged.text.utf8.prefix { $0 != 0x0A }))
    #expect(json["levels"]?.integer == 24 && json["partial"] == .null)
    let twice = try merge([shards[0], shards[0]])
    #expect(twice.faults.count == 4)
    let mixed = try merge([shards[0], file(lines(2, of: 2))])
    #expect(mixed.faults.count == 4, "with a plan and without")
  }

  @Test("a line that contradicts its own plan is no line of an evaluation")
  func contradiction() throws {
    let good = lines(2, of: 3)[0]
    for (old, new) in [
      ("\"shards\":[2]", "\"shards\":[1]"), ("\"shards\":[2]", "\"shards\":[2,2]"),
      ("\"shards\":[2]", "\"shards\":[]"), ("\"shard_count\":3", "\"shard_count\":0"),
      ("\"line\":1", "\"line\":5"), ("\"squares_rest\":[]", "\"squares_rest\":[1e300]"),
      ("\"steps\":", "\"steps\":99999999"), ("\"greedy\":false", "\"greedy\":1"),
    ] {
      let bad = good.replacing(old, with: new)
      let json = try JSON(parsing: Array(bad.utf8))
      #expect(bad != good && Evaluation(json: json) == nil, "\(new)")
    }
  }
}
