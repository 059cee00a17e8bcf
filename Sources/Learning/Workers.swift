import Dispatch
import Synchronization

/// Threads that share numbered pieces of work: the one place that starts any.
///
/// Chance decides which thread does which piece, so it must not matter. What ``map(_:by:while:progress:_:)`` returns is
/// the same at any number of threads.
public struct Workers: Sendable {
  /// How many pieces are done at once, at most.
  public let threads: Int

  /// So many threads, one at least; with one all is done by the caller.
  public init(threads: Int) { self.threads = max(1, threads) }

  /// What some work makes of each number below a count, in order.
  /// - Parameter progress: called after each with how many are done, from any thread.
  public func map<Result: Sendable>(
    _ count: Int, progress: @Sendable (Int) -> Void = { _ in }, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    map(0..<max(0, count), progress: progress) { body($0.lowerBound) }
  }

  /// What some work makes of each part of a range, in the order of the parts.
  /// - Parameters:
  ///   - length: numbers a part, of which the last one may have fewer.
  ///   - goesOn: asked after each part; once it says no, no further part is begun.
  ///   - progress: called after each part with how many numbers are done, from any thread.
  /// - Returns: the results of the parts that were begun: all of them, or the first ones. One a thread at least.
  public func map<Result: Sendable>(
    _ range: Range<Int>, by length: Int = 1, while goesOn: @Sendable () -> Bool = { true },
    progress: @Sendable (Int) -> Void = { _ in }, _ body: @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    let length = max(1, length)
    let pieces = (range.count + length - 1) / length
    let made = Mutex((results: [Result?](repeating: nil, count: pieces), done: 0))
    share(pieces, while: goesOn) { piece in
      let start = range.lowerBound + piece * length
      let part = start..<min(start + length, range.upperBound)
      let result = body(part)
      let done = made.withLock { made in
        made.results[piece] = result
        made.done += part.count
        return made.done
      }
      progress(done)
    }
    // Parts are begun in order, and each that was begun is done, so that no gap is left.
    return made.withLock { $0.results.compactMap(\.self) }
  }

  /// Calls `body` once with each of `0..<pieces`, and returns when all have returned.
  /// - Parameter goesOn: asked after each piece; once it says no, no further piece is begun.
  func share(_ pieces: Int, while goesOn: () -> Bool = { true }, _ body: (Int) -> Void) {
    guard threads > 1, pieces > 1 else {
      for piece in 0..<pieces {
        body(piece)
        if !goesOn() { return }
      }
      return
    }
    let next = Atomic(0)
    withoutActuallyEscaping(body) { body in
      withoutActuallyEscaping(goesOn) { goesOn in
        // Safe to share: each piece is done once, by one thread, and the pieces write to different places.
        nonisolated(unsafe) let (body, goesOn) = (body, goesOn)
        DispatchQueue.concurrentPerform(iterations: min(threads, pieces)) { _ in
          repeat {
            let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
            if piece >= pieces { return }
            body(piece)
          } while goesOn()
        }
      }
    }
  }
}
