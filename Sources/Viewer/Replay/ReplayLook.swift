import Gridworlds
import Planning
import Studies
import TerminalUI

/// What the policy likes best in one cell.
public struct CellDecision: Sendable {
  let cell: Position
  let action: Int
  let probability: Float
}

/// What is drawn on and over the board.
struct BoardLook: Sendable, Equatable {
  var showsTrail = true
  var showsIntended = true
  var showsProxy = false
  var showsArrows = false
  /// Steps of zoom above or below what fits.
  var zoomOffset = 0
}

/// What the board shows.
extension ReplayScene {
  /// Does what is asked if it is about the picture, else `nil`.
  mutating func performLook(_ command: Command) -> [Wish]? {
    switch command {
    case .trail: look.showsTrail.toggle()
    case .intendedPath: look.showsIntended.toggle()
    case .proxyPath: look.showsProxy.toggle()
    case .arrows: return toggleArrows()
    case .explain: return explain()
    case .zoomIn: look.zoomOffset = min(2, look.zoomOffset + 1)
    case .zoomOut: look.zoomOffset = max(-2, look.zoomOffset - 1)
    default: return nil
    }
    return []
  }

  /// The account of the episode, with the moment that is shown first.
  private mutating func explain() -> [Wish] {
    isPlaying = false
    let (run, record, frame) = (run, watcher?.record, frame)
    return [.effect(.work { .panel(TextPanel(Account(run, record: record), run, at: frame)) })]
  }

  mutating func toggleArrows() -> [Wish] {
    guard watcher != nil else {
      notice = "The policy is not at hand: this episode comes from a file."
      return []
    }
    look.showsArrows.toggle()
    return look.showsArrows ? arrowWork() : []
  }

  func arrowWork() -> [Wish] {
    guard let watcher, let graph = run.analysis?.graph else { return [] }
    let level = run.episode.level.reference
    return [
      .effect(
        .work {
          .decisions(
            level: level,
            watcher.decisions(over: graph).map {
              CellDecision(cell: $0.key, action: $0.value.best, probability: $0.value.probabilities[$0.value.best])
            })
        })
    ]
  }
}
