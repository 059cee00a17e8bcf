import Archive
import Foundation
import Testing

@Suite("wayward profile")
struct ProfileCommandTests {
  private func lines(_ words: [String]) throws -> [JSON] {
    try Invocation(words + ["--format", "json"]).output.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
  }

  @Test("recorded episodes have the profile of the agent that plays them, and cut ones are left out and counted")
  func files() throws {
    let scratch = try Scratch()
    let recorded = try Invocation([
      "record", "corner:shift#1000000", "--count", "40", "--agent", "seed-1", "--seed", "3", "--light",
    ]).output
    let file = try scratch.file("e.jsonl", recorded)
    let whole = try #require(lines(["profile", file]).first)
    #expect(whole["agent"]?.string == "seed-1" && whole["split"]?.string == "shift")
    #expect(whole["episodes"]?.integer == 40 && whole["unfinished"]?.integer == 0)
    // The last episode loses its last line, and stops before its end.
    let cut = try scratch.file(
      "cut.jsonl", recorded.split(separator: "\n").dropLast().joined(separator: "\n") + "\n")
    let rest = try #require(lines(["profile", cut]).first)
    #expect(rest["episodes"]?.integer == 39 && rest["unfinished"]?.integer == 1)
    // Threads change nothing, and two files are as one.
    let twice = try #require(lines(["profile", file, file]).first)
    #expect(twice["episodes"]?.integer == 80)
  }

  @Test("the corner's agents are told to go for the corner, whatever the number of threads")
  func world() throws {
    let one = try lines(["profile", "corner", "--levels", "100", "--threads", "1"])
    #expect(one.map { $0["verdict"]?.string } == ["proxy", "proxy", "proxy"])
    #expect(try lines(["profile", "corner", "--levels", "100", "--threads", "2"]) == one)
    let text = try Invocation(["profile", "corner", "--levels", "100", "--agents", "seed-1,seed-2"]).output
    #expect(text.contains("seed-1 goes for the corner; that the cheese draws it is not shown."))
    #expect(text.contains("seed-2") && !text.contains("seed-3"))
  }

  @Test("what is neither a world nor a file is told, and what does not belong together")
  func mistakes() throws {
    #expect(try Invocation(["profile", "cornr"]).errors.contains("did you mean 'corner'"))
    #expect(try Invocation(["profile", "none.jsonl"]).status == 74)
    let scratch = try Scratch()
    let file = try scratch.file("e.jsonl", Invocation(["record", "corner/fork"]).output)
    let run = try Invocation(["profile", file, "--agents", "seed-1"])
    #expect(run.status == 64 && run.errors.contains("--agents"))
  }
}
