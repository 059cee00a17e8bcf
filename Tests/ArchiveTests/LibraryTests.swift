import Archive
import Foundation
import Gridworlds
import Testing
import Worlds

private let map = Data("map: |\n  ####\n  #@*#\n  ####\n".utf8)

/// A folder with levels and agents in it.
private func withLevels(_ body: (_ folder: String) throws -> Void) throws {
  try withFolder { folder in
    for name in ["corner/agents", "coinrun", "empty", ".hidden"] {
      try FileManager.default.createDirectory(atPath: "\(folder)/levels/\(name)", withIntermediateDirectories: true)
    }
    for name in ["corner/first.yaml", "corner/behind.yaml", "corner/notes.txt", "coinrun/first.yaml", "corner/.x.yaml"]
    {
      try AtomicFile.write(map, to: "\(folder)/levels/\(name)")
    }
    for name in ["seed-7.safetensors", "seed-1.safetensors", "seed-1.resume.safetensors", "x.yaml"] {
      try AtomicFile.write(map, to: "\(folder)/levels/corner/agents/\(name)")
    }
    try body(folder)
  }
}

@Suite("the library") struct LibraryTests {
  @Test("where no folder was found, that is what is wrong with agents too, and the option is named that finds one")
  func nowhere() throws {
    try withFolder { folder in
      let library = try Library(
        levelsOption: nil, named: "--levels-dir", environment: [:], currentDirectory: folder, executable: nil)
      #expect(
        library.noAgent(of: Corner(size: 13)).description
          == "no folder of levels and agents was found; name one with --levels-dir, or run: wayward train corner-13")
      #expect(library.noAgent(of: Corner()).kind.rawValue == 64)
    }
    try withLevels { folder in
      let library = try Library(levelsOption: "\(folder)/levels", environment: [:], executable: nil)
      #expect(
        library.noAgent(of: Corner(size: 13)).description
          == "\(folder)/levels/corner/agents: there is no trained agent of corner-13; run: wayward train corner-13")
    }
  }

  @Test("levels are found by option, variable, here, above, and beside the program, in this order")
  func order() throws {
    try withLevels { folder in
      for name in ["option", "variable", "levels/corner/deep", "bin", "share/wayward/levels", "elsewhere"] {
        try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      }
      let environment = ["WAYWARD_LEVELS": "\(folder)/variable"]
      func root(_ option: String?, _ environment: [String: String], _ here: String) throws(FileProblem) -> String? {
        try Library(
          levelsOption: option, environment: environment, currentDirectory: here, executable: "\(folder)/bin/wayward"
        ).root
      }
      #expect(try root("\(folder)/option/", environment, folder) == "\(folder)/option")
      #expect(try root(nil, environment, folder) == "\(folder)/variable")
      #expect(try root(nil, [:], folder) == "\(folder)/levels")
      #expect(
        try root(nil, ["WAYWARD_LEVELS": ""], "\(folder)/levels/corner/deep").map(real) == real("\(folder)/levels"))
      #expect(
        problem { () throws(FileProblem) in try root("\(folder)/none", [:], folder) }
          == "\(folder)/none: --levels names no folder; name one that there is")
      #expect(
        problem { () throws(FileProblem) in try root(nil, ["WAYWARD_LEVELS": "\(folder)/none"], folder) }
          == "\(folder)/none: WAYWARD_LEVELS names no folder; name one that there is")
      try AtomicFile.write(Data(), to: "\(folder)/bin/wayward")
      try FileManager.default.moveItem(atPath: "\(folder)/levels", toPath: "\(folder)/moved")
      #expect(try root(nil, [:], folder).map(real) == real("\(folder)/share/wayward/levels"))
    }
  }

  private func real(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }

  @Test("a folder that is called as a level is listed, and one that cannot be read is said to be missing")
  func unreadable() throws {
    try withLevels { folder in
      let corner = "\(folder)/levels/corner"
      try FileManager.default.createDirectory(atPath: "\(corner)/d.yaml", withIntermediateDirectories: false)
      try FileManager.default.removeItem(atPath: "\(corner)/agents")
      try AtomicFile.write(Data(), to: "\(corner)/agents")
      let library = try Library(levelsOption: "\(folder)/levels", environment: [:], executable: nil)
      #expect(library.levels(of: "corner").map(\.reference) == ["corner/behind", "corner/d", "corner/first"])
      #expect(
        problem { () throws(FileProblem) in try library.level("corner/d", world: named) }
          == "\(corner)/d.yaml: this is a folder; name a file in it")
      #expect(
        library.problems(of: "corner").map(\.description) == [
          "\(corner)/agents: a part of the path is no folder; check the path"
        ])
      #expect(library.problems(of: "coinrun").isEmpty && library.problems(of: "none").isEmpty)
    }
  }

  @Test("levels and agents are listed by name")
  func lists() throws {
    try withLevels { folder in
      let library = try Library(levelsOption: "\(folder)/levels", environment: [:], executable: nil)
      #expect(library.families == ["coinrun", "corner", "empty"])
      #expect(library.levels(of: "corner").map(\.reference) == ["corner/behind", "corner/first"])
      #expect(library.levels(of: "corner")[1].path == "\(folder)/levels/corner/first.yaml")
      #expect(library.levels(of: "empty").isEmpty && library.levels(of: "none").isEmpty)
      #expect(library.levels(of: "../levels/corner").isEmpty)
      #expect(
        library.agents(of: "corner").map { ($0 as NSString).lastPathComponent } == [
          "seed-1.safetensors", "seed-7.safetensors",
        ])
    }
  }

  @Test("levels of another program here do not hide ours")
  func foreign() throws {
    try withLevels { folder in
      for name in ["here/levels/e1m1", "here/levels/agents", "bin", "share/wayward/levels"] {
        try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      }
      func root() throws -> String? {
        try Library(
          levelsOption: nil, environment: [:], currentDirectory: "\(folder)/here", executable: "\(folder)/bin/wayward"
        ).root.map(real)
      }
      try AtomicFile.write(Data(), to: "\(folder)/bin/wayward")
      try FileManager.default.moveItem(atPath: "\(folder)/levels", toPath: "\(folder)/moved")
      try AtomicFile.write(Data("monsters:\n  - imp\n".utf8), to: "\(folder)/here/levels/e1m1/things.yaml")
      try AtomicFile.write(map, to: "\(folder)/here/levels/first.yaml")
      #expect(try root() == real("\(folder)/share/wayward/levels"))
      try AtomicFile.write(Data("map: |\n  #A*#\n".utf8), to: "\(folder)/here/levels/e1m1/x.yml")
      #expect(try root() == real("\(folder)/here/levels"), "a level of ours, right or wrong")
    }
  }

  @Test("what is no regular file among the levels is refused, and not waited for")
  func pipes() throws {
    try withLevels { folder in
      let path = "\(folder)/levels/corner/zz.yaml"
      try #require(mkfifo(path, 0o600) == 0)
      let library = try Library(levelsOption: "\(folder)/levels", environment: [:], executable: nil)
      #expect(library.levels(of: "corner").map(\.reference).contains("corner/zz"))
      let found = problem { () throws(FileProblem) in try library.level("corner/zz", world: named) }
      #expect(found == "\(path): this is no regular file; take it out of the folder")
      let read = problem { () throws(FileProblem) in try LevelFile.read(path, reference: "corner/zz", world: named) }
      #expect(read == "\(path): this is no regular file; name one that is")
    }
  }

  @Test("both endings of level files are listed, hidden files are not")
  func endings() throws {
    try withLevels { folder in
      for name in ["second.yml", "first.yml", ".hidden.yml"] {
        try AtomicFile.write(map, to: "\(folder)/levels/corner/\(name)")
      }
      try FileManager.default.createDirectory(
        atPath: "\(folder)/levels/corner/folder.yaml", withIntermediateDirectories: true)
      let library = try Library(levelsOption: "\(folder)/levels", environment: [:], executable: nil)
      let levels = library.levels(of: "corner")
      #expect(levels.map(\.reference) == ["corner/behind", "corner/first", "corner/folder", "corner/second"])
      #expect(levels[1].path.hasSuffix("first.yaml"))
      #expect(try library.level("corner/second", world: named).level.map.width == 4)
    }
  }

  @Test("a file that Git LFS has not fetched is called so by every reader")
  func pointer() throws {
    try withFolder { folder in
      let path = "\(folder)/a"
      try AtomicFile.write(
        Data(
          "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "0", count: 64))\nsize 9\n".utf8),
        to: path)
      let expected =
        "\(path): this is a pointer of Git LFS, and the file itself was not fetched; get it with: git lfs pull"
      #expect(problem { () throws(FileProblem) in try Checkpoint.read(path) } == expected)
      #expect(problem { () throws(FileProblem) in try Checkpoint.head(of: path) } == expected)
      #expect(problem { () throws(FileProblem) in try EpisodeFile.readAll(path, world: named) } == expected)
      #expect(problem { () throws(FileProblem) in try SettingsFile(reading: path) } == expected)
      #expect(
        problem { () throws(FileProblem) in try LevelFile.read(path, reference: "a", world: named) } == expected)
    }
  }

  @Test("a reference names a file or a generated level")
  func references() throws {
    try withLevels { folder in
      let library = try Library(levelsOption: "\(folder)/levels", environment: [:], executable: nil)
      func file(_ path: String, _ reference: String) throws -> LevelReference {
        .file(try #require(try FileReference(path)), reference: reference)
      }
      #expect(try library.resolve("-") == file("-", "-"))
      #expect(
        try library.resolve("corner/first")
          == file("\(folder)/levels/corner/first.yaml", "corner/first"))
      #expect(try library.resolve("a:b.yaml") == file("a:b.yaml", "a:b.yaml"))
      #expect(try library.resolve("corner:train") == .generated(world: "corner", split: .training, seed: 0))
      #expect(
        try library.resolve("corner-13:shift#18446744073709551615")
          == .generated(world: "corner-13", split: .shifted, seed: .max))
      #expect(try library.resolve("corner-13:shift#42").text == "corner-13:shift#42")
      #expect(try library.level("corner/first", world: named).level.reference == "corner/first")
      let drawn = try library.level("corner-13:shift#42", world: named).level
      #expect(drawn == Corner(size: 13).generate(.shifted, seed: 42))
    }
  }

  @Test(
    "a reference to nothing says what there is",
    arguments: [
      (
        "corner/frist",
        "there is no level 'corner/frist' in ROOT; did you mean 'corner/first'? there are: corner/behind, corner/first"
      ),
      ("corner", "there is no level 'corner' in ROOT; there are: corner/behind, corner/first"),
      ("empty/first", "there is no level 'empty/first' in ROOT; there are none"),
      (
        "conrer/first",
        "there is no level 'conrer/first' in ROOT; did you mean 'corner/first'? there are: coinrun, corner, empty"
      ),
      ("zzz/a", "there is no level 'zzz/a' in ROOT; there are: coinrun, corner, empty"),
      (
        "corner/../corner/first",
        "there is no level 'corner/../corner/first' in ROOT; there are: corner/behind, corner/first"
      ),
      ("corner:shfit#1", "there is no distribution 'shfit'; did you mean 'shift'? there are: train, shift"),
      (
        "corner:shift#-1",
        "the seed '-1' is no whole number up to 18446744073709551615; write it like 'corner:shift#42'"
      ),
      ("corner:shift#", "the seed '' is no whole number up to 18446744073709551615; write it like 'corner:shift#42'"),
      (":shift#1", "no world stands before the ':'; write it like 'corner:shift#42'"),
      (
        "cornre:shift#1",
        "there is no world 'cornre'; did you mean 'corner'? there are: \(Catalogue.families.map(\.name).joined(separator: ", "))"
      ),
    ])
  func strangers(text: String, expected: String) throws {
    try withLevels { folder in
      let library = try Library(levelsOption: "\(folder)/levels", environment: [:], executable: nil)
      let found = problem { () throws(FileProblem) in try library.level(text, world: named) }
      #expect(found == expected.replacingOccurrences(of: "ROOT", with: "\(folder)/levels"))
    }
  }
}
