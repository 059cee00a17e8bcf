import Archive
import Studies

/// Episodes that are held whole, as a shelf.
struct RunShelf: EpisodeShelf {
  private let runs: [Run]
  private let actor: Agent?

  /// A shelf of runs.
  /// - Parameter agent: who acted, where that is at hand.
  init(_ runs: [Run], agent: Agent?) {
    self.runs = runs
    actor = agent
  }

  var count: Int { runs.count }

  func label(_ place: Int) -> EpisodeLabel {
    guard runs.indices.contains(place) else { return EpisodeLabel(name: "", agent: nil, split: nil) }
    let (level, agent) = (runs[place].episode.level, runs[place].episode.agent)
    return EpisodeLabel(
      name: EpisodeSummary.name(of: level), agent: agent, split: EpisodeSplit(reference: level.reference))
  }

  func agent(_ place: Int) -> Agent? { actor }

  func run(_ place: Int) throws(FileProblem) -> Run {
    guard runs.indices.contains(place) else {
      throw FileProblem(path: "the list", cause: "there is no episode \(place)", mend: "there are \(count)")
    }
    return runs[place]
  }
}
