import ArgumentParser
import Foundation
import Testing

@testable import wayward

/// How each command prints something quickly, and what it is given that is no good.
private struct Trial {
  /// Arguments behind the command's own words.
  let good: [String]
  /// Arguments that name a bad file; `nil` where the command reads none.
  let bad: [String]?

  init(_ good: [String], bad: [String]?) { (self.good, self.bad) = (good, bad) }

  /// Whether a line says how far a sweep is.
  static func isProgress(_ line: Substring) -> Bool { line.hasPrefix("corner severity 0.0 seed 1: agent 1 of 1") }

  /// By the words of the command; FILE, LINES and OUT stand for an episode, a line of rates and a new file.
  static let all: [String: Trial] = [
    "gallery": .init(["--dump-screen", "--levels-count", "0"], bad: ["--dump-screen", "--levels", "BAD"]),
    "watch": .init(["corner/fork", "--dump-screen"], bad: ["BAD.yaml", "--dump-screen"]),
    "compare": .init(["corner/fork", "--dump-screen"], bad: ["BAD.jsonl", "BAD.jsonl", "--dump-screen"]),
    "replay": .init(["FILE", "--dump-screen"], bad: ["BAD.jsonl", "--dump-screen"]),
    "play": .init(["corner/fork", "--dump-screen"], bad: ["BAD.yaml", "--dump-screen"]),
    "edit": .init(["corner/fork", "--dump-screen"], bad: ["BAD.yaml", "--dump-screen"]),
    "train": .init(
      ["corner", "--steps", "1", "--eval-levels", "0", "--out", "OUT"],
      bad: ["corner", "--steps", "1", "--eval-levels", "0", "--out", "/dev/full"]),
    "live trees": .init(
      ["--steps", "10", "--format", "text"], bad: ["--dump-screen", "--settings", "/none/BAD.yaml"]),
    "eval rates": .init(["corner", "--levels", "1", "--agents", "seed-1"], bad: ["corner", "--agents", "BAD"]),
    "eval merge": .init(["LINES"], bad: ["BAD.jsonl"]),
    "record": .init(["corner/fork"], bad: ["BAD.yaml"]),
    "analyze": .init(["FILE"], bad: ["BAD.jsonl"]),
    "ask": .init(["corner", "--levels", "5", "--agents", "seed-1"], bad: ["corner", "--agents", "BAD"]),
    "certify": .init(["corner/fork"], bad: ["BAD.yaml"]),
    "odds": .init(["corner/fork"], bad: ["BAD.yaml"]),
    "profile": .init(["corner", "--levels", "10", "--agents", "seed-1"], bad: ["BAD.jsonl"]),
    "snapshot": .init(["corner/fork"], bad: ["BAD.yaml"]),
    "export": .init(["corner/fork", "--to", "1", "-o", "-"], bad: ["BAD.yaml", "-o", "-"]),
    "levels list": .init([], bad: ["--levels", "BAD"]),
    "levels check": .init(["\(Invocation.root)/levels/corner/fork.yaml"], bad: ["BAD.yaml"]),
    "levels generate": .init(["corner:shift#1"], bad: ["BAD.yaml"]),
    "worlds": .init([], bad: nil),
    "agents": .init([], bad: nil),
    "sweep": .init(
      ["corner", "--severities", "0", "--seeds", "1", "--steps", "8192", "--levels", "1"],
      bad: [
        "corner", "--severities", "0", "--seeds", "1", "--steps", "1", "--levels", "1", "--svg", "/dev/full",
      ]),
    "prove": .init(["--world", "corner", "--blocks", "1"], bad: nil),
    "bench": .init([], bad: nil),
    "report": .init(["--list"], bad: ["--check", "--root", "BAD"]),
    "monkey": .init(["--keys", "1", "--scene", "training"], bad: nil),
    "fuzz": .init(["merge", "--inputs", "5"], bad: ["merge", "--inputs", "5", "--corpus", "BAD.yaml"]),
    "settings": .init([], bad: ["--settings", "BAD.yaml"]),
    "help": .init(["topics"], bad: nil),
  ]
}

@Suite("Output that fails")
struct FailingOutputTests {
  /// The words of every command that does something, from the parser's own lists.
  private static func commands(below command: any ParsableCommand.Type, _ words: [String] = []) -> [[String]] {
    let inner = command.configuration.subcommands
    return inner.isEmpty ? [words] : inner.flatMap { commands(below: $0, words + [$0._commandName]) }
  }

  static let commands = commands(below: Wayward.self)

  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func filled(_ words: [String]) throws -> [String] {
    try words.map { word in
      switch word {
      case "FILE": return try scratch.file("e.jsonl", Invocation(["record", "corner/fork"]).output)
      case "LINES":
        let rates = ["eval", "corner", "--levels", "1", "--agents", "seed-1", "--format", "json"]
        return try scratch.file("lines.jsonl", Invocation(rates).output)
      case "OUT": return try scratch.file("out.safetensors")
      default: return word.hasPrefix("BAD") ? try scratch.file(word, "\u{1}no\u{7}{ such: [thing") : word
      }
    }
  }

  @Test("every command has a trial here", arguments: commands)
  func isTried(_ words: [String]) { #expect(Trial.all[words.joined(separator: " ")] != nil) }

  @Test("a full disk and a reader that went away are a line and exit status 74", arguments: commands)
  func outputFails(_ words: [String]) throws {
    guard let trial = Trial.all[words.joined(separator: " ")] else { return }
    for (destination, cause) in [(Invocation.Destination.fullDisk, "full"), (.closedPipe, "nobody reads it")] {
      let run = try Invocation(words + filled(trial.good), to: destination)
      #expect(run.status == 74, "\(words) \(destination)")
      let complaints = run.complaints.filter { !Trial.isProgress($0) }
      #expect(complaints.count == 1, "\(run.errors)")
      #expect(complaints.first?.hasPrefix("wayward: <stdout>: ") == true && run.errors.contains(cause), "\(run.errors)")
    }
  }

  @Test("a bad file is a line and exit status 65 or 74", arguments: commands)
  func inputFails(_ words: [String]) throws {
    guard let bad = Trial.all[words.joined(separator: " ")]?.bad else { return }
    let run = try Invocation(words + filled(bad))
    #expect(run.status == 65 || run.status == 74, "\(run.status)")
    // What checks a file names all that is wrong with it, a line each.
    let isCheck = [["levels", "check"], ["settings"]].contains(words)
    #expect(run.complaints.count == 1 || isCheck && run.complaints.count > 1, "\(run.errors)")
    #expect(run.complaints.allSatisfy { $0.hasPrefix("wayward: ") }, "\(run.errors)")
    #expect(run.errors.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 }, "\(run.errors)")
  }

  @Test(
    "so are the parser's own words",
    arguments: [
      ["--help"], ["--version"], ["eval", "--help"], ["--generate-completion-script", "bash"], ["help", "--man"],
    ])
  func parser(_ words: [String]) throws {
    let whole = try Invocation(words)
    #expect(whole.status == 0 && !whole.output.isEmpty && whole.errors.isEmpty)
    for destination in [Invocation.Destination.fullDisk, .closedPipe] {
      let run = try Invocation(words, to: destination)
      #expect(run.status == 74 && run.complaints.count == 1, "\(run.errors)")
    }
  }

  @Test("what is closed is never taken for a file that was opened, and results that nobody gets are told")
  func closed() throws {
    let path = try scratch.file("a.cast")
    let export = try Invocation(["export", "corner/fork", "--to", "1", "-o", path], to: .closed, hasErrors: false)
    #expect(export.status == 0)
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(lines.count > 2 && lines.allSatisfy { $0.hasPrefix("{") || $0.hasPrefix("[") })
    let record = try Invocation(["record", "corner/fork"], to: .closed)
    #expect(record.status == 74 && record.errors.contains("<stdout>: it is closed"))
    #expect(try Invocation(["record", "corner/fork"], to: .closed, hasErrors: false).status == 74)
    #expect(try Invocation(["record", "corner/fork"], hasErrors: false).status == 0)
    let analyze = try Invocation(["analyze", "-"], input: nil)
    #expect(analyze.status == 74 && analyze.errors.contains("<stdin>"), "\(analyze.errors)")
  }

  @Test("a training whose lines nobody reads any more keeps what it did")
  func training() throws {
    let path = try scratch.file("a.safetensors")
    let command = ["train", "corner", "--steps", "3000000", "--eval-levels", "0", "--out", path]
    #expect(try Invocation(command, to: .closedPipe).status == 74)
    #expect(scratch.names == ["a.resume.safetensors"])
  }
}
