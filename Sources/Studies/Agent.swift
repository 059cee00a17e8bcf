import Archive
import Foundation
import Gridworlds
import Learning
import Worlds

/// A trained agent from a checkpoint.
public struct Agent: Sendable {
  /// The file's name without its ending: `seed-1`.
  public let name: String
  /// What the checkpoint says of itself.
  public let checkpoint: Checkpoint
  /// The network as a policy.
  public let policy: NetworkPolicy

  /// Loads a checkpoint for a world.
  /// - Throws: ``Archive/FileProblem`` where the file is no agent, or not one of this world.
  public init(path: String, for world: any World) throws(FileProblem) {
    let checkpoint = try Checkpoint.read(path)
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
    self.name = name
    self.checkpoint = checkpoint
    self.policy = policy
  }

  /// The file's name without folder and ending.
  public static func name(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(".safetensors") ? String(file.dropLast(".safetensors".count)) : file
  }

  /// Looks up a world by name as files and references do.
  public static func world(named name: String) throws -> any World { try Catalogue.world(named: name) }
}

extension Library {
  /// The paths of the agents of a world: those of its own variant where there are any, else those of the family's
  /// default, which act in its other sizes and under its other intention too.
  public func agents(in world: any World) -> [String] {
    let family = world.family
    let all = agents(of: family)
    let own = all.filter { Agent.name(of: $0).hasPrefix("\(world.name)-seed-") }
    if world.name != family && !own.isEmpty { return own }
    // What sees otherwise cannot act here.
    guard let plain = try? Catalogue.world(named: family), plain.view.planes == world.view.planes,
      plain.view.senses == world.view.senses
    else { return [] }
    return all.filter { !Agent.name(of: $0).hasPrefix(family + "-") }
  }

  /// The path of an agent by its name, or the path itself; the family's first agent where nothing is asked.
  /// - Throws: ``Archive/FileProblem`` where there is none.
  public func agent(_ asked: String?, for world: any World) throws(FileProblem) -> Agent {
    let paths = agents(of: world.family)
    guard let asked else {
      guard let first = agents(in: world).first else {
        throw FileProblem(
          path: "\(root ?? "levels")/\(world.family)/agents", cause: "there is no trained agent of \(world.name)",
          mend: "run: wayward train \(world.name)")
      }
      return try Agent(path: first, for: world)
    }
    if let path = paths.first(where: { Agent.name(of: $0) == asked }) { return try Agent(path: path, for: world) }
    if asked.contains("/") || asked.hasSuffix(".safetensors") { return try Agent(path: asked, for: world) }
    throw FileProblem(
      path: asked, cause: "there is no agent of this name",
      mend: "there are: \(paths.map { Agent.name(of: $0) }.joined(separator: ", ")); or give a path")
  }
}
