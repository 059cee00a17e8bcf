import Foundation
import Testing

@testable import Viewer

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Charts of rates as SVG")
struct RateChartTests {
  private func chart(_ title: String) -> RateChart {
    let points = [0.2, 0.9].map { RateChart.Point(mean: $0, interval: ($0 - 0.1)...($0 + 0.1), each: [$0, $0 + 0.05]) }
    return RateChart(
      title: title, xTitle: "p & more", yTitle: "a < b", note: "\"two\" seeds", ticks: ["0", "<1>"],
      series: [
        .init(name: "success", look: 0, points: points), .init(name: "proxy 'only'", look: 1, points: points),
      ])
  }

  @Test("it is well-formed whatever the words are, and they are told as they are")
  func wellFormed() throws {
    let title = "a <script>&\"'\u{1B}[31m ]]> b"
    let parser = XMLParser(data: Data(chart(title).svg.utf8))
    let reader = Reader()
    parser.delegate = reader
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(!reader.elements.contains("script"))
    #expect(reader.text.contains("a <script>&\"' ]]> b"))
    for words in ["p & more", "a < b", "\"two\" seeds", "<1>", "proxy 'only'"] { #expect(reader.text.contains(words)) }
  }

  @Test("it scales, and its series differ by colour, dash and marker")
  func looks() {
    let svg = chart("t").svg
    #expect(svg.contains("viewBox=\"0 0 720.0 440.0\"") && !svg.contains(" width=\"720\""))
    #expect(svg.contains("stroke=\"#009E73\"") && svg.contains("stroke=\"#E69F00\""))
    #expect(svg.contains("stroke-dasharray=\"8 5\"") && svg.contains("<polygon"))
    #expect(svg.contains("<polyline points=\"219.0,286.4 531.0,98.8\""))
    #expect(svg.contains("<desc>&quot;two&quot; seeds. success: 0.200 at 0, 0.900 at &lt;1&gt;;"))
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [String] = []
    var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) { elements.append(name) }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
  }
}
