import Gridworlds
import TerminalUI
import Testing
import Worlds

@testable import Viewer
@testable import Workshop

@Suite("The monkey")
struct MonkeyTests {
  private func settings(_ keys: Int, seed: UInt64 = 1) -> Monkey.Settings {
    var settings = Monkey.Settings()
    (settings.keys, settings.resizes, settings.seed) = (keys, keys / 10, seed)
    settings.worlds = ["corner", "coinrun", "follow"]
    // Bursts as short as tests need them.
    settings.burstLength = 60
    return settings
  }

  @Test("every scene takes random keys, sizes, mouse and late work, and shows what a full redraw would")
  func everyScene() throws {
    let keys = MonkeyScene.all.count * 60
    let report = try #require(Monkey(settings(keys))).run()
    #expect(report.findings.isEmpty, "\(report.findings)")
    #expect(report.keys == keys && report.resizes == keys / 10)
    #expect(report.pictures > keys && report.works > 0 && report.ticks > 0)
  }

  @Test("the same seed does the same, another seed another thing, and a burst can be repeated by itself")
  func seeds() throws {
    func trace(_ seed: UInt64, burst: Int?) throws -> [String] {
      var settings = settings(120, seed: seed)
      (settings.scene, settings.burst) = ("prompt", burst)
      var lines: [String] = []
      _ = try #require(Monkey(settings)).run(trace: { lines.append($0) })
      return lines
    }
    let all = try trace(5, burst: nil)
    #expect(try trace(5, burst: nil) == all)
    #expect(try trace(6, burst: nil) != all)
    let second = try trace(5, burst: 1)
    #expect(Array(all.suffix(second.count)) == second)
  }

  @Test("a scene or a world that there is not is no monkey")
  func unknown() {
    var settings = settings(10)
    settings.scene = "attic"
    #expect(Monkey(settings) == nil)
    settings = self.settings(10)
    settings.worlds = ["atlantis"]
    #expect(Monkey(settings) == nil)
  }

  /// A room that does what rooms must not.
  private struct BadRoom: Room {
    enum Fault { case footer, tired }
    let fault: Fault
    var menu: Menu<BadRoom> { Menu(Menu.program(ProgramCommand.anywhere)) }
    var frameInterval: Double? { fault == .tired ? 0 : nil }
    mutating func receive(_ event: RoomEvent) -> [Wish<BadRoom>] { [] }
    func draw(into canvas: inout Canvas, theme: Theme) {
      if fault == .footer { canvas.put("too low", x: 60, y: canvas.size.height - 1) }
    }
  }

  @Test("what must not be is found: drawing in the footer, a frame that takes no time")
  func findings() throws {
    for (fault, words) in [(BadRoom.Fault.footer, "footer"), (.tired, "frame interval")] {
      let scene = MonkeyScene("bad") { _, _ in BadRoom(fault: fault) }
      var report = Monkey.Report()
      let stage = MonkeyStage(worlds: [Corner()])
      var visit = MonkeyVisit(scene, burst: 0, stage: stage, seed: 1, trace: nil)
      visit.run(keys: 40, resizes: 0, into: &report)
      #expect(report.findings.contains { $0.words.contains(words) }, "\(report.findings)")
    }
  }
}
