import Gridworlds
import Inference
import Planning
import Testing
import Worlds

@testable import Studies

@Suite("What timelines sum up")
struct PyramidTests {
  @Test(
    "a range's summary is that of its elements one by one", arguments: [0, 1, 63, 64, 65, 129, 4_095, 4_097, 9_000])
  func naive(_ count: Int) {
    var random = RandomSource(seed: UInt64(count))
    let values = (0..<count).map { _ in random.chance(0.2) ? nil : Double(random.below(2_000)) - 1_000 }
    let pyramid = Pyramid(count: count) { Extent(values[$0]) }
    var ranges = [0..<count, 0..<0, count..<count, -5..<(count + 5)]
    for _ in 0..<200 {
      let (first, second) = (random.below(count + 1), random.below(count + 1))
      ranges.append(min(first, second)..<max(first, second))
    }
    for range in ranges {
      let known = values[range.clamped(to: 0..<count)].compactMap(\.self)
      let found = pyramid.summary(of: range) { Extent(values[$0]) }
      #expect(found.isEmpty == known.isEmpty, "\(range)")
      #expect(known.isEmpty || (found.low, found.high) == (known.min()!, known.max()!), "\(range)")
    }
  }

  @Test("what is long is not looked at one by one: a million elements take a few hundred looks")
  func few() {
    let pyramid = Pyramid(count: 1_000_000) { Extent(Double($0)) }
    var looks = 0
    let found = pyramid.summary(of: 7..<999_993) {
      looks += 1
      return Extent(Double($0))
    }
    #expect((found.low, found.high) == (7, 999_992))
    #expect(looks < 2 * 64)
  }

  @Test(
    "every frame has one column and every column the frames that say so",
    arguments: [(1, 1), (1, 80), (7, 80), (61, 61), (62, 61), (128, 61), (1_000, 61), (1_000_001, 141), (50, 1)])
  func scale(_ count: Int, _ width: Int) {
    let scale = TimeScale(count: count, width: width)
    #expect(scale.used <= scale.width)
    var next = 0
    for column in 0..<scale.used {
      let frames = scale.frames(at: column)
      if column % scale.stretch == 0 { #expect(frames.lowerBound == next, "column \(column)") }
      next = frames.upperBound
      for frame in [frames.lowerBound, frames.upperBound - 1] {
        #expect(scale.column(of: frame) == column / scale.stretch * scale.stretch, "frame \(frame)")
      }
    }
    #expect(next == count, "the last column ends with the last frame")
  }

  @Test("the columns of an episode are the least and the greatest of its figures, and the classes in them")
  func columns() throws {
    let world = Corner()
    let run = Agent(UniformPolicy(), seed: 5).run(world, world.generate(.shifted, seed: 3))
    let analysis = try #require(run.analysis)
    for width in [9, 61, 300] {
      let scale = TimeScale(count: run.episode.states.count, width: width)
      let figures: [Figure] = [
        .distance(to: 0), .posterior(of: .proxy), .evidence, .regret, .totalReturn, .entropy, .value,
      ]
      for figure in figures {
        // Asked twice, since what is asked again was kept.
        for _ in 0..<2 {
          let extents = run.extents(of: figure, over: scale)
          for column in 0..<scale.used {
            let values = scale.frames(at: column).compactMap { run.value(of: figure, at: $0) }
            #expect(extents[column].isEmpty == values.isEmpty)
            if !values.isEmpty {
              #expect((extents[column].low, extents[column].high) == (values.min()!, values.max()!))
            }
          }
        }
      }
      for (column, classes) in run.classes(over: scale).enumerated() {
        let there = scale.frames(at: column).filter { $0 < analysis.classes.count }.map { analysis.classes[$0] }
        #expect(StepClass.allCases.filter(classes.contains) == StepClass.allCases.filter(there.contains))
      }
    }
  }

  @Test("of steps that share a column the one that says most about the goal is shown")
  func mostTelling() {
    let all = StepClass.allCases.reduce(StepClasses.none) { $0.joined(with: StepClasses($1)) }
    #expect(all.mostTelling == .proxyOnly)
    let order: [StepClass] = [.both, .neither, .intendedOnly, .proxyOnly]
    for (index, kind) in order.enumerated() {
      let classes = order[...index].reduce(StepClasses.none) { $0.joined(with: StepClasses($1)) }
      #expect(classes.mostTelling == kind, "whatever stands before it in the order")
    }
    #expect(StepClasses.none.mostTelling == nil)
  }
}
