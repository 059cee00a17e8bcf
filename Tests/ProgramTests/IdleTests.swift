#if os(Linux)
  import Foundation
  import Testing

  @Suite("The program at rest", .serialized)
  struct IdleTests {
    /// Ticks of the processor, a hundredth of a second each, that a process has used, and how often it slept.
    private func used(by pid: pid_t) throws -> (ticks: Int, sleeps: Int) {
      let stat = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
      // The name, in parentheses, may hold anything; the fields after it are numbers from the third on.
      let fields = stat[try #require(stat.lastIndex(of: ")"))...].split(separator: " ").dropFirst()
      let times = fields.dropFirst(11).prefix(2).compactMap { Int($0) }
      let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
      let line = status.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches:") }
      return (
        try #require(times.count == 2 ? times.reduce(0, +) : nil), line.flatMap { Int($0.filter(\.isNumber)) } ?? -1
      )
    }

    @Test("what does not move costs nothing: paused replay, played level, paused life, empty gallery")
    func idle() throws {
      let empty = FileManager.default.temporaryDirectory.appendingPathComponent("wayward-idle-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: empty) }
      // The replay begins by playing and is stopped; the others say so when they rest.
      let scenes = [
        (["watch", "corner/fork", "--keys", "d"], "Inspector"), (["play", "corner/fork"], "you play"),
        (["live", "trees", "--keys", "Space"], "paused"),
        (["gallery", "--levels", empty.path], "trains an agent here"),
      ]
      let programs = try scenes.map { arguments, text in
        let program = try Program(arguments)
        try #require(program.waits(for: text), "\(arguments)")
        return program
      }
      usleep(500_000)
      let before = try programs.map { try used(by: $0.pid) }
      usleep(2_000_000)
      for (index, program) in programs.enumerated() {
        let after = try used(by: program.pid)
        #expect(after.ticks == before[index].ticks, "\(scenes[index].0) used the processor in two seconds of rest")
        #expect(after.sleeps - before[index].sleeps <= 2, "\(scenes[index].0) woke up without need")
      }
      for program in programs {
        program.type("q")
        #expect(program.end() == -1)
      }
    }
  }
#endif
