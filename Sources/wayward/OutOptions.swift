import Archive
import ArgumentParser
import Foundation

/// A file for the results, instead of standard output.
struct OutOptions: ParsableArguments {
  @Option(
    name: [.customShort("o"), .long],
    help: "Write to this file, whole or not at all; where the same command made it already, nothing is done.")
  var out: String?

  @Flag(help: "Write over what is there.")
  var force = false

  /// Runs what writes results, into the file where one is named, unless it has them already.
  /// - Parameters:
  ///   - inputs: the files that are read, by which it is seen whether the result would be the same.
  ///   - others: further files that it writes: where one is not there, all is made again.
  ///   - body: what writes them.
  func collect(
    from inputs: @autoclosure () throws -> [String], besides others: [String] = [], _ body: () throws -> Void
  ) throws {
    guard let out, out != "-" else { return try body() }
    let inputs = try OutOptions.unique(inputs())
    if inputs.contains(where: { OutOptions.areSame($0, out) }) {
      throw FileProblem(
        path: out, cause: "the results would take the place of what they are made from", mend: "name another file",
        kind: .inputOutput)
    }
    let maker = Provenance(
      command: OutOptions.command(CommandLine.arguments.dropFirst()), version: Version.number,
      inputs: ContentHash(files: inputs)?.text)
    if !force, AtomicFile.isTaken(out) {
      var finding = Provenance.find(out)
      // What lacks something is made again.
      var isWhole = others.allSatisfy { FileManager.default.fileExists(atPath: $0) }
      if case .made(var made) = finding {
        isWhole = isWhole && made.status == 0
        made.status = 0
        finding = .made(made)
      }
      guard maker.inputs != nil, finding == .made(maker) else {
        throw FileProblem(
          path: out, cause: "it is there already, \(OutOptions.words(finding, beside: maker))",
          mend: "name another file, or write over it with --force", kind: .inputOutput)
      }
      if isWhole {
        Wayward.complain("\(out): this command has made it already; --force makes it again")
        return
      }
    }
    try Output.collect(into: out, by: maker, body)
  }

  /// Whether two paths lead to one file.
  private static func areSame(_ first: String, _ second: String) -> Bool {
    var (a, b) = (stat(), stat())
    return stat(first, &a) == 0 && stat(second, &b) == 0 && (a.st_dev, a.st_ino) == (b.st_dev, b.st_ino)
  }

  private static func unique(_ paths: [String]) -> [String] {
    var known: Set<String> = []
    return paths.filter { known.insert($0).inserted }
  }

  /// What is to be said of a file that this command did not make.
  private static func words(_ finding: Provenance.Finding, beside maker: Provenance) -> String {
    switch finding {
    case .unknown: "and nothing says what made it"
    case .changed(let made): "changed since it was made by: \(made.command)"
    case .made(let made):
      if made.command != maker.command {
        "made by: \(made.command)"
      } else if made.version != maker.version {
        "made by the same command of version \(made.version)"
      } else {
        maker.inputs == nil
          ? "and what was read cannot be compared with what is now" : "made by the same command from other files"
      }
    }
  }

  /// The command as it is typed, without what does not change its result.
  static func command(_ arguments: some Sequence<String>) -> String {
    let withValue: Set = ["--out", "-o", "--threads"]
    var words = ["wayward"]
    var isValue = false
    for word in arguments {
      let name = word.split(separator: "=", maxSplits: 1).first.map(String.init) ?? word
      if isValue {
        isValue = false
      } else if withValue.contains(name) {
        isValue = name == word
      } else if word != "--force" {
        words.append(ShellWord.quoted(word))
      }
    }
    return words.joined(separator: " ")
  }
}
