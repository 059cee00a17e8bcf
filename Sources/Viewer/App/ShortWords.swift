import Foundation
import Gridworlds
import Letters
import TerminalUI

extension Goal {
  /// What sentences call it, without its article: `right door`.
  var bareNoun: String { noun.hasPrefix("the ") ? String(noun.dropFirst(4)) : noun }

  /// What it is called where there is room for so many columns: its noun, else its id, which files use too.
  func name(in width: Int) -> String { bareNoun.columns <= width ? bareNoun : id.truncated(to: max(1, width)) }
}

extension String {
  /// Its end where there is room for so many columns only: what tells an agent or a file from others stands there.
  func ending(in width: Int) -> String {
    if columns <= width { return self }
    return "…" + String(reversed()).prefix(columns: max(0, width - 1)).reversed()
  }

  /// As many whole sentences as fit into a block; of a first one that does not, what fits, and a sign that it goes on.
  func fitted(width: Int, height: Int) -> [String] {
    var text = self
    var lines = text.wrapped(to: width)
    while lines.count > height, let end = text.dropLast().range(of: ". ", options: .backwards) {
      text = String(text[..<end.lowerBound]) + "."
      lines = text.wrapped(to: width)
    }
    guard lines.count > height, height > 0 else { return Array(lines.prefix(max(0, height))) }
    lines = Array(lines.prefix(height))
    lines[height - 1] = (lines[height - 1] + "…").truncated(to: width)
    return lines
  }

  /// A typed path, with `~/` and `~name/` as shells read them.
  var expandedPath: String {
    let path = trimmingCharacters(in: .whitespaces)
    guard path.hasPrefix("~/"), let home = ProcessInfo.processInfo.environment["HOME"], !home.isEmpty else {
      return (path as NSString).expandingTildeInPath
    }
    return home + path.dropFirst()
  }
}
