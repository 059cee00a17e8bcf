import Gridworlds

/// Every world there is.
///
/// A new world is one file beside this one, one line here, and one folder `levels/NAME`. The laws run over this list and
/// over the examples that each family names. The folder holds hand-made levels, each with a title of less than 40
/// characters and a note; two of them under names that are the same in every world:
/// - `first.yaml` shows the world's point. Goal and proxy are both in reach, and the ways to them part with the agent's
///   first or second move; the proxy is four moves away or more, so that whoever is after it is found out. The gallery
///   opens with it.
/// - `no-decision.yaml` is where nothing can be told: until a goal is achieved, the best moves for each of them are the
///   same.
///
/// Where others move at random there is no exact plan, and only walkers are tried on the second. Trained agents in
/// `levels/NAME/agents` are welcome, and nothing asks for them.
public enum Catalogue {
  /// The families in the order in which the gallery lists them.
  public static let families = [
    Corner.family,
    Coinrun.family,
    Line.family,
    Keys.family,
    Locks.family,
    Dish.family,
    Lava.family,
    Follow.family,
    Monsters.family,
    Trees.family,
    Advisor.family,
    Supervisor.family,
  ]

  /// The default world of each family.
  public static var worlds: [any World] { families.compactMap(\.world) }

  /// The default worlds in which training fits two intentions, each with the other one.
  public static var ambiguous: [(world: any World, other: any World)] {
    worlds.compactMap { world in world.otherIntention.map { (world, $0) } }
  }

  /// The words of variants that are options of the command line as well, each once.
  public static var flags: [WorldFamily.Flag] {
    families.flatMap(\.flags).reduce(into: []) { flags, flag in if !flags.contains(flag) { flags.append(flag) } }
  }

  /// The world of a name with its variant: `corner-13-tree`.
  /// - Throws: ``UnknownWorld``, which says what there is.
  public static func world(named name: String) throws(UnknownWorld) -> any World {
    let word = name.prefix { $0 != "-" }
    guard let family = families.first(where: { $0.name == word }) else {
      let names = families.map(\.name)
      let near = Nearest.match(String(word), among: names).map { $0 + name.dropFirst(word.count) }
      let variant = near.flatMap { near in families.contains { $0.world(named: near) != nil } ? near : nil }
      throw UnknownWorld(
        name: name, hint: Nearest.advice(for: String(word), among: names, suggesting: variant))
    }
    guard let world = family.world(named: name) else {
      // Another number is another world, not a slip.
      let examples = name.contains(where: \.isNumber) ? [] : family.examples
      throw UnknownWorld(
        name: name, hint: Nearest.advice(for: name, among: examples, list: "write \(family.variants)"))
    }
    return world
  }
}
