import Learning
import Synchronization
import Testing

@Suite("Work shared between threads")
struct WorkersTests {
  @Test("the results come in order, whatever the number of threads", arguments: [0, 1, 2, 7])
  func order(_ threads: Int) {
    let workers = Workers(threads: threads)
    for count in [0, 1, 5, 100] {
      #expect(workers.map(count) { $0 * $0 } == (0..<count).map { $0 * $0 })
      #expect(workers.map(3..<(3 + count), by: 4) { Array($0) }.flatMap(\.self) == Array(3..<(3 + count)))
    }
    #expect(workers.map(0..<10, by: 4) { $0 } == [0..<4, 4..<8, 8..<10], "the last part is what is left")
    #expect(workers.map(-1) { $0 }.isEmpty)
  }

  @Test("stopped early, what was begun is there without a gap, a part a thread at least", arguments: [1, 2, 5])
  func stopped(_ threads: Int) {
    let left = Atomic(20)
    let hasMore: @Sendable () -> Bool = { left.wrappingSubtract(1, ordering: .relaxed).newValue > 0 }
    let parts = Workers(threads: threads).map(0..<1_000, by: 3, while: hasMore) { $0 }
    #expect(parts.count >= 20 && parts.count < 20 + threads)
    #expect(parts == (0..<parts.count).map { ($0 * 3)..<($0 * 3 + 3) })
    let never: @Sendable () -> Bool = { false }
    let none = Workers(threads: threads).map(0..<1_000, while: never) { $0.lowerBound }
    #expect(none == Array(0..<none.count) && (1...threads).contains(none.count))
  }

  @Test("progress counts what is done, and ends with all of it", arguments: [1, 3])
  func progress(_ threads: Int) {
    let told = Mutex<[Int]>([])
    let tell: @Sendable (Int) -> Void = { done in told.withLock { $0.append(done) } }
    _ = Workers(threads: threads).map(0..<10, by: 4, progress: tell) { $0 }
    #expect(told.withLock { $0.sorted() }.last == 10)
    #expect(told.withLock(\.count) == 3)
  }
}
