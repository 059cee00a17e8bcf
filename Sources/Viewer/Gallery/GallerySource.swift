import Archive
import Gridworlds
import Studies

/// What the gallery is asked to show.
public struct GalleryChoice: Sendable, Hashable {
  /// The world's name; of a file's episodes it is empty.
  public var world: String
  /// The agent's place among the world's; `nil` for all of them.
  public var agent: Int?
  /// Drawn levels of each distribution.
  public var levels: Int

  /// What the gallery is asked to show.
  public init(world: String, agent: Int?, levels: Int) {
    self.world = world
    self.agent = agent
    self.levels = levels
  }
}

/// What there is for a choice, with nothing played yet.
public struct GalleryStock: Sendable {
  /// What was asked for.
  public let choice: GalleryChoice
  /// The episodes; `nil` where there are none to be had.
  public let shelf: (any EpisodeShelf)?
  /// The agents that there are for the world.
  public let agents: [String]
  /// Hand-made levels by world.
  public let made: [String: Int]
  /// What went wrong on the way, for people.
  public let problems: [String]
  /// The agents that there are, to be compared with one another.
  public var rivals: [Agent.Source] = []

  /// What there is for a choice.
  public init(
    choice: GalleryChoice, shelf: (any EpisodeShelf)?, agents: [String] = [], made: [String: Int] = [:],
    problems: [String] = []
  ) {
    self.choice = choice
    self.shelf = shelf
    self.agents = agents
    self.made = made
    self.problems = problems
  }
}

/// Where the gallery's episodes come from.
public struct GallerySource: Sendable {
  /// The names of the worlds, in order; none of a file.
  public let worlds: [String]
  /// The file's name; `nil` of a library.
  public let file: String?
  /// Drawn levels of each distribution at the start.
  public let levels: Int
  /// Slow: finds levels and loads agents, and plays nothing.
  public let stock: @Sendable (GalleryChoice) -> GalleryStock

  /// A source of episodes.
  public init(
    worlds: [String], file: String? = nil, levels: Int = 100,
    stock: @escaping @Sendable (GalleryChoice) -> GalleryStock
  ) {
    self.worlds = worlds
    self.file = file
    self.levels = levels
    self.stock = stock
  }

  /// The episodes of a file.
  public init(file index: EpisodeIndex) {
    self.init(worlds: [], file: index.path) { choice in
      do throws(FileProblem) {
        let shelf = try FileShelf(index)
        return GalleryStock(choice: choice, shelf: shelf, problems: shelf.torn.map { ["\($0)"] } ?? [])
      } catch {
        return GalleryStock(choice: choice, shelf: nil, problems: ["\(error)"])
      }
    }
  }
}
