import Foundation
import Testing

/// What the program makes of files that are not whole, and with which exit status.
@Suite("Damaged files")
struct DamagedFileTests {
  /// Three episodes, the last of which lacks its end.
  private func torn(in scratch: borrowing Scratch) throws -> String {
    let text = try Invocation(["record", "corner/first", "corner/fork", "corner/first"]).output
    return try scratch.file("torn.jsonl", String(text.dropLast(300)))
  }

  @Test("a whole episode of a torn file exits with 0 and says it; the torn one says it of itself")
  func torn() throws {
    let scratch = try Scratch()
    let file = try torn(in: scratch)
    let said = "the last line was cut, and is left out"
    let screen = ["--size", "120x36"]
    for command in [
      ["replay", "\(file)#1", "--dump-screen"] + screen, ["snapshot", "\(file)#1"] + screen,
      ["compare", "\(file)#1", "\(file)#2", "--dump-screen"] + screen, ["export", "\(file)#1", "--out", "-"],
    ] {
      let shown = try Invocation(command)
      #expect(shown.status == 0, "\(command[0]): \(shown.errors)")
      #expect(shown.complaints.count == 1 && shown.errors.contains(said), "\(command[0]): \(shown.errors)")
      #expect(!shown.output.contains("was cut"), "\(command[0])")
    }
    for command in [
      ["replay", "\(file)#3", "--dump-screen"] + screen, ["snapshot", "\(file)#3"] + screen,
      ["compare", "\(file)#3", "\(file)#2", "--dump-screen"] + screen, ["export", "\(file)#3", "--out", "-"],
    ] {
      let shown = try Invocation(command)
      #expect(shown.status == 0 && shown.errors.contains(said), "\(command[0]): \(shown.errors)")
      #expect(shown.output.contains("was cut at step"), "\(command[0])")
    }
    for (name, status, isCut) in [("\(file)#1", Int32(0), "false"), ("\(file)#3", 65, "true"), (file, 65, "true")] {
      let told = try Invocation(["analyze", name, "--format", "json"])
      #expect(told.status == status, "\(name): \(told.errors)")
      #expect(told.errors.contains(said) == (status != 0), "\(name)")
      #expect(told.output.split(separator: "\n").last?.contains("\"cut\":\(isCut)") == true, "\(name)")
    }
  }
}
