import Foundation
import Learning

/// What is wrong with an entry of a safetensors header.
struct EntryProblem: Error {
  let cause: String

  init(_ cause: String) { self.cause = cause }
}

extension Safetensors {
  /// How numbers are stored.
  enum Storage: String {
    case float32 = "F32"
    case float16 = "F16"
    case brainFloat16 = "BF16"

    var size: Int { self == .float32 ? 4 : 2 }
  }

  /// One tensor of a header: where its numbers lie, relative to the first of all.
  struct Entry {
    let name: String
    let storage: Storage
    let shape: [Int]
    let begin: Int
    let end: Int

    init(_ member: JSON.Member) throws(EntryProblem) {
      name = PlainText.stripped(member.key, limit: 200)
      guard !name.isEmpty, name == member.key else { throw EntryProblem("a tensor's name is empty or no plain text") }
      guard let fields = member.value.members else { throw EntryProblem("tensor '\(name)' is no object") }
      if let stranger = fields.first(where: { !["dtype", "shape", "data_offsets"].contains($0.key) }) {
        throw EntryProblem("tensor '\(name)' has an unknown field '\(stranger.key)'")
      }
      guard let dtype = member.value["dtype"]?.string else { throw EntryProblem("tensor '\(name)' has no dtype") }
      guard let storage = Storage(rawValue: dtype) else {
        throw EntryProblem("tensor '\(name)' has the dtype '\(dtype)'; F32, F16 and BF16 are read")
      }
      self.storage = storage
      guard let sides = member.value["shape"]?.array, sides.count <= Safetensors.largestRank else {
        throw EntryProblem("tensor '\(name)' has no shape of at most \(Safetensors.largestRank) sides")
      }
      var shape: [Int] = []
      for side in sides {
        guard let length = side.integer, length >= 0 else {
          throw EntryProblem("tensor '\(name)' has a side that is no whole number")
        }
        shape.append(length)
      }
      self.shape = shape
      guard let offsets = member.value["data_offsets"]?.array, offsets.count == 2, let begin = offsets[0].integer,
        let end = offsets[1].integer, begin >= 0, begin <= end
      else { throw EntryProblem("tensor '\(name)' has no data_offsets [begin, end]") }
      (self.begin, self.end) = (begin, end)
      var size = storage.size
      for side in shape {
        let (product, overflows) = size.multipliedReportingOverflow(by: side)
        guard !overflows else { throw EntryProblem("the shape of tensor '\(name)' is too large") }
        size = product
      }
      guard size == end - begin else {
        throw EntryProblem(
          "tensor '\(name)' of shape \(shape) needs \(BoundedFile.bytes(size)), its data_offsets span \(end - begin)")
      }
      guard begin % storage.size == 0 else {
        throw EntryProblem("tensor '\(name)' begins at \(begin), which is not aligned to \(storage.size) bytes")
      }
    }

    /// The tensor's numbers, which must be finite. The offsets are known to lie inside.
    func tensor(in bytes: Data, dataStart: Int) throws(EntryProblem) -> Tensor {
      let values = bytes.withUnsafeBytes { raw in
        numbers(of: UnsafeRawBufferPointer(rebasing: raw[(dataStart + begin)..<(dataStart + end)]))
      }
      if let index = values.firstIndex(where: { !$0.isFinite }) {
        throw EntryProblem("tensor '\(name)' holds a number that is not finite, at \(index)")
      }
      guard let tensor = Tensor(name: name, shape: shape, values: values) else {
        throw EntryProblem("tensor '\(name)' does not have the numbers that its shape says")
      }
      return tensor
    }

    private func numbers(of raw: UnsafeRawBufferPointer) -> [Float] {
      switch storage {
      case .float32:
        var values = [Float](repeating: 0, count: raw.count / 4)
        values.withUnsafeMutableBytes { $0.copyMemory(from: raw) }
        // The bytes are little-endian, as those of all but a few machines.
        guard 1.littleEndian != 1 else { return values }
        return values.map { Float(bitPattern: UInt32(littleEndian: $0.bitPattern)) }
      case .brainFloat16: return Entry.halves(of: raw).map { Float(bitPattern: UInt32($0) << 16) }
      case .float16: return Entry.halves(of: raw).map(HalfPrecision.widened)
      }
    }

    private static func halves(of raw: UnsafeRawBufferPointer) -> [UInt16] {
      stride(from: 0, to: raw.count - 1, by: 2).map {
        UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: $0, as: UInt16.self))
      }
    }
  }
}
