import Foundation
import Testing

@testable import wayward

@Suite("Results in a file")
struct OutFileTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test(
    "--out has the bytes that standard output would have, and the same command finds its work done",
    arguments: [
      ["eval", "corner", "--levels", "2", "--agents", "seed-1", "--format", "json", "--shard", "1/2"],
      ["record", "corner/fork", "corner:shift#1000000", "--count", "1"], ["levels", "generate", "corner:shift#3"],
      ["live", "trees", "--steps", "50", "--format", "json"], ["snapshot", "corner/fork", "--format", "svg"],
    ])
  func same(_ command: [String]) throws {
    let path = try scratch.file("out")
    let first = try Invocation(command + ["--out", path])
    #expect(first.status == 0 && first.output.isEmpty && first.errors.isEmpty, "\(first.errors)")
    #expect(try text(path) == Invocation(command).output)
    #expect(scratch.names == [".out.made", "out"], "no temporary file stays")
    let before = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    let again = try Invocation(["--out", path].reduce(into: command) { $0.insert($1, at: $0.count) })
    #expect(again.status == 0 && again.errors.contains("made it already"), "\(again.errors)")
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int == before)
    let forced = try Invocation(command + ["--out", path, "--force"])
    #expect(forced.status == 0 && forced.errors.isEmpty)
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int != before)
  }

  @Test("what another command made, or nobody knows who, is not written over unless it is said")
  func other() throws {
    let path = try scratch.file("e.jsonl")
    let command = ["record", "corner/fork", "--out", path]
    #expect(try Invocation(command).status == 0)
    let whole = try text(path)
    for (words, cause) in [
      (["record", "corner/first", "--out", path], "--force"),
      (["record", "corner/first", "--out", path], "made by: wayward record corner/fork;"),
      (["analyze", path, "-o", path, "--force"], "take the place of what they are made from"),
    ] {
      let run = try Invocation(words)
      #expect(run.status == 74 && run.complaints.count == 1, "\(run.errors)")
      #expect(run.errors.contains(cause), "\(run.errors)")
      #expect(try text(path) == whole)
    }
    // As a copy that was broken off leaves it.
    try String(whole.dropLast(40)).write(toFile: path, atomically: false, encoding: .utf8)
    let torn = try Invocation(command)
    #expect(torn.status == 74 && torn.errors.contains("changed since it was made by: wayward record"), "\(torn.errors)")
    try FileManager.default.removeItem(atPath: scratch.path + "/.e.jsonl.made")
    let unknown = try Invocation(command)
    #expect(unknown.status == 74 && unknown.errors.contains("nothing says what made it"), "\(unknown.errors)")
    #expect(try Invocation(command + ["--force"]).status == 0)
    #expect(try text(path) == whole)
    try FileManager.default.removeItem(atPath: path)
    #expect(try Invocation(command).status == 0, "what is gone is made again")
    #expect(try text(path) == whole)
  }

  @Test("the same command on other files is other work")
  func inputs() throws {
    let (recording, path) = (try scratch.file("e.jsonl"), try scratch.file("a.json"))
    let command = ["analyze", recording, "--format", "json", "--out", path]
    #expect(try Invocation(["record", "corner/fork", "--out", recording]).status == 0)
    #expect(try Invocation(command).status == 0)
    #expect(try Invocation(command).status == 0)
    #expect(try Invocation(["record", "corner/first", "--out", recording, "--force"]).status == 0)
    let run = try Invocation(command)
    #expect(run.status == 74 && run.errors.contains("by the same command from other files"), "\(run.errors)")
    let piped = ["analyze", "-", "--format", "json", "--out", try scratch.file("p.json")]
    #expect(try Invocation(piped, input: text(recording)).status == 0)
    let again = try Invocation(piped, input: text(recording))
    #expect(again.status == 74 && again.errors.contains("cannot be compared"), "\(again.errors)")
  }

  @Test("a level that changed since is another input, of what compares episodes with it")
  func comparedLevels() throws {
    let levels = try scratch.file("levels")
    try FileManager.default.createDirectory(atPath: "\(levels)/corner", withIntermediateDirectories: true)
    let (level, other) = ("\(levels)/corner/first.yaml", "\(levels)/corner/other.yaml")
    for file in [level, other] {
      try FileManager.default.copyItem(atPath: "\(Invocation.root)/levels/corner/first.yaml", toPath: file)
    }
    let (recording, agent) = (try scratch.file("e.jsonl"), "\(Invocation.root)/levels/corner/agents/seed-1.safetensors")
    let folder = ["--levels", levels]
    #expect(try Invocation(["record", "corner/first", "--agent", agent, "--out", recording] + folder).status == 0)
    let commands = [
      ["analyze", recording, "--format", "json", "--out", try scratch.file("a.json")] + folder,
      ["snapshot", recording, "--out", try scratch.file("a.txt")] + folder,
    ]
    for command in commands {
      let first = try Invocation(command)
      #expect(first.status == 0, "\(first.errors)")
    }
    try FileManager.default.removeItem(atPath: other)
    for command in commands { #expect(try Invocation(command).errors.contains("made it already")) }
    try text(level).appending("# changed\n").write(toFile: level, atomically: false, encoding: .utf8)
    for command in commands {
      let again = try Invocation(command)
      #expect(again.status == 74 && again.errors.contains("by the same command from other files"), "\(again.errors)")
    }
  }

  @Test("what fails on the way leaves the old file, and no other")
  func failure() throws {
    let path = try scratch.file("a.txt", "old")
    let whole = try Invocation(["record", "corner/fork"]).output
    let bad = try scratch.file("bad.jsonl", whole.replacing("corner/fork", with: "corner\u{7}") + "{\n")
    let run = try Invocation(["analyze", bad, "--out", path, "--force"])
    #expect(run.status == 65, "\(run.errors)")
    #expect(try text(path) == "old")
    #expect(scratch.names == ["a.txt", "bad.jsonl"])
    #expect(try Invocation(["record", "corner/fork", "--out", "/dev/full"]).status == 74)
    #expect(try Invocation(["record", "corner/fork", "--out", scratch.path]).status == 74)
    #expect(try Invocation(["record", "corner/fork", "--out", scratch.path + "/none/a"]).status == 74)
    #expect(try Invocation(["record", "corner/fork", "--out", "-"]).output == whole)
  }

  @Test("how many threads work, and where the result goes, do not make another command")
  func command() {
    let command = OutOptions.command([
      "eval", "corner", "--threads", "2", "--out=a b", "-o", "x", "--force", "--levels", "5",
    ])
    #expect(command == "wayward eval corner --levels 5")
    #expect(OutOptions.command(["record", "it's#1"]) == #"wayward record 'it'\''s#1'"#)
  }

  @Test("settings --write makes the file and its folder, and of one that is there keeps every line")
  func settings() throws {
    let path = scratch.path + "/config/wayward/settings.yaml"
    let home = ["XDG_CONFIG_HOME": scratch.path + "/config", "WAYWARD_SETTINGS": ""]
    let whole = try Invocation(["settings"], environment: home).output
    let first = try Invocation(["settings", "--write"], environment: home)
    #expect(first.status == 0 && first.output.contains("all are in \(path) now"), "\(first.errors)")
    #expect(try text(path) == whole)
    let own = "# mine\ntheme: projector # at work\nkeys:\n  replay:\n    last: \"F6\"\n"
    try own.write(toFile: path, atomically: false, encoding: .utf8)
    #expect(try Invocation(["settings", "--write"], environment: home).status == 0)
    let filled = try text(path)
    #expect(own.split(separator: "\n").allSatisfy { filled.split(separator: "\n").contains($0) }, "\(filled)")
    #expect(filled.contains("\nmouse: \"true\"\n") && filled.contains("    first: "))
    let again = try Invocation(["settings", "--write"], environment: home)
    #expect(again.output.hasPrefix("0 settings added"))
    #expect(try text(path) == filled)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/config/wayward") == ["settings.yaml"])
    #expect(try Invocation(["settings", "--write", "--format", "json"], environment: home).status == 64)
    try "theme: none\n".write(toFile: path, atomically: false, encoding: .utf8)
    #expect(try Invocation(["settings", "--write"], environment: home).status == 65)
    #expect(try text(path).hasPrefix("theme: none\n"))
  }
}
