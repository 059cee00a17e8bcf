import Foundation
import Testing

@testable import wayward

@Suite("What the articles quote and name")
struct GuideTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The lines after `// guide: NAME` up to the next such comment, moved to the left margin, by name.
  private func regions(of source: String) -> [String: String] {
    var regions: [String: [Substring]] = [:]
    var name: String?
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      if let mark = line.firstRange(of: "// guide: ") {
        name = String(line[mark.upperBound...])
      } else if let name {
        regions[name, default: []].append(line)
      }
    }
    return regions.mapValues { lines in
      let indentation = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
      return lines.map { String($0.dropFirst(indentation)) }.joined(separator: "\n")
        .trimmingCharacters(in: .newlines)
    }
  }

  /// The Swift after each `<!-- quote NAME -->`, by name.
  private func quotes(in article: String) -> [(name: String, code: String)] {
    let marks = /<!-- quote (?<name>[a-z-]+) -->\n```swift\n(?<code>(?:.*\n)*?)```/
    return article.matches(of: marks).map { (String($0.name), String($0.code).trimmingCharacters(in: .newlines)) }
  }

  @Test("the guide to a new world quotes the example as it is compiled, and all of it")
  func quotes() throws {
    let folder = GuideTests.root.appendingPathComponent("Tests/WorldsTests/Example")
    var quotable: [String: String] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasSuffix(".swift") {
      let source = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      quotable.merge(regions(of: source)) { first, _ in first }
    }
    quotable["end"] = nil
    let article = try #require(Topic.named("new-world")).markdown
    let quoted = quotes(in: article)
    #expect(quoted.count == article.split(separator: "\n").count { $0.hasPrefix("<!-- quote ") })
    #expect(quoted.map(\.name).sorted() == quotable.keys.sorted())
    for (name, code) in quoted {
      #expect(code == quotable[name], "\(name): WAYWARD_RECORD=1 swift test --filter GuideTests writes it anew")
    }
    if ProcessInfo.processInfo.environment["WAYWARD_RECORD"] != nil {
      let path = GuideTests.root.appendingPathComponent("Sources/wayward/wayward.docc/NewWorld.md")
      let anew = quoted.reduce(article) { $0.replacing("\n\($1.code)\n```", with: "\n\(quotable[$1.name] ?? "")\n```") }
      try anew.write(to: path, atomically: true, encoding: .utf8)
    }
  }

  @Test("every file and folder that an article names is there", arguments: ["architecture", "new-world", "developing"])
  func paths(_ topic: String) throws {
    let article = try #require(Topic.named(topic)).markdown
    let paths = /`((?:Sources|Tests|levels|\.ci)(?:\/[A-Za-z0-9_.-]+)*)`/
    let named = article.matches(of: paths).map { String($0.output.1) }
    #expect(!named.isEmpty)
    for path in Set(named) where !path.contains("NAME") {
      let isThere = FileManager.default.fileExists(atPath: GuideTests.root.appendingPathComponent(path).path)
      #expect(isThere, "\(path)")
    }
  }
}
