import Archive
import Gridworlds
import Learning
import Planning
import Studies
import Worlds

extension GallerySource {
  /// The gallery of a library: of each world its hand-made levels, then shifted and training levels nobody trained on.
  /// - Parameter levels: drawn levels of each distribution at the start.
  public init(_ library: Library, levels: Int = 100) {
    self.init(worlds: Catalogue.families.map(\.name), levels: levels) { GallerySource.stock($0, library) }
  }

  private static func stock(_ choice: GalleryChoice, _ library: Library) -> GalleryStock {
    var problems: [String] = []
    func note<Value>(_ body: () throws(FileProblem) -> Value) -> Value? {
      do throws(FileProblem) {
        return try body()
      } catch {
        problems.append(error.short)
        return nil
      }
    }
    let made = Dictionary(
      Catalogue.families.map { ($0.name, library.levels(of: $0.name).count) }, uniquingKeysWith: { first, _ in first })
    guard let world = try? Catalogue.world(named: choice.world) else { return GalleryStock(choice: choice, shelf: nil) }
    var (paths, unusable) = library.agentFiles(in: world)
    problems += (unusable + library.problems(of: choice.world)).map(\.short)
    var agents: [Agent] = []
    var isOneBroken: Bool
    repeat {
      let wanted = choice.agent.map { index in paths.indices.contains(index) ? [paths[index]] : [] } ?? paths
      let loaded = wanted.map { path in note { () throws(FileProblem) in try Agent(path: path, for: world) } }
      agents = loaded.compactMap(\.self)
      let broken = zip(wanted, loaded).filter { $0.1 == nil }.map(\.0)
      paths.removeAll { broken.contains($0) }
      // The next one stands in the place of one that cannot be had.
      isOneBroken = choice.agent != nil && !broken.isEmpty
    } while isOneBroken
    // The level that shows most simply what the world is about comes first.
    let entries = library.levels(of: choice.world)
    let sorted =
      entries.filter { $0.reference.hasSuffix("/first") } + entries.filter { !$0.reference.hasSuffix("/first") }
    let levels = sorted.compactMap { entry -> LevelShelf.Made? in
      guard
        let (world, level) = note({ () throws(FileProblem) in
          try LevelFile.read(entry.path, reference: entry.reference, world: Catalogue.world)
        })
      else {
        return nil
      }
      return LevelShelf.Made(name: EpisodeSummary.name(of: level), world: world, level: level)
    }
    let shelf = LevelShelf(world: world, made: levels, drawn: choice.levels, agents: agents)
    var stock = GalleryStock(
      choice: choice, shelf: agents.isEmpty ? nil : shelf, agents: paths.map { Agent.name(of: $0) }, made: made,
      problems: problems)
    stock.rivals = library.agentSources(in: world)
    return stock
  }
}
