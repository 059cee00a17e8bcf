import CTerminal
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where background work leaves its messages.
final class Mailbox<Message: Sendable>: Sendable {
  private struct State {
    var messages: [Message] = []
    var running = 0
  }

  private let state = Mutex(State())
  private let waker: Waker

  init(waker: Waker) { self.waker = waker }

  /// Leaves a message and wakes the loop.
  func post(_ message: Message) {
    state.withLock { $0.messages.append(message) }
    waker.wake()
  }

  /// All messages so far, in the order in which they came.
  func takeAll() -> [Message] {
    state.withLock { state in
      defer { state.messages.removeAll() }
      return state.messages
    }
  }

  /// Whether work is still going on or a message lies unread.
  var isBusy: Bool { state.withLock { $0.running > 0 || !$0.messages.isEmpty } }

  /// Starts a thread for `body`.
  func start(_ body: @escaping @Sendable (Mailbox) -> Void) {
    state.withLock { $0.running += 1 }
    detach { [self] in
      body(self)
      state.withLock { $0.running -= 1 }
      waker.wake()
    }
  }
}

/// Runs `body` on a thread of its own, since long work would starve Swift's few shared ones.
private func detach(_ body: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  let box = Unmanaged.passRetained(Box(body))
  #if canImport(Glibc)
    var thread = pthread_t()
  #else
    var thread: pthread_t?
  #endif
  let failure = pthread_create(
    &thread, nil,
    { argument in
      #if canImport(Glibc)
        guard let argument else { return nil }
      #endif
      let stack = guard_thread_begin()
      Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
      guard_thread_end(stack)
      return nil
    }, box.toOpaque())
  if failure == 0 {
    #if canImport(Glibc)
      pthread_detach(thread)
    #else
      if let thread { pthread_detach(thread) }
    #endif
  } else {
    box.takeRetainedValue().body()
  }
}
