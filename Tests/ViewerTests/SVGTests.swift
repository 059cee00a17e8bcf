import Testing

@testable import Viewer

@Suite("SVG") struct SVGTests {
  private func cell(_ glyph: Unicode.Scalar, _ shade: UInt8 = 255, on background: UInt8 = 0, bold: Bool = false)
    -> SVGCell
  {
    SVGCell(glyph: glyph, foreground: (shade, shade, shade), background: (0, 0, background), bold: bold)
  }

  @Test("backgrounds and letters are merged into runs, and nothing is markup")
  func render() {
    let cells = [
      [cell(" "), cell("<"), cell(" "), cell("&"), cell("b", bold: true), cell(" ")],
      [cell("x", on: 10), cell("\u{1B}", on: 10), cell("y", 16)],
    ]
    let style = "lengthAdjust=\"spacingAndGlyphs\""
    #expect(
      SVG.render(cells: cells, title: "<a> & \u{1B}[1mb") == """
        <svg xmlns="http://www.w3.org/2000/svg" width="54" height="36" viewBox="0 0 54 36" role="img">
        <title>&lt;a&gt; &amp; b</title>
        <g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="15" xml:space="preserve">
        <rect x="0" y="0" width="54" height="18" fill="#000000"/>
        <rect x="0" y="18" width="18" height="18" fill="#00000a"/>
        <rect x="18" y="18" width="9" height="18" fill="#000000"/>
        <text x="9" y="14" textLength="27" \(style) fill="#ffffff">&lt; &amp;</text>
        <text x="36" y="14" textLength="9" \(style) fill="#ffffff" font-weight="bold">b</text>
        <text x="0" y="32" textLength="9" \(style) fill="#ffffff">x</text>
        <text x="18" y="32" textLength="9" \(style) fill="#101010">y</text>
        </g>
        </svg>

        """)
    #expect(SVG.render(cells: [], title: "").contains("width=\"0\""))
  }
}
