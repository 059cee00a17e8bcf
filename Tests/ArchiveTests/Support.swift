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
