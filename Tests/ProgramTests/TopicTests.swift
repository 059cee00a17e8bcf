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
    for topic in Topic.all {
      for match in topic.markdown.matches(of: /<doc:([A-Za-z]+)>/) {
        #expect(Topic.all.contains { $0.file == match.output.1 }, "\(topic.file): \(match.output.1)")
      }
    }
  }

  @Test("the version that the program tells is the one that the article on changes begins with")
  func version() throws {
    let changes = try #require(Topic.named("changes")).markdown
    let newest = try #require(changes.split(separator: "\n").first { $0.hasPrefix("## ") })
    #expect(newest == "## \(Version.number)")
    #expect(Wayward.configuration.version == "wayward \(Version.number)")
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
