import Gridworlds
import Inference
import Planning
import Studies
import TerminalUI

/// What a policy likes best in every cell, and which of the two goals that fits.
struct PolicyField {
  /// One cell's arrow.
  struct Arrow: Equatable {
    let action: Int
    let heading: Heading
    let probability: Float
    let agreement: StepClass

    /// Below even odds the policy is not sure; such arrows are faint.
    var isSure: Bool { probability >= 0.5 }
  }

  /// What one cell's actions are worth.
  struct Worth: Equatable {
    /// The probability of each action, or without a policy the steps to the intended goal if it is taken first.
    let values: [Double?]
    let isProbability: Bool
    /// The most probable action.
    let best: Int?
    let agreements: [StepClass]
  }

  let arrows: [Position: Arrow]
  let worths: [Position: Worth]

  /// The most probable action of each cell of a survey, against intended goal and proxy.
  init(_ survey: CellSurvey, world: any World, proxy: Goal.Index) {
    worths = survey.cells.mapValues { cell in
      Worth(
        values: cell.decision.map { $0.probabilities.map { Double($0) } } ?? cell.costs.map { $0.map(Double.init) },
        isProbability: cell.decision != nil, best: cell.decision?.best,
        agreements: world.actions.indices.map { cell.agreement(of: $0, intended: world.intended, proxy: proxy) })
    }
    arrows = survey.cells.compactMapValues { cell in
      guard let decision = cell.decision, world.actions.indices.contains(decision.best),
        decision.probabilities.indices.contains(decision.best)
      else { return nil }
      return Arrow(
        action: decision.best, heading: world.actions[decision.best].heading,
        probability: decision.probabilities[decision.best],
        agreement: cell.agreement(of: decision.best, intended: world.intended, proxy: proxy))
    }
  }

  /// The classes that are there, for the legend.
  var agreements: Set<StepClass> { Set(arrows.values.map(\.agreement)) }
}

extension PolicyField.Arrow {
  var glyph: Unicode.Scalar {
    guard agreement == .neither else { return Theme.arrow(heading) }
    // Hollow where it fits nothing: a difference without colour.
    return switch heading {
    case .up: "▵"
    case .down: "▿"
    case .left: "◅"
    case .right: "▻"
    default: Theme.arrow(heading)
    }
  }

  /// What stands beside the arrow: the sign of its class, as on the timeline.
  var sign: Unicode.Scalar { agreement.look.0 }

  func style(_ theme: Theme, isSign: Bool = false) -> Style {
    let ink = agreement.look.1
    guard theme.isMono else {
      var style = isSure && !isSign ? theme.style(ink).with(.bold) : theme.faded(ink, age: 1)
      // The sign repeats what the colour says, and stays behind the arrow.
      if isSign { style.foreground = style.foreground.blended(with: theme.background, share: 0.35) }
      return style
    }
    var attributes: Attributes = isSure ? (isSign ? [] : .bold) : .dim
    // Where there is no room for the sign these alone tell the classes apart.
    if !isSign && agreement == .proxyOnly { attributes.insert(.reverse) }
    if !isSign && agreement == .intendedOnly { attributes.insert(.underline) }
    return Style(attributes: attributes)
  }
}
