import ArgumentParser
import Foundation
import Testing
import Worlds

@testable import wayward

@Suite("What is wrong with a command line")
struct UsageTests {
  /// What the parser makes of a command line, as the program says it; `nil` where nothing is wrong with it.
  private func told(_ arguments: [String]) -> String? {
    do {
      _ = try Wayward.parseAsRoot(arguments)
      return nil
    } catch {
      return Usage.line(for: error, arguments)
    }
  }

  private func told(_ words: String) -> String? { told(words.split(separator: " ").map(String.init)) }

  @Test(
    "a word that means nothing is told with what was meant, in one line with where help is",
    arguments: [
      ("wach", "there is no command 'wach'; did you mean 'watch'? there are: gallery, watch"),
      ("wach corner/first --agent x", "there is no command 'wach'; did you mean 'watch'?"),
      ("corner/first", "there is no command 'corner/first'; to see an agent on this level: wayward watch corner/first"),
      ("a.jsonl", "there is no command 'a.jsonl'; to see these episodes: wayward replay a.jsonl"),
      ("corner-13", "there is no command 'corner-13'; to read of this world: wayward worlds corner-13"),
      ("levels lst", "wayward levels has no command 'lst'; did you mean 'list'? there are: list, check, generate"),
      ("live tres", "wayward live has no command 'tres'; did you mean 'trees'? there are: trees"),
      (
        "watch --lvels x corner/first", "there is no option '--lvels'; did you mean '--levels'? see: wayward help watch"
      ),
      ("eval --spilt train corner", "there is no option '--spilt'; did you mean '--split'? see: wayward help eval"),
      ("watch", "a LEVEL is missing; see: wayward help watch"),
      ("export corner/first", "--out is missing; see: wayward help export"),
      ("eval corner --agents ,", "--agents: ',' names no agent; leave --agents out to have all of the world"),
      ("eval corner --agents seed-1 ,,", "--agents: ',,' names no agent; "),
      ("watch a b", "'b' is one word too many; see: wayward help watch"),
      ("watch a b c", "'b' is a word too many, and 1 after it; see: wayward help watch"),
      ("eval mrge", "wayward eval has no command 'mrge'; did you mean 'merge'? there are: rates, merge"),
      ("eval mrge a.json b.json", "wayward eval has no command 'mrge'; did you mean 'merge'?"),
      (
        "eval corner --shard 4/3",
        "--shard is a part as 1/4, the first number from 1 to the second, not '4/3'; see: wayward help eval"
      ),
      ("record a --shard 1", "--shard is a part as 1/4, the first number from 1 to the second, not '1'"),
      ("eval corner --levels", "--levels needs a value; see: wayward help eval"),
      ("eval corner --split shft", "--split cannot be 'shft'; did you mean 'shift'? there are: train, shift"),
      (
        "eval corner --format jsn",
        "--format cannot be 'jsn'; did you mean 'json'? there are: table, markdown, json, csv"
      ),
      ("snapshot gallery --theme drk", "--theme cannot be 'drk'; did you mean 'dark'? there are: dark, light"),
      ("watch a --dump-screen=3", "--dump-screen takes no value, not '3'; see: wayward help watch"),
      ("sweep corner --severities 2", "--severities: '2' is no share from 0 to 1; write them as 0,0.1,1"),
      ("--generate-completion-script bsh", "there are no completions for 'bsh'; did you mean 'bash'?"),
      (
        "watch a --seed -1",
        "--seed is a whole number from 0 to 18446744073709551615, not '-1'; see: wayward help watch"
      ),
      (
        "live trees --seed x",
        "--seed is a whole number from 0 to 18446744073709551615, not 'x'; see: wayward help live"
      ),
      ("export a -o - --speed 90", "--speed is a number from 0.1 to 60, not '90'; see: wayward help export"),
      ("watch a --size 80", "--size cannot be '80'; it is: The size of a printed screen, columns x rows."),
    ])
  func typos(_ words: String, _ expected: String) throws {
    let line = try #require(told(words))
    #expect(line.hasPrefix(expected), "\(line)")
    #expect(!line.contains("\n"))
  }

  @Test("an agent without a name is none, and not all of them")
  func namelessAgent() {
    #expect(told(["eval", "corner", "--agents", ""])?.hasPrefix("--agents: '' names no agent; ") == true)
    #expect(told(["eval", "corner", "--agents", "seed-1,"]) == nil)
  }

  private static let commands = (try? ManualPage.Tool(decoding: Wayward._dumpHelp()).command.flattened) ?? []

  @Test("the parser tells of all commands, of which what follows is asked one by one")
  func allCommands() { #expect(UsageTests.commands.count > 20) }

  @Test(
    "whatever an option is given, and however long, is told in a line of bounded length",
    arguments: commands.indices)
  func bounded(_ index: Int) {
    let entry = UsageTests.commands[index]
    let words = entry.path.split(separator: " ").dropFirst().map(String.init)
    let (longest, long) = (String(repeating: "x\u{1B}", count: 50_000), String(repeating: "x\u{1B}", count: 5_000))
    for tail in [["--\(longest)"], [longest, longest, longest], ["--\(longest)=\(longest)"]]
      + entry.arguments.flatMap({ argument in
        argument.kind == "option" ? argument.typedNames.map { [$0, long] } : []
      })
    {
      guard let line = told(words + tail) else { continue }
      #expect(
        line.count <= 1_700 && !line.unicodeScalars.contains { $0.value < 0x20 }, "\(words) \(line.prefix(300))")
      #expect(!line.contains(String(repeating: "x", count: 200)), "\(words)")
    }
  }

  @Test("an option that takes a number says so by the same words in every command")
  func numbers() throws {
    var texts: [String: Set<String>] = [:]
    for entry in UsageTests.commands {
      let words = entry.path.split(separator: " ").dropFirst().map(String.init)
      for name in entry.arguments.flatMap(\.typedNames) where ["--seed", "--threads", "--episode"].contains(name) {
        for value in ["1x", "-1", "99999999999999999999"] {
          let line = try #require(told(words + [name, value]), "\(entry.path) \(name) \(value)")
          let pointer = "; see: wayward help \(words.joined(separator: " "))"
          #expect(line.contains(" is a whole number from ") && line.hasSuffix(", not '\(value)'" + pointer), "\(line)")
          texts["\(name) \(value)", default: []].insert(line.replacing(pointer, with: ""))
        }
      }
    }
    #expect(texts.count == 9)
    for (fault, texts) in texts { #expect(texts.count == 1, "\(fault): \(texts)") }
  }

  /// Command lines that have one fault in each command that can have it, by what is wrong.
  private static let faults: [(fault: String, status: Int32, lines: [String])] = [
    (
      "there is no world 'cornr'; did you mean 'corner'? there are: ", 64,
      [
        "eval cornr", "train cornr", "sweep cornr", "worlds cornr", "agents cornr", "prove --world cornr",
        "record cornr:shift#1", "watch cornr:shift#1", "play cornr:shift#1", "compare cornr:shift#1",
        "snapshot cornr:shift#1", "snapshot train cornr", "export cornr:shift#1 -o -", "levels generate cornr:shift#1",
        "compare corner/first --world-b cornr",
      ]
    ),
    (
      "there is no agent 'sed-1'; did you mean 'seed-1'? there are: ", 64,
      [
        "eval corner --agents sed-1", "watch corner/first --agent sed-1", "record corner/first --agent sed-1",
        "compare corner/first --agent-b sed-1", "snapshot corner/first --agent sed-1",
        "export corner/first -o - --agent sed-1", "edit corner/first --agent sed-1",
      ]
    ),
    (
      "there is no level 'corner/frst' in LEVELS; did you mean 'corner/first'? there are: ", 64,
      [
        "watch corner/frst", "play corner/frst", "edit corner/frst", "compare corner/frst", "record corner/frst",
        "snapshot corner/frst", "snapshot play corner/frst", "export corner/frst -o -", "levels generate corner/frst",
      ]
    ),
    (
      "FOLDER/none.jsonl: there is no such file; ", 74,
      [
        "analyze FOLDER/none.jsonl", "replay FOLDER/none.jsonl", "snapshot FOLDER/none.jsonl",
        "export FOLDER/none.jsonl -o -", "compare FOLDER/none.jsonl", "eval merge FOLDER/none.jsonl",
        "settings --settings FOLDER/none.jsonl",
      ]
    ),
    (
      "FOLDER/none.yaml: there is no such file; ", 74,
      [
        "watch FOLDER/none.yaml", "play FOLDER/none.yaml", "record FOLDER/none.yaml", "snapshot FOLDER/none.yaml",
        "export FOLDER/none.yaml -o -", "levels check FOLDER/none.yaml", "levels generate FOLDER/none.yaml",
      ]
    ),
    (
      "FOLDER/none: --levels", 74,
      [
        "watch corner/first --levels FOLDER/none", "record corner/first --levels FOLDER/none",
        "levels list --levels FOLDER/none", "agents --levels FOLDER/none", "eval corner --levels-dir FOLDER/none",
      ]
    ),
    (
      "there is no command and no topic 'verdict'; did you mean 'verdicts'? ", 64, ["help verdict"]
    ),
    ("there is no screen and no level 'galery'; did you mean 'gallery'? there are: ", 64, ["snapshot galery"]),
    ("no key is called 'Entr'; did you mean 'Enter'? write a character, ", 64, ["snapshot gallery --keys Entr"]),
    ("there is no scene 'galery'; did you mean 'gallery'? there are: ", 64, ["monkey --scene galery"]),
    ("there is no table 'evl'; did you mean 'eval'? there are: ", 64, ["report --table evl"]),
  ]

  @Test("one fault has one text and one exit status in every command", arguments: faults.indices)
  func oneFault(_ index: Int) throws {
    let (expected, status, lines) = UsageTests.faults[index]
    let scratch = try Scratch()
    func filled(_ text: String) -> String {
      text.replacing("FOLDER", with: scratch.path).replacing("LEVELS", with: "\(Invocation.root)/levels")
    }
    var texts: Set<String> = []
    for line in lines {
      let run = try Invocation(filled(line).split(separator: " ").map(String.init))
      #expect(run.status == status, "\(line): \(run.status)")
      #expect(run.errors.hasPrefix("wayward: " + filled(expected)), "\(line): \(run.errors)")
      #expect(run.complaints.count == 1, "\(line): \(run.errors)")
      texts.insert(run.errors.replacing("--levels-dir names", with: "--levels names"))
    }
    #expect(texts.count == 1, "\(texts)")
  }
}
