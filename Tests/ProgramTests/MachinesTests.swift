import Foundation
import Testing

@testable import wayward

@Suite("Work in parts")
struct MachinesTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wayward-\(UUID().uuidString) 'a'").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  /// The words that a shell makes of a line.
  private func words(_ line: String) throws -> [String] {
    let (shell, pipe) = (Process(), Pipe())
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "printf '%s\\n' \(line)"]
    shell.standardOutput = pipe
    try shell.run()
    let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    shell.waitUntilExit()
    return text.split(separator: "\n").map(String.init)
  }

  @Test(
    "each line of a plan is a training that the parser takes, and keeps what the sweep looks for",
    arguments: [["corner"], ["corner-7", "--steps", "9000"], ["coinrun", "--mixtures", "0,1"], ["lava", "--lethal"]])
  func plan(_ world: [String]) throws {
    try withFolder { folder in
      let study = ["sweep"] + world + ["--seeds", "2", "--severities", "0,0.25,1", "--keep", folder + "/agents"]
      let lines = try Invocation(study + ["--plan"]).output.split(separator: "\n").map(String.init)
      let sweep = try #require(try Wayward.parseAsRoot(study) as? Sweep)
      let wanted = try sweep.study().jobs
      #expect(lines.count == 6 && wanted.count == 6)
      for (line, wanted) in zip(lines, wanted) {
        let words = try words(line)
        #expect(words.first == "wayward")
        let train = try #require(try Wayward.parseAsRoot(Array(words.dropFirst())) as? Train)
        let job = try train.job()
        #expect(job.path == wanted.path && job.command == wanted.command)
        var recipe = wanted.configuration
        recipe.threads = 1
        #expect(job.configuration == recipe && job.evaluationLevels == 0)
      }
    }
  }

  @Test("measuring alone gives the bytes of the sweep in one process, and names the agents that it lacks")
  func measuring() throws {
    try withFolder { folder in
      let study = ["sweep", "corner-7", "--steps", "8192", "--seeds", "2", "--severities", "0", "--levels", "20"]
      let parts = study + ["--keep", folder + "/agents"]
      let lines = try Invocation(parts + ["--plan"]).output.split(separator: "\n").map(String.init)
      #expect(try Invocation(Array(words(lines[0]).dropFirst())).status == 0)
      let lacking = try Invocation(parts + ["--measure-only", "--format", "json"])
      #expect(lacking.status == 65 && lacking.output.isEmpty && lacking.complaints.count == 1)
      #expect(lacking.errors.contains("corner-7-seed-2-8192.safetensors: there is no such agent"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/agents/corner-7-seed-2-8192.safetensors"))
      let second = Array(try words(lines[1]).dropFirst())
      #expect(try Invocation(second).status == 0)
      let again = try Invocation(second)
      #expect(again.status == 0 && again.output.contains("is there already"))
      let measured = try Invocation(parts + ["--measure-only", "--format", "json"])
      let whole = try Invocation(study + ["--format", "json"])
      #expect(measured.status == 0 && measured.output == whole.output && !whole.output.isEmpty)
      let rounded = try Invocation(study.map { $0 == "8192" ? "8191" : $0 } + ["--format", "json"])
      #expect(rounded.errors.contains("8191 steps are rounded up to whole batches of "), "\(rounded.errors)")
      // A chart that is gone is drawn again, though the table is there.
      let (table, chart) = ("\(folder)/table.json", "\(folder)/chart.svg")
      let both = parts + ["--measure-only", "--format", "json", "--out", table, "--svg", chart]
      #expect(try Invocation(both).status == 0 && FileManager.default.fileExists(atPath: chart))
      try FileManager.default.removeItem(atPath: chart)
      #expect(try Invocation(both).status == 0 && FileManager.default.fileExists(atPath: chart))
      #expect(try Invocation(both).errors.contains("has made it already"))
      #expect(try Invocation(study + ["--plan"]).status == 64, "a plan needs a folder")
    }
  }

  @Test("parts of a recording one after another are the whole; a light one lacks what the agent thought, and no move")
  func recordings() throws {
    let command = ["record", "corner-7:shift#1000000", "corner-7:train#1000000", "--count", "3", "--agent", "seed-1"]
    let whole = try Invocation(command)
    for count in [2, 4, 8] {
      let parts = try (1...count).map { try Invocation(command + ["--shard", "\($0)/\(count)"]) }
      #expect(parts.allSatisfy { $0.status == 0 } && parts.map(\.output).joined() == whole.output, "\(count) parts")
    }
    let light = try Invocation(command + ["--light"]).output
    let thoughts = /"probs":\[[^\]]*\],("value":[^,]*,)?/
    #expect(whole.output.contains("\"value\":") && light == whole.output.replacing(thoughts, with: ""))
    let told = try Invocation(["analyze", "-", "--format", "json"], input: light).output.split(separator: "\n")
    #expect(told.count == 6 && told.allSatisfy { $0.contains("\"steps_with_probabilities\":0") })
  }

  @Test("an evaluation of all worlds has one header, and says how the actions were chosen")
  func allWorlds() throws {
    try withFolder { folder in
      for world in ["corner", "line"] {
        let agents = "\(folder)/\(world)/agents"
        try FileManager.default.createDirectory(atPath: agents, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
          atPath: "\(Invocation.root)/levels/\(world)/agents/seed-1.safetensors", toPath: "\(agents)/seed-1.safetensors"
        )
      }
      let command = ["eval", "--all", "--levels", "2", "--levels-dir", folder]
      let lines = try Invocation(command + ["--format", "csv"]).output.split(separator: "\n")
      #expect(lines.count == 5 && lines.count { $0.hasPrefix("world,split") } == 1)
      #expect(try Invocation(command).output.contains("actions sampled"))
      let greedy = try Invocation(command + ["--greedy"]).output
      #expect(greedy.contains("the most probable actions") && !greedy.contains("sampled"))
    }
  }

  @Test("beside the agents act those that are asked for, each of them known")
  func controls() throws {
    let command = ["eval", "keys", "--split", "shift", "--levels", "6", "--agents", "seed-1", "--control", "nearest"]
    let text = try Invocation(command).output
    let opened = text.split(separator: "\n").first { $0.contains("nearest thing shift") && $0.contains("#") }
    #expect(opened?.hasSuffix("3.000 [3.000, 3.000] over 6") == true, "\(text)")
    #expect(try Invocation(["eval", "keys", "--control", "random"]).status == 64)
    #expect(try Invocation(["eval", "--all", "--control", "proxy"]).status == 64)
  }

  @Test("shards of an evaluation merge to the bytes of one process; one that is missing is named, status 65")
  func shards() throws {
    try withFolder { folder in
      let command = ["eval", "corner-7", "--levels", "4", "--agents", "seed-1", "--random", "--format", "json"]
      let whole = try Invocation(command).output
      let files = (1...5).map { "\(folder)/\($0).json" }
      for (index, file) in files.enumerated() {
        #expect(try Invocation(command + ["--shard", "\(index + 1)/5", "--out", file]).status == 0)
      }
      let merged = try Invocation(["eval", "merge", "--format", "json"] + files.reversed())
      #expect(merged.status == 0 && merged.output == whole && !whole.isEmpty)
      let lacking = try Invocation(["eval", "merge", "--format", "json"] + files.dropLast())
      #expect(lacking.status == 65 && lacking.output.isEmpty)
      #expect(lacking.errors.contains("corner-7/train/seed-1: shard 5/5 is missing, with 1 of 4 levels"))
      let partial = try Invocation(["eval", "merge", "--partial", "--format", "json"] + files.dropLast())
      #expect(partial.status == 0 && partial.output.contains("\"partial\":true") && partial.errors.contains("5/5"))
      let doubled = try Invocation(["eval", "merge", "--partial"] + files + [files[0]])
      #expect(doubled.status == 65 && doubled.output.isEmpty)
    }
  }
}
