import Gridworlds
import Studies
import TerminalUI
import Viewer
import Worlds

/// Presses keys, moves the mouse and changes the size of every screen at random, and checks after each event that what is
/// shown is what should be.
///
/// The events come in bursts; each has a scene of its own and its own random numbers, so that a burst can be repeated
/// without those before it.
public struct Monkey: Sendable {
  /// How much is done, and from which seed.
  public struct Settings: Sendable {
    /// Keys, pastes and mouse events in all.
    public var keys = 10_000
    /// Changes of the size in all, among the keys.
    public var resizes = 500
    /// The seed of everything.
    public var seed: UInt64 = 1
    /// One scene only, by its name.
    public var scene: String?
    /// One burst only, by its number.
    public var burst: Int?
    /// Names of the worlds whose episodes are shown; every world's unless given.
    public var worlds: [String]?

    /// Keys of a burst.
    var burstLength = 250

    /// The usual run.
    public init() {}
  }

  /// Something that should not be.
  public struct Finding: Sendable, Hashable {
    /// Where it happened, and after which event of the burst.
    public let scene: String, burst: Int, event: Int
    /// What is wrong.
    public let words: String

    /// Something that should not be.
    public init(scene: String, burst: Int, event: Int, words: String) {
      (self.scene, self.burst, self.event, self.words) = (scene, burst, event, words)
    }
  }

  /// What was done and found.
  public struct Report: Sendable {
    /// What was given to the scenes.
    public var keys = 0, resizes = 0, ticks = 0, works = 0, bursts = 0
    /// Answers and reports that a terminal would have sent meanwhile.
    public var answers = 0
    /// What was checked.
    public var pictures = 0, redraws = 0
    /// Bytes that a terminal would have been sent.
    public var bytes = 0
    /// What should not be, the first of it.
    public var findings: [Finding] = []
  }

  /// What is to be done.
  public let settings: Settings
  let scenes: [MonkeyScene]
  let stage: MonkeyStage

  /// The names of the scenes.
  public static var sceneNames: [String] { MonkeyScene.all.map(\.name) }

  /// A monkey; `nil` where the scene or a world is not known.
  public init?(_ settings: Settings) {
    scenes = MonkeyScene.all.filter { settings.scene == nil || $0.name == settings.scene }
    let worlds = settings.worlds.map { $0.compactMap { try? Catalogue.world(named: $0) } } ?? Catalogue.worlds
    guard !scenes.isEmpty, !worlds.isEmpty else { return nil }
    stage = MonkeyStage(worlds: worlds)
    self.settings = settings
  }

  /// How many bursts there are.
  public var burstCount: Int { max(1, (settings.keys + settings.burstLength - 1) / settings.burstLength) }

  /// The command that repeats a burst.
  public func command(burst: Int) -> String {
    "wayward monkey --keys \(settings.keys) --resizes \(settings.resizes) --seed \(settings.seed)"
      + (settings.scene.map { " --scene \($0)" } ?? "") + " --burst \(burst)"
  }

  /// Does it all.
  /// - Parameters:
  ///   - before: told each burst before it begins.
  ///   - trace: told each event before it happens.
  public func run(
    before: (_ burst: Int, _ scene: String, _ report: Report) -> Void = { _, _, _ in },
    trace: ((_ event: String) -> Void)? = nil
  ) -> Report {
    var report = Report()
    for burst in settings.burst.map({ $0..<$0 + 1 }) ?? 0..<burstCount {
      let scene = scenes[burst % scenes.count]
      before(burst, scene.name, report)
      var visit = MonkeyVisit(scene, burst: burst, stage: stage, seed: settings.seed, trace: trace)
      let keys = share(of: settings.keys, in: burst)
      visit.run(keys: keys, resizes: share(of: settings.resizes, in: burst), into: &report)
      report.bursts += 1
      if report.findings.count >= 20 { break }
    }
    return report
  }

  /// A burst's part of so many things, spread evenly.
  private func share(of count: Int, in burst: Int) -> Int {
    let parts = burstCount
    return count * (burst + 1) / parts - count * burst / parts
  }
}
