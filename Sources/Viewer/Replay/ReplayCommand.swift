import TerminalUI

/// What a replay itself can be asked.
enum ReplayCommand: PartCommand {
  case explain, compare, otherIntention, edit, nextEpisode, previousEpisode

  static let explaining: [Binding<ReplayCommand>] = [
    .init("e", .explain, "Find", "explain the episode", footer: "explain")
  ]

  static let comparing: [Binding<ReplayCommand>] = [
    .init("c", .compare, "Compare", "beside another run: twin, seed, agent, episode, branch", footer: "compare"),
    .init("C", .otherIntention, "Compare", "beside the other intention"),
  ]

  static let going: [Binding<ReplayCommand>] = [
    .init("E", .edit, "Look", "edit this level"),
    .init("J j Down", .nextEpisode, "Find", "the next episode"),
    .init("K k Up", .previousEpisode, "Find", "the episode before"),
  ]
}
