import Accounts
import Gridworlds
import Inference
import Letters
import Planning
import Studies
import TerminalUI

/// What the agent makes of the moment, in figures.
struct Inspector {
  let run: Run
  let frame: Int

  private var episode: Episode { run.episode }

  /// Draws the panel with its border.
  func draw(into canvas: inout Canvas, in rect: Rect, theme: Theme) {
    canvas.box(
      rect, title: "Inspector", hint: "step \(frame)/\(episode.steps.count)", style: theme.style(.border),
      titleStyle: theme.style(.title))
    let inner = Rect(x: rect.x + 2, y: rect.y + 1, width: rect.width - 4, height: rect.height - 2)
    var y = inner.y
    let isRoomy = inner.height >= 14
    func line(_ draw: (inout Canvas, Int) -> Void) {
      if y < inner.y + inner.height { draw(&canvas, y) }
      y += 1
    }
    line { drawMove(into: &$0, x: inner.x, y: $1, width: inner.width, theme) }
    if isRoomy { y += 1 }
    for row in policyRows(columns: isRoomy ? 1 : 2) {
      line { drawPolicy(row, into: &$0, x: inner.x, y: $1, width: inner.width, theme) }
    }
    if isRoomy { y += 1 }
    line { drawNumbers(into: &$0, x: inner.x, y: $1, width: inner.width, theme) }
    if isRoomy { y += 1 }
    for goal in episode.world.goalIndices {
      line { drawGoal(goal, into: &$0, x: inner.x, y: $1, width: inner.width, theme) }
    }
    if isRoomy { y += 1 }
    line { drawBelief(into: &$0, x: inner.x, y: $1, width: inner.width, theme) }
    if isRoomy {
      line { canvas, y in
        let devices = run.analysis.map { "devices: \($0.posterior.devices.rawValue)" } ?? ""
        canvas.put(devices, x: inner.x, y: y, style: theme.style(.faint), width: inner.width)
      }
    }
    for row in oddsRows(inner) { line { row(&$0, inner.x, $1, inner.width, theme) } }
    line { drawWhy(into: &$0, x: inner.x, y: $1, width: inner.width, theme) }
    if isRoomy { y += 1 }
    for happening in run.analysis?.happenings ?? [] {
      line { drawHappening(happening, into: &$0, x: inner.x, y: $1, width: inner.width, theme) }
    }
    if let turn { line { drawTurn(turn, into: &$0, x: inner.x, y: $1, width: inner.width, theme) } }
  }

  private var step: Step? { frame < episode.steps.count ? episode.steps[frame] : nil }

  private func drawMove(into canvas: inout Canvas, x: Int, y: Int, width: Int, _ theme: Theme) {
    var next = canvas.put("at \(episode.agent(at: frame))", x: x, y: y, style: theme.style(.text), width: width)
    if let step {
      let label = episode.world.actions[step.action]
      next = canvas.put("   takes ", x: next, y: y, style: theme.style(.dim), width: x + width - next)
      next = canvas.put(
        "\(Theme.arrow(label.heading)) \(label.name)", x: next, y: y, style: theme.style(.agent),
        width: x + width - next)
    } else {
      next = canvas.put(
        episode.conclusion == .stopped ? "   so far" : "   the end", x: next, y: y, style: theme.style(.dim),
        width: x + width - next)
    }
    let total = episode.steps.totalReward(before: frame)
    let reward = "   return \(decimal(total, total == total.rounded() ? 0 : 2))"
    if next + reward.count <= x + width { canvas.put(reward, x: next, y: y, style: theme.style(.dim)) }
  }

  private func policyRows(columns: Int) -> [[Int]] {
    let actions = Array(episode.world.actions.indices)
    let rows = (actions.count + columns - 1) / columns
    return (0..<rows).map { row in stride(from: row, to: actions.count, by: rows).map { actions[$0] } }
  }

  /// A row of actions, each with its probability as a bar; `+` where it is best for the intended goal.
  private func drawPolicy(_ row: [Int], into canvas: inout Canvas, x: Int, y: Int, width: Int, _ theme: Theme) {
    let column = width / row.count
    for (index, action) in row.enumerated() {
      let left = x + index * column
      let label = episode.world.actions[action]
      let isTaken = step?.action == action
      let ink: Ink = isTaken ? .agent : .text
      canvas.put(String(Theme.arrow(label.heading)), x: left, y: y, style: theme.style(ink))
      guard let decision = step?.decision else {
        canvas.put(label.name, x: left + 2, y: y, style: theme.style(ink), width: column - 3)
        continue
      }
      let probability = Double(decision.probabilities[action])
      let barWidth = max(3, min(24, column - 11))
      canvas.put(bar(probability, width: barWidth), x: left + 2, y: y, style: theme.style(isTaken ? .agent : .dim))
      canvas.put(decimal(probability), x: left + 3 + barWidth, y: y, style: theme.style(ink))
      var marks = ""
      if let analysis = run.analysis {
        let state = analysis.states[frame]
        if analysis.graph.fits(episode.world.intended, action, in: state) {
          marks = "+"
          canvas.put("+", x: left + 8 + barWidth, y: y, style: theme.style(.intended))
        }
        if analysis.graph.fits(analysis.proxy, action, in: state) {
          canvas.put("▓", x: left + 8 + barWidth + marks.count, y: y, style: theme.style(.proxy))
        }
      }
    }
  }

  private func drawNumbers(into canvas: inout Canvas, x: Int, y: Int, width: Int, _ theme: Theme) {
    var parts: [String] = []
    if let decision = step?.decision {
      if let value = decision.value { parts.append("V(s) \(decimal(value))") }
      parts.append(width > 44 ? "entropy \(decimal(decision.entropy)) bits" : "H \(decimal(decision.entropy))")
    } else if step != nil, episode.agent != Episode.person {
      parts.append(width > 44 ? "no probabilities recorded" : "no π")
    }
    let gap = width > 44 ? "   " : "  "
    if let analysis = run.analysis {
      let before = analysis.regret(before: frame)
      let here = step == nil || analysis.regret[frame] == 0 ? "" : ", here \(analysis.regret[frame])"
      let room = width - parts.reduce(0) { $0 + $1.count + gap.count }
      let words = ["regret so far \(before)\(here)", "regret \(before)\(here)", "regret \(before)"]
      parts.append(words.first { $0.count <= room } ?? words[2])
    }
    let text = parts.joined(separator: gap).truncated(to: width)
    canvas.put(text, x: x, y: y, style: theme.style(.dim), width: width)
  }

  /// How far a goal is, and whether it comes nearer.
  private func drawGoal(_ goal: Goal.Index, into canvas: inout Canvas, x: Int, y: Int, width: Int, _ theme: Theme) {
    let declared = episode.world.goals[goal]
    let style = theme.style(goal == episode.world.intended ? .intended : .proxy)
    let glyph = episode.sign(of: goal).map(Theme.glyph) ?? "*"
    let role = declared.role == .intended ? "goal " : "proxy"
    let isNarrow = width < 44
    let longest = episode.world.goals.map(\.id.columns).max() ?? 0
    let labelWidth = isNarrow ? max(10, min(14, longest + 3)) : max(17, longest + 9)
    let label = isNarrow ? "\(glyph) \(declared.id)" : "\(glyph) \(role) \(declared.id)"
    canvas.put(label, x: x, y: y, style: style, width: labelWidth - 1)
    guard let analysis = run.analysis else { return }
    let text: String
    if let reached = episode.achievement(of: goal), reached <= frame {
      text = "reached at step \(reached)"
    } else if let now = analysis.distance(to: goal, at: frame) {
      let next = step.flatMap { _ in analysis.distance(to: goal, at: frame + 1) }
      let trend =
        next.map { $0 < now ? "nearer" : $0 > now ? "farther" : "no nearer" } ?? (step == nil ? "" : "then lost")
      text = "\(now) step\(now == 1 ? "" : "s")" + (trend.isEmpty ? "" : ", \(trend)")
    } else {
      text = declared.repeats ? "nothing to go for now" : "out of reach"
    }
    canvas.put(text, x: x + labelWidth, y: y, style: style, width: width - labelWidth)
  }

  /// The posterior after the steps so far, this one not yet counted.
  private func drawBelief(into canvas: inout Canvas, x: Int, y: Int, width: Int, _ theme: Theme) {
    guard let analysis = run.analysis else { return }
    let seen = min(frame, episode.steps.count)
    let belief = analysis.posterior.belief(after: seen).sum(.proxy, .nearer, .beside)
    let id = episode.world.goals[analysis.proxy].id
    let isNarrow = width < 44
    let agent = (isNarrow ? " agent " : "  P(agent) ") + decimal(analysis.posterior.agentProbability(after: seen))
    let labelWidth = max(isNarrow ? 10 : 11, id.columns + 5)
    let barWidth = max(3, min(24, width - labelWidth - 5 - agent.columns))
    canvas.put("P(→\(id))", x: x, y: y, style: theme.style(.text), width: labelWidth)
    canvas.put(bar(belief, width: barWidth), x: x + labelWidth, y: y, style: theme.style(.proxy))
    let next = canvas.put(" " + decimal(belief), x: x + labelWidth + barWidth, y: y, style: theme.style(.text))
    canvas.put(agent, x: next, y: y, style: theme.style(.dim), width: x + width - next)
  }

  private typealias Row = (inout Canvas, _ x: Int, _ y: Int, _ width: Int, Theme) -> Void

  /// What comes first from here, exactly, in three bars that add up to 1: one below the other where there is room, else in
  /// a line; or why that is not known.
  private func oddsRows(_ inner: Rect) -> [Row] {
    if let refusal = run.refusedOdds {
      return [
        { canvas, x, y, width, theme in
          let words = "no exact odds: \(refusal.reason)"
          canvas.put(words, x: x, y: y, style: theme.style(.faint), width: width)
        }
      ]
    }
    guard let odds = run.knownOdds, odds.outlooks.indices.contains(frame) else { return [] }
    let (outlook, world) = (odds.outlooks[frame], episode.world)
    let intended = world.goals[world.intended].id
    let proxies = world.goals.filter { $0.role == .proxy }
    let proxy = proxies.count == 1 ? proxies[0].id : "a proxy"
    let parts: [(name: String, value: Double, ink: Ink)] = [
      (intended, outlook.intended, .intended), (proxy, outlook.proxyFirst, .proxy), ("neither", outlook.neither, .dim),
    ]
    let isTall = inner.height >= 24
    let labelWidth = 6 + (parts.map(\.name.columns).max() ?? 0) + 1
    if isTall && inner.width >= labelWidth + 12 {
      return parts.map { part in
        { canvas, x, y, width, theme in
          let barWidth = max(3, min(24, width - labelWidth - 12))
          let name = part.name == "neither" ? part.name : "\(part.name) first"
          canvas.put(name, x: x, y: y, style: theme.style(part.ink), width: labelWidth)
          canvas.put(bar(part.value, width: barWidth), x: x + labelWidth, y: y, style: theme.style(part.ink))
          canvas.put(
            " " + chanceText(part.value), x: x + labelWidth + barWidth, y: y, style: theme.style(.text),
            width: width - labelWidth - barWidth)
        }
      }
    }
    return [
      { canvas, x, y, width, theme in
        var next = canvas.put("first", x: x, y: y, style: theme.style(.text), width: width)
        let room = (width - 5 - parts.reduce(0) { $0 + $1.name.columns + 7 }) / 3
        for part in parts {
          let text = " \(part.name) \(decimal(part.value))"
          guard next + text.columns <= x + width else { break }
          next = canvas.put(text, x: next, y: y, style: theme.style(part.ink))
          guard room >= 3 else { continue }
          next = canvas.put(" " + bar(part.value, width: min(6, room - 1)), x: next, y: y, style: theme.style(part.ink))
        }
      }
    ]
  }

  /// The step by which the odds fell most, with what it cost.
  private var turn: (step: Int, before: Double, after: Double)? {
    run.knownOdds.flatMap { odds in
      odds.turn.map { ($0, odds.outlooks[$0].intendedEver, odds.outlooks[$0 + 1].intendedEver) }
    }
  }

  private func drawTurn(
    _ turn: (step: Int, before: Double, after: Double), into canvas: inout Canvas, x: Int, y: Int, width: Int,
    _ theme: Theme
  ) {
    let id = episode.world.goals[episode.world.intended].id
    canvas.put("↓", x: x, y: y, style: theme.style(.alert))
    canvas.put(
      "step \(turn.step)  P(\(id)) \(chanceText(turn.before)) → \(chanceText(turn.after))", x: x + 2, y: y,
      style: theme.style(turn.step <= frame ? .text : .faint), width: width - 2)
  }

  /// The three steps that moved the belief most.
  private func drawWhy(into canvas: inout Canvas, x: Int, y: Int, width: Int, _ theme: Theme) {
    guard let analysis = run.analysis else { return }
    let telling = analysis.mostTelling()
    guard !telling.isEmpty else {
      canvas.put("no step tells the goals far apart", x: x, y: y, style: theme.style(.dim), width: width)
      return
    }
    var next = canvas.put(width < 44 ? "bits" : "why, in bits", x: x, y: y, style: theme.style(.dim), width: width)
    for step in telling {
      let bits = analysis.bits(of: step)
      let arrow = Theme.arrow(episode.world.actions[episode.steps[step].action].heading)
      let text = "  \(step)\(arrow) \(signed(bits))"
      guard next + text.columns <= x + width else { break }
      next = canvas.put(text, x: next, y: y, style: theme.style(bits > 0 ? .proxy : .intended))
    }
  }

  private func drawHappening(
    _ happening: Happening, into canvas: inout Canvas, x: Int, y: Int, width: Int, _ theme: Theme
  ) {
    let (glyph, ink) = happening.kind.look(in: run)
    let isPast = happening.frame <= frame
    canvas.put(String(glyph), x: x, y: y, style: theme.style(ink))
    canvas.put(
      "step \(happening.frame)  \(happening.kind.words(in: run))", x: x + 2, y: y,
      style: theme.style(isPast ? .text : .faint), width: width - 2)
  }
}
