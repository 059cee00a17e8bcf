import Foundation

/// The part of a run that may die: it gives a range of inputs to a reader and says how far it is.
///
/// That stands in a file which is shared with the session, so that of a dead worker it is known what killed it.
public struct FuzzWorker {
  /// What stands in the file: what came of the inputs so far. An input is counted once, when the reader is done with it,
  /// so that whenever the worker ends their sum is exact.
  struct Place: Equatable {
    var read: UInt64 = 0, refused: UInt64 = 0, wrong: UInt64 = 0
  }

  private let fuzzer: Fuzzer
  private let place: UnsafeMutablePointer<Place>

  /// Bytes that a worker's process may have at once.
  public static let mostMemory = 4 << 30
  /// Seconds of the processor that one input may take.
  static let mostSeconds = 2.0

  /// - Parameters:
  ///   - path: a file with room for a ``Place``.
  ///   - mostMemory: bytes that this process may have from now on; `nil` leaves it as it is.
  public init?(_ fuzzer: Fuzzer, placeAt path: String, mostMemory: Int? = FuzzWorker.mostMemory) {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard let memory = mmap(nil, MemoryLayout<Place>.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
      memory != MAP_FAILED
    else {
      return nil
    }
    self.fuzzer = fuzzer
    place = memory.bindMemory(to: Place.self, capacity: 1)
    guard let mostMemory else { return }
    var limit = rlimit(rlim_cur: rlim_t(mostMemory), rlim_max: rlim_t(mostMemory))
    setrlimit(FuzzWorker.memory, &limit)
  }

  /// Gives the inputs to the reader, one after another.
  /// - Parameter found: is told each number at which something is wrong.
  /// - Throws: what `found` throws, and where an input cannot be given.
  public func run(_ range: Range<Int>, found: (_ number: Int, _ words: String) throws -> Void) throws {
    place.pointee = Place()
    let parent = getppid()
    for number in range {
      if number % 1_000 == 0, getppid() != parent { return }
      let begin = FuzzWorker.seconds
      let outcome = try fuzzer.outcome(of: fuzzer.input(number))
      let took = FuzzWorker.seconds - begin
      if case .wrong(let words) = outcome {
        try found(number, words)
      } else if took > FuzzWorker.mostSeconds {
        try found(number, "it took \(Int(took)) s")
      }
      switch outcome {
      case .read: place.pointee.read += 1
      case .refused: place.pointee.refused += 1
      case .wrong: place.pointee.wrong += 1
      }
    }
  }

  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  #if canImport(Glibc)
    private static let memory = __rlimit_resource_t(RLIMIT_AS.rawValue)
  #else
    private static let memory = RLIMIT_AS
  #endif
}
