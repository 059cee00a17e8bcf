import ArgumentParser
import Gridworlds
import Worlds

/// A world by its name, with the variants that have options of their own.
struct WorldOptions: ParsableArguments {
  @Argument(help: "The world: corner, coinrun, corner-13, coinrun-80; wayward worlds lists them.")
  var world: String

  @OptionGroup var variant: VariantOptions

  func found() throws -> any World { try variant.found(world) }
}

/// Which variant of a world is meant.
struct VariantOptions: ParsableArguments {
  @Option(help: "The other intention of coinrun (end) or locks (colour): what the training means to reward.")
  var intended: String?

  @Flag(help: "In lava: it ends the episode.")
  var lethal = false

  /// The world of a name, in the variant.
  func found(_ name: String) throws -> any World {
    let world: any World
    do {
      world = try Catalogue.world(named: name)
    } catch {
      throw ValidationError("\(error)")
    }
    return try applied(to: world)
  }

  /// The variant of a world.
  func applied(to world: any World) throws -> any World {
    var world = world
    if lethal && !world.name.hasSuffix("-lethal") {
      guard let deadly = try? Catalogue.world(named: world.name + "-lethal") else {
        throw ValidationError("--lethal is for lava, not for \(world.name)")
      }
      world = deadly
    }
    guard let intended, world.goals[world.intended].id != intended else { return world }
    guard let other = world.otherIntention, other.goals[other.intended].id == intended else {
      guard world.otherIntention != nil else {
        throw ValidationError("\(world.name) has one intention only: \(world.goals[world.intended].id)")
      }
      let known = [world, world.otherIntention].compactMap { $0 }.map { $0.goals[$0.intended].id }
      throw ValidationError("--intended of \(world.name) is \(known.joined(separator: " or "))")
    }
    return other
  }

  /// A level under the variant's rules.
  func applied(to found: (world: any World, level: Level)) throws -> (world: any World, level: Level) {
    let world = try applied(to: found.world)
    return world.name == found.world.name ? found : (world, try found.level.under(world))
  }
}
