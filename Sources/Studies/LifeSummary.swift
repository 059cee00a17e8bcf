import Archive
import Worlds

/// The course of a life in a few numbers.
public struct LifeSummary: Sendable {
  /// Steps taken when the last tree was cut for the first time.
  public let firstCollapse: Int?
  /// How often the last tree was cut.
  public let collapses: Int
  /// Steps taken when the tree came back from which on trees have stood since, ``LifeCourse/lasting`` steps at least.
  public let recovery: Int?
  /// Until the first collapse.
  public let before: LifeWindow
  /// From the first collapse to the recovery, or to now.
  public let between: LifeWindow
  /// Since the recovery.
  public let after: LifeWindow

  /// The summary of a course.
  public init(_ course: LifeCourse) {
    let phases = course.phases
    let collapses = course.events.filter { $0.kind == .collapse }
    firstCollapse = collapses.first?.step
    self.collapses = collapses.count
    let isRecovered = course.events.last?.kind == .recovery
    recovery = isRecovered ? phases.last?.start : nil
    before = phases.first?.total ?? LifeWindow()
    between = phases.dropFirst().dropLast(isRecovered ? 1 : 0).map(\.total).reduce(LifeWindow(), +)
    after = isRecovered ? phases.last?.total ?? LifeWindow() : LifeWindow()
  }

  /// A line for people.
  public func text(steps: Int) -> String {
    guard let firstCollapse else {
      return "no collapse in \(grouped(steps)) steps; \(LifeSummary.words(before))"
    }
    let times = collapses == 1 ? "once" : collapses == 2 ? "twice" : "\(collapses) times"
    let ending = recovery.map { "; recovered from step \(grouped($0)) on" } ?? "; not recovered"
    let later = recovery == nil ? "" : "; after \(LifeSummary.words(after))"
    return "first collapse at step \(grouped(firstCollapse)), collapsed \(times) in all\(ending)"
      + "; before \(LifeSummary.words(before)); between \(LifeSummary.words(between))\(later)"
  }

  private static func words(_ window: LifeWindow) -> String {
    let affinity = window.affinity.map { ", affinity \(decimal($0))" } ?? ""
    return "\(decimal(window.rate, 3)) chops a step, \(decimal(window.population, 1)) trees\(affinity)"
  }
}

/// A whole number with commas between its thousands.
public func grouped(_ number: Int) -> String {
  var digits = "\(abs(number))"
  var groups: [Substring] = []
  while digits.count > 3 {
    groups.insert(digits.suffix(3), at: 0)
    digits = String(digits.dropLast(3))
  }
  return (number < 0 ? "-" : "") + ([Substring(digits)] + groups).joined(separator: ",")
}
