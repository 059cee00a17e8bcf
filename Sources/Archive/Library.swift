import Foundation
import Gridworlds

/// The folder with levels and agents, `<family>/*.yaml` and `<family>/agents/*.safetensors`, and the user's own agents
/// beside it.
public struct Library: Sendable {
  /// The folder; `nil` where none was found.
  public let root: String?
  /// The folder of the user's own agents, `<family>/*.safetensors`; `nil` where they are not wanted or nobody knows it.
  public var own: String?
  /// The option by which a command is told of the folder.
  private let option: String

  /// A level file of the library.
  public struct Entry: Hashable, Sendable {
    /// `corner/first`.
    public let reference: String
    /// Where the file lies.
    public let path: String
  }

  /// Finds the folders: that of the levels by the option, `WAYWARD_LEVELS`, `levels` here or above, then beside the installed program.
  /// - Parameters:
  ///   - levelsOption: what `--levels` says, or the `option` that a command has in its place.
  ///   - currentDirectory: where "here" is; `.` keeps the paths short.
  ///   - executable: the path of the running program.
  /// - Throws: ``FileProblem`` where the option or the variable names no folder.
  public init(
    levelsOption: String?, named option: String = "--levels", environment: [String: String],
    currentDirectory: String = ".", executable: String?
  ) throws(FileProblem) {
    own = Library.own(environment)
    self.option = option
    let asked = [(levelsOption, option), (environment["WAYWARD_LEVELS"], "WAYWARD_LEVELS")]
    for case (let folder?, let source) in asked where !folder.isEmpty {
      guard Library.isFolder(folder) else {
        throw FilePlace(path: folder).broken("\(source) names no folder", mend: "name one that there is")
      }
      guard access(folder, R_OK | X_OK) == 0 else {
        throw FilePlace(path: folder).broken("the folder cannot be read", mend: "allow reading it, or name another")
      }
      root = Library.trimmed(folder)
      return
    }
    root = Library.above(currentDirectory) ?? Library.beside(executable)
  }

  /// The families that have a folder, sorted.
  public var families: [String] {
    guard let root else { return [] }
    return Library.names(in: root).filter { Library.isFolder("\(root)/\($0)") }
  }

  /// The level files of a family, sorted by name.
  public func levels(of family: String) -> [Entry] {
    guard let root, Library.isPlain(family) else { return [] }
    var entries: [Entry] = []
    for name in Library.levelNames(in: "\(root)/\(family)") {
      let reference = "\(family)/\(name[..<(name.lastIndex(of: ".") ?? name.endIndex)])"
      // Of two files that differ in their ending alone the first has the name.
      if entries.last?.reference != reference {
        entries.append(Entry(reference: reference, path: "\(root)/\(family)/\(name)"))
      }
    }
    return entries
  }

  /// The folders of a family that cannot be read, so that what is in them is missing.
  public func problems(of family: String) -> [FileProblem] {
    guard Library.isPlain(family) else { return [] }
    let folders = [
      root.map { "\($0)/\(family)" }, root.map { "\($0)/\(family)/agents" }, own.map { "\($0)/\(family)" },
    ]
    return folders.compactMap(\.self).compactMap { folder in
      if let opened = opendir(folder) {
        closedir(opened)
        return nil
      }
      return errno == ENOENT ? nil : FileSource.problem(errno, at: FilePlace(path: folder), doing: "read")
    }
  }

  /// The names of a folder's level files, whatever they are: `.yaml` and `.yml`, sorted, none that is hidden.
  public static func levelNames(in folder: String) -> [String] {
    names(in: folder).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
  }

  /// The paths of a family's trained agents, sorted by name; the user's own follow those that lie by the levels.
  public func agents(of family: String) -> [String] {
    guard Library.isPlain(family) else { return [] }
    return [root.map { "\($0)/\(family)/agents" }, own.map { "\($0)/\(family)" }].compactMap(\.self).flatMap(
      Library.agents(in:))
  }

  /// The folder that agents trained by the user are kept in: `~/.local/share/wayward/agents`, or where `XDG_DATA_HOME`
  /// has it.
  private static func own(_ environment: [String: String]) -> String? {
    let data =
      environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? trimmed($0) : nil }
      ?? environment["HOME"].flatMap { $0.hasPrefix("/") ? trimmed($0) + "/.local/share" : nil }
    return data.map { $0 + "/wayward/agents" }
  }

  private static func agents(in folder: String) -> [String] {
    let ending = ".safetensors"
    // By the name without its ending, so that `seed-1` comes before `seed-1-p1.0`.
    return Library.names(in: folder).filter { $0.hasSuffix(ending) && !$0.hasSuffix(".resume.safetensors") }
      .map { $0.dropLast(ending.count) }
      .sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
      .map { "\(folder)/\($0)\(ending)" }
  }

  /// What a reference names: a file of exactly that name, a distribution's level, or one of the library's files. Worlds
  /// are looked up later.
  public func resolve(_ text: String) throws(FileProblem) -> LevelReference {
    if let file = try FileReference(text) { return .file(file, reference: text) }
    if let generated = try LevelReference.generated(text) { return generated }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let root else {
      throw FileProblem.usage(
        "no folder of levels was found", mend: "name one with \(option), or give a path ending in .yaml")
    }
    if parts.count == 2, parts.allSatisfy(Library.isPlain), families.contains(parts[0]) {
      if let entry = levels(of: parts[0]).first(where: { $0.reference == text }) {
        guard !FileSource.mayWait(entry.path) else {
          throw FilePlace(path: entry.path).broken("this is no regular file", mend: "take it out of the folder")
        }
        if let file = try FileReference(entry.path) { return .file(file, reference: text) }
      }
    }
    let family = parts.first ?? ""
    if let problem = problems(of: family).first(where: { $0.path == "\(root)/\(family)" }) { throw problem }
    let cause = "there is no level '\(PlainText.stripped(text, limit: 60))' in \(root)"
    guard families.contains(family) else {
      let near = Nearest.match(text, among: families.flatMap { levels(of: $0).map(\.reference) })
      throw FileProblem.usage(cause, mend: Nearest.advice(for: family, among: families, suggesting: near))
    }
    throw FileProblem.usage(cause, mend: Nearest.advice(for: text, among: levels(of: family).map(\.reference)))
  }

  /// What is wrong where a world has no agent.
  public func noAgent(of world: any World) -> FileProblem {
    let mend = "run: wayward train \(world.name)"
    guard let root else {
      return .usage("no folder of levels and agents was found", mend: "name one with \(option), or \(mend)")
    }
    return FileProblem(
      path: "\(root)/\(world.family)/agents", cause: "there is no trained agent of \(world.name)", mend: mend)
  }

  /// The files that have to be read for a reference; standard input is `-`.
  public func inputs(_ text: String) throws(FileProblem) -> [String] {
    switch try resolve(text) {
    case .file(let file, _): [file.path]
    case .generated: []
    }
  }

  /// What a reference names, read or drawn.
  /// - Parameters:
  ///   - name: the world of a level file that names none.
  ///   - levels: the levels with which those of a recording are compared.
  ///   - progress: is told now and then how many episodes of a recording were found.
  public func subject(
    _ text: String, worldName name: String? = nil, levels: NamedLevels? = nil, progress: (Int) -> Void = { _ in },
    world: @escaping (String) throws -> any World
  ) throws(FileProblem) -> Subject {
    switch try resolve(text) {
    case .file(let file, let reference):
      return try Subject(
        file, reference: reference, worldName: name, levels: levels, progress: progress, world: world)
    case .generated(let family, let split, let seed):
      do {
        let found = try world(family)
        return .level(found, found.generate(split, seed: seed), path: nil)
      } catch {
        throw (error as? UnknownWorld).map(FileProblem.unknown) ?? FilePlace(path: text).unknownWorld(error)
      }
    }
  }

  /// The world and the level that a reference names; of a recording the level that it was made on.
  public func level(
    _ text: String, worldName name: String? = nil, world: @escaping (String) throws -> any World
  ) throws(FileProblem) -> (world: any World, level: Level) {
    try subject(text, worldName: name, world: world).level(world: world)
  }

  /// The nearest `levels` on the way from a folder to the root.
  private static func above(_ directory: String) -> String? {
    var folder = directory.isEmpty ? "." : trimmed(directory)
    for depth in 0..<64 {
      let levels = folder == "." ? "levels" : folder == "/" ? "/levels" : "\(folder)/levels"
      if holdsLevels(levels) { return levels }
      guard let real = realpath(folder, nil) else { return nil }
      defer { free(real) }
      if String(cString: real) == "/" { return nil }
      folder = depth == 0 && folder == "." ? ".." : "\(folder)/.."
      if directory.hasPrefix("/") { folder = (String(cString: real) as NSString).deletingLastPathComponent }
    }
    return nil
  }

  /// Whether a folder is one of ours, since other programs have levels too: in a folder of it lies a map or an agent.
  private static func holdsLevels(_ folder: String) -> Bool {
    guard isFolder(folder) else { return false }
    return names(in: folder).prefix(64).contains { family in
      if names(in: "\(folder)/\(family)/agents").contains(where: { $0.hasSuffix(".safetensors") }) { return true }
      return levelNames(in: "\(folder)/\(family)").prefix(8).contains { name in
        guard
          let bytes = try? BoundedFile.read(
            "\(folder)/\(family)/\(name)", limit: LevelFile.largestSize, takesPipes: false)
        else { return false }
        return LevelFile.isLike(bytes)
      }
    }
  }

  /// `../share/wayward/levels` from the program's folder, wherever links lead.
  private static func beside(_ executable: String?) -> String? {
    guard let executable, let real = realpath(executable, nil) else { return nil }
    defer { free(real) }
    let program = (String(cString: real) as NSString).deletingLastPathComponent as NSString
    let folder = (program.deletingLastPathComponent as NSString).appendingPathComponent("share/wayward/levels")
    return isFolder(folder) ? folder : nil
  }

  private static func trimmed(_ folder: String) -> String {
    var folder = folder
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    return folder
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return !path.utf8.contains(0) && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Names in a folder that are plain, sorted by their bytes.
  private static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter(isPlain)
      .sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  /// Whether a name stays in its folder, is not hidden and can be shown as it is.
  private static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && !name.utf8.contains(UInt8(ascii: "/"))
      && PlainText.stripped(name, limit: 255) == name
  }
}
