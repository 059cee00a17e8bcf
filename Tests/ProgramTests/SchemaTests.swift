import Archive
import Foundation
import Gridworlds
import Testing
import Workshop
import Worlds

@testable import wayward

@Suite("The JSON of every command", .serialized)
struct SchemaTests {
  /// Lines that commands print, by the name of their schema: enough of them that each field has a value somewhere.
  private func lines(of name: String) throws -> [String] {
    let scratch = try Scratch()
    func printed(_ words: String..., levels: String? = nil) throws -> [String] {
      let environment = levels.map { ["WAYWARD_LEVELS": $0] } ?? [:]
      let run = try Invocation(words.flatMap { $0.split(separator: " ").map(String.init) }, environment: environment)
      return run.output.split(separator: "\n").map(String.init)
    }
    switch name {
    case "eval":
      return try printed("eval corner --levels 2 --format json") + printed("eval keys --levels 2 --format json")
    case "analyze":
      // The last one walks away from the cheese and back; the one before it stops while it is away.
      let recorded = try printed("record corner/first keys/first")
      // Its reward is another one than was recorded, too.
      let detour = try printed("record corner:shift#1000026").map {
        $0.replacing(#""reward":0.0"#, with: #""reward":0.5"#)
      }
      let cut = recorded.prefix(11) + detour
      let text = SchemaTests.takenOver + (recorded + cut).joined(separator: "\n") + "\n"
      return try printed("analyze --format json", scratch.file("e.jsonl", text))
    case "ask": return try printed("ask dish --levels 60 --agents seed-1 --format json")
    case "certify": return try printed("certify corner/first --format json")
    case "odds":
      return try printed("odds corner/first monsters/first --episodes 20 --format json")
    case "profile": return try printed("profile corner --levels 20 --format json")
    case "sweep":
      return try printed("sweep corner --steps 2000 --seeds 2 --severities 0 --levels 2 --threads 1 --format json")
    case "live":
      return try printed("live trees --steps 500 --format json")
        + printed("live trees --steps 60000 --seed 2 --least 1e-3 --format json")
    case "worlds": return try printed("worlds --format json") + printed("worlds lava-lethal --format json")
    case "compare":
      return try printed("compare corner/first --format json")
        + printed("compare corner:shift#8 corner:shift#7 --format json")
    case "settings":
      let file = try scratch.file("s.yaml", "theme: dark\nascii: true\nnonsense: 1\n")
      return try printed("settings --format json --settings", file)
    case "check":
      let level =
        "world: corner\n" + (try String(contentsOfFile: "\(Invocation.root)/levels/corner/first.yaml", encoding: .utf8))
      let odd = try scratch.file("odd.yaml", level.replacing("title: ", with: "title: שלום "))
      let bad = try scratch.file("bad.yaml", level.replacing("@", with: "&"))
      return try printed("levels check --format json", odd, bad)
    case "bench": return [Bench.json(of: BenchmarkResult("a thing", 1.5, "ms")).text]
    case "levels", "agents":
      try FileManager.default.createDirectory(
        atPath: "\(scratch.path)/corner/agents", withIntermediateDirectories: true)
      for path in ["corner/torn.yaml", "corner/agents/seed-9.safetensors"] { _ = try scratch.file(path, "world: [") }
      let words = name == "levels" ? "levels list --format json" : "agents --format json"
      return try printed(words) + printed(words, levels: scratch.path)
    case "episode", "step":
      let all = try printed("record corner/first") + SchemaTests.takenOver.split(separator: "\n").map(String.init)
      return try all.filter { (try JSON(parsing: Array($0.utf8))["format"] != nil) == (name == "episode") }
    case "made":
      _ = try printed("record corner/first --out", scratch.file("e.jsonl"))
      return try [String(contentsOfFile: scratch.file(".e.jsonl.made"), encoding: .utf8)]
    default:
      Issue.record("nothing is run for the schema '\(name)'")
      return []
    }
  }

  /// An episode that a person took over, as a branch of the one before it.
  private static let takenOver: String = {
    let world = Catalogue.worlds[0]
    let level = world.generate(.shifted, seed: 7)
    var parent = Episode(world: world, level: level, agent: Episode.person, seed: 1)
    parent.advance(0)
    var branch = parent
    branch.intervene(1)
    let origin = EpisodeOrigin(branch: "a turn", parent: 0, leavesAt: 1)
    return EpisodeFile.lines(of: parent) + EpisodeFile.lines(of: branch, origin: origin)
  }()

  @Test(
    "each line keeps to its schema, and each field of the schema has a value in some line",
    arguments: Schema.all.map(\.name))
  func lines(_ name: String) throws {
    let schema = try #require(Schema.all.first { $0.name == name })
    let lines = try lines(of: name).map { try JSON(parsing: Array($0.utf8)) }
    #expect(!lines.isEmpty)
    for line in lines { #expect(schema.problems(in: line) == [], "\(name): the schema is in Sources/wayward/Schema") }
    let unseen = schema.paths.subtracting(schema.seen(in: lines)).sorted()
    #expect(unseen == [], "\(name): no line has a value for these")
  }

  @Test("every command that offers JSON has a schema")
  func commands() throws {
    let root = try ManualPage.Tool(decoding: Wayward._dumpHelp()).command
    let offering = root.flattened.filter { entry in
      entry.arguments.contains {
        $0.names?.contains { $0.name == "format" } == true && $0.allValues?.contains("json") == true
      }
    }
    #expect(offering.count >= 7)
    for entry in offering where entry.path != "wayward eval merge" {
      #expect(Schema.all.contains { $0.command.hasPrefix(entry.path + " ") }, "\(entry.path)")
    }
    #expect(Set(Schema.all.map(\.name)).count == Schema.all.count)
  }

  @Test("a line that departs from its schema is told how")
  func departures() throws {
    let schema = Schema(
      name: "x", command: "", line: "a thing",
      fields: [
        .init("a", .integer, ""), .init("b", .share, "", null: "never"), .init("c", .list(.word(["u", "v"])), ""),
        .init("d", .text, "", absent: "never"),
      ])
    func problems(_ text: String) throws -> [String] { schema.problems(in: try JSON(parsing: Array(text.utf8))) }
    #expect(try problems(#"{"a":1,"b":null,"c":["u","v"]}"#) == [])
    #expect(try problems(#"{"a":18446744073709551615,"b":0.5,"c":[],"d":"x"}"#) == [])
    #expect(try problems(#"{"a":1,"b":0,"c":[],"e":1}"#) == ["e is in no schema"])
    #expect(try problems(#"{"b":0,"c":[]}"#) == ["a is missing"])
    #expect(try problems(#"{"a":null,"b":0,"c":[]}"#) == ["a is null"])
    #expect(try problems(#"{"a":1.5,"b":2,"c":["w"],"d":1}"#).count == 4)
  }

  @Test("episodes count from 1")
  func episodes() throws {
    let scratch = try Scratch()
    let file = try scratch.file("e.jsonl", Invocation(["record", "corner/first", "corner/fork"]).output)
    let analyzed = try Invocation(["analyze", file, "--format", "json"]).output.split(separator: "\n")
    #expect(try analyzed.map { try JSON(parsing: Array($0.utf8))["episode"]?.integer } == [1, 2])
  }
}
