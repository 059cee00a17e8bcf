import Foundation
import Testing

@testable import Viewer

@Suite("Asciicasts")
struct AsciicastTests {
  private static let cast: Asciicast = {
    var cast = Asciicast(
      width: 80, height: 24, title: "corner/first", command: "wayward watch corner/first",
      palette: .init(foreground: "#d3d7dc", background: "#14171c", named: ["#000000", "#ffffff"]), idleLimit: 2)
    cast.add(.output("\u{1B}[1m@\u{1B}[0m \"▸\" \\\r\n"), at: 0)
    cast.add(.marker("step 3: departure\u{1B}[2J"), at: 333)
    cast.add(.output("x"), at: 333)
    cast.add(.resize(width: 90, height: 30), at: 667)
    cast.add(.output("y"), at: 1_000)
    cast.add(.output("late"), at: 500)
    return cast
  }()

  @Test("version 2 as its page describes it: sizes at the top, times since the beginning")
  func second() {
    #expect(
      Self.cast.text(.v2) == #"""
        {"version":2,"width":80,"height":24,"idle_time_limit":2.0,"command":"wayward watch corner/first","title":"corner/first","duration":1.000,"theme":{"fg":"#d3d7dc","bg":"#14171c","palette":"#000000:#ffffff"},"env":{"TERM":"xterm-256color"}}
        [0.000,"o","\u001b[1m@\u001b[0m \"▸\" \\\r\n"]
        [0.333,"m","step 3: departure"]
        [0.333,"o","x"]
        [0.667,"r","90x30"]
        [1.000,"o","y"]
        [1.000,"o","late"]

        """#)
  }

  @Test("version 3 as its page describes it: the terminal in one object, times since the event before")
  func third() {
    #expect(
      Self.cast.text(.v3) == #"""
        {"version":3,"term":{"cols":80,"rows":24,"type":"xterm-256color","theme":{"fg":"#d3d7dc","bg":"#14171c","palette":"#000000:#ffffff"}},"idle_time_limit":2.0,"command":"wayward watch corner/first","title":"corner/first","env":{"TERM":"xterm-256color"}}
        [0.000,"o","\u001b[1m@\u001b[0m \"▸\" \\\r\n"]
        [0.333,"m","step 3: departure"]
        [0.000,"o","x"]
        [0.334,"r","90x30"]
        [0.333,"o","y"]
        [0.000,"o","late"]

        """#)
  }

  @Test("intervals add up to the times they came from, however many there are")
  func noDrift() throws {
    var cast = Asciicast(width: 1, height: 1, title: "", command: "")
    for frame in 0..<3000 { cast.add(.output("."), at: Int((Double(frame) * 1000 / 7).rounded())) }
    func times(_ version: Asciicast.Version) throws -> [Double] {
      try cast.text(version).split(separator: "\n").dropFirst().map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [Any])[0] as? Double ?? -1
      }
    }
    let absolute = try times(.v2)
    #expect(absolute.count == 3000)
    var sum = 0.0
    for (index, interval) in try times(.v3).enumerated() {
      sum += interval
      #expect(abs(sum - absolute[index]) < 1e-6)
      #expect(abs(sum - Double(index) / 7) < 0.001)
    }
  }
}
