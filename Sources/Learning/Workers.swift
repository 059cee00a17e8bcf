import Dispatch
import Synchronization

/// Threads that share numbered pieces of work. Chance decides who does which, so it must not matter.
struct Workers: Sendable {
  let threads: Int

  /// Calls `body` once with each of `0..<pieces`, and returns when all have returned.
  func share(_ pieces: Int, _ body: (Int) -> Void) {
    guard threads > 1, pieces > 1 else {
      for piece in 0..<pieces { body(piece) }
      return
    }
    let next = Atomic(0)
    withoutActuallyEscaping(body) { body in
      // Safe to share: each piece is done once, by one thread, and the pieces write to different places.
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: min(threads, pieces)) { _ in
        while true {
          let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
          if piece >= pieces { return }
          body(piece)
        }
      }
    }
  }
}
