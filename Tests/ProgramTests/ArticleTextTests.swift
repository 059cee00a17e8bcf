import Testing

@testable import wayward

@Suite("An article in a terminal")
struct ArticleTextTests {
  private func text(_ markdown: String, width: Int = 40) -> String { ArticleText(markdown).text(width: width) }

  @Test("headings, paragraphs and lists are wrapped; code stays as it is, however long")
  func blocks() {
    let article = """
      # Of things

      A first paragraph that is longer
      than a line of forty columns.

      ## A part

      - an item that goes on for more than one line of text
      - another
      1. a number

      ```swift
      let code = "stays where it is, and as long as it is"

        indented
      ```
      """
    #expect(
      text(article) == """
        OF THINGS

          A first paragraph that is longer than
          a line of forty columns.

        A part

          - an item that goes on for more than
            one line of text
          - another
          1. a number

            let code = "stays where it is, and as long as it is"

              indented

        """)
  }

  @Test("what is DocC's own goes, what is meant stays")
  func marks() {
    let article = """
      # ``wayward`` things

      @Metadata {
        @PageKind(article)
      }

      See <doc:Verdicts>, [the paper](https://example.org/a), [below](doc:Proof) and `code *as it is*`, *so* **bold**, 2*3.

      <!-- report eval -->
      After the mark.
      <!-- a comment
      of two lines -->
      """
    let shown = text(article, width: 200)
    #expect(shown.hasPrefix("WAYWARD THINGS\n"))
    #expect(
      shown.contains(
        "See wayward help verdicts, the paper (https://example.org/a), below and `code *as it is*`, so bold, 2*3."))
    #expect(!shown.contains("<!--") && !shown.contains("Metadata") && !shown.contains("two lines"))
    #expect(shown.contains("\n  After the mark.\n"))
  }

  @Test("a table has columns where it fits, and its last one wraps; else each row is a list")
  func tables() {
    let table = """
      | key | what it does |
      |---|---|
      | `a \\| b` | one or the other, whichever comes first in the line |
      | long | x |
      """
    #expect(
      text(table, width: 44) == """
          key    what it does
          a | b  one or the other, whichever comes
                 first in the line
          long   x

        """)
    #expect(
      text("| world | a rate of something | another rate |\n|---|---|---|\n| corner | 0.97 [0.96, 0.98] | 0.1 |") == """
          corner
            a rate of something: 0.97 [0.96,
              0.98]
            another rate: 0.1

        """)
  }

  @Test("every article has a title and a sentence that says what it is about")
  func articles() {
    for topic in Topic.all {
      let article = ArticleText(topic.markdown)
      #expect(!article.title.isEmpty && article.abstract.hasSuffix("."), "\(topic.name)")
      #expect(article.abstract.count <= 110, "\(topic.name)")
    }
  }
}
