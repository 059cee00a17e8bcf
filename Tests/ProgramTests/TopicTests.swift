import Foundation
import Testing

@testable import wayward

@Suite("Articles and topics")
struct TopicTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func file(_ path: String) throws -> String {
    try String(contentsOf: TopicTests.root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test("every article of the catalogue is a topic, and the site's first page links to each")
  func all() throws {
    let folder = TopicTests.root.appendingPathComponent("Sources/wayward/wayward.docc")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".md") }
    #expect(Set(files) == Set(Topic.all.map { "\($0.file).md" } + ["wayward.md"]))
    let first = try file("Sources/wayward/wayward.docc/wayward.md")
    for topic in Topic.all {
      #expect(first.contains("- <doc:\(topic.file)>"), "\(topic.file)")
      #expect(try topic.markdown == file("Sources/wayward/wayward.docc/\(topic.file).md"), "\(topic.file)")
    }
  }

  @Test("no topic has the name of a command, which would win")
  func names() {
    for topic in Topic.all { #expect(Help.command([topic.name]) == nil, "\(topic.name)") }
    #expect(Topic.named("topics") == nil)
  }

  @Test("a link leads to an article that there is")
  func links() throws {
    let links = Topic.all.flatMap { topic in
      topic.markdown.matches(of: /<doc:([A-Za-z]+)>/).map { (from: topic.file, to: $0.output.1) }
    }
    #expect(!links.isEmpty)
    for link in links { #expect(Topic.all.contains { $0.file == link.to }, "\(link.from): \(link.to)") }
  }

  @Test("the version that the program tells is the one that the article on changes begins with")
  func version() throws {
    let changes = try #require(Topic.named("changes")).markdown
    let newest = try #require(changes.split(separator: "\n").first { $0.hasPrefix("## ") })
    #expect(newest == "## \(Version.number)")
    #expect(Wayward.configuration.version == "wayward \(Version.number)")
    #expect(try file("README.md").contains("version = {\(Version.number)}"))
  }

  @Test("every table between marks is one that the report makes, every one has a place, and none is empty")
  func tables() throws {
    let texts = try [file("README.md")] + Topic.all.map(\.markdown)
    let marked = try texts.map { try MarkedText($0, path: "an article") }
    let placed = marked.flatMap(\.names)
    for text in marked { for name in text.names { #expect(try !text.block(name).isEmpty, "\(name)") } }
    #expect(Set(placed) == Set(ReportTable.all.map(\.name)))
    for table in ReportTable.all { #expect(placed.count { $0 == table.name } == table.places, "\(table.name)") }
    #expect(ReportTable.all.count == Set(ReportTable.all.map(\.name)).count)
  }

  @Test("the manual page has examples, names the topics and each command once")
  func manual() throws {
    let page = ManualPage.text(for: try ManualPage.Tool(decoding: Wayward._dumpHelp()))
    #expect(page.contains(".SH EXAMPLES") && page.contains(#".B wayward help new\-world"#))
    let sections = page.split(separator: "\n").filter { $0.hasPrefix(".SS ") }
    #expect(sections.count == Set(sections).count)
    #expect(sections.contains(".SS watch LEVEL") && sections.contains(".SS help [COMMAND...]"))
    #expect(page.split(separator: "\n").allSatisfy { $0.first != "." || $0.contains(/^\.[A-Z]{1,2}\b/) })
  }
}

@Suite("Tables between marks")
struct MarkedTextTests {
  private let text = "a\n<!-- report x -->\n| old |\n<!-- end -->\nb\n"

  @Test("a table is found, replaced, and nothing else is touched")
  func replace() throws {
    var marked = try MarkedText(text, path: "a.md")
    #expect(marked.names == ["x"])
    #expect(try marked.block("x") == ["| old |"])
    try marked.replace("x", with: ["| new |", "| more |"])
    #expect(marked.text == "a\n<!-- report x -->\n| new |\n| more |\n<!-- end -->\nb\n")
  }

  @Test("a mark without an end, and a table that is not there, are named")
  func problems() throws {
    #expect(throws: (any Error).self) { try MarkedText("<!-- report x -->\na", path: "a.md") }
    #expect(throws: (any Error).self) { try MarkedText(text, path: "a.md").block("y") }
  }

  @Test("a difference names what stands there and what is made; of a slow table only the quick rows count")
  func difference() throws {
    let table = ReportTable(
      "x", command: "", columns: ["world", "n"],
      [
        .init(isQuick: true) { _ in ["| corner | 2 |"] },
        .init(isQuick: false) { _ in
          Issue.record("a check made a slow row")
          return []
        },
      ])
    let measurements = Measurements(
      try .init(levelsOption: nil, environment: [:], executable: nil), threads: 1, agents: ReportAgents(keep: nil))
    let head = ["| world | n |", "|---|---|"]
    #expect(try table.difference(from: head + ["| corner | 2 |", "| trees | 3 |"], measurements).isEmpty)
    #expect(
      try table.difference(from: head + ["| corner | 1 |", "| trees | 3 |"], measurements)
        == ["- | corner | 1 |", "+ | corner | 2 |"])
  }
}
