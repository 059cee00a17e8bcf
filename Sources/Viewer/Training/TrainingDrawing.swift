import Accounts
import Gridworlds
import Letters
import Planning
import Studies
import TerminalUI

extension TrainingRoom {
  public func draw(into canvas: inout Canvas, theme: Theme) {
    let (width, height) = (canvas.size.width, canvas.size.height)
    drawHeader(into: &canvas, theme)
    guard let news else {
      canvas.put("Starting …", x: 2, y: 3, style: theme.style(.dim), width: width - 3)
      return
    }
    drawProgress(news, into: &canvas, y: 1, theme)
    let body = Rect(x: 1, y: 3, width: width - 2, height: height - 6)
    // The largest two boards side by side that leave the curves two fifths, presenting one; in a small window one, if any.
    let map = news.training.episode.level.map
    let sizes = (Zoom.fitting + (isPresenting ? [.large] : [])).reversed().map { $0.size(of: map) }
    let most = isPresenting ? width * 4 / 5 : width * 3 / 5
    let beside = sizes.first { 2 * $0.width + 4 <= most && $0.height < body.height }.map { 2 * $0.width + 4 }
    let needed = Zoom.single.size(of: map).width + 2
    let boardsWidth = beside ?? (body.width - needed >= 18 ? needed : 0)
    let plots = Rect(x: body.x, y: body.y, width: body.width - boardsWidth - 1, height: body.height)
    drawPlots(into: &canvas, in: plots, theme)
    if boardsWidth > 0, let shown {
      let area = Rect(x: body.x + body.width - boardsWidth, y: body.y, width: boardsWidth, height: body.height)
      drawBoards(shown, into: &canvas, in: area, theme)
    }
    drawWords(into: &canvas, y: height - 3, theme)
  }

  private func drawHeader(into canvas: inout Canvas, _ theme: Theme) {
    let width = canvas.size.width
    let running = control.isStopped ? "stopping" : control.isPaused ? "▮▮ paused" : "● training"
    let state = isOver ? "done" : news?.measured.map { "measuring \(Int($0 * 100)) %" } ?? running
    // What is going on comes first: the title takes the room that it leaves.
    let left = canvas.put(state, endingAt: width - 1, y: 0, style: theme.style(.key))
    canvas.put(" \(title)".truncated(to: max(0, left - 1)), x: 0, y: 0, style: theme.style(.title))
  }

  private func drawProgress(_ news: TrainingNews, into canvas: inout Canvas, y: Int, _ theme: Theme) {
    let width = canvas.size.width
    let share = Double(news.report.steps) / Double(max(1, news.totalSteps))
    let left = isOver ? "" : news.secondsLeft.map { ", \(TrainingRoom.duration($0)) left" } ?? ""
    let long =
      "\(TrainingRoom.thousands(news.report.steps)) of \(TrainingRoom.thousands(news.totalSteps)) steps, "
      + "\(news.stepsPerSecond > 0 ? TrainingRoom.thousands(Int(news.stepsPerSecond)) : "–")/s, \(TrainingRoom.duration(news.seconds))\(left)"
    let text = width >= 60 ? long : "\(Int(share * 100)) %\(left)"
    let barWidth = max(4, width - text.columns - 5)
    canvas.put(
      bar(share, width: barWidth), x: 1, y: y, style: Style(theme.style(.key).foreground, on: theme.wallBackground))
    canvas.put(text, x: barWidth + 3, y: y, style: theme.style(.text), width: width - barWidth - 4)
  }

  private func drawPlots(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    // Where there is no room for both, success alone.
    let half = rect.height < 9 ? rect.height : rect.height / 2
    let steps = max(1, Double(news?.totalSteps ?? 1))
    let upper = Rect(x: rect.x, y: rect.y, width: rect.width, height: half)
    let lower = Rect(x: rect.x, y: rect.y + half, width: rect.width, height: rect.height - half)
    let last = history.last
    // A return is drawn against the best so far where that is above 1, and its legend says so.
    let best = max(1, history.compactMap(\.meanReturn).max() ?? 1)
    let scale = best > 1 ? " of \(decimal(best, 1))" : ""
    plot(
      [
        Curve(
          "return \(TrainingRoom.figure(last?.meanReturn))\(scale)", theme.style(.both), isDotted: true,
          history.compactMap { point in point.meanReturn.map { (point.steps, $0 / best) } }),
        Curve(
          "success \(TrainingRoom.figure(last?.success))", theme.style(.intended),
          history.compactMap { point in point.success.map { (point.steps, $0) } }),
      ], x: 0...steps, y: 0...1, into: &canvas, in: upper, theme)
    let most = max(1, history.compactMap(\.entropy).max() ?? 1)
    plot(
      [
        Curve(
          "entropy \(TrainingRoom.figure(last?.entropy)) bits", theme.style(.agent),
          history.compactMap { point in point.entropy.map { (point.steps, $0) } })
      ], x: 0...steps, y: 0...most, into: &canvas, in: lower, theme)
  }

  /// A line of a plot with its entry in the legend.
  private struct Curve {
    let name: String
    let style: Style
    /// Dotted lines can be told from whole ones without colour.
    let isDotted: Bool
    let points: [(Double, Double)]

    init(_ name: String, _ style: Style, isDotted: Bool = false, _ points: [(Double, Double)]) {
      (self.name, self.style, self.isDotted, self.points) = (name, style, isDotted, points)
    }
  }

  /// A plot in a box with its legend above, the axes named by the ends of their ranges.
  private func plot(
    _ curves: [Curve], x: ClosedRange<Double>, y: ClosedRange<Double>, into canvas: inout Canvas, in rect: Rect,
    _ theme: Theme
  ) {
    guard rect.width >= 16, rect.height >= 4 else { return }
    var next = rect.x + 5
    for curve in curves.reversed() where next + curve.name.columns + 2 <= rect.maxX {
      next = canvas.put(curve.isDotted ? "┄ " : "━ ", x: next, y: rect.y, style: curve.style, width: rect.maxX - next)
      next = canvas.put(curve.name, x: next, y: rect.y, style: theme.style(.text), width: rect.maxX - next) + 3
    }
    let inner = Rect(x: rect.x + 5, y: rect.y + 1, width: rect.width - 6, height: rect.height - 2)
    for row in 0..<inner.height { canvas[inner.x - 1, inner.y + row] = Cell(glyph: "│", style: theme.style(.border)) }
    for column in 0..<inner.width {
      canvas[inner.x + column, inner.y + inner.height] = Cell(glyph: "─", style: theme.style(.border))
    }
    canvas[inner.x - 1, inner.y + inner.height] = Cell(glyph: "└", style: theme.style(.border))
    let top = decimal(y.upperBound, 1)
    let bottom = decimal(y.lowerBound, 1)
    canvas.put(top, x: inner.x - 1 - top.count, y: inner.y, style: theme.style(.dim))
    canvas.put(bottom, x: inner.x - 1 - bottom.count, y: inner.y + inner.height - 1, style: theme.style(.dim))
    let end = " \(TrainingRoom.thousands(Int(x.upperBound))) steps"
    canvas.put(end, x: inner.x + inner.width - end.count, y: inner.y + inner.height, style: theme.style(.dim))
    for curve in curves {
      drawBraille(curve.points, x: x, y: y, style: curve.style, isDotted: curve.isDotted, into: &canvas, in: inner)
    }
  }

  private func drawBoards(_ shown: TrainingNews, into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let map = shown.training.episode.level.map
    let single = Zoom.single.size(of: map).width
    let isBeside = rect.width >= 2 * single + 3
    let isOne = !isBeside && rect.height < 2 * 6
    for (index, run) in [shown.training, shown.shifted].enumerated() where !(isOne && index == 0) {
      let pane =
        isBeside
        ? Rect(x: rect.x + index * (rect.width / 2 + 1), y: rect.y, width: rect.width / 2 - 1, height: rect.height)
        : isOne
          ? rect : Rect(x: rect.x, y: rect.y + index * (rect.height / 2), width: rect.width, height: rect.height / 2)
      let gap = pane.height > Zoom.single.size(of: map).height + 1 ? 2 : 1
      let inner = Rect(x: pane.x, y: pane.y + gap, width: pane.width, height: max(1, pane.height - gap))
      let zoom = Zoom.fitting(map, width: inner.width, height: inner.height, mayBeLarge: isPresenting)
      let size = zoom.size(of: map)
      let x = inner.centered(size).x
      let caption = index == 0 ? "in training" : "shifted"
      canvas.put(
        caption, x: x, y: pane.y, style: theme.style(index == 0 ? .intended : .proxy), width: pane.maxX - x)
      Board(run, frame: min(frame, run.episode.steps.count), ways: Ways(showsIntended: false))
        .draw(
          into: &canvas, in: Rect(x: x, y: inner.y, width: size.width, height: min(size.height, inner.height)),
          zoom: zoom, theme: theme)
    }
  }

  private func drawWords(into canvas: inout Canvas, y: Int, _ theme: Theme) {
    let width = canvas.size.width - 2
    if isLeaving {
      for (offset, line) in leavingWords.enumerated() {
        canvas.put(line, x: 1, y: y + offset, style: theme.style(.alert), width: width)
      }
    } else if let problem = news?.problem {
      for (offset, line) in "\(problem)".fitted(width: width, height: 2).enumerated() {
        canvas.put(line, x: 1, y: y + offset, style: theme.style(.alert), width: width)
      }
    } else if let news, let kept = news.kept {
      canvas.put(TrainingRoom.words(onKept: kept, width: width), x: 1, y: 2, style: theme.style(.strong), width: width)
      for (offset, line) in (news.summary ?? "").fitted(width: width, height: 2).enumerated() {
        canvas.put(line, x: 1, y: y + offset, style: theme.style(.text), width: width)
      }
    } else if let shown {
      let words = "On the shifted level: \(Narration(shown.shifted).ending)"
      canvas.put(words.fitted(width: width, height: 1)[0], x: 1, y: y, style: theme.style(.text), width: width)
      let isEarly = news?.report.successRate == nil
      canvas.put(
        (isEarly
          ? "Too early for rates. They begin once every environment has ended an episode."
          : "Rates are of the latest episode of each environment. Enter replays the policy.").fitted(
            width: width, height: 1)[0], x: 1, y: y + 1, style: theme.style(.dim), width: width)
    }
  }

  /// Under which name commands find an agent, and as far as there is room where it lies: of a long path the last
  /// folders say most.
  static func words(onKept path: String, width: Int) -> String {
    let name = Agent.name(of: path)
    let whole = name.hasPrefix("own/") ? "Kept as \(name), in \(path)." : "Kept as \(path)."
    if whole.columns <= width { return whole }
    let start = "Kept as \(name), in …"
    var end = path[...]
    repeat {
      // Without a folder it would say the name once more.
      guard let slash = end.dropFirst().firstIndex(of: "/"), end[slash...].dropFirst().contains("/") else {
        return "Kept as \(name)."
      }
      end = end[slash...]
    } while start.columns + end.columns + 1 > width
    return "\(start)\(end)."
  }

  /// What comes of leaving now.
  private var leavingWords: [String] {
    if isMeasuring {
      return ["The agent is kept; its rates are being measured.", "q once more leaves: its file then has none."]
    }
    if control.isStopped {
      return ["The training stops after this update.", "Then the agent is kept, and q leaves."]
    }
    return [
      "The training still runs: s stops it and keeps the agent.",
      "q once more leaves: the same command goes on from here.",
    ]
  }

  /// A number, or that it is not known.
  private static func figure(_ value: Double?) -> String { value.map { decimal($0) } ?? "–" }

  static func thousands(_ count: Int) -> String {
    if count >= 1_000_000 { return "\(decimal(Double(count) / 1e6, 1)) M" }
    return count >= 1_000 ? "\(count / 1_000) k" : "\(count)"
  }

  static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds)
    return whole >= 60 ? "\(whole / 60) min \(whole % 60) s" : "\(whole) s"
  }
}
