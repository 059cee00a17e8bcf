import Archive
import Foundation

/// Where the files go that a person asks for on a screen. Those who only try the screens out give one that keeps nothing.
public struct Outlet: Sendable {
  /// Whether there is something of a name already.
  let exists: @Sendable (_ path: String) -> Bool
  /// Whether a name is a folder's.
  let isFolder: @Sendable (_ path: String) -> Bool
  /// Writes a file whole or not at all; says what stood in the way.
  let write: @Sendable (_ text: String, _ path: String) -> FileProblem?

  /// An outlet.
  public init(
    exists: @escaping @Sendable (_ path: String) -> Bool,
    isFolder: @escaping @Sendable (_ path: String) -> Bool = { _ in false },
    write: @escaping @Sendable (_ text: String, _ path: String) -> FileProblem?
  ) {
    (self.exists, self.isFolder, self.write) = (exists, isFolder, write)
  }

  /// The disk.
  public static let disk = Outlet(
    exists: { FileManager.default.fileExists(atPath: $0) },
    isFolder: { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    },
    write: { text, path in
      do throws(FileProblem) {
        try AtomicFile.write(Data(text.utf8), to: path)
        return nil
      } catch {
        return error
      }
    })

  /// Takes everything and keeps nothing.
  public static let none = Outlet(exists: { _ in false }, write: { _, _ in nil })
}
