/// What a reader finds wrong with a file, one thing after another, so that all of it can be said at once.
struct Findings {
  /// More problems of one file than this are not told.
  static let most = 100

  let place: FilePlace
  /// In the order in which they were found: the first ones explain those that follow.
  private(set) var problems: [FileProblem] = []

  init(_ place: FilePlace) { self.place = place }

  mutating func note(_ problem: FileProblem) {
    if problems.count < Findings.most {
      problems.append(problem)
    } else if problems.count == Findings.most {
      problems.append(place.bad("there are more problems than these", mend: "mend them first"))
    }
  }

  mutating func note(_ cause: String, line: Int?, mend: String) { note(place.bad(cause, line: line, mend: mend)) }

  /// What `body` gives; `nil` where it throws, which is noted.
  mutating func noting<Value>(_ body: () throws(FileProblem) -> Value) -> Value? {
    do throws(FileProblem) {
      return try body()
    } catch {
      note(error)
      return nil
    }
  }
}
