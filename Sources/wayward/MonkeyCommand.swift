import Archive
import ArgumentParser
import Foundation
import Studies
import TerminalUI
import Viewer
import Workshop

/// `wayward monkey`: random keys, mouse and sizes against every screen.
struct MonkeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "monkey",
    abstract: "Press random keys, move the mouse and change the size of every screen, and check what is shown.",
    discussion: """
      After each event the screen is drawn, sent to a terminal in memory as changes only, and compared with a full \
      redraw: no stale cell, nothing beyond the screen, nothing in the footer's row but the footer, the same moment twice \
      alike. Meanwhile the terminal sends answers and reports that nobody asked for, which must not act as keys. Nothing is read or written but in a folder that is made for it. The same seed does the same; a burst of events \
      can be repeated by itself. Exit status 70 where something is wrong.
      """)

  @Option(help: "Keys, pastes and mouse events.", transform: whole(1...1_000_000_000))
  var keys = 100_000

  @Option(help: "Changes of the size; one to 20 keys unless given.", transform: whole(0...1_000_000_000))
  var resizes: Int?

  @Option(help: "The seed of everything.", transform: whole(0...UInt64.max))
  var seed: UInt64 = 1

  @Option(help: "One scene only: \(Monkey.sceneNames.joined(separator: ", ")).")
  var scene: String?

  @Option(help: "One burst of events only, as a finding names it.", transform: whole(0...Int.max))
  var burst: Int?

  @Flag(help: "Print each event before it happens, on standard error.")
  var trace = false

  @Flag(help: "Show the progress even where standard error is no terminal.")
  var progress = false

  func validate() throws {
    if let resizes, !(0...keys).contains(resizes) { throw ValidationError("--resizes is from 0 to \(keys), the keys") }
    if let scene, !Monkey.sceneNames.contains(scene) {
      throw ValidationError("\(FileProblem.unknown("scene", scene, among: Monkey.sceneNames))")
    }
  }

  func run() throws {
    try Interruption.withTemporaryFolder("wayward-monkey", run(in:))
  }

  private func run(in folder: String) throws {
    let back = FileManager.default.currentDirectoryPath
    defer { _ = FileManager.default.changeCurrentDirectoryPath(back) }
    // What a screen keeps, it keeps there.
    guard FileManager.default.changeCurrentDirectoryPath(folder) else { throw ExitCode(74) }
    for name in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"] { setenv(name, folder, 1) }

    var settings = Monkey.Settings()
    (settings.keys, settings.resizes, settings.seed) = (keys, resizes ?? keys / 20, seed)
    (settings.scene, settings.burst) = (scene, burst)
    guard let monkey = Monkey(settings) else { throw ExitCode(70) }
    if let burst, burst >= monkey.burstCount { throw ValidationError("--burst is below \(monkey.burstCount) here") }
    let start = ContinuousClock.now
    let meter = MonkeyMeter(total: monkey.burstCount, isShown: progress || isatty(STDERR_FILENO) != 0)
    var memory = MemoryWatch()
    var report = monkey.run(
      before: { number, scene, report in
        setLastWord(
          "wayward: a fault in the scene \(scene); reproduce with: \(monkey.command(burst: number)) --trace\n")
        meter.show(number, scene, report, after: ContinuousClock.now - start)
        memory.look(at: number)
      },
      trace: trace ? { Output.remark("\($0)\n") } : nil)
    setLastWord("")
    meter.clear()
    if let growth = memory.growth, burst == nil {
      report.findings.append(.init(scene: "all", burst: 0, event: 0, words: growth))
    }
    try show(report, monkey, took: ContinuousClock.now - start, peak: memory.peak)
    if !report.findings.isEmpty { throw ExitCode(70) }
  }

  private func show(_ report: Monkey.Report, _ monkey: Monkey, took: Duration, peak: Int) throws {
    try Output.line(
      "\(report.keys) keys, pastes and mouse events, \(report.resizes) sizes, \(report.ticks) ticks and "
        + "\(report.works) works, \(report.answers) answers of a terminal in \(report.bursts) bursts, seed \(seed)")
    try Output.line(
      "\(report.pictures) screens drawn, each compared with a full redraw; \(report.redraws) drawn twice; "
        + "\(report.bytes) bytes for the terminal")
    for finding in report.findings {
      try Output.line("FOUND in \(finding.scene), event \(finding.event): \(finding.words)")
      try Output.line("  reproduce with: \(monkey.command(burst: finding.burst)) --trace")
    }
    try Output.line(report.findings.isEmpty ? "nothing found" : "\(report.findings.count) findings")
    try Output.flush()
    let seconds = took / .seconds(1)
    // Of the processor's time, which other programs do not shorten.
    let worked = Double(clock()) / Double(CLOCKS_PER_SEC)
    Wayward.complain(
      "\(decimal(seconds, 1)) s, \(decimal(Double(report.keys) / max(worked, 0.001), 0)) keys a second of the processor"
        + (peak > 0 ? ", at most \(peak / 1_048_576) MB" : ""))
  }
}

/// How far the monkey is, in a line on standard error.
private final class MonkeyMeter {
  private let total: Int
  private let isShown: Bool
  private var last = Duration.seconds(-1)

  init(total: Int, isShown: Bool) { (self.total, self.isShown) = (total, isShown) }

  func show(_ burst: Int, _ scene: String, _ report: Monkey.Report, after time: Duration) {
    guard isShown, time - last > .milliseconds(200) else { return }
    last = time
    let filled = burst * 30 / max(1, total)
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: max(0, 30 - filled))
    let line =
      "[\(bar)] \(burst * 100 / max(1, total)) %  \(report.keys) keys, \(report.findings.count) findings  \(scene)"
    Output.remark("\r\(line)\u{1B}[K")
  }

  func clear() { if isShown { Output.remark("\r\u{1B}[K") } }
}

/// The memory of this process, where the system tells.
private struct MemoryWatch {
  private(set) var peak = 0
  private var settled: Int?
  private var now = 0

  /// Reads it now and then; what the first bursts fill, caches and libraries, is no growth.
  mutating func look(at burst: Int) {
    guard burst % 16 == 0, let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
      let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return }
    now = pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    peak = max(peak, now)
    if settled == nil, burst >= 256 { settled = peak }
  }

  /// What to say where the process has grown beyond what its scenes need.
  var growth: String? {
    guard let settled, now > 2 * settled + 268_435_456 else { return nil }
    return "memory grew from \(settled / 1_048_576) to \(now / 1_048_576) MB"
  }
}
