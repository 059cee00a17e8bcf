import Archive
import Foundation
import Gridworlds
import Learning
import Testing

/// A file of a header as written, padded, and so many zero bytes.
func safetensors(_ header: String, numbers: Int, padded: Bool = true) -> Data {
  var header = Array(header.utf8)
  while padded, header.count % 8 != 0 { header.append(0x20) }
  return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) } + header + Data(count: numbers)
}

private func line(_ data: Data) -> String? {
  problem { () throws(FileProblem) in try Safetensors.read(data, path: "a.safetensors") }
}

private func tensor(_ name: String, _ shape: [Int], _ values: [Float]) throws -> Tensor {
  try #require(Tensor(name: name, shape: shape, values: values))
}

@Suite("safetensors") struct SafetensorsTests {
  @Test("tensors come back bit for bit, whatever the order they were given in")
  func roundTrip() throws {
    let tensors = [
      try tensor("layers.0.weight", [2, 3], [0, -0.0, 1.5, .leastNonzeroMagnitude, -.greatestFiniteMagnitude, .pi]),
      try tensor("a", [], [7]), try tensor("empty", [0, 4], []),
    ]
    let metadata = ["note": "\"quoted\" \\ \u{1B} é 🧀 /", "b": "", "a": "1"]
    let data = try Safetensors.write(tensors: tensors, metadata: metadata)
    let (read, texts, _) = try Safetensors.read(data, path: "a")
    #expect(texts == metadata)
    #expect(read.map(\.name).sorted() == ["a", "empty", "layers.0.weight"])
    for tensor in tensors {
      let again = try #require(read.first { $0.name == tensor.name })
      #expect(again.shape == tensor.shape)
      #expect(again.values.map(\.bitPattern) == tensor.values.map(\.bitPattern))
    }
    #expect(try Safetensors.write(tensors: tensors.reversed(), metadata: metadata) == data)
    #expect(data.count % 4 == 0 && data[0] % 8 == 0)
    // A slice whose first index is not 0 is read alike.
    #expect(try Safetensors.read((Data([1, 2]) + data).dropFirst(2), path: "a").tensors == read)
  }

  @Test("the bytes are those that the format's own library writes")
  func bytes() throws {
    let data = try Safetensors.write(tensors: [tensor("a", [1], [1])], metadata: ["k": "v"])
    let header = #"{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
    #expect(data == safetensors(header, numbers: 0) + [0, 0, 0x80, 0x3F])
  }

  @Test("half precision is widened exactly")
  func halves() throws {
    let half = #"{"a":{"dtype":"F16","shape":[6],"data_offsets":[0,12]}}"#
    let bits: [UInt16] = [0x3C00, 0xC000, 0x0001, 0x7BFF, 0x8000, 0x3555]
    let data = safetensors(half, numbers: 0) + bits.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let values = try Safetensors.read(data, path: "a").tensors[0].values
    #expect(values == [1, -2, 0x1p-24, 65504, -0.0, 0.333251953125])
    let brain = #"{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}"#
    #expect(
      try Safetensors.read(safetensors(brain, numbers: 0) + [0x80, 0x3F, 0, 0xC0], path: "a").tensors[0].values == [
        1, -2,
      ])
  }

  @Test("numbers are rounded to half precision, the even one of two, and written in half the bytes")
  func roundedHalves() throws {
    // Between 1 and 2 they lie 2⁻¹⁰ apart, below 2⁻¹⁴ all 2⁻²⁴ apart; from half way beyond 65504 on there are none.
    let rounded: [(Float, Float)] = [
      (1 + 0x1p-11, 1), (1 + 3 * 0x1p-11, 1 + 0x1p-9), ((1 + 0x1p-11).nextUp, 1 + 0x1p-10), (-0.1, -0.0999755859375),
      (0x1p-25, 0), (Float(0x1p-25).nextUp, 0x1p-24), (3 * 0x1p-25, 0x1p-23), (.leastNonzeroMagnitude, 0),
      (0x1.FFFp-15, 0x1p-14), (0x1.FFFp0, 2), (65519, 65504), (1e-3, 0.0010004043579101562),
    ]
    let given = try tensor("a", [rounded.count], rounded.map(\.0))
    let data = try Safetensors.write(tensors: [given], metadata: [:], isHalf: true)
    let (read, _, isHalf) = try Safetensors.read(data, path: "a")
    #expect(isHalf && read[0].values == rounded.map(\.1) && given.halved == read[0])
    #expect(read[0].values[4].sign == .plus)
    let header = #"{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}"#
    let minus = try Safetensors.write(tensors: [tensor("a", [1], [-2])], metadata: [:], isHalf: true)
    #expect(minus == safetensors(header, numbers: 0) + [0, 0xC0])
    #expect(try !Safetensors.read(Safetensors.write(tensors: [given], metadata: [:]), path: "a").isHalf)
    let large = try tensor("a", [2], [1, -65520])
    #expect(
      problem { () throws(FileProblem) in try Safetensors.write(tensors: [large], metadata: [:], isHalf: true) }
        == "<tensors>: tensor 'a' holds a number beyond the 65504 of half precision; train without --half")
    let infinite = safetensors(header, numbers: 0) + [0, 0x7C]
    #expect(
      line(infinite)
        == "a.safetensors: tensor 'a' holds a number that is not finite, at 0; get or save the file again")
  }

  @Test("each number of half precision comes back as it was")
  func allHalves() throws {
    let all = (UInt16.min...UInt16.max).filter { $0 & 0x7C00 != 0x7C00 }
    let header = #"{"a":{"dtype":"F16","shape":[\#(all.count)],"data_offsets":[0,\#(2 * all.count)]}}"#
    let data = safetensors(header, numbers: 0) + all.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let read = try Safetensors.read(data, path: "a").tensors
    #expect(try Safetensors.write(tensors: read, metadata: [:], isHalf: true) == data)
  }

  @Test(
    "a header's fault is named",
    arguments: [
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 12, "4 bytes trail behind the last tensor"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 4, "the numbers should have 8 bytes, not 4"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, "there is a hole of 4 bytes before 'a'"),
      (
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        8,
        "tensor 'b' overlaps the one before it"
      ),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, 8, "tensor 'a' has no data_offsets [begin, end]"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,-8]}}"#, 8, "tensor 'a' has no data_offsets [begin, end]"),
      (#"{"a":{"dtype":"F32","shape":[2]}}"#, 8, "tensor 'a' has no data_offsets [begin, end]"),
      (
        #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, 8,
        "tensor 'a' of shape [3] needs 12 bytes, its data_offsets span 8"
      ),
      (
        #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#, 8,
        "the shape of tensor 'a' is too large"
      ),
      (#"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, 8, "tensor 'a' has a side that is no whole number"),
      (
        #"{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}"#, 8, "tensor 'a' has a side that is no whole number"
      ),
      (
        #"{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,2],"data_offsets":[0,8]}}"#, 8,
        "tensor 'a' has no shape of at most 8 sides"
      ),
      (
        #"{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#, 8,
        "tensor 'a' has the dtype 'F64'; F32, F16 and BF16 are read"
      ),
      (#"{"a":{"shape":[1],"data_offsets":[0,8]}}"#, 8, "tensor 'a' has no dtype"),
      (#"{"a":[]}"#, 8, "tensor 'a' is no object"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}"#, 8, "tensor 'a' has an unknown field 'x'"),
      (
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        8,
        "the header is no JSON at byte 62: the name 'a' stands twice"
      ),
      (
        #"{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}"#,
        6,
        "tensor 'b' begins at 2, which is not aligned to 4 bytes"
      ),
      (#"{"__metadata__":{"a":1}}"#, 0, "the metadata 'a' is no text"),
      (#"{"__metadata__":"a"}"#, 0, "'__metadata__' is no object"),
      (#"{"":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 4, "a tensor's name is empty or no plain text"),
      (
        #"{"\u001b[2J":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 4,
        "a tensor's name is empty or no plain text"
      ),
      (#" {"a":1}"#, 0, "the header does not begin with '{'"),
      (#"{"a":"#, 0, "the header is no JSON at byte 16: it ends where a value should stand"),
      (#"{} x"#, 0, "the header is no JSON at byte 11: something follows the value"),
      (
        #"{"a":\#(String(repeating: "[", count: 100))"#, 0,
        "the header is no JSON at byte 45: it is nested deeper than 32"
      ),
    ])
  func headers(header: String, numbers: Int, cause: String) {
    #expect(line(safetensors(header, numbers: numbers)) == "a.safetensors: \(cause); get or save the file again")
  }

  @Test("a length that lies is no length")
  func lengths() {
    func expect(_ data: Data, _ cause: String) {
      #expect(line(data) == "a.safetensors: \(cause); get or save the file again")
    }
    expect(Data(), "the file has 0 bytes, too few for a header")
    expect(Data([1, 2, 3]), "the file has 3 bytes, too few for a header")
    expect(
      Data(repeating: 0xFF, count: 16), "the header claims 18446744073709551615 bytes, more than the format's 100 MB")
    expect(Data([0, 0, 0x20, 0, 0, 0, 0, 0]), "the header claims 2097152 bytes, more than the 1 MB read here")
    expect(Data([16, 0, 0, 0, 0, 0, 0, 0]) + "{}".utf8, "the header claims 16 bytes, the file ends before")
    expect(safetensors("{}", numbers: 0, padded: false), "the header of 2 bytes is not padded to a multiple of 8")
    expect(safetensors("", numbers: 0), "the header does not begin with '{'")
  }

  @Test("what is not finite is neither read nor written", arguments: [Float.nan, .infinity, -.infinity])
  func finite(_ value: Float) throws {
    let header = #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
    let bits = withUnsafeBytes(of: value.bitPattern.littleEndian) { Data($0) }
    #expect(
      line(safetensors(header, numbers: 4) + bits)
        == "a.safetensors: tensor 'a' holds a number that is not finite, at 1; get or save the file again")
    let tensor = try tensor("a", [1], [value])
    #expect(
      problem { () throws(FileProblem) in try Safetensors.write(tensors: [tensor], metadata: [:]) }
        == "<tensors>: tensor 'a' holds a number that is not finite; train with smaller steps")
  }

  @Test("a name stands once")
  func names() throws {
    let one = try tensor("a", [1], [1])
    #expect(
      problem { () throws(FileProblem) in try Safetensors.write(tensors: [one, one], metadata: [:]) }
        == "<tensors>: the name 'a' is taken; name each tensor once")
  }
}
