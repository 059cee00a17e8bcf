import Inference
import Planning
import Synchronization

/// The frames of an episode and the columns that show them.
public struct TimeScale: Hashable, Sendable {
  /// How many frames there are.
  public let count: Int
  /// How many columns there are for them.
  public let width: Int

  /// A scale of at least one frame on at least one column.
  public init(count: Int, width: Int) {
    self.count = max(1, count)
    self.width = max(1, width)
  }

  /// Columns a frame, where there are more columns than frames.
  public var stretch: Int { max(1, min(6, width / count)) }

  /// How many columns show a frame.
  public var used: Int { count <= width ? count * stretch : width }

  /// The column of a frame, its first where it has several.
  public func column(of frame: Int) -> Int {
    let frame = min(max(0, frame), count - 1)
    return count <= width ? frame * stretch : frame * (width - 1) / (count - 1)
  }

  /// The frames of a column, at least one.
  public func frames(at column: Int) -> Range<Int> {
    guard count > width else {
      let frame = min(count - 1, max(0, column / stretch))
      return frame..<(frame + 1)
    }
    guard width > 1 else { return 0..<count }
    // The least frame whose column is not before a given one: column(of:) the other way round.
    func first(of column: Int) -> Int { (column * (count - 1) + width - 2) / (width - 1) }
    let start = min(count - 1, max(0, first(of: column)))
    return start..<max(start + 1, min(count, first(of: column + 1)))
  }
}

/// What timelines have worked out about a run, shared by all copies of it: the run does not change.
final class RunMemo: Sendable {
  private struct Known {
    var figures: [Figure: Pyramid<Extent>] = [:]
    var classes: Pyramid<StepClasses>?
    var columns: [Figure: (scale: TimeScale, extents: [Extent])] = [:]
    var classColumns: (scale: TimeScale, classes: [StepClasses])?
  }

  private let known = Mutex(Known())

  func extents(of figure: Figure, over scale: TimeScale, in run: Run) -> [Extent] {
    known.withLock { known in
      if let found = known.columns[figure], found.scale == scale { return found.extents }
      let pyramid = RunMemo.pyramid(of: figure, in: run, &known)
      let extents = (0..<scale.used).map { column in
        pyramid.summary(of: scale.frames(at: column)) { Extent(run.value(of: figure, at: $0)) }
      }
      known.columns[figure] = (scale, extents)
      return extents
    }
  }

  func extent(of figure: Figure, in frames: Range<Int>, of run: Run) -> Extent {
    known.withLock { known in
      RunMemo.pyramid(of: figure, in: run, &known).summary(of: frames) { Extent(run.value(of: figure, at: $0)) }
    }
  }

  private static func pyramid(of figure: Figure, in run: Run, _ known: inout Known) -> Pyramid<Extent> {
    if let found = known.figures[figure] { return found }
    let pyramid = Pyramid(count: run.episode.states.count) { Extent(run.value(of: figure, at: $0)) }
    known.figures[figure] = pyramid
    return pyramid
  }

  func classes(over scale: TimeScale, in run: Run) -> [StepClasses] {
    known.withLock { known in
      if let found = known.classColumns, found.scale == scale { return found.classes }
      let pyramid = RunMemo.classes(in: run, &known)
      let classes = (0..<scale.used).map { column in
        pyramid.summary(of: scale.frames(at: column)) { StepClasses(run.analysis?.classes[$0]) }
      }
      known.classColumns = (scale, classes)
      return classes
    }
  }

  func classes(in frames: Range<Int>, of run: Run) -> StepClasses {
    known.withLock { known in
      RunMemo.classes(in: run, &known).summary(of: frames) { StepClasses(run.analysis?.classes[$0]) }
    }
  }

  private static func classes(in run: Run, _ known: inout Known) -> Pyramid<StepClasses> {
    if let found = known.classes { return found }
    let pyramid = Pyramid(count: run.analysis?.classes.count ?? 0) { StepClasses(run.analysis?.classes[$0]) }
    known.classes = pyramid
    return pyramid
  }
}

extension Run {
  /// The least and the greatest that a figure is in the frames of each column.
  /// - Complexity: O(frames) at the first call for a figure, O(columns) after it.
  public func extents(of figure: Figure, over scale: TimeScale) -> [Extent] {
    memo.extents(of: figure, over: scale, in: self)
  }

  /// The least and the greatest that a figure is among some frames.
  public func extent(of figure: Figure, in frames: Range<Int>) -> Extent {
    memo.extent(of: figure, in: frames, of: self)
  }

  /// Which classes the steps of each column have.
  public func classes(over scale: TimeScale) -> [StepClasses] { memo.classes(over: scale, in: self) }

  /// Which classes some steps have.
  public func classes(in steps: Range<Int>) -> StepClasses { memo.classes(in: steps, of: self) }
}
