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
}
