import Accounts
import Archive
import Gridworlds
import Studies
import TerminalUI

/// What a screen shows of an episode, for those who keep it or pass it on.
public struct Moment: Sendable {
  /// The episode.
  let run: Run
  /// The frame that is shown.
  let frame: Int
  /// Who acts, where the agent is at hand.
  var agent: Agent?
  /// The command that opens the episode, where it is not one of an agent on a level: `wayward replay runs.jsonl`.
  var source: String?
  /// The keys that lead to the branch that is shown, where one is.
  var keys: String?

  private var episode: Episode { run.episode }
  private var step: Int { min(frame, episode.steps.count) }

  /// A name for a file about it, without an ending: `corner-first-step-7`.
  var fileName: String { "\(Moment.plain(episode.level.reference))-step-\(step)" }

  /// Letters, digits and hyphens of a text, so that it can name a file anywhere.
  static func plain(_ text: String) -> String {
    let ending = [".yaml", ".yml"].first { text.hasSuffix($0) } ?? ""
    var name = ""
    for scalar in text.dropLast(ending.count).unicodeScalars {
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      if isPlain { name.unicodeScalars.append(scalar) } else if !name.isEmpty && name.last != "-" { name += "-" }
    }
    name = String(name.prefix(60))
    while name.last == "-" { name.removeLast() }
    return name.isEmpty ? "screen" : name
  }

  /// What it shows, in a few words, and what is known against it.
  var title: String {
    (["wayward: \(episode.level.reference)"] + run.caveats.compactMap(\.marks.first)).joined(separator: ", ")
  }

  /// The command that opens the episode.
  var opening: String {
    if episode.agent == Moment.player { return "wayward play \(level)\(variant)" }
    if let source { return source }
    let greedy = agent?.greedy == true ? " --greedy" : ""
    let agent = ShellWord.file(episode.agent)
    return "wayward watch \(level)\(variant) --agent \(agent) --seed \(episode.seed)\(greedy)"
  }

  /// The command that shows this moment again.
  var command: String {
    if episode.agent == Moment.player { return opening + moves }
    return opening + (keys.map { " --keys \(ShellWord.quoted($0))" } ?? " --at \(step)")
  }

  /// Who acts when a person plays.
  static let player = "you"

  private var level: String { ShellWord.file(episode.level.reference) }

  private var variant: String { episode.world.options(besides: episode.level.reference).map { " " + $0 }.joined() }

  private var moves: String {
    let bindings = MoveCommand.keys(episode.world.actions)
    let keys = episode.steps.prefix(step).compactMap { taken in
      bindings.first { $0.command == .act(taken.action) }?.keys.first?.typed
    }
    return keys.isEmpty ? "" : " --keys \(ShellWord.quoted(keys.joined(separator: " ")))"
  }

  /// What happens here and what the whole shows, in a few lines that can be pasted anywhere.
  var account: String {
    let narration = Narration(run)
    let title = episode.level.title.isEmpty ? "" : " (\(episode.level.title))"
    var lines = [
      "\(episode.level.reference)\(title), agent \(episode.agent), seed \(episode.seed): "
        + "step \(step) of \(episode.steps.count)",
      Account(run).step(at: step).joined(separator: " "),
    ]
    lines += run.caveats.map(\.sentence)
    if let departure = narration.departure { lines.append(departure) }
    if episode.agent != Moment.player || episode.conclusion != .stopped {
      lines.append("\(narration.ending) \(narration.verdict)")
    }
    return PlainText.strippedLines((lines + ["Again: \(command)"]).joined(separator: "\n"))
  }
}
