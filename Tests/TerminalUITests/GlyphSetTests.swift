import Testing

@testable import TerminalUI

@Suite("GlyphSet")
struct GlyphSetTests {
  /// Every glyph of the screens' sketches and widgets.
  static let drawn =
    "·╵╶└╷│┌├╴┘─┴┐┤┬┼╭╮╰╯┏━┃┓┗┛╸╹╺╻┣┫┳┻╋┄┆┅┇┈┊═║▁▂▃▄▅▆▇█▏▎▍▌▋▊▉▀▐▴▾◄►▸◂●◉○⚑⚷▣◆▪▮■□≈░▒▓⚠…±π×→←↑↓∞≥≤≠–—■√λγ°⋰⋱⟋⟍▵▿◅▻╍╏╔╗╚╝⊕"

  @Test("an ASCII terminal gets ASCII for every glyph the program draws", arguments: drawn.unicodeScalars.map(\.value))
  func isASCII(_ value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    let standIn = GlyphSet.ascii.scalar(scalar)
    #expect((0x20..<0x7F).contains(standIn.value))
    #expect(standIn != "?", "\(scalar) has no stand-in that reads")
    #expect(scalar.columns == 1)
    #expect(GlyphSet.unicode.scalar(scalar) == scalar)
  }

  @Test("a text of several lines stays one")
  func lines() {
    #expect(GlyphSet.ascii.text("┌ a…\n\n│\tb\n") == "+ a.\n\n|?b\n")
    #expect(GlyphSet.unicode.text("┌ a…\n") == "┌ a…\n")
  }

  @Test("no scalar whatever reaches an ASCII terminal as anything else")
  func total() throws {
    for value in UInt32(0)..<0x3000 {
      let scalar = try #require(Unicode.Scalar(value))
      #expect((0x20..<0x7F).contains(GlyphSet.ascii.scalar(scalar).value), "\(value)")
    }
  }

  @Test("the maze of the design reads the same in ASCII")
  func maze() {
    let rows = [
      "┌───────┬───────────────┐", "│ ⚑ · · │ ┏━━━━━━━━━━━╸ │", "│ · ╷ · ╵ ┃ ┌───╴ ┆ ╷ · │",
      "│ · │ · · @▾│ · · ┆ │ · │",
    ]
    #expect(
      rows.map(GlyphSet.ascii.text) == [
        "+-------+---------------+", "| P . . | \"\"\"\"\"\"\"\"\"\"\"\"\" |", "| . | . | \" +---- : | . |",
        "| . | . . @v| . . : | . |",
      ])
  }

  @Test("lines that mean something else than walls look like something else: taken, the best way, the way to the proxy")
  func paths() {
    let kinds = ["━┃┏┓┗┛╸╹╺╻┣┫┳┻╋", "┄┆⋰⋱", "╍╏", "─│┌┐└┘"].map { Set(GlyphSet.ascii.text($0)) }
    for (index, kind) in kinds.enumerated() {
      for other in kinds[(index + 1)...] { #expect(kind.isDisjoint(with: other), "\(kind) and \(other)") }
    }
    #expect(GlyphSet.ascii.text("▒") != GlyphSet.ascii.text("╍"), "the short cut is no way to the proxy")
    #expect(GlyphSet.ascii.text("⊕") != GlyphSet.ascii.text("┌"), "a shield is no wall")
  }

  @Test("braille becomes denser with its dots, so that a curve still shows")
  func braille() {
    #expect(GlyphSet.ascii.text("⠀⠁⠃⠇⡇⣿") == " .:-=#")
  }
}
