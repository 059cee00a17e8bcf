import Archive
import Foundation
import Gridworlds
import Worlds

/// The line that a problem prints; `nil` where there is none.
func problem<Value>(_ body: () throws(FileProblem) -> Value) -> String? {
  do throws(FileProblem) {
    _ = try body()
    return nil
  } catch {
    return error.description
  }
}

/// The worlds of the catalogue, as commands hand them to this target.
func named(_ name: String) throws -> any World { try Catalogue.world(named: name) }

/// A folder for one test, deleted after it.
func withFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wayward-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}

/// Bytes with a few of them changed, cut, doubled or replaced by what parsers trip over.
func mutated(_ bytes: [UInt8], using random: inout RandomSource) -> [UInt8] {
  var bytes = bytes
  let words = [
    "&a ", "*a", "!!", "[[[[", "{", "}", "\"", "'", "|", "> ", "- - ", "? ", "\\u", "1e999", "-1", ": ", "\n", "\r",
    "\0",
    "\u{202E}", "null", "99999999999999999999", "@", "#",
  ]
  for _ in 0...random.below(4) {
    let place = random.below(bytes.count + 1)
    switch random.below(6) {
    case 0 where place < bytes.count: bytes[place] = UInt8(random.below(256))
    case 1 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.below(8))
    case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(40)))
    case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + random.below(40))], at: place)
    case 4: bytes.insert(contentsOf: (random.pick(words) ?? "").utf8, at: place)
    default: bytes.insert(UInt8(random.below(128)), at: place)
    }
  }
  return bytes
}
