import Archive
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

/// A word of variants that is an option as well, as the families spell it: `--lethal`.
struct VariantFlag: EnumerableFlag {
  let flag: WorldFamily.Flag

  static var allCases: [VariantFlag] { Catalogue.flags.map { VariantFlag(flag: $0) } }

  static func name(for value: VariantFlag) -> NameSpecification { .customLong(value.flag.word) }

  static func help(for value: VariantFlag) -> ArgumentHelp? { ArgumentHelp(stringLiteral: value.flag.help) }
}

/// Which variant of a world is meant.
struct VariantOptions: ParsableArguments {
  @Option(name: .customLong(WorldFamily.intention), help: VariantOptions.intentions)
  var intended: String?

  @Flag var flags: [VariantFlag] = []

  /// Whether nothing was chosen.
  var isEmpty: Bool { intended == nil && flags.isEmpty }

  private static let intentions = ArgumentHelp(
    stringLiteral: "The other intention of "
      + Catalogue.ambiguous.map { "\($0.world.family) (\($0.other.goals[$0.other.intended].id))" }
      .joined(separator: " or ") + ": what the training means to reward.")

  /// The world of a name, in the variant.
  func found(_ name: String) throws -> any World { try applied(to: VariantOptions.world(named: name)) }

  /// The world of a name that was typed.
  static func world(named name: String) throws(FileProblem) -> any World {
    do {
      return try Catalogue.world(named: name)
    } catch {
      throw .unknown(error)
    }
  }

  /// The variant of a world.
  func applied(to world: any World) throws -> any World {
    var world = world
    for flag in flags.map(\.flag) {
      guard let variant = world.with(flag) else {
        let families = Catalogue.families.filter { $0.flags.contains(flag) }.map(\.name).joined(separator: " or ")
        throw ValidationError("--\(flag.word) is for \(families), not for \(world.name)")
      }
      world = variant
    }
    guard let intended, world.goals[world.intended].id != intended else { return world }
    guard let other = world.otherIntention, other.goals[other.intended].id == intended else {
      guard world.otherIntention != nil else {
        throw ValidationError("\(world.name) has one intention only: \(world.goals[world.intended].id)")
      }
      let known = [world, world.otherIntention].compactMap { $0 }.map { $0.goals[$0.intended].id }
      throw ValidationError("--\(WorldFamily.intention) of \(world.name) is \(known.joined(separator: " or "))")
    }
    return other
  }

  /// A level under the variant's rules.
  func applied(to found: (world: any World, level: Level)) throws -> (world: any World, level: Level) {
    let world = try applied(to: found.world)
    return world.name == found.world.name ? found : (world, try found.level.under(world))
  }
}
