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
  @Test("what came before a byte that is no text stays, in whichever piece it came, and its line is named")
  func badByte() throws {
    var bytes = Data(recording().utf8)
    let lines = bytes.split(separator: 0x0A)
    // Five lines into the third episode.
    let line = try #require(lines.indices.filter { lines[$0].starts(with: Data("{\"format\"".utf8)) }.last) + 5
    let place = lines[line].startIndex + 3
    bytes[place] = 0xFF
    let said = "byte \(place) is not UTF-8: from there on nothing is read"
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
