import Foundation
import Gridworlds
import Testing
import Worlds

@testable import Archive

/// Three episodes on levels of their own.
private func recording() -> String {
  let world = Corner(size: 7, layout: .open)
  return (0..<3).map { seed in
    var episode = Episode(world: world, level: world.generate(.shifted, seed: UInt64(seed)), agent: "you", seed: 1)
    for step in 0..<20 { episode.advance(step % 4) }
    return EpisodeFile.lines(of: episode)
  }.joined()
}

@Suite("files that make no sense from somewhere on") struct DamageTests {
  /// What damages the second of three episodes: a byte in its header, one in a step, a header that was cut.
  enum Damage: CaseIterable { case header, step, cutHeader }

  @Test("a damaged episode keeps its number, whoever reads, and the others are whole", arguments: Damage.allCases)
  func number(_ damage: Damage) throws {
    var bytes = Data(recording().utf8)
    let lines = bytes.split(separator: 0x0A)
    let headers = lines.indices.filter { lines[$0].starts(with: Data("{\"format\"".utf8)) }
    let line = headers[1] + (damage == .step ? 5 : 0)
    let place = lines[line].startIndex + 40
    let said: String
    switch damage {
    case .header, .step:
      bytes[place] = 0xFF
      bytes[place + 1] = 0xFE
      said = "byte \(place) is not UTF-8"
    case .cutHeader:
      bytes.removeSubrange((place + 60)..<lines[line].endIndex)
      said = "no JSON at byte "
    }
    try withFolder { folder in
      let path = "\(folder)/e.jsonl"
      try bytes.write(to: URL(fileURLWithPath: path))
      try compressed(bytes).write(to: URL(fileURLWithPath: path + ".gz"))
      for path in [path, path + ".gz"] {
        let index = try EpisodeIndex(path: path)
        #expect(index.count == 3 && index.torn == nil)
        for read in [try EpisodeFile.readAll(path, world: named), try index.all(world: named)] {
          #expect(read.map(\.number) == [0, 2] && read.total == 3 && read.map(\.torn) == [nil, nil])
          #expect(read.map(\.episode.steps.count) == [20, 20] && read.map(\.line) == [1, headers[2] + 1])
          #expect(read.problems.count == 1 && read.problems[0].line == line + 1)
          #expect(read.problems[0].cause.hasPrefix(said) && read.problems[0].kind == .badData)
          #expect(throws: read.problems[0]) { try read.place(of: 1) }
          #expect(throws: read.problems[0]) { try index.episode(1, world: named) }
        }
        for number in [0, 2] {
          let alone = try index.episode(number, world: named)
          #expect(alone.line == headers[number] + 1 && alone.episode.steps.count == 20 && alone.torn == nil)
        }
        #expect(throws: FileProblem.self) { try index.episode(3, world: named) }
      }
    }
  }

  @Test("what came before half a character stays, in whichever piece it came, and its line is named")
  func halfCharacter() throws {
    let text = recording()
    let lines = text.split(separator: "\n")
    // Five lines into the third episode.
    let line = try #require(lines.indices.filter { lines[$0].hasPrefix("{\"format\"") }.last) + 5
    var units = Array("\u{FEFF}\(text)".utf16)
    let place = 1 + lines[..<line].reduce(0) { $0 + $1.utf16.count + 1 } + 3
    units[place] = 0xDC00
    let bytes = Data(units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
    let said = "byte \(2 * place) is not UTF-16: from there on nothing is read"
    try withFolder { folder in
      let path = "\(folder)/e.jsonl"
      try bytes.write(to: URL(fileURLWithPath: path))
      let zipped = Process()
      zipped.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      zipped.arguments = ["gzip", "-k", path]
      try zipped.run()
      zipped.waitUntilExit()
      for path in [path, path + ".gz"] {
        let index = try EpisodeIndex(path: path)
        #expect(index.count == 3)
        for read in [try EpisodeFile.readAll(path, world: named), try index.all(world: named)] {
          #expect(read.count == 3 && read.map(\.torn).map { $0 == nil } == [true, true, false])
          #expect(read.map(\.episode.recording?.isCut) == [false, false, true])
          #expect(read[2].episode.steps.count == 4)
          #expect(read.problems.map(\.cause) == [said] && read.problems.map(\.line) == [line + 1])
        }
        for (number, steps) in [20, 20, 4].enumerated() {
          let alone = try index.episode(number, world: named)
          #expect(alone.episode.steps.count == steps && (alone.torn != nil) == (number == 2))
        }
      }
    }
  }

  @Test("braces alone are no recording, and what looks for episodes tells how many it found")
  func begins() throws {
    try withFolder { folder in
      for (text, isLike) in [
        ("{{{{\n", false), ("{ \"a\": 1}\n", true), ("{}\n", true), ("{", true), ("map: |\n", false),
      ] {
        try AtomicFile.write(Data(text.utf8), to: "\(folder)/a")
        #expect(try SeekableText(path: "\(folder)/a").beginsWithObject == isLike, "\(text)")
      }
      try AtomicFile.write(Data(recording().utf8), to: "\(folder)/e")
      var told: [Int] = []
      let index = try EpisodeIndex(path: "\(folder)/e") { told.append($0) }
      #expect(index.count == 3 && told.last == 3)
    }
  }

  @Test("what follows compressed data takes none of it away")
  func garbage() throws {
    try withFolder { folder in
      let path = "\(folder)/e.jsonl"
      try Data(recording().utf8).write(to: URL(fileURLWithPath: path))
      let zipped = Process()
      zipped.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      zipped.arguments = ["sh", "-c", "gzip -c '\(path)' > '\(path).gz'; echo more >> '\(path).gz'"]
      try zipped.run()
      zipped.waitUntilExit()
      let index = try EpisodeIndex(path: path + ".gz")
      #expect(index.count == 3 && index.torn?.cause.hasPrefix("something that is not compressed follows") == true)
      for read in [try EpisodeFile.readAll(path + ".gz", world: named), try index.all(world: named)] {
        #expect(read.count == 3 && read.problems.count == 1)
        #expect(read.problems[0].cause.hasPrefix("something that is not compressed follows"))
        // They stop before their ends of themselves; of the last one nobody knows.
        #expect(read.map(\.episode.steps.count) == [20, 20, 20])
      }
    }
  }

  @Test("the copy of what can be read once only is limited")
  func copy() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data(repeating: 0x20, count: 5_000))
    try pipe.fileHandleForWriting.close()
    let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    #expect(
      problem { () throws(FileProblem) in try SeekableText(path: path, largestCopy: 4 << 10) }
        == "\(path): there are more than 4 kB, and so much is read only from a file of UTF-8; write it to one, and name "
        + "that")
    try pipe.fileHandleForReading.close()
    #expect(BoundedFile.bytes(BoundedFile.largestOutput) == "2 GB")
  }
}
