import Gridworlds
import Studies

extension Caveat {
  /// For the edge of a screen, in words and as short as can be; empty of what is said beside the steps it is about.
  public var marks: [String] {
    switch self {
    case .differs(let mismatch): ["not as recorded from step \(mismatch.step) on", "differs at \(mismatch.step)"]
    case .cut(let steps): ["the file was cut at step \(steps)", "cut"]
    case .levelDiffers: ["not the level of this name", "other level"]
    case .statesUnchecked: ["states not compared"]
    case .approximate: ["values approximate", "≈"]
    case .unsaid: []
    }
  }

  /// A sentence.
  public var sentence: String {
    switch self {
    case .differs(let mismatch):
      return "This is not what was recorded: played again by the rules of now, step \(mismatch.step) has another "
        + "\(listed(mismatch.parts.map(\.rawValue))), and what follows may never have happened."
    case .cut(let steps):
      return "The file was cut within this recording: what followed its \(counted(steps, "step")) is lost."
    case .levelDiffers:
      return
        "The level is not the one that has its name now: it was changed since, or how levels are drawn, or the file was."
    case .statesUnchecked:
      return "Whether it went as recorded is known of rewards and ends alone: the recording lacks hashes of states."
    case .approximate(.tooManyStates):
      return "Values are approximate: the level has too many states to look at all of them."
    case .approximate(.othersMove):
      return "Values are approximate: others move at random here, and the planner takes them to stand still."
    case .unsaid(let count, let total):
      return count == total
        ? "The recording has no probabilities: what else the agent might have done is not known."
        : "The recording has no probabilities for \(grouped(count)) of \(counted(total, "step"))."
    }
  }

  /// What a verdict adds; `nil` where it changes nothing about it.
  var addition: String? {
    switch self {
    case .differs(let mismatch): "Not as recorded from step \(mismatch.step) on."
    case .approximate: "Values are approximate."
    case .cut, .levelDiffers, .statesUnchecked, .unsaid: nil
    }
  }
}
