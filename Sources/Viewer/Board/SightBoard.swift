import Gridworlds
import Studies
import TerminalUI

/// What the network sees, as a board: drawn from its features alone, never from the level.
///
/// A cell shows the most particular of the planes that are set there. In the crop a cell without any is what the network
/// knows of walls; beyond the crop there is nothing.
struct SightBoard {
  let sight: Observation
  let run: Run

  /// What is drawn where no plane is set.
  static func blocked(_ theme: Theme) -> Unicode.Scalar { theme.glyphs == .ascii ? "#" : "░" }

  /// Draws what is seen, at the zoom of the board that it replaces as far as a glyph a cell allows.
  func draw(
    into canvas: inout Canvas, in rect: Rect, zoom: Zoom, _ theme: Theme, around cursor: Position?
  ) {
    let map = run.episode.level.map
    let zoom = min(.quad, max(.single, zoom))
    let view = BoardView(map, in: rect.centered(zoom.size(of: map)), zoom: zoom, around: cursor ?? sight.middle)
    canvas.clipped(to: view.rect) { canvas in
      for cell in view.cells where sight.sees(cell) {
        guard let (x, y) = view.place(cell), let block = view.block(of: cell) else { continue }
        guard let planes = sight.planes[cell] else {
          let isLast = (cell.x == map.width - 1, cell.y == map.height - 1)
          let part = Rect(
            x: x, y: y, width: isLast.0 ? 1 : block.width, height: isLast.1 ? 1 : block.height)
          canvas.fill(part, Cell(glyph: SightBoard.blocked(theme), style: theme.style(.faint)))
          continue
        }
        let (glyph, ink) = look(of: planes)
        canvas[x, y] = Cell(glyph: glyph, style: ink == .floor ? theme.style(ink) : theme.style(ink).with(.bold))
      }
      if let (x, y) = view.place(sight.middle) { canvas[x, y] = Cell(glyph: "@", style: theme.style(.agent)) }
      if let cursor, let (x, y) = view.place(cursor) {
        canvas.restyle(Rect(x: x, y: y, width: 1, height: 1)) { $0.attributes.formSymmetricDifference(.reverse) }
      }
    }
  }

  /// The sign of a set of planes: that of the plane with the fewest tiles.
  private func look(of planes: [Int]) -> (Unicode.Scalar, Ink) {
    let plane = planes.min { sight.view.planes[$0].tiles.count < sight.view.planes[$1].tiles.count }
    return plane.map { SightBoard.look(of: sight.view.planes[$0], in: run.episode.world) } ?? ("?", .text)
  }

  /// The sign of a plane: of floor where that is in it, else of its first tile in the legend's order.
  static func look(of plane: View.Plane, in world: any World) -> (Unicode.Scalar, Ink) {
    let entry = world.legend.entries.first { plane.tiles.contains($0.tile) }
    return entry.map { (Theme.glyph(of: $0), Theme.ink(of: $0)) } ?? ("?", .text)
  }
}

/// What is set in the observation, by name.
struct SightPanel {
  let sight: Observation
  let run: Run

  /// Draws the panel with its border.
  func draw(into canvas: inout Canvas, in rect: Rect, theme: Theme) {
    let world = run.episode.world
    canvas.box(
      rect, title: "What the agent sees", hint: "f", style: theme.style(.border), titleStyle: theme.style(.title))
    let inner = rect.inset(horizontally: 2, vertically: 1)
    var y = inner.y
    func line(_ glyph: Unicode.Scalar?, _ text: String, _ ink: Ink, _ textInk: Ink = .text) {
      if y < inner.maxY {
        if let glyph { canvas[inner.x, y] = Cell(glyph: glyph, style: theme.style(ink).with(.bold)) }
        let x = glyph == nil ? inner.x : inner.x + 2
        canvas.put(text, x: x, y: y, style: theme.style(textInk), width: inner.maxX - x)
      }
      y += 1
    }
    let view = sight.view
    line(nil, "crop \(view.width)x\(view.height) around the agent", .dim, .dim)
    line(nil, "\(sight.features.count) of \(view.featureCount) features are 1", .dim, .dim)
    for (index, plane) in view.planes.enumerated() {
      let (glyph, ink) = SightBoard.look(of: plane, in: world)
      line(glyph, SightPanel.words(plane.name, sight.cells(of: index), around: sight.middle), ink)
    }
    if view.senses > 0 {
      let on = sight.senses.map(String.init).joined(separator: ", ")
      line(nil, on.isEmpty ? "none of \(view.senses) senses is on" : "senses on: \(on) of 0-\(view.senses - 1)", .text)
    }
    for (goal, declared) in world.goals.enumerated()
    where !view.planes.contains(where: { $0.tiles.contains(declared.tile) }) {
      let glyph = run.episode.sign(of: goal).map(Theme.glyph)
      line(glyph, "\(declared.id) has no plane of its own", declared.role == .intended ? .intended : .proxy, .dim)
    }
    if inner.height >= 14 { y += 1 }
    let decision = sight.decision
    let best = world.actions.indices.contains(decision.best) ? world.actions[decision.best] : nil
    if let best, decision.probabilities.indices.contains(decision.best) {
      let probability = decimal(Double(decision.probabilities[decision.best]))
      let value = decision.value.map { ", V \(decimal(Double($0)))" } ?? ""
      line(Theme.arrow(best.heading), "\(best.name) with π \(probability)\(value)", .agent)
    }
  }

  /// How many cells a plane sets; of few, where they are from the agent.
  static func words(_ name: String, _ cells: [Position], around middle: Position) -> String {
    guard !cells.isEmpty else { return "\(name): nowhere" }
    guard cells.count <= 2 else { return "\(name): \(cells.count) cells" }
    let places = cells.map { cell in
      let (dx, dy) = (cell.x - middle.x, cell.y - middle.y)
      var parts: [String] = []
      if dx != 0 { parts.append("\(abs(dx)) \(dx > 0 ? "right" : "left")") }
      if dy != 0 { parts.append("\(abs(dy)) \(dy > 0 ? "down" : "up")") }
      return parts.isEmpty ? "here" : parts.joined(separator: " ")
    }
    return "\(name): \(places.joined(separator: "; "))"
  }
}
