import Accounts
import Gridworlds
import Letters
import Studies
import TerminalUI

/// The policy asked about this very situation with a goal's object elsewhere: what is asked, and what it answered.
struct Asking: Part {
  /// The moment that is asked about.
  private struct Subject: Equatable {
    let level: Level
    let state: PackedState
    let frame: Int
    let agent: String

    init?(_ view: Viewpoint) {
      guard let agent = view.agent else { return nil }
      (level, state, frame, self.agent) = (view.level, view.shown.state, view.frame, agent.name)
    }
  }

  private var subject: Subject?
  /// What came of it; `nil` while it is worked out.
  private var answer: Result<[MovedSituation], MovedSituation.Refusal>?
  /// Which of the answers is shown.
  private var index = 0
  private var isUnderWay = false

  /// Whether this moment is asked about.
  func isOpen(_ view: Viewpoint) -> Bool { subject != nil && subject == Subject(view) }

  /// What is shown in place of the situation as it is.
  func shown(_ view: Viewpoint) -> MovedSituation? {
    guard isOpen(view), case .success(let answers)? = answer, answers.indices.contains(index) else { return nil }
    return answers[index]
  }

  /// Where it stands among the answers: `2 of 5`.
  var place: String {
    guard case .success(let answers)? = answer else { return "" }
    return "\(index + 1) of \(answers.count)"
  }

  /// What came of it, in a sentence.
  func words(_ view: Viewpoint) -> String? {
    guard isOpen(view) else { return nil }
    switch answer {
    case nil: return "Asking …"
    case .failure(let refusal): return refusal.sentence(in: view.world)
    case .success: return shown(view)?.sentence(in: view.world)
    }
  }

  /// Asks about a moment, or goes on to the next place; after the last one it ends.
  /// - Returns: why nobody can be asked.
  mutating func ask(_ view: Viewpoint) -> String? {
    guard view.agent != nil else {
      end()
      return "The policy is not at hand: this episode comes from a file or a person."
    }
    if isOpen(view) {
      guard case .success(let answers)? = answer, index + 1 < answers.count else {
        if answer != nil { end() }
        return nil
      }
      index += 1
    } else {
      (subject, answer, index) = (Subject(view), nil, 0)
    }
    return nil
  }

  /// The situation is shown as it is again.
  mutating func end() { (subject, answer, index) = (nil, nil, 0) }

  /// What was asked and is not being worked out, as work.
  mutating func work(for view: Viewpoint) -> [Wish<Asking>] {
    guard let agent = view.agent, isOpen(view), answer == nil, !isUnderWay else { return [] }
    isUnderWay = true
    let asked = subject
    return [
      .work("ask") {
        let found: Result<[MovedSituation], MovedSituation.Refusal>
        do throws(MovedSituation.Refusal) {
          found = .success(try MovedSituation.all(in: view.episode, at: view.frame, policy: agent.policy))
        } catch {
          found = .failure(error)
        }
        return Reply { asking in
          asking.isUnderWay = false
          if asking.subject == asked { asking.answer = found }
          return []
        }
      }
    ]
  }
}

/// What the policy answered, action by action: as things are, and with the object moved.
struct AskedPanel {
  let asked: MovedSituation
  let place: String
  let world: any World

  /// Draws the panel with its border; what has no room is left out from the end.
  func draw(into canvas: inout Canvas, in rect: Rect, theme: Theme) {
    canvas.box(
      rect, title: "Asked", hint: "\(place), W next, Esc ends", style: theme.style(.border),
      titleStyle: theme.style(.title))
    let inner = rect.inset(horizontally: 2, vertically: 1)
    var y = inner.y
    func line(_ draw: (inout Canvas, Int) -> Void) {
      if y < inner.maxY { draw(&canvas, y) }
      y += 1
    }
    let ink: Ink = asked.goal == world.intended ? .intended : .proxy
    for part in asked.sentence(in: world).wrapped(to: inner.width) {
      line { canvas, y in canvas.put(part, x: inner.x, y: y, style: theme.style(ink), width: inner.width) }
    }
    if inner.height >= 14 { y += 1 }
    let nameWidth = min(12, 3 + (world.actions.map(\.name.columns).max() ?? 0))
    let column = max(6, (inner.width - nameWidth) / 2)
    line { canvas, y in
      canvas.put("as it is", x: inner.x + nameWidth, y: y, style: theme.style(.dim), width: column - 1)
      canvas.put("moved", x: inner.x + nameWidth + column, y: y, style: theme.style(.dim), width: column - 1)
    }
    for (action, label) in world.actions.enumerated() {
      line { canvas, y in
        canvas.put(
          "\(Theme.arrow(label.heading)) \(label.name)", x: inner.x, y: y, style: theme.style(.text),
          width: nameWidth - 1)
        let sides = [(asked.before, asked.bestBefore), (asked.after, asked.bestAfter)]
        for (side, (decision, best)) in sides.enumerated() where decision.probabilities.indices.contains(action) {
          let value = Double(decision.probabilities[action])
          let style = theme.style(decision.best == action ? .strong : .text)
          let barWidth = max(0, min(16, column - 9))
          var next = inner.x + nameWidth + side * column
          if barWidth >= 3 { next = canvas.put(bar(value, width: barWidth) + " ", x: next, y: y, style: style) }
          next = canvas.put(decimal(value), x: next, y: y, style: style)
          if best.contains(action) { canvas.put(" +", x: next, y: y, style: theme.style(ink)) }
        }
      }
    }
    line { canvas, y in
      canvas.put(
        "+ the best first steps to \(world.goals[asked.goal].noun)", x: inner.x, y: y, style: theme.style(.faint),
        width: inner.width)
    }
  }
}
