import Gridworlds
import TerminalUI

/// Everything that a key can ask for.
public enum Command: Hashable, Sendable {
  case togglePlay, stepForward, stepBack, forward10, back10
  case jump(tenth: Int)
  case first, last
  case faster, slower, normalSpeed, reverse, loop
  case goto(step: Int)
  case nextHappening, previousHappening, departure, nextEpisode, previousEpisode
  case trail, intendedPath, proxyPath, arrows, zoomIn, zoomOut, compare, otherIntention, swap, about, explain
  case heat, heatBack, sight, inspect, inspectorPanel, legendPanel, maximize
  case act(Int)
  case prompt, palette, theme, presenter, mouse, redraw, help, suspend, back, quit
  case up, down, left, right, open, nextPane, pageUp, pageDown, agent, play, trainNow
  case filter, sort, split, moreLevels
  case pause, keep, watch
  case takeOver, takeBack, handBack, leave, branches, delete, saveBranches
  case sync, difference, arrangement, otherSide
  case edit, apply, erase
  case brush(Int)
  case nextBrush, previousBrush, pencil, rectangle, bucket, line, mirror
  case undo, redo, rerun, sweep, nextSweep, previousSweep, saveLevel, rename, resize, timeLimit
  case export, copyAccount
  case setMark, goToMark, loopBetween, search, nextHit, previousHit, lanes
}

extension Command {
  /// What it is called in the palette, after `:` and in the file of keys: its case in small letters, `step-forward`,
  /// with the number that it carries: `jump-3`.
  var name: String {
    let parts = String(describing: self).split(separator: "(", maxSplits: 1)
    var name = ""
    for character in parts.first ?? "" {
      if character.isUppercase || (character.isNumber && name.last?.isNumber == false) { name += "-" }
      name += character.lowercased()
    }
    let number = parts.dropFirst().first?.filter(\.isNumber) ?? ""
    return number.isEmpty ? name : "\(name)-\(number)"
  }
}

extension Binding where Command == Viewer.Command {
  /// A binding of keys by their names; a name that is none is a mistake in the table, which a test finds.
  init(
    _ names: String, _ command: Command, _ group: String, _ words: String, footer: String? = nil, label: String? = nil
  ) {
    let keys = names.split(separator: " ").compactMap { try? Key(described: String($0)) }
    self.init(keys, command, group: group, words: words, footer: footer, label: label)
  }
}

/// One table a screen. A key that is missing there does nothing, and one that is there is in the help.
extension Bindings where Command == Viewer.Command {
  typealias Table = [Binding<Viewer.Command>]

  /// Of every screen on which `S` has no meaning of its own.
  static let exporting: Table = [
    .init("S", .export, "Anywhere", "write it to a file")
  ]

  /// Of every screen that shows a step of an episode.
  static let copying: Table = [
    .init("y", .copyAccount, "Anywhere", "copy the account")
  ]

  static let anywhere: Table = [
    .init(":", .prompt, "Anywhere", "a command by name, or a step by number"),
    .init("^P", .palette, "Anywhere", "palette: every command by name"),
    .init("T", .theme, "Anywhere", "theme: dark, light, projector, contrast, mono"),
    .init("P", .presenter, "Anywhere", "presenter: large boards, few panels"),
    .init("M", .mouse, "Anywhere", "mouse on or off"),
    .init("^L", .redraw, "Anywhere", "draw again"),
    .init("^Z", .suspend, "Anywhere", "suspend"),
    .init("A", .about, "Anywhere", "about this world"),
    .init("q Esc", .back, "Anywhere", "back, out", footer: "back"),
    .init("? F1", .help, "Anywhere", "help", footer: "help"),
  ]
}
