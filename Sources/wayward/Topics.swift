import Letters
import TerminalUI

/// An article of the catalogue, compiled into the program so that it can be read wherever that runs.
struct Topic: Sendable {
  /// What `wayward help` takes: `verdicts`, `new-world`.
  let name: String
  /// The file in `wayward.docc`, without its ending.
  let file: String
  private let bytes: @Sendable () -> [UInt8]

  private init(_ name: String, _ file: String, _ bytes: @escaping @Sendable @autoclosure () -> [UInt8]) {
    (self.name, self.file, self.bytes) = (name, file, bytes)
  }

  /// The article as it is written.
  var markdown: String { String(decoding: bytes(), as: UTF8.self) }

  /// All articles, in the order in which they are best read. A new article adds one line here and its name in the
  /// package's list.
  static let all = [
    Topic("screens", "Screens", PackageResources.Screens_md),
    Topic("keys", "Keys", PackageResources.Keys_md),
    Topic("commands", "Commands", PackageResources.Commands_md),
    Topic("evidence", "Evidence", PackageResources.Evidence_md),
    Topic("verdicts", "Verdicts", PackageResources.Verdicts_md),
    Topic("worlds-and-agents", "WorldsAndAgents", PackageResources.WorldsAndAgents_md),
    Topic("results", "Results", PackageResources.Results_md),
    Topic("proof", "Proof", PackageResources.Proof_md),
    Topic("speed", "Speed", PackageResources.Speed_md),
    Topic("files", "Files", PackageResources.Files_md),
    Topic("json", "JSONOutput", PackageResources.JSONOutput_md),
    Topic("machines", "ManyMachines", PackageResources.ManyMachines_md),
    Topic("installing", "Installing", PackageResources.Installing_md),
    Topic("new-world", "NewWorld", PackageResources.NewWorld_md),
    Topic("architecture", "Architecture", PackageResources.Architecture_md),
    Topic("developing", "Developing", PackageResources.Developing_md),
    Topic("changes", "Changes", PackageResources.Changes_md),
  ]

  /// The article of a topic's name.
  static func named(_ name: String) -> Topic? { all.first { $0.name == name } }

  /// A line a topic, its name and what it is about.
  static var list: String {
    let width = (all.map(\.name.count).max() ?? 0) + 2
    return all.map { topic in
      "  " + topic.name + String(repeating: " ", count: width - topic.name.count)
        + ArticleText(topic.markdown).abstract.wrapped(to: 76 - width)
        .joined(separator: "\n" + String(repeating: " ", count: width + 2))
    }.joined(separator: "\n")
  }
}
