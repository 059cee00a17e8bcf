import Foundation
import Learning

/// Tensors with their names in one file, as Hugging Face's safetensors has them: a length, a JSON header, numbers.
public enum Safetensors {
  /// The format allows headers of 100 MB; ours have a few hundred bytes, and beyond 1 MB they are refused.
  public static let largestHeader = 1 << 20
  /// Larger files are refused: 256 MB.
  public static let largestFile = 256 << 20
  /// Sides of a tensor.
  public static let largestRank = 8
  /// Tensors in a file.
  public static let largestCount = 10_000

  /// The tensors, in the order of their numbers, the metadata, and whether all of it is in half precision.
  ///
  /// F32, and F16 and BF16 widened. Refused: trailing bytes, holes, overlaps, numbers that are not finite, names
  /// that stand twice, metadata that is no text, and whatever else a writer of the format never makes.
  public static func read(
    _ bytes: Data, path: String
  ) throws(FileProblem) -> (tensors: [Tensor], metadata: [String: String], isHalf: Bool) {
    let raw = bytes.startIndex == 0 ? bytes : Data(bytes)
    let header = try Header(raw.prefix(largestHeader + 8), size: bytes.count, path: path)
    do throws(EntryProblem) {
      var tensors: [Tensor] = []
      for entry in header.entries { tensors.append(try entry.tensor(in: raw, dataStart: header.dataStart)) }
      return (tensors, header.metadata, header.isHalf)
    } catch {
      throw Header.bad(error.cause, path)
    }
  }

  /// What a file says of itself before its numbers.
  struct Header {
    /// The tensors in the order of their numbers.
    let entries: [Entry]
    let metadata: [String: String]
    /// Bytes before the first number.
    let dataStart: Int

    /// Whether every number is in half precision.
    var isHalf: Bool { !entries.isEmpty && entries.allSatisfy { $0.storage == .float16 } }

    /// The header of a file, of which only the first bytes need be there.
    /// - Parameters:
    ///   - first: as many bytes as the header has, or more.
    ///   - size: bytes of the whole file.
    init(_ first: Data, size: Int, path: String) throws(FileProblem) {
      let place = FilePlace(path: path)
      func bad(_ cause: String) -> FileProblem { Header.bad(cause, path) }
      guard size <= largestFile else {
        throw place.bad("the file has more than \(BoundedFile.bytes(largestFile))", mend: "only smaller files are read")
      }
      let raw = Array(first)
      guard raw.count >= 8 else { throw bad("the file has \(BoundedFile.bytes(raw.count)), too few for a header") }
      let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(raw[$1]) << UInt64(8 * $1) }
      guard length <= 100_000_000 else { throw bad("the header claims \(length) bytes, more than the format's 100 MB") }
      guard length <= UInt64(largestHeader) else {
        throw bad("the header claims \(length) bytes, more than the \(BoundedFile.bytes(largestHeader)) read here")
      }
      let end = 8 + Int(length)
      guard end <= raw.count else { throw bad("the header claims \(length) bytes, the file ends before") }
      guard end % 8 == 0 else { throw bad("the header of \(length) bytes is not padded to a multiple of 8") }
      guard raw[8..<end].first == UInt8(ascii: "{") else { throw bad("the header does not begin with '{'") }
      let header: JSON
      do throws(JSONProblem) {
        header = try JSON(parsing: raw[8..<end])
      } catch {
        throw bad("the header is no JSON at byte \(8 + error.offset): \(error.cause)")
      }
      do throws(EntryProblem) {
        var metadata: [String: String] = [:]
        var entries: [Entry] = []
        for member in header.members ?? [] {
          if member.key == "__metadata__" {
            metadata = try texts(member.value)
          } else {
            entries.append(try Entry(member))
          }
        }
        guard entries.count <= largestCount else { throw EntryProblem("there are more than \(largestCount) tensors") }
        entries.sort { ($0.begin, $0.end, $0.name) < ($1.begin, $1.end, $1.name) }
        try checkOrder(entries, total: size - end)
        (self.entries, self.metadata, dataStart) = (entries, metadata, end)
      } catch {
        throw bad(error.cause)
      }
    }

    static func bad(_ cause: String, _ path: String) -> FileProblem {
      FilePlace(path: path).bad(cause, mend: "get or save the file again")
    }
  }

  private static func texts(_ value: JSON) throws(EntryProblem) -> [String: String] {
    guard let members = value.members else { throw EntryProblem("'__metadata__' is no object") }
    var result: [String: String] = [:]
    for member in members {
      guard let text = member.value.string else { throw EntryProblem("the metadata '\(member.key)' is no text") }
      result[member.key] = text
    }
    return result
  }

  private static func checkOrder(_ entries: [Entry], total: Int) throws(EntryProblem) {
    var expected = 0
    for entry in entries {
      if entry.begin < expected { throw EntryProblem("tensor '\(entry.name)' overlaps the one before it") }
      if entry.begin > expected {
        throw EntryProblem("there is a hole of \(BoundedFile.bytes(entry.begin - expected)) before '\(entry.name)'")
      }
      expected = entry.end
    }
    if expected > total { throw EntryProblem("the numbers should have \(BoundedFile.bytes(expected)), not \(total)") }
    if expected < total { throw EntryProblem("\(BoundedFile.bytes(total - expected)) trail behind the last tensor") }
  }

  /// The file of tensors: sorted by name, so that equal tensors give equal bytes.
  /// - Parameters:
  ///   - tensors: the numbers with their names.
  ///   - metadata: texts beside them.
  ///   - isHalf: whether the numbers are rounded to half precision, of half the bytes.
  /// - Throws: ``FileProblem`` where a reader would refuse the file: a name twice, or a number that is not finite.
  public static func write(
    tensors: [Tensor], metadata: [String: String], isHalf: Bool = false
  ) throws(FileProblem) -> Data {
    let storage = isHalf ? Storage.float16 : .float32
    let place = FilePlace(path: "<tensors>")
    let sorted = tensors.sorted { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
    var members: [JSON.Member] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) }
      members.append(JSON.Member("__metadata__", .object(texts.map { JSON.Member($0.key, .string($0.value)) })))
    }
    var offset = 0
    for (index, tensor) in sorted.enumerated() {
      guard tensor.name != "__metadata__", index == 0 || sorted[index - 1].name != tensor.name else {
        throw place.bad("the name '\(tensor.name)' is taken", mend: "name each tensor once")
      }
      guard tensor.values.allSatisfy(\.isFinite) else {
        throw place.bad("tensor '\(tensor.name)' holds a number that is not finite", mend: "train with smaller steps")
      }
      guard !isHalf || tensor.values.allSatisfy({ HalfPrecision.bits(of: $0) & 0x7FFF < 0x7C00 }) else {
        throw place.bad(
          "tensor '\(tensor.name)' holds a number beyond the 65504 of half precision", mend: "train without --half")
      }
      guard tensor.shape.count <= largestRank else {
        throw place.bad("tensor '\(tensor.name)' has \(tensor.shape.count) sides", mend: "at most \(largestRank) do")
      }
      let end = offset + tensor.values.count * storage.size
      members.append(
        JSON.Member(
          tensor.name,
          .object([
            JSON.Member("dtype", .string(storage.rawValue)),
            JSON.Member("shape", .array(tensor.shape.map { .integer($0) })),
            JSON.Member("data_offsets", .array([.integer(offset), .integer(end)])),
          ])))
      offset = end
    }
    var header = Array(JSON.object(members).text.utf8)
    header += [UInt8](repeating: 0x20, count: (8 - header.count % 8) % 8)
    guard header.count <= largestHeader, offset <= largestFile - largestHeader, sorted.count <= largestCount else {
      throw place.bad("the tensors are more than a file holds", mend: "write fewer")
    }
    var data = Data(capacity: 8 + header.count + offset)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(contentsOf: header)
    for tensor in sorted {
      if isHalf {
        let words = tensor.values.map { HalfPrecision.bits(of: $0).littleEndian }
        words.withUnsafeBytes { data.append(contentsOf: $0) }
      } else {
        let words = tensor.values.map { $0.bitPattern.littleEndian }
        words.withUnsafeBytes { data.append(contentsOf: $0) }
      }
    }
    return data
  }
}
