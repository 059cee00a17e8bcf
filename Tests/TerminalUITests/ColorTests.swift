import Testing

@testable import TerminalUI

@Suite("Color")
struct ColorTests {
  @Test("xterm's own colours map to themselves: a theme drawn with them must not shift", arguments: 16...255)
  func ownColours(_ index: Int) {
    let color = Color.xterm(index)
    #expect(color.index256.map { Color.xterm(Int($0)) } == color)
  }

  @Test("the fast mapping to 256 colours finds what a full search finds, or something as near")
  func nearest() {
    var random = SystemRandomNumberGenerator()
    let seed = UInt32.random(in: 0..<0x1000000, using: &random)
    for step in 0..<2_000 {
      let color = Color(hex: (seed &+ UInt32(step) &* 8_191) & 0xFFFFFF)
      let best = (16...255).map { color.distance(to: Color.xterm($0)) }.min() ?? 0
      let found = color.index256.map { color.distance(to: Color.xterm(Int($0))) } ?? .max
      #expect(found <= best * 2 + 600, "seed \(seed), \(color)")
    }
  }

  @Test("the palette of a colour-blind reader stays apart in 16 colours")
  func okabeIto() {
    let palette: [UInt32] = [0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0xD55E00, 0xCC79A7]
    let indices = palette.compactMap { Color(hex: $0).index16 }
    #expect(Set(indices).count >= 5, "\(indices)")
    #expect(Color(hex: 0xFF0000).index16 == 9)
    #expect(Color(hex: 0x000000).index16 == 0)
    #expect(Color(hex: 0xFFFFFF).index16 == 15)
    #expect(Color.standard.index16 == nil)
  }

  @Test("text is readable on every heat colour, in both directions")
  func readable() throws {
    for level in 0..<16 {
      let ground = Color(hex: 0x440154).blended(with: Color(hex: 0xFDE725), share: Double(level) / 15)
      for text: Color in [.rgb(0, 0, 0), .rgb(255, 255, 255), .rgb(230, 159, 0), ground] {
        let shown = text.readable(on: ground)
        let (a, b) = (try #require(shown.luminance), try #require(ground.luminance))
        #expect(Color.contrast(a, b) >= 4.5)
      }
    }
    #expect(Color.rgb(9, 9, 9).readable(on: .standard) == .rgb(9, 9, 9))
  }

  @Test("blending keeps to its ends, whatever share is asked for")
  func blending() {
    let (black, white) = (Color(hex: 0), Color(hex: 0xFFFFFF))
    #expect(black.blended(with: white, share: 0.5) == .rgb(128, 128, 128))
    #expect(black.blended(with: white, share: 7) == white)
    #expect(black.blended(with: white, share: .nan) == black)
    #expect(black.blended(with: .standard, share: 0.5) == black)
  }

  @Test("two colours that fall together in a small palette are set apart, or the text would vanish")
  func apart() {
    let style = Style(.rgb(40, 40, 40), on: .rgb(30, 30, 30))
    for depth in [ColorDepth.ansi16, .indexed256, .trueColor] {
      let shown = Shown(style, depth: depth)
      #expect(shown.foreground != shown.background)
    }
  }
}
