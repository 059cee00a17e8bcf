import Foundation
import Testing

@Suite("What the program writes", .serialized)
struct ProgramOutTests {
  /// What a command prints, and its exit status.
  private func output(_ arguments: [String], locale: String = "C.UTF-8") throws -> (text: String, status: Int32) {
    let program = try Program(arguments, width: 300, height: 50, locale: locale)
    let status = -program.end() - 1
    _ = program.waits(for: "\n")
    return (program.seen.replacingOccurrences(of: "\r\n", with: "\n"), status)
  }

  private func temporary(_ name: String) -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("wayward-\(UUID().uuidString)-\(name)").path
  }

  @Test(
    "every command that opens a screen prints it after keys, and no terminal is touched",
    arguments: [
      (["watch", "corner/fork", "--keys", "d"], "departure"), (["play", "corner/fork"], "you play"),
      (["gallery", "--keys", "?"], "Keys"), (["live", "trees", "--at", "30"], "step 30"),
    ])
  func dumps(_ arguments: [String], _ text: String) throws {
    let (seen, status) = try output(arguments + ["--dump-screen", "--size", "100x30"])
    #expect(status == 0)
    #expect(seen.contains(text))
    #expect(!seen.contains("\u{1B}"))
    #expect(seen.split(separator: "\n", omittingEmptySubsequences: false).count == 31)
  }

  @Test("a printed screen comes as text, with colours, or as a picture; a life has csv and json beside them")
  func formats() throws {
    let ansi = try output(["watch", "corner/fork", "--dump-screen", "--format", "ansi"]).text
    #expect(ansi.contains("\u{1B}[") && ansi.contains("38;2;"))
    let svg = try output(["live", "trees", "--dump-screen", "--format", "svg"]).text
    #expect(svg.hasPrefix("<svg ") && svg.contains("</svg>"))
    #expect(try output(["live", "trees", "--dump-screen", "--format", "csv"]).status == 64)
    #expect(try output(["watch", "corner/fork", "--format", "svg"]).status == 64, "what is not printed has no format")
  }

  @Test("a locale without UTF-8 gets ASCII by itself, and --unicode overrides; a picture is always UTF-8")
  func locale() throws {
    for arguments in [["snapshot", "corner/fork"], ["watch", "corner/fork", "--dump-screen"]] {
      #expect(try output(arguments, locale: "C").text.utf8.allSatisfy { $0 < 0x80 })
      #expect(try output(arguments + ["--unicode"], locale: "C").text.contains("┌"))
      #expect(try output(arguments + ["--ascii"]).text.utf8.allSatisfy { $0 < 0x80 })
    }
    #expect(try output(["snapshot", "corner/fork", "--format", "svg"], locale: "C").text.contains("┌"))
  }

  @Test(
    "a snapshot shows any screen by its name",
    arguments: [
      (["gallery"], "Hand-made"), (["play", "corner/fork"], "you play"), (["live", "--at", "40"], "step 40"),
      (["help", "corner/fork"], "Keys"), (["about", "coinrun:shift#7"], "coinrun"),
      (["corner/fork", "--at", "2"], "step 2/"), (["train", "corner", "--at", "4000"], "wayward train corner"),
    ])
  func snapshots(_ arguments: [String], _ text: String) throws {
    let (seen, status) = try output(["snapshot"] + arguments)
    #expect(status == 0)
    #expect(seen.contains(text), "\(seen)")
  }

  @Test("an export is a file of lines, plays from part to part, and never writes over one that is there")
  func export() throws {
    let path = temporary("a.cast")
    defer { try? FileManager.default.removeItem(atPath: path) }
    let command = ["export", "corner/fork", "-o", path, "--cast", "v3", "--from", "2", "--to", "6", "--idle", "2"]
    #expect(try output(command).status == 0)
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let header = try #require(try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
    #expect(header["version"] as? Int == 3 && header["idle_time_limit"] as? Double == 2)
    #expect(lines.filter { $0.contains(#","o","#) }.count == 6, "five frames and the end")
    let again = try output(command)
    #expect(again.status == 74 && again.text.contains("there already") && again.text.contains("--force"))
    #expect(try output(command + ["--force"]).status == 0)
    #expect(try output(["export", "corner/fork", "-o", "-", "--from", "999"]).status == 64)
    #expect(try output(["export", "corner/fork", "-o", "/nowhere/a.cast"]).status == 74)
  }

  @Test("the monkey says what it did, and which scenes there are")
  func monkey() throws {
    let command = ["monkey", "--keys", "60", "--seed", "4", "--scene", "training"]
    let (text, status) = try output(command)
    #expect(status == 0)
    #expect(text.contains("60 keys, pastes and mouse events, 3 sizes") && text.contains("nothing found"))
    let unknown = try output(["monkey", "--scene", "attic"])
    #expect(unknown.status == 64 && unknown.text.contains("gallery, replay"))
  }
}
