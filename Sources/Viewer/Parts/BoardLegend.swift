import Gridworlds
import Inference
import Letters
import Planning
import Studies
import TerminalUI

/// What the signs on and around a board mean.
struct BoardLegend {
  /// A sign of what lies beside the board, with its words.
  typealias Sign = (glyph: String, words: String, ink: Ink)

  let pane: BoardPane
  let view: Viewpoint
  /// What is drawn over the lanes.
  let others: [Sign]

  /// What is on the screen, in the order in which the eye needs it: the scale of the heat first.
  func draw(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    var x = rect.x
    if pane.heatKind != nil { x = drawScale(into: &canvas, in: rect, theme) + 3 }
    if pane.zoom == .policy, let words = plusWords {
      x = canvas.put(words + "  ", x: x, y: rect.y, style: theme.style(.dim), width: max(0, rect.maxX - x))
    }
    for (glyph, words, style) in entries(theme) {
      // Where one has no room, a shorter one may still have it.
      guard x + words.columns + 2 <= rect.maxX else { continue }
      x = canvas.put(glyph, x: x, y: rect.y, style: style)
      x = canvas.put(" \(words)  ", x: x, y: rect.y, style: theme.style(.dim), width: rect.maxX - x)
    }
  }

  private func entries(_ theme: Theme) -> [(String, String, Style)] {
    let world = view.world
    var entries: [(String, String, Style)] = []
    func add(_ glyph: Unicode.Scalar, _ words: String, _ ink: Ink) {
      entries.append((String(glyph), words, theme.style(ink)))
    }
    if pane.showsSight {
      add("@", "agent", .agent)
      add(SightBoard.blocked(theme), "no plane is set", .faint)
      entries.append((" ", "blank: beyond the crop", theme.style(.dim)))
      return entries
    }
    let field = pane.field(view)
    func addWays() {
      let shown = pane.zoom != .policy
      if pane.ways.showsTrail && shown { add(Pen.taken.across(theme.glyphs), "taken", .trail) }
      if pane.ways.showsTrail && shown, let other = world.legend.entries.first(where: \.hasTrail) {
        add(Pen.others.down(theme.glyphs), "\(other.name)'s way", .creature)
      }
      if pane.ways.showsIntended && shown { add(Pen.best.across(theme.glyphs), "best way", .intended) }
      if pane.ways.showsProxy && shown { add(Pen.proxy.across(theme.glyphs), "to proxy", .proxy) }
    }
    func addClasses(_ field: PolicyField?) {
      let names: [StepClass: String] = [
        .both: "fits both", .proxyOnly: "proxy only", .intendedOnly: "goal only", .neither: "neither",
      ]
      let taken = view.run.classes(in: 0..<view.episode.steps.count)
      for kind in StepClass.allCases where taken.contains(kind) || field?.agreements.contains(kind) == true {
        let (glyph, ink) = kind.look
        add(glyph, names[kind] ?? "", ink)
      }
      if view.run.analysis?.marks.departure != nil { add("◊", "departure", .alert) }
      if view.run.analysis?.marks.away != nil { add("◊", "away since", .alert) }
      if view.run.knownOdds?.turn != nil { add("↓", "odds fell", .alert) }
    }
    func addThings() {
      for entry in things { add(Theme.glyph(of: entry), entry.name, Theme.ink(of: entry)) }
    }
    for (glyph, words, ink) in others { entries.append((glyph, words, theme.style(ink))) }
    for (index, goal) in zip(world.goalIndices, world.goals) {
      guard let entry = view.episode.sign(of: index) else { continue }
      add(Theme.glyph(of: entry), goal.role == .intended ? "goal" : "proxy", Theme.ink(of: entry))
    }
    // What covers the board comes first: the classes of the arrows where they are shown, else the ways.
    if let field {
      addClasses(field)
      addThings()
      if pane.showsArrows {
        let faint = PolicyField.Arrow(action: 0, heading: .right, probability: 0, agreement: .both)
        entries.append((String(faint.glyph), "faint: π < .5", faint.style(theme)))
      }
      addWays()
    } else {
      addWays()
      addClasses(nil)
      addThings()
    }
    add("@", "agent", .agent)
    return entries
  }

  /// What else stands on the board now, each glyph once, the signs of the goals excepted.
  private var things: [Legend.Entry] {
    let world = view.world
    var known = Set(world.goalIndices.compactMap { view.episode.sign(of: $0).map(Theme.glyph) })
    let present = Set(Board(world: world, level: view.level, frame: view.shown).things.values.map(\.tile))
    return world.legend.entries.filter { present.contains($0.tile) && known.insert(Theme.glyph(of: $0)).inserted }
  }

  /// What the numbers in the cells are, at the closest zoom.
  private var plusWords: String? {
    guard pane.field(view) != nil else { return pane.cursor == nil ? "working …" : nil }
    let slants = view.world.actions.contains { $0.heading.dx != 0 && $0.heading.dy != 0 }
    return view.agent == nil ? "numbers: steps to the goal" : slants ? "numbers: π in tenths" : "numbers: π in %"
  }

  /// The heat's name, its ends, and between them its colours, or digits where there are none.
  /// - Returns: the column after it.
  private func drawScale(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) -> Int {
    guard let kind = pane.heatKind else { return rect.x }
    let name = HeatWords.name(of: kind, in: view.run, isShort: rect.width < 76)
    let room = rect.width
    var x = canvas.put(name + " ", x: rect.x, y: rect.y, style: theme.style(.strong), width: room)
    guard let heat = pane.heat(view) else {
      return canvas.put("working …", x: x, y: rect.y, style: theme.style(.dim), width: max(0, rect.maxX - x))
    }
    x = canvas.put(
      HeatWords.number(heat.low, kind) + " ", x: x, y: rect.y, style: theme.style(.text), width: max(0, rect.maxX - x))
    let usesDigits = theme.isMono || theme.glyphs == .ascii
    let count = usesDigits ? 10 : Viridis.count
    for step in 0..<count where x < rect.maxX {
      let glyph: Unicode.Scalar = usesDigits ? Unicode.Scalar(UInt8(48 + step)) : " "
      var style = theme.style(.text)
      if !theme.isMono {
        style.background = Viridis.color(usesDigits ? step * Viridis.count / count : step)
        style.foreground = style.foreground.readable(on: style.background)
      }
      canvas[x, rect.y] = Cell(glyph: glyph, style: style)
      x += 1
    }
    return canvas.put(
      " " + HeatWords.number(heat.high, kind), x: x, y: rect.y, style: theme.style(.text), width: max(0, rect.maxX - x))
  }
}

/// What a heat is called.
enum HeatWords {
  /// Its name with its unit; the goals by their own names.
  static func name(of kind: HeatMap.Kind, in run: Run, isShort: Bool) -> String {
    let world = run.episode.world
    let intended = world.goals[world.intended].id
    let proxy = run.analysis.map { world.goals[$0.proxy].id } ?? "proxy"
    switch kind {
    case .value: return isShort ? "V agent" : "V of the agent, its expected return"
    case .intended: return isShort ? "V* \(intended)" : "V* of the \(intended), minus steps"
    case .proxy: return isShort ? "V* \(proxy)" : "V* of the \(proxy), minus steps"
    case .goalOdds: return isShort ? "P(\(intended))" : "P(\(intended) in the time left)"
    case .proxyOdds: return isShort ? "P(proxy 1st)" : "P(proxy first, in the time left)"
    case .visits: return isShort ? "visits" : "visits in this episode"
    case .entropy: return isShort ? "H(π) bits" : "entropy of π, bits"
    case .disagreement: return isShort ? "1-π(best)" : "1 - π(best for the \(intended))"
    }
  }

  /// A value with as many digits as mean something.
  static func number(_ value: Double, _ kind: HeatMap.Kind) -> String {
    switch kind {
    case .intended, .proxy, .visits: value == 0 ? "0" : decimal(value, 0)
    case .value, .entropy, .disagreement, .goalOdds, .proxyOdds: decimal(value)
    }
  }
}
