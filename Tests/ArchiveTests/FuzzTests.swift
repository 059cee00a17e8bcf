import Archive
import Foundation
import Gridworlds
import Learning
import Testing
import Worlds

/// Parsers may refuse what they are given or take it. What they may not is trap or hang: then the run dies.
@Suite("mutated files") struct FuzzTests {
  @Test("YAML of brackets, quotes and marks is refused or read", arguments: 0..<4)
  func yaml(seed: Int) {
    var random = RandomSource(seed: UInt64(100 + seed))
    let words = [
      "a", ":", " ", "  ", "\n", "\n  ", "- ", "? ", ": ", "[", "]", "{", "}", ",", "&a", "*a", "!b ", "\"", "'", "|\n",
      ">\n", "|2\n", "#", " #", "%", "---\n", "title: ", "goals: ", "map: |\n", "<<: ", "@", "\\", "~", "0x1", "é",
      "\r\n",
    ]
    for _ in 0..<1500 {
      let text = (0...random.below(40)).map { _ in random.pick(words) ?? "" }.joined()
      do throws(FileProblem) {
        _ = try LevelFile.parse(Data(text.utf8), path: "f.yaml", reference: "f", world: named)
      } catch { expectPlain(error) }
    }
  }

  @Test("cut at any byte, a file is refused or read")
  func cut() throws {
    let world = Corner(size: 7)
    let level = world.generate(.training, seed: 3)
    var episode = Episode(world: world, level: level, agent: "a", seed: 1)
    for step in 0..<3 { episode.advance(step) }
    let tensor = try #require(Tensor(name: "a", shape: [3], values: [1, 2, 3]))
    let tensors = try Safetensors.write(tensors: [tensor], metadata: ["k": "v"])
    let (text, lines) = (LevelFile.print(level, of: world), EpisodeFile.lines(of: episode))
    for count in 0..<tensors.count {
      #expect(throws: FileProblem.self) { try Safetensors.read(tensors.prefix(count), path: "f") }
    }
    for count in 0..<text.utf8.count {
      _ = try? LevelFile.parse(Data(text.utf8.prefix(count)), path: "f", reference: "f", world: named)
    }
    for count in 0..<lines.utf8.count {
      _ = try? EpisodeFile.parse(Data(lines.utf8.prefix(count)), path: "f", world: named)
    }
  }

  /// A problem is one line, free of everything that a terminal would act on.
  private func expectPlain(_ problem: FileProblem) {
    #expect(PlainText.stripped(problem.description, limit: 2_000) == problem.description)
    #expect(!problem.cause.isEmpty && !problem.mend.isEmpty)
  }
}
