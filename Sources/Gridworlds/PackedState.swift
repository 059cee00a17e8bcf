/// The bytes of a state, as the key by which graphs, episodes and scenes know it without knowing its type.
///
/// States are small values without padding (a law checks it over the catalogue), so equal states have equal bytes,
/// and the hash of the bytes is the same in every run.
public struct PackedState: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline var low: UInt64 = 0
  @usableFromInline var high: UInt64 = 0

  /// The bytes of a state of at most 16 bytes.
  @inlinable public init<State: BitwiseCopyable>(_ state: State) {
    precondition(MemoryLayout<State>.size <= 16, "a state has at most 16 bytes")
    var words: (UInt64, UInt64) = (0, 0)
    withUnsafeMutableBytes(of: &words) { target in
      withUnsafeBytes(of: state) { target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0.prefix(16))) }
    }
    (low, high) = words
  }

  /// The state again. Only bytes that came from a state of this type may be unpacked: files carry moves, never bytes.
  @inlinable public func unpacked<State: BitwiseCopyable>(as type: State.Type) -> State {
    withUnsafeBytes(of: self) { $0.loadUnaligned(as: type) }
  }

  /// All but the place of the agent: equal where everything else stands alike.
  ///
  /// Every state begins with where its agent stands, four bytes; a law checks it over the catalogue.
  @inlinable public var rest: PackedState {
    var rest = self
    withUnsafeMutableBytes(of: &rest) { $0.storeBytes(of: 0, as: UInt32.self) }
    return rest
  }

  /// A hash that is the same on every machine and in every run.
  @inlinable public var stableHash: UInt64 {
    RandomSource.mix(low ^ RandomSource.mix(high &+ 0x9E37_79B9_7F4A_7C15))
  }
}
