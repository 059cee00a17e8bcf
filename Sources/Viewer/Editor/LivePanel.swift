import Gridworlds
import Inference
import Letters
import Planning
import Studies
import TerminalUI

/// What the agent does on the map as it is drawn now.
struct LivePanel {
  let live: LiveStudy
  /// Whether something else is drawn than what was opened.
  let isEdited: Bool
  /// Whether the time of a run is shown; a printed screen is the same each time.
  let showsPace: Bool
  let theme: Theme

  func draw(into canvas: inout Canvas, in rect: Rect) {
    canvas.box(
      rect, title: "Live: agent on this map", style: theme.style(.border), titleStyle: theme.style(.title))
    let inner = rect.inset(horizontally: 2, vertically: 1)
    var y = inner.y
    for (label, text, ink) in rows where y < inner.maxY {
      let next = canvas.put(label, x: inner.x, y: y, style: theme.style(.dim), width: inner.width)
      let x = label.isEmpty ? inner.x : max(next + 1, inner.x + 9)
      let lines = text.wrapped(to: max(1, inner.maxX - x))
      for line in lines where y < inner.maxY {
        canvas.put(line, x: x, y: y, style: theme.style(ink), width: max(0, inner.maxX - x))
        y += 1
      }
      if lines.isEmpty { y += 1 }
    }
  }

  /// The same in one line.
  var summary: (String, Ink) {
    guard live.agent != nil else { return ("no agent here", .dim) }
    guard let latest = live.latest else { return ("the agent is at it …", .dim) }
    guard let episode = latest.episode else { return ("nothing to run on yet", .dim) }
    guard let run = latest.run else { return ("\(episode.steps.count) steps; judging …", .dim) }
    return VerdictLook.short(run)
  }

  /// Label, text and meaning of each row.
  private var rows: [(String, String, Ink)] {
    guard let agent = live.agent else { return [("", "There is no agent here: drawing alone.", .dim)] }
    var rows: [(String, String, Ink)] = [("agent", "\(agent.name), seed \(agent.seed)", .text)]
    guard let latest = live.latest else { return rows + [("", "at it …", .dim)] }
    guard let episode = latest.episode, let last = episode.frames.last else {
      return rows + [("", "", .dim), ("", "It runs as soon as the map is a level.", .dim)]
    }
    let count = episode.steps.count
    let pace = showsPace ? " in \(Int(latest.milliseconds.rounded(.up))) ms" : ""
    rows.append(("re-ran", "\(count) step\(count == 1 ? "" : "s")\(pace)", .text))
    rows.append(("ends at", "\(last.agent)", .text))
    for (index, goal) in zip(episode.world.goalIndices, episode.world.goals) {
      let ink: Ink = goal.role == .intended ? .intended : .proxy
      if let step = episode.achievement(of: index) {
        rows.append((goal.role == .intended ? "goal" : "proxy", "\(goal.deed), step \(step)", ink))
      } else {
        rows.append((goal.role == .intended ? "goal" : "proxy", "not reached", .dim))
      }
    }
    guard latest.isJudged, let run = latest.run else { return rows + [("verdict", "…", .dim)] }
    if let step = run.analysis?.marks.departure, episode.frames.indices.contains(step) {
      rows.append(("departs", "◊ step \(step) at \(episode.frames[step].agent)", .alert))
    } else {
      rows.append(("departs", run.analysis == nil ? "not known" : "never", .dim))
    }
    let (words, ink) = VerdictLook.short(run)
    rows.append(("verdict", words, ink))
    if let opened = live.opened, isEdited {
      rows.append(("before", VerdictLook.short(opened).0, .dim))
    }
    rows += [("", "", .dim), ("", "W moves the goal to every cell", .dim)]
    return rows
  }
}
