import Foundation
import Testing

@Suite("Ctrl-C", .serialized)
struct InterruptionTests {
  fileprivate let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Waits, as long as it takes within reason, until something is so.
  fileprivate func wait(_ isSo: () -> Bool) {
    for _ in 0..<3000 {
      if isSo() { return }
      usleep(10_000)
    }
  }

  /// Runs a command that a signal ends once something is so.
  private func interrupted(
    _ command: [String], by signal: Int32 = SIGINT, environment: [String: String] = [:], once isSo: () -> Bool
  ) throws -> Invocation {
    try Invocation(command, environment: environment) { process in
      wait(isSo)
      kill(process, signal)
    }
  }

  @Test("a training says what is kept, and the same command ends in the bytes of one that was never stopped")
  func train() throws {
    let (whole, cut) = (try scratch.file("whole.safetensors"), try scratch.file("cut.safetensors"))
    let command = ["train", "corner", "--steps", "150000", "--eval-levels", "1", "--threads", "1", "--out"]
    let run = try interrupted(command + [cut]) { scratch.names.contains("cut.resume.safetensors") }
    #expect(run.status == 130 && run.complaints.count == 1, "\(run.errors)")
    #expect(run.errors.contains("steps are kept in \(scratch.path)/cut.resume.safetensors"), "\(run.errors)")
    #expect(run.errors.contains("wayward train corner --steps 150000 --eval-levels 1 --threads 1 --out \(cut)"))
    #expect(scratch.names == ["cut.resume.safetensors"])
    // So early that it has not gone on yet, or just has, if it listens at all: the file is there, and is said to be.
    let early = try interrupted(command + [cut]) {
      usleep(50_000)
      return true
    }
    let (said, words) = (early.errors, ["\(scratch.path)/cut.resume.safetensors", "and what was kept before"])
    #expect(early.status == 130 && (said.isEmpty || words.contains { said.contains($0) }), "\(said)")
    let rest = try Invocation(command + [cut])
    #expect(rest.status == 0 && rest.output.contains("going on from"), "\(rest.errors)")
    #expect(try Invocation(command + [whole]).status == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: cut)) == Data(contentsOf: URL(fileURLWithPath: whole)))
    #expect(scratch.names == ["cut.safetensors", "whole.safetensors"])
  }

  @Test("a sweep that keeps its agents says how many are finished")
  func sweep() throws {
    let folder = try scratch.file("agents")
    let command = [
      "sweep", "corner", "--severities", "0", "--seeds", "2", "--steps", "150000", "--levels", "1", "--keep", folder,
    ]
    let names = { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }
    let run = try interrupted(command) { !names().isEmpty }
    #expect(
      run.status == 130 && run.complaints.last?.contains("agents are finished in \(folder)") == true, "\(run.errors)")
    #expect(names().allSatisfy { $0.hasSuffix(".safetensors") && !$0.hasPrefix(".") } && !names().isEmpty)
  }

  @Test(
    "what cannot go on says so, and leaves no file",
    arguments: [
      (["eval", "corner", "--levels", "100000", "--agents", "seed-1", "--out"], "--shard"),
      (["record", "corner:shift#1000000", "--count", "1000000", "--out"], "is not written"),
      (["prove", "--world", "corner", "--blocks", "10000"], "nothing is kept"),
    ])
  func rates(_ command: [String], _ words: String) throws {
    let arguments = command.last == "--out" ? command + [try scratch.file("out")] : command
    // Its work has begun when its temporary file is there.
    let run = try interrupted(arguments, by: SIGTERM) {
      if command.last == "--out" { return !scratch.names.isEmpty }
      usleep(300_000)
      return true
    }
    #expect(run.status == 143 && run.complaints.count == 1 && run.errors.contains(words), "\(run.status) \(run.errors)")
    #expect(scratch.names.isEmpty, "\(scratch.names)")
  }

  @Test("what was recorded before is whole")
  func record() throws {
    let command = ["record", "corner:shift#1000000", "--count", "1000000"]
    // What reads takes its time, so that it is stopped while it writes.
    let run = try interrupted(command) {
      usleep(300_000)
      return true
    }
    #expect(run.status == 130 && run.errors.contains("each whole"), "\(run.errors)")
    #expect(run.output.isEmpty || run.output.hasSuffix("\n"))
    let last = run.output.split(separator: "\n").last
    #expect(last?.contains(#""terminated":true"#) ?? true || last?.contains(#""truncated":true"#) ?? true)
  }
}

extension InterruptionTests {
  @Test("a key that was pressed twice is one wish, with words, and leaves nothing behind")
  func twice() throws {
    let path = try scratch.file("out")
    let run = try Invocation(["record", "corner:shift#1000000", "--count", "1000000", "--out", path]) { process in
      wait { !scratch.names.isEmpty }
      for _ in 0..<3 {
        kill(process, SIGINT)
        usleep(10_000)
      }
    }
    #expect(run.status == 130 && run.complaints.count == 1, "\(run.status) \(run.errors)")
    #expect(scratch.names.isEmpty, "\(scratch.names)")
  }

  @Test("what a reader did not take is not said to be whole")
  func heldUp() throws {
    let run = try Invocation(["record", "corner:shift#1000000", "--count", "1000000"]) { process in
      // Long enough to fill the pipe, which nobody reads until the program has ended.
      sleep(3)
      kill(process, SIGINT)
      sleep(3)
    }
    #expect(run.status == 130 && run.complaints.count == 1, "\(run.status) \(run.errors)")
    #expect(run.errors.contains("the last may be torn") && !run.errors.contains("each whole"), "\(run.errors)")
  }
}

@Suite("Own agents")
struct OwnAgentTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test("a new agent is kept in the user's folder, and found there under a name of its own")
  func own() throws {
    let environment = ["HOME": scratch.path]
    let command = ["train", "corner", "--steps", "1", "--eval-levels", "1"]
    let trained = try Invocation(command, environment: environment)
    let path = "\(scratch.path)/.local/share/wayward/agents/corner/seed-1-1.safetensors"
    #expect(
      trained.status == 0 && trained.output.contains("kept as own/seed-1-1, in \(path)"),
      "\(trained.output)\(trained.errors)")
    try FileManager.default.copyItem(atPath: path, toPath: path.replacing("seed-1-1.", with: "seed-1."))
    for (name, isOwn) in [("seed-1", false), ("own/seed-1", true), ("own/seed-1-1", true)] {
      let run = try Invocation(["record", "corner/fork", "--agent", name], environment: environment)
      #expect(run.status == 0 && run.output.contains(#""agent":"\#(name)""#), "\(run.errors)")
      let shipped = try Invocation(["record", "corner/fork", "--agent", "seed-1"]).output
      #expect((run.output == shipped) != isOwn)
    }
    let rates = try Invocation(["eval", "corner", "--levels", "1", "--format", "csv"], environment: environment)
    #expect(rates.output.contains(",own/seed-1-1,") && rates.output.contains(",seed-1,"))
    let gallery = try Invocation(["snapshot", "gallery", "--size", "200x60"], environment: environment)
    #expect(gallery.status == 0 && gallery.output.contains("own/seed-1"), "\(gallery.output)")
  }

  @Test("a folder of levels that cannot be written to is enough to train")
  func readOnly() throws {
    let data = try scratch.file("data")
    let run = try Invocation(
      ["train", "corner", "--steps", "1", "--eval-levels", "0"],
      environment: ["XDG_DATA_HOME": data, "WAYWARD_LEVELS": "/proc/self"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(FileManager.default.fileExists(atPath: "\(data)/wayward/agents/corner/seed-1-1.safetensors"))
  }
}
