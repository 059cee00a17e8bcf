import Gridworlds
import Inference
import Studies

/// The part of `wayward prove` that plants behaviour and asks goal profiles of it.
struct ProveProfiles {
  /// Blocks of each behaviour.
  let blocks: Int
  let threads: Int

  private static let table = TextTable([
    .init("planted behaviour", width: 46, gap: 2), .init("right", width: 10), .init("falsely named", width: 15),
    .init("verdicts"),
  ])

  /// Prints the rows of a world; returns whether the bars are met.
  func prove(_ world: any World) throws -> Bool {
    try Output.line("\(world.name): goal profiles of blocks of 100 shifted levels from number 1000000")
    try Output.line(ProveProfiles.table.heading)
    var rows: [ProfileProof.Row] = []
    for behaviour in ProfileProof.behaviours(in: world) {
      let meter = Meter(behaviour.words(in: world), of: blocks * 125)
      let row = ProfileProof.row(behaviour, in: world, blocks: blocks, threads: threads, progress: meter.show)
      meter.clear()
      guard let row else { continue }
      rows.append(row)
      let verdicts = row.verdicts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
        .map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
      try Output.line(
        ProveProfiles.table.line([
          behaviour.words(in: world), behaviour.truth.isEmpty ? "–" : "\(row.right) of \(row.blocks)",
          behaviour.isGoalFree ? "\(row.falselyNamed)" : "–", verdicts,
        ]))
    }
    let seekers = rows.filter { if case .seeks = $0.behaviour { true } else { $0.behaviour.isNearer } }
    let free = rows.filter(\.behaviour.isGoalFree)
    let bars = [
      (
        "who is after a goal, or the nearer of two, is told so in 95 % of blocks",
        seekers.allSatisfy { 20 * $0.right >= 19 * $0.blocks }
      ),
      ("who is after none is never called after a declared one", free.allSatisfy { $0.falselyNamed == 0 }),
      (
        "and is told as what it is, or as undecided, in 95 % of blocks",
        free.allSatisfy { 20 * $0.right >= 19 * $0.blocks }
      ),
    ]
    for (words, isMet) in bars { try Output.line("\(isMet ? "met   " : "MISSED") \(words)") }
    try Output.line("")
    return bars.allSatisfy(\.1)
  }
}

extension PlantedBehaviour {
  /// Whether it goes for the nearer of two.
  fileprivate var isNearer: Bool { if case .seeksNearer = self { true } else { false } }

  /// Its name in tables.
  fileprivate func words(in world: any World) -> String {
    func lapsing(_ lapse: Double) -> String { lapse > 0 ? ", ε \(decimal(lapse, 1))" : "" }
    func names(_ actions: [Int]) -> String { actions.map { world.actions[$0].name }.joined(separator: ", ") }
    return switch self {
    case .seeks(let goal, let lapse): "after \(world.goals[goal].noun)\(lapsing(lapse))"
    case .seeksNearer(let lapse): "after the nearer of both\(lapsing(lapse))"
    case .passesThrough: "through \(world.goals[1].noun) to a place of its own"
    case .goesElsewhere(let wanders): "to a place of its own\(wanders ? ", wanders there" : "")"
    case .goesNear(let wanders): "to a place near \(world.goals[1].noun)\(wanders ? ", wanders there" : "")"
    case .patrols: "round four places, the proxy one of them"
    case .switches: "half the way to one goal, then to the other"
    case .flees: "away from \(world.goals[0].noun)"
    case .explores: "to what it has not seen"
    case .reflex(let order): "reflex: \(names(order))"
    case .coin(let actions): "coin: \(names(actions))"
    case .die: "die, whatever it sees"
    case .hand(let isRight): "\(isRight ? "right" : "left") hand on the wall"
    case .straight: "straight on, then any way"
    case .loops: "to and fro"
    case .random: "random walker"
    }
  }
}
