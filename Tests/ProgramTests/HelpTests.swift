import Testing

@Suite("Help of the real program", .serialized)
struct HelpTests {
  /// What `wayward help` prints for some words on a terminal, and its exit status.
  private func help(_ words: String..., width: Int32 = 80) throws -> (text: String, status: Int32) {
    let program = try Program(["help"] + words, width: width)
    let status = -program.end() - 1
    _ = program.waits(for: "\n")
    return (program.seen.replacing("\r\n", with: "\n"), status)
  }

  @Test("a topic is printed, wrapped to the terminal; a command comes first, and both are listed")
  func topics() throws {
    let (article, status) = try help("verdicts", width: 60)
    #expect(status == 0 && article.hasPrefix("VERDICTS AND DEFINITIONS\n"))
    #expect(article.split(separator: "\n").allSatisfy { $0.count <= 60 })
    #expect(!article.contains("<doc:") && !article.contains("<!--") && !article.contains("\u{1B}"))
    #expect(try help("verdicts", width: 200).text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(try help("train").text.hasPrefix("OVERVIEW: Train an agent"))
    #expect(try help("topics").text.contains("  verdicts  "))
    #expect(try help().text.contains("TOPICS:\n  screens  "))
  }

  @Test("what means nothing is named with what may have been meant, and exit status 64")
  func unknown() throws {
    let topic = try help("verdict")
    #expect(topic.status == 64 && topic.text.contains("no command and no topic 'verdict'; did you mean 'verdicts'?"))
    #expect(try help("trian").text.contains("did you mean 'train'?"))
    let inner = try help("levels", "chek")
    let surplus = try help("speed", "extra")
    #expect(surplus.status == 64 && surplus.text.contains("'extra' is too much: a topic is one word"))
    #expect(inner.status == 64 && inner.text.contains("wayward levels has no command 'chek'; did you mean 'check'?"))
  }

  @Test(
    "a command in help is a line of its own, never wrapped",
    arguments: [
      ("settings", "wayward settings --write"), ("help", "wayward help --man | man -l -"),
      ("help", "wayward --generate-completion-script bash|zsh|fish"),
    ])
  func commands(_ topic: String, _ command: String) throws {
    let lines = try help(topic).text.split(separator: "\n").map { $0.drop { $0 == " " } }
    #expect(lines.contains { $0 == command }, "\(lines)")
  }
}
