import Archive
import Gridworlds
import Learning
import Planning
import Studies
import Worlds

extension GallerySource {
  /// The gallery of a library: of each world its hand-made levels, then shifted and training levels nobody trained on.
  public init(_ library: Library) {
    self.init(worlds: Catalogue.families.map(\.name)) { name, agent in
      GallerySource.page(of: name, agent: agent, library)
    }
  }

  private static func page(of name: String, agent index: Int, _ library: Library) -> GalleryPage {
    let world = try? Catalogue.world(named: name)
    let paths = world.map { library.agents(in: $0) } ?? []
    var problems: [String] = []
    func note<Value>(_ body: () throws -> Value) -> Value? {
      do {
        return try body()
      } catch {
        problems.append("\(error)")
        return nil
      }
    }
    func empty() -> GalleryPage {
      GalleryPage(
        world: name, agents: paths.map { Agent.name(of: $0) }, agent: index, runs: [], rows: [], watcher: nil,
        problems: problems)
    }
    guard let world, paths.indices.contains(index),
      let agent = note({ try Agent(path: paths[index], for: world) })
    else { return empty() }
    let watcher = Watcher(agent.policy, seed: 1)
    var runs: [Run] = []
    var rows: [GalleryPage.Row] = []
    func add(_ world: any World, _ level: Level, _ name: String) {
      rows.append(.run(runs.count, name: name))
      runs.append(watcher.run(world, level))
    }
    rows.append(.heading("Hand-made"))
    for entry in library.levels(of: name) {
      if let (world, level) = note({ try library.level(entry.reference, world: Agent.world) }) {
        add(world, level, String(entry.reference.drop { $0 != "/" }.dropFirst()))
      }
    }
    // Long episodes of worlds that need a layer a frame take a while each.
    let shifted = world.isDeterministic ? 16 : 6
    for (split, count, heading) in [(Split.shifted, shifted, "Shifted"), (.training, 6, "As in training")] {
      rows.append(.heading(heading))
      for seed in (0..<UInt64(count)).map({ TrainingConfiguration.firstHeldOutSeed + $0 }) {
        add(world, world.generate(split, seed: seed), "#\(seed)")
      }
    }
    var page = GalleryPage(
      world: name, agents: paths.map { Agent.name(of: $0) }, agent: index, runs: runs, rows: rows, watcher: watcher,
      problems: problems)
    page.rivals = Rival.all(in: library, for: world)
    return page
  }
}
