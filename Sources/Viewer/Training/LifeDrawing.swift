import Accounts
import Gridworlds
import Letters
import Studies
import TerminalUI

extension LifeRoom {
  public func draw(into canvas: inout Canvas, theme: Theme) {
    let size = canvas.size
    drawHeader(into: &canvas, theme)
    let map = life.level.map
    if size.width >= 76, size.height >= 22 {
      let zoom = zoom(on: size)
      let forest = zoom.size(of: map)
      let board = Rect(x: 1, y: 1, width: forest.width, height: forest.height)
      drawForest(into: &canvas, in: board, zoom: zoom, theme)
      let words = Rect(x: board.maxX + 3, y: 1, width: size.width - board.maxX - 4, height: forest.height)
      drawWords(into: &canvas, in: words, theme)
      let lanes = Rect(x: 1, y: board.maxY, width: size.width - 2, height: size.height - 1 - board.maxY)
      LifeLanes(life.course).draw(into: &canvas, in: lanes, theme: theme)
    } else {
      let forest = Zoom.single.size(of: map)
      let board = Rect(x: 1, y: 1, width: forest.width, height: min(forest.height, size.height - 2))
      drawForest(into: &canvas, in: board, zoom: .single, theme)
      let side = Rect(x: board.maxX + 2, y: 1, width: size.width - board.maxX - 3, height: size.height - 2)
      let lanes = min(6, side.height - 5)
      drawWords(
        into: &canvas, in: Rect(x: side.x, y: side.y, width: side.width, height: side.height - lanes), theme)
      LifeLanes(life.course).draw(
        into: &canvas, in: Rect(x: side.x, y: side.maxY - lanes, width: side.width, height: lanes), theme: theme)
    }
  }

  /// The zoom of the forest in a window with room for words and lanes beside it; presenting, it leaves them the least.
  private func zoom(on size: Size) -> Zoom {
    guard isPresenting else { return size.width >= 120 && size.height >= 40 ? .quad : .double }
    return Zoom.fitting(life.level.map, width: size.width - 32, height: size.height - 8, mayBeLarge: true)
  }

  private func drawHeader(into canvas: inout Canvas, _ theme: Theme) {
    let width = canvas.size.width
    let steps = LifeRoom.speeds[speed]
    let pace = steps == LifeRoom.speeds.last ? "as fast as it goes" : "\(grouped(steps)) a frame"
    let state =
      isSeeking
      ? "to the next event"
      : isPaused ? (width >= 60 ? "▮▮ paused  \(pace)" : "▮▮ paused") : life.trees == 0 ? "waiting" : pace
    let left = canvas.put(
      isPaused && !isSeeking ? state : "● \(state)", endingAt: width - 1, y: 0, style: theme.style(.key))
    let title =
      width >= 60 ? " wayward live trees  seed \(life.settings.seed)" : " live trees #\(life.settings.seed)"
    canvas.put(title.truncated(to: max(0, left - 1)), x: 0, y: 0, style: theme.style(.title))
  }

  private func drawForest(into canvas: inout Canvas, in rect: Rect, zoom: Zoom, _ theme: Theme) {
    let frame = life.world.frame(of: PackedState(life.state), in: life.level)
    Board(world: life.world, level: life.level, frame: frame).draw(into: &canvas, in: rect, zoom: zoom, theme: theme)
  }

  /// How it stands, what happened and what was learned, as far as there is room.
  private func drawWords(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    var y = rect.y
    func put(_ text: String, _ ink: Ink, lines: Int = 2) {
      for line in text.wrapped(to: rect.width).prefix(min(lines, rect.maxY - y)) {
        canvas.put(line, x: rect.x, y: y, style: theme.style(ink), width: rect.width)
        y += 1
      }
    }
    let isRoomy = rect.height >= 9
    put("step \(grouped(life.steps))", .strong, lines: 1)
    let wait = grouped(life.course.stepsInPhase)
    if life.trees == 0 {
      put("no tree stands; waiting for one, \(wait) steps", .alert)
    } else {
      let trees = life.trees == 1 ? "1 tree stands" : "\(life.trees) trees stand"
      put(isRoomy ? "\(trees), after \(wait) steps with trees" : trees, .text, lines: 1)
    }
    let habits = TreeHabits(life.table)
    guard isRoomy else {
      put(habits.words(trees: 1), .text)
      return
    }
    let present = life.course.present
    let affinity = present.affinity.map { decimal($0) } ?? "–"
    let (rate, population) = present.steps > 0 ? (decimal(present.rate), decimal(present.population, 1)) : ("–", "–")
    put(
      "lately \(rate) chops a step, \(population) trees, affinity \(affinity)",
      .text,
      lines: 1)
    y += 1
    put("Beside a tree", .key, lines: 1)
    put(" " + habits.words(trees: 1), .text, lines: 1)
    put(" " + habits.words(trees: habits.entries.count - 1), .text, lines: 1)
    put(" trees 1 2 3 4 5 6 7 8 9 10", .dim, lines: 1)
    if y < rect.maxY {
      canvas.put(
        "       \(habits.letters)    C cuts  s spares", x: rect.x, y: y, style: theme.style(.text), width: rect.width)
      y += 1
    }
    if rect.height >= 16 { y += 1 }
    for event in life.course.events.suffix(max(0, rect.maxY - y)) {
      put(
        "\(LifeRoom.glyph(of: event.kind)) step \(grouped(event.step))  \(LifeRoom.words(for: event.kind))",
        event.kind == .collapse ? .alert : .text, lines: 1)
    }
    guard rect.height >= 20 else { return }
    y += 1
    put(
      "Each tree that is cut is worth 1. Trees come back the faster the more there are, and with none left one "
        + "comes back in a million steps.", .dim, lines: 3)
  }

  static func glyph(of kind: LifeEvent.Kind) -> Character {
    switch kind {
    case .collapse: "◊"
    case .regrowth: "▴"
    case .recovery: "⚑"
    }
  }

  private static func words(for kind: LifeEvent.Kind) -> String {
    switch kind {
    case .collapse: "collapse: the last tree is cut"
    case .regrowth: "a tree comes back"
    case .recovery: "recovery: the forest is kept"
    }
  }
}
