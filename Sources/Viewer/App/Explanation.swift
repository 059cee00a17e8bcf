import Accounts
import Inference
import Planning
import Studies

extension TextPanel {
  /// The account of an episode, with the moment of a frame first where one is shown.
  init(_ account: Account, _ run: Run, at frame: Int? = nil) {
    var blocks: [Block] = []
    if let frame {
      blocks.append(.heading("Step \(min(frame, run.episode.steps.count)) of \(run.episode.steps.count)", .key))
      blocks += account.step(at: frame).map { .item($0, .strong) }
    }
    for section in account.sections {
      blocks.append(.gap)
      blocks.append(.heading(section.part.title, .key))
      let ink: Ink =
        switch section.part {
        case .verdict: VerdictLook.short(run).1
        case .departure where run.analysis?.marks.departure != nil: .departed
        default: .text
        }
      // Of a departure and a verdict the first sentence is the one to find at a glance.
      blocks += section.sentences.enumerated().map { index, sentence in
        .item(sentence, section.part == .departure && index > 0 ? .text : ink)
      }
    }
    let signs = CaveatSigns(run).words(width: 20)
    self.init(
      title: "Explain \(run.episode.level.reference)" + (signs.isEmpty ? "" : "  \(signs)"), blocks: blocks)
  }
}
