import Archive
import Foundation
import Testing

@Suite("ShellWord")
struct ShellWordTests {
  @Test(
    "what a shell leaves alone stays readable, anything else is quoted",
    arguments: [
      ("corner/first", "corner/first"), ("corner:shift#42", "'corner:shift#42'"), ("a b.jsonl", "'a b.jsonl'"),
      ("it's", "'it'\\''s'"), ("", "''"), ("$HOME", "'$HOME'"), ("~", "'~'"), ("Up ! \" `", "'Up ! \" `'"),
      ("a\nb\t'\\", "$'a\\nb\\t\\'\\\\'"), ("x\u{1B}[2J9", "$'x\\033[2J9'"), ("a\u{202E}7", "$'a\\342\\200\\2567'"),
      ("日本", "'日本'"),
    ])
  func words(_ text: String, _ word: String) { #expect(ShellWord.quoted(text) == word) }

  @Test("a file whose name begins with a hyphen is no option; standard input stays what it is")
  func files() {
    #expect(ShellWord.file("-x.jsonl") == "./-x.jsonl")
    #expect(ShellWord.file("-") == "-")
    #expect(ShellWord.file("runs #3.jsonl") == "'runs #3.jsonl'")
  }

  @Test(
    "bash reads each word as the text that it stands for",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash")))
  func bash() throws {
    let pieces = [
      "a", "7", " ", "'", "\"", "\\", "$x", "`", "#", "!", "\n", "\t", "\u{1B}", "\u{7F}", "\u{85}", "é", "日",
      "\u{200B}", "*", "~", ";",
    ]
    var texts = pieces
    for first in pieces { for second in pieces { texts.append(first + second + "0") } }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "printf '%s\\0' " + texts.map(ShellWord.quoted).joined(separator: " ")]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let read = data.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(read == texts)
    for text in texts { #expect(!ShellWord.quoted(text).unicodeScalars.contains(where: PlainText.isHazard)) }
  }
}
