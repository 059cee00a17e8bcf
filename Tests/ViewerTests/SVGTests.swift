import Gridworlds
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
        <g shape-rendering="crispEdges">
        <rect x="0" y="0" width="54" height="36" fill="#000000"/>
        <rect x="0" y="18" width="18" height="18" fill="#00000a"/>
        </g>
        <text x="9" y="14" textLength="27" \(style) fill="#ffffff">&lt; &amp;</text>
        <text x="36" y="14" textLength="9" \(style) fill="#ffffff" font-weight="bold">b</text>
        <text x="0" y="32" textLength="9" \(style) fill="#ffffff">x</text>
        <text x="18" y="32" textLength="9" \(style) fill="#101010">y</text>
        </g>
        </svg>

        """)
    #expect(SVG.render(cells: [], title: "").contains("width=\"0\""))
  }

  @Test(
    "each cell stands on its background, in as few rectangles as rows of one kind go", arguments: [UInt64(1), 2, 3])
  func backgrounds(_ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let shades: [UInt8] = [0, 0, 0, 10, 20]
    var cells = (0..<6).map { _ in (0..<8).map { _ in cell(" ", on: random.pick(shades) ?? 0) } }
    cells[4] = cells[3]
    let svg = SVG.render(cells: cells, title: "")
    var painted = cells.map { $0.map { _ in "" } }
    let rects = svg.matches(of: /<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)" fill="(#[0-9a-f]+)"/)
    for rect in rects {
      let (x, y) = (try #require(Int(rect.1)) / 9, try #require(Int(rect.2)) / 18)
      let (width, height) = (try #require(Int(rect.3)) / 9, try #require(Int(rect.4)) / 18)
      for row in y..<y + height { for column in x..<x + width { painted[row][column] = String(rect.5) } }
    }
    #expect(painted == cells.map { $0.map(\.background.code) })
    #expect(svg.contains("shape-rendering=\"crispEdges\""))
    let single = SVG.render(cells: [cells[3]], title: "").matches(of: /<rect/).count
    let double = SVG.render(cells: [cells[3], cells[4]], title: "").matches(of: /<rect/).count
    #expect(single == double, "a row like the one above adds none")
  }
}
