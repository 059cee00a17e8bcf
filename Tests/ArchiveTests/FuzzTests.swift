import Archive
import Foundation
import Gridworlds
import Learning
import Testing
import Worlds

/// Parsers may refuse what they are given or take it. What they may not is trap or hang: then the run dies.
@Suite("mutated files") struct FuzzTests {
  @Test(
    "a level file is refused with a line of plain text, or is a level that prints and parses back", arguments: 0..<4)
  func levels(seed: Int) throws {
    var random = RandomSource(seed: UInt64(seed))
    let world = Corner(size: 7)
    let text = """
      # words
      world: corner-7
      title: "A title: \\"quoted\\""
      note: |
        Two lines & *more*.

        - and: dashes
      steps: 20
      goals:
        corner: [[1, 1],
          [2, 2]]

      """
    let drawn = LevelFile.print(world.generate(.shifted, seed: UInt64(seed)), of: world)
    let bytes = Array((text + drawn.split(separator: "\n").drop { !$0.hasPrefix("map") }.joined(separator: "\n")).utf8)
    var accepted = 0
    for index in 0..<600 {
      do throws(FileProblem) {
        let parsed = try LevelFile.parse(
          Data(mutated(bytes, using: &random)), path: "f.yaml", reference: "f", world: named)
        accepted += 1
        let printed = Data(LevelFile.print(parsed.level, of: parsed.world).utf8)
        let again = try LevelFile.parse(printed, path: "f.yaml", reference: "f", world: named)
        #expect(again.level == parsed.level, "seed \(seed), file \(index)")
      } catch { expectPlain(error) }
    }
    #expect(accepted > 0)
  }

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

  @Test("an episode file is refused or replayed", arguments: 0..<4)
  func episodes(seed: Int) {
    var random = RandomSource(seed: UInt64(200 + seed))
    let world = Corner(size: 7)
    var episode = Episode(world: world, level: world.generate(.shifted, seed: 1), agent: "a", seed: 1)
    for step in 0..<6 {
      episode.advance(step % 4, decision: Decision(probabilities: [0.25, 0.25, 0.25, 0.25], value: 1))
    }
    let bytes = Array(EpisodeFile.lines(of: episode).utf8)
    var (replayed, refused) = (0, 0)
    for _ in 0..<600 {
      do throws(FileProblem) {
        for recorded in try EpisodeFile.parse(Data(mutated(bytes, using: &random)), path: "f", world: named) {
          #expect(!EpisodeFile.lines(of: recorded.episode).isEmpty)
          replayed += 1
        }
      } catch {
        expectPlain(error)
        refused += 1
      }
    }
    #expect(replayed > 0 && refused > 0)
  }

  @Test("a checkpoint is refused, or its tensors can be written again", arguments: 0..<4)
  func tensors(seed: Int) throws {
    var random = RandomSource(seed: UInt64(300 + seed))
    let tensors = [("a", [2, 2]), ("b.weight", [4]), ("c", [])].compactMap { name, shape in
      Tensor(name: name, shape: shape, values: [Float](repeating: 0.5, count: shape.reduce(1, *)))
    }
    let bytes = Array(try Safetensors.write(tensors: tensors, metadata: ["format": "wayward-agent", "version": "1"]))
    var written = 0
    for _ in 0..<1500 {
      do throws(FileProblem) {
        let data = Data(mutated(bytes, using: &random))
        let (read, metadata) = try Safetensors.read(data, path: "f")
        let again = try Safetensors.write(tensors: read, metadata: metadata)
        #expect(try Safetensors.read(again, path: "f").metadata == metadata)
        written += 1
        _ = try Checkpoint.parse(data, path: "f")
      } catch { expectPlain(error) }
    }
    #expect(written > 0)
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
