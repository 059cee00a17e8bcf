import Archive
import Foundation
import Gridworlds
import Testing
import Worlds

private let world = Corner(size: 7, layout: .open)

/// Goes anywhere.
private struct Wanderer: Policy {
  let name = "wanderer"
  func decide(in situation: Situation) -> Decision { Decision(probabilities: [0.25, 0.25, 0.25, 0.25]) }
}

private func recording(_ count: Int = 2, title: String = "") throws -> String {
  try (0..<count).map { number in
    let drawn = world.generate(.shifted, seed: UInt64(number))
    let level = try Level(of: world, reference: drawn.reference, title: title, map: drawn.map, timeLimit: 5)
    return EpisodeFile.lines(of: world.rollout(level, policy: Wanderer(), seed: 1))
  }.joined()
}

private let map = "map: |\n  #####\n  #@.*#\n  #####\n"

/// What PowerShell, editors and Python make of a text.
private let encodings: [(name: String, encode: @Sendable (String) -> Data)] = [
  ("UTF-8", { Data($0.utf8) }),
  ("UTF-8 with a mark", { Data([0xEF, 0xBB, 0xBF]) + Data($0.utf8) }),
  ("UTF-16, little first", { Data([0xFF, 0xFE]) + utf16($0, isBig: false) }),
  ("UTF-16, big first", { Data([0xFE, 0xFF]) + utf16($0, isBig: true) }),
  ("UTF-16 without a mark", { utf16($0, isBig: false) }),
  ("UTF-16, big first, without a mark", { utf16($0, isBig: true) }),
  (
    "UTF-16 with the line ends of Windows",
    { Data([0xFF, 0xFE]) + utf16($0.replacing("\n", with: "\r\n"), isBig: false) }
  ),
]

private func utf16(_ text: String, isBig: Bool) -> Data {
  Data(text.utf16.flatMap { isBig ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
}

/// Bytes as `gzip` makes them.
func compressed(_ data: Data) throws -> Data {
  try withFolder { folder in
    try AtomicFile.write(data, to: "\(folder)/a")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "\(folder)/a"]
    try process.run()
    process.waitUntilExit()
    return try Data(contentsOf: URL(fileURLWithPath: "\(folder)/a.gz"))
  }
}

@Suite("how text is encoded") struct EncodingTests {
  @Test("every reader reads every encoding alike, as bytes and as files", arguments: encodings.indices)
  func alike(_ index: Int) throws {
    let encode = encodings[index].encode
    try withFolder { folder in
      func file(_ name: String, _ text: String) throws -> String {
        try AtomicFile.write(encode(text), to: "\(folder)/\(name)")
        return "\(folder)/\(name)"
      }
      let text = try recording(title: "Käse 🧀")
      let path = try file("e.jsonl", text)
      let plain = try EpisodeFile.parse(Data(text.utf8), path: "e", world: named)
      for read in [
        try EpisodeFile.readAll(path, world: named),
        try EpisodeFile.parse(encode(text), path: "e", world: named),
        try EpisodeIndex(path: path).all(world: named),
      ] {
        #expect(read.map { EpisodeFile.lines(of: $0.episode) } == plain.map { EpisodeFile.lines(of: $0.episode) })
        #expect(read.map(\.line) == plain.map(\.line) && read.problems == [])
      }
      let found = try EpisodeIndex(path: path)
      #expect(found.count == 2 && found.torn == nil)
      #expect(try found.episode(1, world: named).line == plain[1].line)

      let level = try LevelFile.read(
        try file("a.yaml", "world: corner\ntitle: Käse\n" + map), reference: "a", world: named)
      #expect(level.level.title == "Käse" && level.level.map.width == 5)

      let path2 = try file("settings.yaml", "theme: light\nkeys:\n  replay:\n    first: \"g\"\n")
      #expect(try SettingsFile(reading: path2).entries.map(\.value) == ["light", "g"])
      _ = SettingsFile.keep(["theme"], "mono", in: path2)
      #expect(try SettingsFile(reading: path2).entries.map(\.value) == ["mono", "g"])

      var lines = try LineSource(path: try file("shard.json", "{\"a\":1}\n{\"b\":\"ü\"}\n"))
      var seen: [String] = []
      while let line = try lines.next() { seen.append(String(decoding: line, as: UTF8.self)) }
      #expect(seen == ["{\"a\":1}", "{\"b\":\"ü\"}"] && lines.line == 2)
    }
  }

  @Test("text comes out the same wherever its pieces are cut", arguments: encodings.indices)
  func pieces(_ index: Int) throws {
    // Longer than what is read at once, with characters of every length across each border.
    let text = String(repeating: "{\"k\":\"aé€🧀\"}\n", count: 9_001)
    try withFolder { folder in
      try AtomicFile.write(encodings[index].encode(text), to: "\(folder)/a")
      var lines = try LineSource(path: "\(folder)/a")
      var count = 0
      while let line = try lines.next() {
        count += String(decoding: line, as: UTF8.self) == "{\"k\":\"aé€🧀\"}" ? 1 : 0
      }
      #expect(count == 9_001)
    }
  }

  @Test("files of several marks, put one behind the other, are read")
  func concatenated() throws {
    let one = Data([0xEF, 0xBB, 0xBF]) + Data(try recording(1).utf8)
    #expect(try EpisodeFile.parse(one + one, path: "e", world: named).count == 2)
    try withFolder { folder in
      try AtomicFile.write(one + one, to: "\(folder)/e")
      let index = try EpisodeIndex(path: "\(folder)/e")
      #expect(index.count == 2)
      #expect(try index.episode(1, world: named).number == 1)
    }
  }

  @Test(
    "what is none of these is refused by line, with what to do",
    arguments: [
      (Data("{}\n{\"a\":\"".utf8) + [0xE9] + Data("\"}\n".utf8), "e:2: byte 9 is not UTF-8; save the file as UTF-8"),
      (Data([0xFF, 0xFE, 0x7B, 0, 0, 0xD8, 0x7D, 0]), "e:1: byte 4 is not UTF-16; save the file as UTF-8"),
      (Data([0xFF, 0xFE, 0, 0, 0x7B, 0, 0, 0]), "e:1: the text is UTF-32; save the file as UTF-8"),
      (Data([0x7B, 0, 0, 0]), "e:1: the text is UTF-32; save the file as UTF-8"),
    ] as [(Data, String)])
  func refused(_ bytes: Data, _ expected: String) {
    func all() throws(FileProblem) {
      var lines = LineSource(bytes, path: "e")
      while try lines.next() != nil {}
    }
    #expect(problem { () throws(FileProblem) in try all() } == expected)
    let level = problem { () throws(FileProblem) in
      try LevelFile.parse(bytes, path: "e", reference: "e", world: named)
    }
    #expect(level == expected)
    // Of settings the other lines stand.
    let settings = Result { () throws(FileProblem) in try SettingsFile(bytes, path: "e").problems.first }
    switch settings {
    case .success(let problem): #expect(problem?.description == expected)
    case .failure(let problem): #expect(problem.description == expected)
    }
  }

  @Test(
    "numbers that JSON does not have are refused by their name",
    arguments: ["NaN", "Infinity", "-Infinity"])
  func notFinite(_ word: String) throws {
    for (old, new) in [("\"reward\":0.0", "\"reward\": \(word)"), ("\"t\":0", "\"x\":[1,\(word)],\"t\":0")] {
      let text = try recording(1).replacing(old, with: new)
      let found = try #require(
        problem { () throws(FileProblem) in
          try EpisodeFile.parse(Data(text.utf8), path: "e", world: named)
        })
      #expect(found.hasPrefix("e:2: no JSON at byte "))
      #expect(found.hasSuffix(": \(word) is no number of JSON; write null where there is none"))
    }
  }
}

@Suite("compressed files") struct CompressedFileTests {
  @Test("what gzip has made is read whatever it is called")
  func read() throws {
    let text = try recording()
    try withFolder { folder in
      for name in ["e.jsonl.gz", "e.jsonl"] {
        try AtomicFile.write(try compressed(Data(text.utf8)), to: "\(folder)/\(name)")
        #expect(try EpisodeFile.readAll("\(folder)/\(name)", world: named).count == 2)
        let index = try EpisodeIndex(path: "\(folder)/\(name)")
        #expect(index.count == 2)
        #expect(try index.episode(1, world: named).episode.recording?.isReproduced == true)
      }
      let utf16 = encodings[2].encode("world: corner\n" + map)
      try AtomicFile.write(try compressed(utf16), to: "\(folder)/a.yaml.gz")
      #expect(try LevelFile.read("\(folder)/a.yaml.gz", reference: "a", world: named).level.map.width == 5)
    }
  }

  @Test("what comes out is limited")
  func limited() throws {
    let bomb = try compressed(Data(repeating: 0x0A, count: 3 << 20))
    #expect(bomb.count < 10_000)
    try withFolder { folder in
      let path = "\(folder)/bomb.gz"
      try AtomicFile.write(bomb, to: path)
      #expect(
        problem { () throws(FileProblem) in try BoundedFile.read(path, limit: 1 << 20) }
          == "\(path): the file has more than 1 MB; only smaller files are read")
      func all() throws(FileProblem) {
        var lines = try LineSource(path: path, largestOutput: 1 << 20)
        while try lines.next() != nil {}
      }
      #expect(
        problem { () throws(FileProblem) in try all() }
          == "\(path): more than 1 MB come out of the compressed file; "
          + "decompress it with gzip -d first, if it is to be that large")
    }
  }

  @Test("of damaged data the whole episodes stay, and what follows is said")
  func damaged() throws {
    // Long and hardly compressible, so that something comes out before the cut.
    let text = try recording(60)
    let data = try compressed(Data(text.utf8))
    try withFolder { folder in
      let path = "\(folder)/e.jsonl.gz"
      try AtomicFile.write(data.prefix(data.count * 3 / 4), to: path)
      let read = try EpisodeFile.readAll(path, world: named)
      #expect(read.count > 10 && read.count < 60)
      let said = "the compressed data is damaged, or ends too early: from there on nothing is read"
      #expect(read.problems.map(\.cause) == [said])
      #expect(try EpisodeIndex(path: path).torn?.cause.hasPrefix("the compressed data is damaged") == true)
      try AtomicFile.write(data.prefix(20), to: path)
      #expect(problem { () throws(FileProblem) in try EpisodeFile.readAll(path, world: named) } != nil)
      try AtomicFile.write(data + Data("more".utf8), to: path)
      let problems = try EpisodeFile.readAll(path, world: named).problems
      #expect(problems.map(\.cause).first?.hasPrefix("something that is not compressed follows") == true)
    }
  }
}

@Suite("recordings that were cut") struct TornFileTests {
  @Test("cut at any byte, the steps before it stay, and what was left out is said")
  func anywhere() throws {
    let text = try recording(2)
    let whole = try EpisodeFile.parse(Data(text.utf8), path: "e", world: named)
    let first = EpisodeFile.lines(of: whole[0].episode).utf8.count
    for count in first...text.utf8.count {
      let read = try EpisodeFile.parse(Data(text.utf8.prefix(count)), path: "e", world: named)
      #expect(read[0].torn == nil)
      #expect(EpisodeFile.lines(of: read[0].episode) == EpisodeFile.lines(of: whole[0].episode))
      let lines = text.utf8.prefix(count).filter { $0 == 0x0A }.count
      if read.count > 1 {
        let steps = read[1].episode.steps
        #expect(steps.elementsEqual(whole[1].episode.steps.prefix(steps.count)))
        let isStopped = read[1].episode.conclusion == .stopped
        #expect((read[1].torn != nil) == (isStopped && !read.problems.isEmpty), "\(count)")
      }
      for problem in read.problems {
        #expect(problem.line == lines + 1)
        #expect(problem.cause == "the last line was cut, and is left out")
      }
      // A cut between lines, or before a line's end, loses nothing of a line.
      let last = text.utf8.prefix(count).last
      #expect(read.problems.isEmpty == (last == 0x0A || last == UInt8(ascii: "}") && isWhole(text, count)), "\(count)")
    }
  }

  private func isWhole(_ text: String, _ count: Int) -> Bool {
    text.utf8.dropFirst(count).first == 0x0A
  }

  @Test("a file of nothing but a cut line has no episode, and says why")
  func nothing() throws {
    let text = try recording(1)
    #expect(
      problem { () throws(FileProblem) in
        try EpisodeFile.parse(Data(text.utf8.prefix(100)), path: "e", world: named)
      } == "e:1: the last line was cut, and is left out; what was recorded before it is kept")
  }

  @Test("one bad episode leaves the others with their numbers, and says what is wrong with it")
  func bad() throws {
    var lines = try recording(3).split(separator: "\n").map(String.init)
    let second = try #require(lines.indices.dropFirst().first { lines[$0].contains("format") })
    lines[second + 1] = "{\"t\":NaN}"
    let text = lines.joined(separator: "\n") + "\n"
    let read = try EpisodeFile.parse(Data(text.utf8), path: "e", world: named)
    #expect(read.map(\.number) == [0, 2] && read.total == 3)
    #expect(read.problems.map(\.line) == [second + 2])
    #expect(try read.place(of: 2) == 1)
    #expect(throws: read.problems[0]) { try read.place(of: 1) }
    #expect(
      problem { () throws(FileProblem) in try read.place(of: 3) }
        == "e: there is no episode 4; it has 3, counted from 1")
  }
}

@Suite("how files are named") struct FileReferenceTests {
  @Test("a file of exactly that name comes first, then the number of an episode")
  func names() throws {
    try withFolder { folder in
      for name in ["two.jsonl", "x#2.jsonl", "two.jsonl#2", "lvl:shift#42.yaml", "b#3", "sp ace", "plain"] {
        try AtomicFile.write(Data("x".utf8), to: "\(folder)/\(name)")
        #expect(try FileReference("\(folder)/\(name)")?.path == "\(folder)/\(name)")
        #expect(try FileReference("\(folder)/\(name)")?.episode == nil)
        #expect(try FileReference("\(folder)/\(name)#7")?.path == "\(folder)/\(name)")
        #expect(try FileReference("\(folder)/\(name)#7")?.episode == 6)
      }
      for number in ["0", "00", "99999999999999999999"] {
        #expect(
          problem { () throws(FileProblem) in try FileReference("\(folder)/two.jsonl#\(number)") }?
            .hasSuffix(
              "names no episode; they count from 1: \(PlainText.stripped("\(folder)/two.jsonl", limit: 60))#1 is the first"
            ) == true)
      }
      #expect(try FileReference("\(folder)/none.jsonl#3")?.path == "\(folder)/none.jsonl")
      #expect(try FileReference("\(folder)/none.jsonl.gz")?.episode == nil)
      #expect(try FileReference(folder) == nil && FileReference("corner/first") == nil)
      #expect(try FileReference("corner:shift#42") == nil && FileReference("") == nil && FileReference("a\0") == nil)
      #expect(try FileReference("-#2")?.isStandardInput == true && FileReference("-#2")?.episode == 1)
    }
  }

  @Test("what is in a file tells whether it is a level or a recording, a pipe's too")
  func content() throws {
    let text = try recording(2)
    try withFolder { folder in
      let library = try Library(levelsOption: folder, environment: [:], executable: nil)
      try AtomicFile.write(Data(text.utf8), to: "\(folder)/b#3")
      try AtomicFile.write(Data(("world: corner\n" + map).utf8), to: "\(folder)/level:shift#1")
      guard case .episodes(let index, 1) = try library.subject("\(folder)/b#3#2", world: named) else {
        Issue.record("no recording")
        return
      }
      #expect(index.count == 2)
      guard case .level(_, let level, let path?) = try library.subject("\(folder)/level:shift#1", world: named) else {
        Issue.record("no level")
        return
      }
      #expect(level.map.width == 5 && path == "\(folder)/level:shift#1")
      #expect(try library.level("\(folder)/b#3", world: named).level.map == world.generate(.shifted, seed: 0).map)
      #expect(try library.level("\(folder)/b#3#2", world: named).level.map == world.generate(.shifted, seed: 1).map)
      for content in [text, "world: corner\n" + map] {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data(content.utf8))
        try pipe.fileHandleForWriting.close()
        let number = pipe.fileHandleForReading.fileDescriptor
        switch try library.subject("/dev/fd/\(number)", world: named) {
        case .episodes(let index, nil):
          #expect(content == text && index.count == 2)
          #expect(try index.episode(1, world: named).episode.recording?.isReproduced == true)
        case .level(_, let level, nil): #expect(content != text && level.map.width == 5)
        default: Issue.record("it was neither")
        }
        try pipe.fileHandleForReading.close()
      }
    }
  }
}
