import Foundation
import Testing

/// What is typed for a file and is none, or none of the kind that is wanted.
@Suite("Names of files")
struct NamedFileTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test("episodes count from 1, whatever the command")
  func zero() throws {
    let file = try scratch.file("e.jsonl", Invocation(["record", "corner/first"]).output)
    for command in [["replay"], ["analyze"], ["snapshot"], ["compare"], ["watch"], ["play"], ["export", "-o", "-"]] {
      let run = try Invocation(command + ["\(file)#0"])
      #expect(run.status == 64 && run.complaints.count == 1, "\(command[0]): \(run.errors)")
      #expect(run.errors.contains("#0' names no episode; they count from 1: "), "\(command[0]): \(run.errors)")
    }
  }

  @Test("standard input that is empty is said to be, and is read once")
  func standardInput() throws {
    let text = try Invocation(["record", "corner/first"]).output
    for command in [
      ["replay", "-"], ["watch", "-"], ["analyze", "-"], ["levels", "check", "-"], ["eval", "merge", "-"],
    ] {
      let run = try Invocation(command)
      #expect(run.status == 65 && run.errors.contains("<stdin>: standard input was empty; "), "\(run.errors)")
      #expect(!run.errors.contains("map:") || command[0] == "levels", "\(run.errors)")
    }
    for command in [["compare", "-", "-", "--dump-screen"], ["levels", "check", "-", "-"], ["record", "-", "-"]] {
      let run = try Invocation(command, input: text)
      #expect(run.errors.contains("standard input can be read once; write it to a file"), "\(command): \(run.errors)")
      #expect(run.status == (command[0] == "levels" ? 65 : 64), "\(command)")
    }
    let level = try Invocation(["levels", "generate", "corner/first"]).output
    let both = try Invocation(["compare", "-", "--agent-b", "seed-2", "--dump-screen"], input: level)
    #expect(both.status == 0 && both.output.contains("seed-2"), "\(both.errors)")
  }

  @Test("an episode of standard input is named by its number, beside what else comes of its level")
  func standardInputNumber() throws {
    let text = try Invocation(["record", "corner/first", "corner/fork", "--seed", "3"]).output
    let second = try Invocation(["analyze", "-#2"], input: text)
    #expect(second.status == 0 && second.output.contains("corner/fork"), "\(second.errors)")
    #expect(!second.output.contains("corner/first"))
    let file = try scratch.file("e.jsonl", text)
    let other = try Invocation(["compare", "\(file)#2", "--agent-b", "seed-2", "--format", "json"])
    #expect(other.status == 0 && other.output.contains("\"agent\":\"seed-2\""), "\(other.errors)")
    #expect(other.output.ranges(of: "\"seed\":3").count == 2 && other.output.ranges(of: "corner/fork").count >= 2)
    let same = try Invocation(["compare", "\(file)#2", "--seed-b", "4", "--format", "json"])
    #expect(same.output.ranges(of: "\"agent\":\"seed-1\"").count == 2 && same.output.contains("\"seed\":4"))
    let refused = try Invocation(["compare", file, "\(file)#2", "--agent-b", "seed-2", "--format", "json"])
    #expect(refused.status == 64 && refused.errors.contains("B is a recording"), "\(refused.errors)")
  }

  @Test("of one world's agents only its own family's folders are complained of")
  func otherFamilies() throws {
    for family in ["corner", "line"] {
      try FileManager.default.createDirectory(atPath: "\(scratch.path)/l/\(family)", withIntermediateDirectories: true)
    }
    _ = try scratch.file("l/line/agents", "no folder")
    for (world, count) in [(["corner"], 0), (["line"], 1), ([], 1)] {
      let run = try Invocation(["agents"] + world + ["--levels", "\(scratch.path)/l"])
      #expect(run.status == 0 && run.complaints.count == count, "\(run.errors)")
    }
  }

  @Test("agents may have commas between them, and each is looked for by itself")
  func agents() throws {
    let command = ["eval", "corner", "--levels", "1", "--format", "json", "--agents"]
    let both = try Invocation(command + ["seed-1,seed-2"])
    let apart = try Invocation(command + ["seed-1", "seed-2"])
    #expect(both.status == 0 && both.output == apart.output)
    let wrong = try Invocation(command + ["seed-1,sed-2"])
    #expect(wrong.status == 64 && wrong.errors.contains("'sed-2'; did you mean 'seed-2'?"), "\(wrong.errors)")
  }

  @Test("a place where no result can be is named with cause and mend, with --force and without")
  func places() throws {
    let link = try scratch.file("link")
    let folder = try scratch.file("folder")
    #expect(symlink("nowhere", link) == 0)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    for (place, words) in [
      ("/proc/self/y", "no files can be made in '/proc/self'; choose another folder"),
      ("/proc/none/y", "there is no folder '/proc/none'; make it first"),
      (link, "this is a link, and what it leads to is not there; remove it, or name another file"),
      (folder, "this is a folder; name a file in it"), ("/dev/null", "this is no regular file; name another file"),
    ] {
      for force in [[], ["--force"]] {
        let run = try Invocation(["record", "corner/first", "--out", place] + force)
        #expect(run.status == 74 && run.errors == "wayward: \(place): \(words)\n", "\(run.errors)")
      }
    }
    let cast = try scratch.file("folder.cast")
    try FileManager.default.createDirectory(atPath: cast, withIntermediateDirectories: false)
    let run = try Invocation(["export", "corner/first", "--out", cast])
    #expect(run.status == 74 && run.errors.contains("this is a folder; name a file in it"), "\(run.errors)")
    #expect(scratch.names == ["folder", "folder.cast", "link"])
  }

  @Test("a level that was changed since an episode was recorded on it is said to be, wherever the episode is shown")
  func changedLevel() throws {
    let folder = try scratch.file("levels")
    try FileManager.default.createDirectory(atPath: "\(folder)/corner", withIntermediateDirectories: true)
    let text = try Invocation(["levels", "generate", "corner/first"]).output
    let level = try scratch.file("levels/corner/mine.yaml", text)
    let agent = "\(Invocation.root)/levels/corner/agents/seed-1.safetensors"
    let record = ["record", "corner/mine", "--levels", folder, "--agent", agent]
    let file = try scratch.file("e.jsonl", Invocation(record).output)
    let analyze = ["analyze", file, "--format", "json", "--levels", folder]
    let screens = [
      ["replay", file, "--dump-screen"], ["snapshot", file], ["compare", file, file, "--dump-screen"],
    ].map { $0 + ["--levels", folder, "--size", "120x36"] }
    let words = ["not the level of this name", "other level", "is not the one of its name"]
    func isSaid(_ command: [String]) throws -> Bool {
      let run = try Invocation(command)
      #expect(run.status == 0, "\(run.errors)")
      return words.contains { run.output.contains($0) }
    }
    #expect(try Invocation(analyze).output.contains("\"level_as_named\":true"))
    for command in screens { #expect(try !isSaid(command), "\(command[0])") }
    let changed = text.replacing("map: |", with: "steps: 77\nmap: |")
    #expect(changed != text)
    try changed.write(toFile: level, atomically: false, encoding: .utf8)
    #expect(try Invocation(analyze).output.contains("\"level_as_named\":false"))
    #expect(try Invocation(["analyze", file, "--levels", folder]).output.contains("not the one that has its name now"))
    for command in screens { #expect(try isSaid(command), "\(command[0])") }
    // A name that the library does not have says nothing.
    try FileManager.default.removeItem(atPath: level)
    #expect(try Invocation(analyze).output.contains("\"level_as_named\":null"))
  }
}
