import Archive
import Foundation
import Gridworlds
import TerminalUI

/// Where the level is kept: what it is called, and the file that it is saved to.
struct LevelShelfmark: Part {
  /// What happened since it was asked last.
  struct News: Sendable {
    /// What a file has now.
    var saved: SketchedLevel?
    /// What is to be told the person.
    var words: String?
  }

  /// What the level is called.
  private(set) var reference: String
  /// Where it is saved unless the user says otherwise.
  private var path: String
  /// Whether this editor has written to it.
  private var hasSaved = false
  /// What would be saved now.
  private var drawn: SketchedLevel
  private var news = News()

  fileprivate static let noFile = "Not saved: name a file, such as mine.yaml, not a folder."

  init(_ drawn: SketchedLevel, reference: String, path: String) {
    (self.drawn, self.reference, self.path) = (drawn, reference, path)
  }

  /// Where a level is saved: the file that it comes from, or one of its name among the world's levels.
  static func path(for reference: String, of world: any World, in folder: String?) -> String {
    if reference.hasSuffix(".yaml") || reference.hasSuffix(".yml") { return reference }
    let parts = reference.split(separator: "/")
    let folder = folder ?? "levels"
    if parts.count == 2, !reference.contains(":") { return "\(folder)/\(reference).yaml" }
    let name = String((parts.last ?? "new").map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    return "\(folder)/\(world.family)/\(name).yaml"
  }

  /// Takes over what is drawn now.
  mutating func follow(_ drawn: SketchedLevel) { self.drawn = drawn }

  /// What happened, once.
  mutating func takeNews() -> News {
    defer { news = News() }
    return news
  }

  func perform(_ command: SaveCommand) -> [Wish<LevelShelfmark>] {
    switch command {
    case .saveLevel:
      if hasSaved || !path.hasSuffix(".yaml") { return [ask(proposing: path)] }
      // What is there is looked up on the other thread: a disk may be slow.
      let path = path
      return [
        .write("editor") { outlet in
          let proposal = LevelShelfmark.vacant(path, outlet)
          return Reply { [$0.ask(proposing: proposal)] }
        }
      ]
    }
  }

  /// A file that is not there yet, so that the level one began with stays: the one of a name, else one beside it.
  private static func vacant(_ path: String, _ outlet: Outlet) -> String {
    guard outlet.exists(path) else { return path }
    let stem = path.dropLast(5)
    return (2...99).lazy.map { "\(stem)-\($0).yaml" }.first { !outlet.exists($0) } ?? path
  }

  private func ask(proposing path: String) -> Wish<LevelShelfmark> {
    .ask(
      Question(TypedLine(label: "save to: ", text: path)) { mark, answer in
        guard answer.kind == .entered else { return [] }
        return mark.save(to: PlainText.trimmed(answer.text).expandedPath, overwrites: false)
      })
  }

  private mutating func save(to path: String, overwrites: Bool) -> [Wish<LevelShelfmark>] {
    guard !path.isEmpty else {
      news.words = "Not saved: no file was named."
      return []
    }
    guard !path.hasSuffix("/"), !["", ".", "..", "-"].contains((path as NSString).lastPathComponent) else {
      news.words = LevelShelfmark.noFile
      return []
    }
    let drawn = drawn
    return [
      .write("editor") { outlet in
        let outcome = SaveOutcome(drawn, to: path, of: outlet, overwrites: overwrites)
        return Reply { $0.saved(outcome) }
      }
    ]
  }

  private mutating func saved(_ outcome: SaveOutcome) -> [Wish<LevelShelfmark>] {
    switch outcome {
    case .saved(let drawn, let path):
      (self.path, reference, hasSaved) = (path, path, true)
      news = News(saved: drawn, words: "Saved to \(path).")
    case .exists(let path):
      // The path may be longer than the row of the question.
      news.words = "\(path) is there already."
      return [
        .ask(
          Question(TypedLine(label: "Write over it? y/n ", isYesOrNo: true)) { mark, answer in
            if answer.kind == .entered { return mark.save(to: path, overwrites: true) }
            mark.news.words = "Not saved: \(path) is as it was."
            return []
          })
      ]
    case .failed(let words):
      news.words = words.prefix(1).uppercased() + words.dropFirst()
    }
    return []
  }
}

/// What became of saving.
private enum SaveOutcome: Sendable {
  case saved(SketchedLevel, path: String)
  /// There is a file, and nobody has said that it may go.
  case exists(path: String)
  case failed(String)

  /// Writes a level file, whole or not at all.
  /// - Parameter overwrites: whether a file that is there may be replaced.
  init(_ drawn: SketchedLevel, to path: String, of outlet: Outlet, overwrites: Bool) {
    if outlet.isFolder(path) {
      self = .failed(LevelShelfmark.noFile)
      return
    }
    // Other endings would not be found again as levels.
    let path = path.hasSuffix(".yaml") || path.hasSuffix(".yml") ? path : path + ".yaml"
    do throws(SketchedLevel.Fault) {
      let level = try drawn.level(reference: path)
      if !overwrites, outlet.exists(path) {
        self = .exists(path: path)
        return
      }
      let problem = outlet.write(LevelFile.print(level, of: drawn.world), path)
      self = problem.map { .failed("\($0)") } ?? .saved(drawn, path: path)
    } catch {
      self = .failed("not saved: \(error)")
    }
  }
}

/// Saving.
enum SaveCommand: PartCommand {
  case saveLevel

  static let keys: [Binding<SaveCommand>] = [
    .init("S", .saveLevel, "Level", "save to a file", footer: "save")
  ]
}
