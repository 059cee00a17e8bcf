import Archive
import Studies

/// A life as text, as CSV and as the documented JSON. The same seed gives the same bytes.
public struct LifeReport {
  private let life: TreeLife
  private let summary: LifeSummary

  /// The report of a life as it stands.
  public init(_ life: TreeLife) {
    self.life = life
    summary = LifeSummary(life.course)
  }

  /// The first line of the CSV. Windows have as many steps as their phase's length asks for.
  public static let header = "seed,phase,forest,from,steps,population,chops_per_step,affinity"

  /// A line a window.
  public var csv: String {
    var lines: [String] = []
    for (number, phase) in life.course.phases.enumerated() {
      var from = phase.start
      for window in phase.windows where window.steps > 0 {
        let affinity = window.affinity.map { "\(LifeReport.rounded($0))" } ?? ""
        lines.append(
          "\(life.settings.seed),\(number),\(phase.isEmpty ? "empty" : "standing"),\(from),\(window.steps),"
            + "\(LifeReport.rounded(window.population)),\(LifeReport.rounded(window.rate)),\(affinity)")
        from += window.steps
      }
    }
    return lines.joined(separator: "\n")
  }

  /// One object: settings, summary, events and windows; `null` where there is none.
  public var json: JSON {
    func step(_ value: Int?) -> JSON { value.map { .integer($0) } ?? .null }
    func members(_ window: LifeWindow) -> [JSON.Member] {
      [
        .init("steps", .integer(window.steps)), .init("population", .double(LifeReport.rounded(window.population))),
        .init("chops_per_step", .double(LifeReport.rounded(window.rate))),
        .init("affinity", window.affinity.map { .double(LifeReport.rounded($0)) } ?? .null),
      ]
    }
    let settings = life.settings
    let windows = life.course.phases.enumerated().flatMap { number, phase in
      var from = phase.start
      return phase.windows.filter { $0.steps > 0 }.map { window -> JSON in
        defer { from += window.steps }
        return .object(
          [
            .init("phase", .integer(number)), .init("forest", .string(phase.isEmpty ? "empty" : "standing")),
            .init("from", .integer(from)),
          ] + members(window))
      }
    }
    return .object([
      .init("world", .string("trees")), .init("seed", .integer(settings.seed)), .init("steps", .integer(life.steps)),
      .init("step_size", .double(settings.stepSize)), .init("discount", .double(settings.discount)),
      .init("exploration", .double(settings.exploration)), .init("hope", .double(settings.hope)),
      .init("least", .double(settings.least)), .init("first_collapse", step(summary.firstCollapse)),
      .init("collapses", .integer(summary.collapses)), .init("recovery", step(summary.recovery)),
      .init("before", .object(members(summary.before))), .init("between", .object(members(summary.between))),
      .init("after", .object(members(summary.after))),
      .init("random_chops_per_step", .array(life.rates.random.map { .double(LifeReport.rounded($0)) })),
      .init("greedy_chops_per_step", .array(life.rates.greedy.map { .double(LifeReport.rounded($0)) })),
      .init(
        "events",
        .array(
          life.course.events.map {
            .object([.init("event", .string($0.kind.rawValue)), .init("step", .integer($0.step))])
          })), .init("windows", .array(windows)),
    ])
  }

  /// A table of its phases, the summary and the policy.
  public var text: String {
    var table = TextTable(
      ["from step", "steps", "trees", "chops/step", "affinity"].map { .init($0, .right, width: 12) })
    for phase in life.course.phases {
      var from = phase.start
      for window in phase.isEmpty ? [phase.total] : phase.parts(phase.start == 0 ? 8 : 4) where window.steps > 0 {
        let affinity = window.affinity.map { decimal($0) } ?? "no tree"
        table.rows.append([
          grouped(from), grouped(window.steps), decimal(window.population), decimal(window.rate, 3), affinity,
        ])
        from += window.steps
      }
    }
    return
      (["life of seed \(life.settings.seed), \(grouped(life.steps)) steps"] + table.lines + [
        "summary: " + summary.text(steps: life.steps), "policy: " + TreeHabits(life.table).words,
      ]).joined(separator: "\n")
  }

  private static func rounded(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }
}
