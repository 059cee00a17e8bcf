import Gridworlds
import Learning

extension Checkpoint {
  /// The names of the metadata that every agent has.
  static let required = [
    "format", "version", "world", "view", "features", "hidden", "actions", "command", "seed", "steps", "severity",
    "layout",
  ]
  /// The names of the measured rates: all or none.
  static let measured = ["levels", "train_success", "shift_success", "shift_proxy_only", "shift_neither"]
  /// The name of the metadata that only agents have whose training was stopped early.
  static let stopped = "stopped_early"
  /// What stood behind the command of such an agent before version 0.3.
  static let formerlyStopped = ", stopped early"

  /// Metadata of other names.
  static func extra(_ metadata: [String: String]) -> [String: String] {
    metadata.filter { !required.contains($0.key) && !measured.contains($0.key) && $0.key != stopped }
  }

  /// All that is no tensor, as the file's text.
  public var metadata: [String: String] {
    var metadata = Checkpoint.extra(extra)
    metadata["format"] = Checkpoint.format
    metadata["version"] = "\(Checkpoint.version)"
    metadata["world"] = world
    metadata["view"] = "\(view.width)x\(view.height)"
    metadata["features"] = "\(features)"
    metadata["hidden"] = hidden.map { "\($0)" }.joined(separator: ",")
    metadata["actions"] = actions.joined(separator: ",")
    metadata["command"] = command
    // It is said of one that was not, too, where its command looks like that of an old one that was.
    if isStoppedEarly || command.hasSuffix(Checkpoint.formerlyStopped) {
      metadata[Checkpoint.stopped] = "\(isStoppedEarly)"
    }
    metadata["seed"] = "\(seed)"
    metadata["steps"] = "\(steps)"
    metadata["severity"] = "\(severity)"
    metadata["layout"] = order.rawValue
    if let rates {
      metadata["levels"] = "\(rates.levels)"
      metadata["train_success"] = "\(rates.trainSuccess)"
      metadata["shift_success"] = "\(rates.shiftSuccess)"
      metadata["shift_proxy_only"] = "\(rates.shiftProxyOnly)"
      metadata["shift_neither"] = "\(rates.shiftNeither)"
    }
    return metadata
  }
}

/// The metadata of a file being read.
struct CheckpointFields {
  private let metadata: [String: String]
  private let place: FilePlace

  /// Fields of the right format and version.
  init(_ metadata: [String: String], place: FilePlace) throws(FileProblem) {
    self.metadata = metadata
    self.place = place
    guard metadata["format"] == Checkpoint.format else {
      throw place.bad(
        "this is no agent: its metadata has no 'format' of '\(Checkpoint.format)'",
        mend: "name a file that 'wayward train' wrote")
    }
    let version: String = try field("version", "a number") { $0 }
    guard version == "\(Checkpoint.version)" else {
      throw place.bad("the agent's version is '\(version)'", mend: "this program reads version \(Checkpoint.version)")
    }
  }

  /// The checkpoint, every field of which is there and sane.
  func checkpoint(of tensors: [Tensor], isHalf: Bool) throws(FileProblem) -> Checkpoint {
    let (command, isStoppedEarly) = try command()
    return Checkpoint(
      tensors: tensors,
      world: try field("world", "a name like 'corner-13'", plainText(100)),
      view: try field("view", "two odd numbers like '19x19', each up to 127", viewSides),
      features: try field("features", "a whole number up to 1000000", whole(1...1_000_000)),
      hidden: try field("hidden", "whole numbers like '64,64'") { text in
        let units = text.split(separator: ",", maxSplits: 16, omittingEmptySubsequences: false).map {
          whole(1...1_000_000)(String($0))
        }
        return units.count <= 16 && !units.contains(nil) ? units.compactMap(\.self) : nil
      },
      actions: try field("actions", "names like 'up,left,down,right'") { text in
        guard let text = plainText(2_000)(text) else { return nil }
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return names.contains("") || Set(names).count < names.count ? nil : names
      },
      command: command,
      seed: try field("seed", "a whole number") { UInt64($0) },
      steps: try field("steps", "a whole number", whole(0...1 << 53)),
      severity: try field("severity", "a number from 0 to 1", share),
      order: try field("layout", "'out,in' or 'in,out'") { Checkpoint.WeightOrder(rawValue: $0) },
      isStoppedEarly: isStoppedEarly, isHalf: isHalf, rates: try rates(), extra: Checkpoint.extra(metadata))
  }

  private func command() throws(FileProblem) -> (command: String, isStoppedEarly: Bool) {
    let text = try field("command", "a line of plain text", plainText(2_000))
    if metadata[Checkpoint.stopped] != nil {
      return (text, try field(Checkpoint.stopped, "true or false") { Bool($0) })
    }
    let mark = Checkpoint.formerlyStopped
    guard text.hasSuffix(mark), text.count > mark.count else { return (text, false) }
    return (String(text.dropLast(mark.count)), true)
  }

  private func rates() throws(FileProblem) -> Checkpoint.Rates? {
    guard Checkpoint.measured.contains(where: { metadata[$0] != nil }) else { return nil }
    return Checkpoint.Rates(
      levels: try field("levels", "a whole number above 0", whole(1...1 << 53)),
      trainSuccess: try field("train_success", "a number from 0 to 1", share),
      shiftSuccess: try field("shift_success", "a number from 0 to 1", share),
      shiftProxyOnly: try field("shift_proxy_only", "a number from 0 to 1", share),
      shiftNeither: try field("shift_neither", "a number from 0 to 1", share))
  }

  private func field<Value>(
    _ key: String, _ expected: String, _ parse: (String) -> Value?
  ) throws(FileProblem) -> Value {
    guard let text = metadata[key] else {
      throw place.bad("the metadata has no '\(key)'", mend: "write \(expected)")
    }
    guard let value = parse(text) else {
      throw place.bad(
        "the metadata's '\(key)' is '\(PlainText.stripped(text, limit: 60))'", mend: "write \(expected)")
    }
    return value
  }

  private func whole(_ range: ClosedRange<Int>) -> (String) -> Int? {
    { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
  }

  private func plainText(_ limit: Int) -> (String) -> String? {
    { text in !text.isEmpty && PlainText.stripped(text, limit: limit) == text ? text : nil }
  }

  private func share(_ text: String) -> Double? {
    Double(text).flatMap { (0...1).contains($0) ? $0 : nil }
  }

  private func viewSides(_ text: String) -> (width: Int, height: Int)? {
    let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { whole(1...127)(String($0)) }
    guard sides.count == 2, let width = sides[0], let height = sides[1], width % 2 == 1, height % 2 == 1 else {
      return nil
    }
    return (width, height)
  }
}
