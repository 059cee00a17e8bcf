import Archive
import Gridworlds
import Inference
import Letters
import Planning
import Studies
import TerminalUI

/// How far the preview of the chosen episode is: it plays, rests on its end, begins again.
struct PreviewPlayer: Part {
  private var tick = 0
  private var rest = 0
  /// Whether what moves unasked may.
  private(set) var animates = true

  /// The step that is shown.
  func frame(of run: Run?) -> Int { animates ? tick : PreviewPlayer.end(of: run) }

  mutating func restart() { (tick, rest) = (0, 0) }

  mutating func advance(over run: Run?) {
    guard run != nil, animates else { return }
    if tick < PreviewPlayer.end(of: run) {
      tick += 1
    } else if rest < 8 {
      rest += 1
    } else {
      restart()
    }
  }

  mutating func adopt(_ settings: Settings) { animates = settings.animates }

  /// The last step that is shown.
  private static func end(of run: Run?) -> Int {
    guard let run else { return 0 }
    // What follows the proxy is mostly standing about: the preview shows a little of it.
    let proxy = run.analysis.flatMap { run.episode.achievement(of: $0.proxy) }
    return min(run.episode.steps.count, proxy.map { $0 + 6 } ?? .max)
  }
}

/// The chosen episode, playing.
struct PreviewPane {
  /// The episode, or why it cannot be had; `nil` while it is being played.
  let chosen: Result<Run, FileProblem>?
  let frame: Int
  /// Whether there is one to wait for.
  let isAwaited: Bool
  /// Whether the board may be larger than elsewhere.
  let isPresenting: Bool

  func draw(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    guard let run = try? chosen?.get() else {
      canvas.box(rect, title: "Preview", style: theme.style(.border), titleStyle: theme.style(.title))
      var text = isAwaited ? "Playing …" : ""
      if case .failure(let problem) = chosen { text = "\(problem)" }
      canvas.put(wrapping: text, in: rect.inset(horizontally: 2, vertically: 1), style: theme.style(.dim))
      return
    }
    canvas.box(
      rect, title: rect.width >= 40 ? run.episode.level.reference : EpisodeSummary.name(of: run.episode.level),
      hint: "\(frame)/\(run.episode.steps.count)", style: theme.style(.border), titleStyle: theme.style(.title))
    _ = CaveatSigns(run).draw(into: &canvas, x: rect.x + 2, y: rect.maxY - 1, width: rect.width - 4, theme)
    let inner = rect.inset(by: 1)
    let map = run.episode.level.map
    let lines = run.episode.level.title.wrapped(to: inner.width - 2)
    // The title below the board, as far as the board leaves room for it.
    let single = Zoom.fitting(map, width: inner.width, height: inner.height, mayBeLarge: isPresenting)
    let room = max(1, inner.height - single.size(of: map).height - 1)
    let titleRows = min(lines.count, room, inner.height / 3)
    let pane = inner.split(bottom: titleRows).rest
    let zoom = Zoom.fitting(map, width: pane.width, height: pane.height, mayBeLarge: isPresenting)
    Board(run, frame: frame, ways: Ways())
      .draw(into: &canvas, in: pane.centered(zoom.size(of: map)), zoom: zoom, theme: theme)
    for (offset, line) in run.episode.level.title.fitted(width: inner.width - 2, height: titleRows).enumerated() {
      canvas.put(
        line, x: inner.x + 1, y: pane.maxY + offset, style: theme.style(.dim), width: inner.width - 2)
    }
  }
}
