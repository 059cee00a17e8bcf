import Archive
import Foundation
import Gridworlds
import Testing
import Worlds

@testable import Viewer

@Suite("Drawing levels")
struct LevelSketchTests {
  static let worlds = Catalogue.families.map(\.name)

  private func sketch(_ name: String = "corner", seed: UInt64 = 3) throws -> LevelSketch {
    let world = try Catalogue.world(named: name)
    return LevelSketch(world.generate(.shifted, seed: seed), of: world)
  }

  private func brush(_ letter: Unicode.Scalar, in sketch: LevelSketch) throws -> LevelSketch.Brush {
    try #require(LevelSketch.brushes(of: sketch.world).first { $0.tile == Tile(letter) })
  }

  /// Any edit at all.
  private func disturb(_ sketch: inout LevelSketch, using random: inout RandomSource) {
    func cell() -> Position {
      Position(x: random.below(sketch.map.width + 2) - 1, y: random.below(sketch.map.height + 2) - 1)
    }
    switch random.below(12) {
    case 0:
      sketch.resize(width: sketch.map.width + random.below(5) - 2, height: sketch.map.height + random.below(5) - 2)
    case 1: sketch.rename("title \(random.below(9))")
    case 2: sketch.setTimeLimit(random.below(200))
    case 3: sketch.erase([cell(), cell()])
    case 4: sketch.beginStroke()
    case 5: sketch.endStroke()
    default:
      guard let brush = random.pick(LevelSketch.brushes(of: sketch.world)),
        let tool = random.pick(LevelSketch.Tool.allCases), let mirror = random.pick(LevelSketch.Mirror.allCases)
      else { return }
      sketch.draw(brush, with: tool, from: random.chance(0.2) ? nil : cell(), to: cell(), mirror: mirror)
    }
  }

  private func look(_ sketch: LevelSketch) -> String {
    LevelFile.rows(of: sketch.map).joined(separator: "\n") + "\n\(sketch.title) \(sketch.timeLimit) "
      + sketch.places.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined()
  }

  @Test("undo after any edits gives the first map, redo gives each one again", arguments: worlds)
  func history(_ name: String) throws {
    for seed in 1...UInt64(5) {
      var random = RandomSource(seed: seed)
      var sketch = try sketch(name)
      var looks = [look(sketch)]
      for _ in 0..<60 {
        disturb(&sketch, using: &random)
        if sketch.undoCount == looks.count {
          looks.append(look(sketch))
        } else {
          looks[sketch.undoCount] = look(sketch)
        }
      }
      let count = sketch.undoCount
      #expect(count == looks.count - 1, "seed \(seed)")
      for depth in (0..<count).reversed() {
        let isBack = sketch.undo()
        #expect(isBack)
        #expect(look(sketch) == looks[depth], "seed \(seed), back at \(depth)")
      }
      let hasMore = sketch.undo()
      #expect(!hasMore && !sketch.isEdited)
      for depth in 1...max(1, count) where count > 0 {
        let isAgain = sketch.redo()
        #expect(isAgain)
        #expect(look(sketch) == looks[depth], "seed \(seed), again at \(depth)")
      }
      let hasNext = sketch.redo()
      #expect(!hasNext)
    }
  }

  @Test("an edit after undo leaves behind what was undone, and knows whether the saved state went with it")
  func branching() throws {
    var sketch = LevelSketch(emptyRoomOf: Corner(), width: 9, height: 9)
    let wall = try brush("#", in: sketch)
    for x in 2...4 { sketch.draw(wall, to: Position(x: x, y: 2)) }
    sketch.markSaved()
    #expect(!sketch.isEdited)
    sketch.undo()
    #expect(sketch.isEdited)
    sketch.redo()
    #expect(!sketch.isEdited, "back at what is in the file")
    sketch.undo()
    sketch.undo()
    sketch.draw(wall, to: Position(x: 6, y: 6))
    sketch.draw(wall, to: Position(x: 6, y: 5))
    #expect(sketch.undoCount == 3 && sketch.redoCount == 0)
    #expect(sketch.isEdited, "as many edits as were saved, but others")
  }

  @Test("what the mouse draws while it is held down is one change")
  func strokes() throws {
    var sketch = LevelSketch(emptyRoomOf: Corner(), width: 9, height: 9)
    let first = look(sketch)
    sketch.beginStroke()
    for x in 1...5 { sketch.draw(try brush("#", in: sketch), to: Position(x: x, y: 3)) }
    sketch.endStroke()
    sketch.beginStroke()
    sketch.endStroke()
    #expect(sketch.undoCount == 1)
    sketch.undo()
    #expect(look(sketch) == first)
  }

  @Test("what is drawn in a mirror looks the same from both sides", arguments: LevelSketch.Mirror.allCases)
  func mirrors(_ mirror: LevelSketch.Mirror) throws {
    var sketch = LevelSketch(emptyRoomOf: Keys(), width: 12, height: 9)
    var random = RandomSource(seed: 5)
    sketch.erase(sketch.map.positions(of: .agent))
    for _ in 0..<80 {
      let tool = random.pick([LevelSketch.Tool.paint, .rectangle, .line]) ?? .paint
      let letter = random.pick(["#", ".", "k", "c"] as [Unicode.Scalar]) ?? "#"
      func cell() -> Position { Position(x: random.below(12), y: random.below(9)) }
      sketch.draw(try brush(letter, in: sketch), with: tool, from: cell(), to: cell(), mirror: mirror)
    }
    for cell in sketch.map.positions {
      for other in sketch.mirrored(cell, mirror) { #expect(sketch.map[cell] == sketch.map[other], "\(cell)") }
    }
    #expect(Set(sketch.map.elements).count > 2, "something was drawn")
  }

  @Test("a fill covers what was alike and hangs together, and nothing else")
  func fill() throws {
    for seed in 1...UInt64(20) {
      var random = RandomSource(seed: seed)
      var sketch = try sketch("corner", seed: seed)
      let before = sketch.map
      let start = Position(x: random.below(before.width), y: random.below(before.height))
      let region = Set(sketch.cells(of: .fill, from: start, to: start))
      #expect(region.allSatisfy { before[$0] == before[start] })
      for cell in region {
        for heading in Heading.orthogonal {
          let next = cell.moved(heading)
          #expect(!before.contains(next) || region.contains(next) || before[next] != before[start], "seed \(seed)")
        }
      }
      sketch.draw(try brush(before[start] == .wall ? "." : "#", in: sketch), with: .fill, to: start)
      for cell in before.positions { #expect((sketch.map[cell] != before[cell]) == region.contains(cell)) }
    }
  }

  @Test("a line joins its ends without gaps, and a rectangle has all of its cells")
  func shapes() throws {
    let sketch = LevelSketch(emptyRoomOf: Corner(), width: 30, height: 30)
    var random = RandomSource(seed: 9)
    for _ in 0..<200 {
      let first = Position(x: random.below(30), y: random.below(30))
      let last = Position(x: random.below(30), y: random.below(30))
      let line = sketch.cells(of: .line, from: first, to: last)
      #expect(line.first == first && line.last == last)
      #expect(line.count == max(abs(first.x - last.x), abs(first.y - last.y)) + 1)
      for (one, next) in zip(line, line.dropFirst()) {
        #expect(max(abs(one.x - next.x), abs(one.y - next.y)) == 1)
      }
      let area = sketch.cells(of: .rectangle, from: first, to: last)
      #expect(area.count == (abs(first.x - last.x) + 1) * (abs(first.y - last.y) + 1))
      #expect(Set(area).count == area.count)
    }
  }

  @Test("what a world has once stays once, whatever is drawn with", arguments: worlds)
  func unique(_ name: String) throws {
    var random = RandomSource(seed: 11)
    var sketch = try sketch(name)
    #expect(sketch.unique.contains(.agent))
    for _ in 0..<150 {
      disturb(&sketch, using: &random)
      for tile in sketch.unique { #expect(sketch.map.positions(of: tile).count <= 1, "\(name): \(tile)") }
    }
    let goal = try brush("@", in: sketch)
    let cell = Position(x: 1, y: 1)
    sketch.draw(goal, with: .rectangle, from: Position(x: 0, y: 0), to: cell, mirror: .both)
    #expect(sketch.map.positions(of: .agent) == [cell], "it goes where the cursor is")
  }

  @Test("a sketch of a level is that level, and what is printed of it reads back equal", arguments: worlds)
  func roundTrip(_ name: String) throws {
    let world = try Catalogue.world(named: name)
    for seed in 0..<UInt64(2) {
      let level = world.generate(.shifted, seed: seed)
      let again = try LevelSketch(level, of: world).level(reference: level.reference)
      #expect(again == level)
    }
  }

  @Test("after any edits a sketch is a level exactly where its file is one, and then an equal one", arguments: worlds)
  func saving(_ name: String) throws {
    let world = try Catalogue.world(named: name)
    var random = RandomSource(seed: 21)
    var valid = 0
    for seed in 0..<UInt64(2) {
      var sketch = try sketch(name, seed: seed)
      for _ in 0..<random.below(5) { disturb(&sketch, using: &random) }
      let draft = LevelDraft(
        reference: "test", title: sketch.title, rows: LevelFile.rows(of: sketch.map),
        goals: sketch.places.sorted { $0.key < $1.key }.map { ($0.key, $0.value.map { ($0.x, $0.y) }) },
        steps: sketch.timeLimit)
      do throws(LevelSketch.Fault) {
        let level = try sketch.level(reference: "test")
        let bytes = Data(LevelFile.print(level, of: world).utf8)
        do throws(FileProblem) {
          let (_, read) = try LevelFile.parse(bytes, path: "test/test.yaml", reference: "test", world: Catalogue.world)
          #expect(read == level)
          valid += 1
        } catch {
          Issue.record("the file does not pass: \(error)")
        }
      } catch {
        do throws(LevelDraft.Fault) {
          _ = try draft.level(of: world)
          Issue.record("the file would pass: \(error)")
        } catch let fault {
          #expect(fault.cause == error.cause && fault.mend == error.mend)
          #expect(!error.mend.isEmpty)
        }
      }
    }
    #expect(valid > 0, "some of them are levels")
  }

  @Test("a proxy without a letter is placed by its brush, and twice at one place is none of ours any more")
  func places() throws {
    var sketch = LevelSketch(emptyRoomOf: Corner(), width: 9, height: 9)
    let brushes = LevelSketch.brushes(of: Corner())
    let corner = try #require(brushes.first { $0.goal == "corner" })
    sketch.draw(try brush("*", in: sketch), to: Position(x: 4, y: 4))
    sketch.draw(corner, to: Position(x: 2, y: 2))
    #expect(try sketch.level(reference: "x").targets[1] == [Position(x: 2, y: 2)])
    sketch.draw(corner, to: Position(x: 2, y: 2))
    #expect(sketch.places.isEmpty)
    #expect(try sketch.level(reference: "x").targets[1] == [Position(x: 7, y: 1)])
    sketch.undo()
    #expect(sketch.places["corner"] == [Position(x: 2, y: 2)])
    sketch.draw(try brush("#", in: sketch), to: Position(x: 2, y: 2))
    #expect(throws: LevelSketch.Fault.self) { try sketch.level(reference: "x") }
  }

  @Test("what the sketch still misses is said in the words of the check")
  func faults() throws {
    var sketch = LevelSketch(emptyRoomOf: Corner(), width: 7, height: 7)
    func fault() -> String? {
      do throws(LevelSketch.Fault) { _ = try sketch.level(reference: "x") } catch { return "\(error)" }
      return nil
    }
    #expect(fault() == "the map has no cheese; put a '*' where it lies")
    sketch.draw(try brush("*", in: sketch), to: Position(x: 5, y: 1))
    #expect(fault() == nil)
    sketch.draw(try brush("#", in: sketch), with: .rectangle, from: Position(x: 1, y: 3), to: Position(x: 5, y: 3))
    #expect(fault() == "no way from the agent to the cheese; open one or move the agent")
    sketch.erase(sketch.map.positions(of: .agent))
    #expect(fault() == "the map has no agent; put one '@' where it starts")
  }

  @Test("sides and time limits beyond what files allow are clamped, and the outer wall stays outside")
  func sizes() throws {
    for side in [-5, 0, 1, 2, 3, 1_024, 1_025, 1_000_000] {
      let room = LevelSketch(emptyRoomOf: Corner(), width: side, height: 3)
      #expect(LevelSketch.sides.contains(room.map.width) && room.map.height == 3)
    }
    var sketch = try sketch("corner")
    let before = sketch.map
    sketch.resize(width: 17, height: 5)
    #expect(sketch.map.width == 17 && sketch.map.height == 5)
    for cell in sketch.map.positions where [0, 16].contains(cell.x) || [0, 4].contains(cell.y) {
      #expect(sketch.map[cell] == .wall)
    }
    sketch.resize(width: .min, height: .max)
    #expect(sketch.map.width == 3 && sketch.map.height == 1_024)
    sketch.undo()
    sketch.undo()
    #expect(sketch.map == before)
    sketch.setTimeLimit(0)
    #expect(sketch.timeLimit == 1)
    sketch.setTimeLimit(.max)
    #expect(sketch.timeLimit == Level.largestTimeLimit)
    sketch.rename("\u{1B}[2Ja\u{202E}b\nc")
    #expect(sketch.title == "ab c")
  }

  @Test("a map smaller than rooms are can be opened, drawn on and made larger")
  func tiny() throws {
    let grid = try #require(Grid(rows: [[Tile("@"), Tile("."), Tile("*")]]))
    let level = try Level(of: Corner(), reference: "x", map: grid)
    var sketch = LevelSketch(level, of: Corner())
    sketch.draw(try brush("#", in: sketch), with: .fill, to: Position(x: 1, y: 0), mirror: .both)
    sketch.resize(width: 4, height: 4)
    #expect(sketch.map.width == 4 && sketch.map.height == 4)
    sketch.undo()
    sketch.undo()
    #expect(sketch.map == grid)
  }
}
