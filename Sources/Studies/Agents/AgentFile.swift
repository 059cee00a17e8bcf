import Archive
import Gridworlds
import Learning
import Worlds

extension Agent {
  /// Loads a trained agent from its checkpoint.
  /// - Throws: ``Archive/FileProblem`` where the file is no agent, or not one of this world.
  public init(
    path: String, for world: any World, seed: UInt64 = 1, greedy: Bool = false
  ) throws(FileProblem) {
    try self.init(Checkpoint.read(path), path: path, for: world, seed: seed, greedy: greedy)
  }

  /// The agent of a checkpoint that was read; `path` names its file in problems.
  /// - Throws: ``Archive/FileProblem`` where it is none of this world.
  public init(
    _ checkpoint: Checkpoint, path: String, for world: any World, seed: UInt64 = 1, greedy: Bool = false
  ) throws(FileProblem) {
    try checkpoint.check(for: world, path: path)
    let name = PlainText.stripped(Agent.name(of: path), limit: 40)
    let network: Network
    do {
      network = try Network(tensors: checkpoint.tensors)
    } catch {
      throw FileProblem(path: path, cause: "\(error)", mend: "train the agent again")
    }
    let view = world.view.cropped(width: checkpoint.view.width, height: checkpoint.view.height)
    guard let policy = NetworkPolicy(network: network, view: view, name: name) else {
      throw FileProblem(path: path, cause: "the network does not fit its own view", mend: "train the agent again")
    }
    self.init(policy, seed: seed, greedy: greedy, record: AgentRecord(checkpoint, name: name))
  }

  /// What an agent is called by its file: the file's name without folder and ending, and before it `own/` where it lies
  /// in a user's folder of agents, `wayward/agents/<family>`, so that no other agent has its name.
  public static func name(of path: String) -> String {
    let parts = path.split(separator: "/")
    let isOwn = parts.count > 3 && parts[parts.count - 4] == "wayward" && parts[parts.count - 3] == "agents"
    return (isOwn ? "own/" : "") + fileName(of: path)
  }

  /// The file's name without folder and ending.
  public static func fileName(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(".safetensors") ? String(file.dropLast(".safetensors".count)) : file
  }

  /// An agent that is loaded when it is wanted.
  public struct Source: Sendable {
    /// Its name.
    public let name: String
    /// Slow: loads it; `nil` where it cannot act here.
    public let load: @Sendable () -> Agent?

    /// An agent under its name, and how it is had.
    public init(name: String, load: @escaping @Sendable () -> Agent?) {
      self.name = name
      self.load = load
    }
  }
}

extension Library {
  /// The paths of the agents of a world: those of its own variant where there are any, else those of the family's
  /// default, which act in its other sizes and under its other intention too.
  public func agents(in world: any World) -> [String] { agentFiles(in: world).usable }

  /// The same with what is wrong with the others: a file of another program, or one that was not fetched, is no agent.
  public func agentFiles(in world: any World) -> (usable: [String], problems: [FileProblem]) {
    var problems: [FileProblem] = []
    let usable = agentPaths(in: world).filter { path in
      do throws(FileProblem) {
        try Checkpoint.head(of: path).check(for: world, path: path)
        return true
      } catch {
        problems.append(error)
        return false
      }
    }
    return (usable, problems)
  }

  /// The agents of a world that can be loaded, and what is wrong with the other files.
  public func loadedAgents(in world: any World, greedy: Bool = false) -> (agents: [Agent], problems: [FileProblem]) {
    let files = agentFiles(in: world)
    var problems = files.problems
    var agents: [Agent] = []
    for path in files.usable {
      do throws(FileProblem) {
        agents.append(try Agent(path: path, for: world, greedy: greedy))
      } catch {
        problems.append(error)
      }
    }
    return (agents, problems)
  }

  /// The files that are called as agents of a world are, whatever is in them.
  public func agentPaths(in world: any World) -> [String] {
    let family = world.family
    let all = agents(of: family)
    let own = all.filter { Agent.fileName(of: $0).hasPrefix("\(world.name)-seed-") }
    if world.name != family && !own.isEmpty { return own }
    // What sees otherwise cannot act here.
    guard let plain = try? Catalogue.world(named: family), plain.view.planes == world.view.planes,
      plain.view.senses == world.view.senses
    else { return [] }
    return all.filter { !Agent.fileName(of: $0).hasPrefix(family + "-") }
  }

  /// The first agent of a world that can be loaded, with its file, and what is wrong with those that cannot act: of the
  /// files behind it only what their heads tell.
  public func firstAgent(
    in world: any World, seed: UInt64 = 1, greedy: Bool = false
  ) -> (found: (path: String, agent: Agent)?, problems: [FileProblem]) {
    var (usable, problems) = agentFiles(in: world)
    for path in usable {
      do throws(FileProblem) {
        return ((path, try Agent(path: path, for: world, seed: seed, greedy: greedy)), problems)
      } catch {
        problems.append(error)
      }
    }
    return (nil, problems)
  }

  /// An agent by its name or by the path of its file; the world's first agent that can act where nothing is asked.
  /// - Parameter skip: is told what is wrong with the files in whose place another one is taken.
  /// - Throws: ``Archive/FileProblem`` where there is none.
  public func agent(
    _ asked: String?, for world: any World, seed: UInt64 = 1, greedy: Bool = false,
    skipping skip: (FileProblem) -> Void = { _ in }
  ) throws(FileProblem) -> Agent {
    guard let asked else { return try first(in: world, seed: seed, greedy: greedy, skipping: skip).agent }
    return try Agent(path: agentPath(asked, for: world), for: world, seed: seed, greedy: greedy)
  }

  private func first(
    in world: any World, seed: UInt64 = 1, greedy: Bool = false, skipping skip: (FileProblem) -> Void = { _ in }
  ) throws(FileProblem) -> (path: String, agent: Agent) {
    let (found, problems) = firstAgent(in: world, seed: seed, greedy: greedy)
    for problem in found == nil ? problems.dropFirst() : problems[...] { skip(problem) }
    if let found { return found }
    throw problems.first ?? noAgent(of: world)
  }

  /// The file of an agent by its name, or as its path is given; the world's first one that can act where nothing is
  /// asked.
  /// - Throws: ``Archive/FileProblem`` where there is none of this name.
  public func agentPath(_ asked: String?, for world: any World) throws(FileProblem) -> String {
    guard let asked else { return try first(in: world).path }
    let paths = agents(of: world.family)
    let known = paths.first { Agent.name(of: $0) == asked }
    if let path = known ?? (asked.contains("/") || asked.hasSuffix(".safetensors") ? asked : nil) { return path }
    let names = paths.map { Agent.name(of: $0) }
    if names.isEmpty, root == nil { throw noAgent(of: world) }
    throw FileProblem.unknown(
      "agent", asked, among: names,
      list: (names.isEmpty ? "there are none" : "there are: " + names.joined(separator: ", ")) + "; or give a path")
  }

  /// The agents that can act in a world, not loaded yet.
  public func agentSources(in world: any World) -> [Agent.Source] {
    agents(in: world).map { path in Agent.Source(name: Agent.name(of: path)) { try? Agent(path: path, for: world) } }
  }
}
