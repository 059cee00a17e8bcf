import Testing

@testable import TerminalUI

@Suite("Clipboard")
struct ClipboardTests {
  @Test(
    "bytes become the letters of RFC 4648",
    arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")])
  func base64(_ text: String, _ letters: String) {
    #expect(Clipboard.base64(Array(text.utf8)) == letters)
  }

  @Test("what is too long for terminals is cut between characters, so that something arrives")
  func cut() {
    let sequence = Clipboard.sequence(for: String(repeating: "▴", count: 50_000))
    #expect(sequence.utf8.count <= 74_994 + 8 && sequence.utf8.count > 74_000)
    #expect(sequence.hasPrefix("\u{1B}]52;c;4pa04pa0") && sequence.hasSuffix("4pa0\u{07}"))
  }

  @Test("through screen the string goes in wrapped parts that it takes, and nothing else stands between them")
  func screen() {
    let text = String(repeating: "wayward ", count: 300)
    let parts = Clipboard.sequence(for: text, through: .screen).split(separator: "\u{1B}\\")
    #expect(parts.count > 3)
    for part in parts { #expect(part.hasPrefix("\u{1B}P") && part.utf8.count <= 510) }
    #expect(parts.map { String($0.dropFirst(2)) }.joined() == Clipboard.sequence(for: text))
    #expect(Clipboard.sequence(for: text, through: .tmux) == Clipboard.sequence(for: text))
  }

  @Test("a copy is asked of the screen, and where there is no clipboard the bell says so")
  func loop() throws {
    struct Copier: Scene {
      mutating func update(_ event: Event<Int>) -> [Effect<Int>] {
        if case .input(.key) = event { return [.copy("a line\nand one"), .quit] }
        return []
      }
      func draw(into canvas: inout Canvas) {}
    }
    var scene = Copier()
    let screen = MemoryScreen(keys: ["y"])
    try run(&scene, on: screen)
    #expect(screen.requests == ["copy a line\nand one"])
  }
}
