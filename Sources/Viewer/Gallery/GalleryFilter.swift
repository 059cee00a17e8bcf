import Letters
import Studies
import TerminalUI

/// A filter while it is typed.
struct GalleryFilter: Part {
  /// What came of typing since it was asked last.
  struct News: Sendable {
    /// What is to be shown.
    var query: EpisodeQuery?
    /// What is to be told the person.
    var words: String?
  }

  private(set) var isTyped = false
  /// What is wrong with it so far.
  private(set) var problem: String?
  /// What was shown before.
  private var before = EpisodeQuery()
  private var news = News()

  /// What happened, once.
  mutating func takeNews() -> News {
    defer { news = News() }
    return news
  }

  /// - Parameter query: what is shown now.
  mutating func perform(_ command: FilterCommand, on query: EpisodeQuery) -> [Wish<GalleryFilter>] {
    switch command {
    case .filter:
      (before, isTyped, problem) = (query, true, nil)
      let line = TypedLine(label: "/", text: query.text, hint: "like lost>0.5 split:shift sort:-regret", isLive: true)
      return [
        .ask(
          Question(line) { filter, answer in
            filter.take(answer)
            return []
          })
      ]
    }
  }

  private mutating func take(_ answer: Answer) {
    isTyped = answer.kind == .typing
    guard answer.kind != .abandoned else {
      problem = nil
      news.query = before
      return
    }
    do throws(QueryProblem) {
      news.query = try EpisodeQuery(parsing: answer.text)
      problem = nil
    } catch {
      // While a word is half typed it means nothing yet; what was shown stays.
      problem = isTyped ? error.description : nil
      if !isTyped { news.words = error.description }
    }
  }
}

/// Filtering a list.
enum FilterCommand: PartCommand {
  case filter

  static let keys: [Binding<FilterCommand>] = [
    .init("/", .filter, "List", "filter: lost>0.5 sort:-regret", footer: "filter")
  ]
}

/// The little language of the filter, while one types it.
struct FilterHelp {
  private static let words = EpisodeQuery.Word.allCases.map(\.rawValue).joined(separator: " ")
  private static let numbers = EpisodeQuery.Field.allCases.map(\.rawValue).joined(separator: " ")
  private static let lines: [(String, Ink)] = [
    ("All must hold:", .key), (words, .text), ("!word turns one round.", .dim), ("Numbers, < <= = != >= >:", .key),
    (numbers, .text), ("split:shift train hand", .text), ("name: world: agent:", .text),
    ("sort:depart sort:-regret", .key),
  ]
  /// The same in few rows.
  private static let short: [(String, Ink)] = [
    (words, .text), ("lost>0.5, also " + numbers.replacing("lost ", with: ""), .key), ("split:shift train hand", .text),
    ("sort:depart", .key),
  ]

  func draw(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    var y = rect.y
    for (text, ink) in rect.height < 13 ? FilterHelp.short : FilterHelp.lines {
      for part in text.wrapped(to: rect.width) where y < rect.maxY {
        canvas.put(part, x: rect.x, y: y, style: theme.style(ink), width: rect.width)
        y += 1
      }
    }
  }
}
