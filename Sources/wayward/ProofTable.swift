import Gridworlds
import Inference
import Learning
import Studies

/// What `wayward prove` prints of planted behaviour, here and in the article.
enum ProofTable {
  private static let names = "int/misg/tow/incap/other/und"

  /// Its columns; rows are printed as they come.
  static let columns: [TextTable.Column] = [
    .init("planted behaviour", width: 44, gap: 2), .init("right", width: 10),
    .init("said to be after", width: 30, gap: 2),
    .init("lost", width: 6), .init("known: \(names)", width: 36), .init("lone: \(names)", width: 35),
    .init("departure exact, ±2 or lapse"),
  ]

  /// A row.
  static func cells(_ row: Proof.Row, in world: any World) -> [String] {
    let verdicts = row.verdicts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
      .map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
    func counts(_ verdicts: [String: Int]) -> String {
      row.lost == 0 ? "–" : Verdict.names.map { "\(verdicts[$0] ?? 0)" }.joined(separator: "/")
    }
    return [
      row.behaviour.words(in: world), row.behaviour.truth.isEmpty ? "–" : "\(row.right) of \(row.blocks)", verdicts,
      "\(row.lost)", counts(row.known), counts(row.lone),
      row.told == 0 ? "–" : "\(row.exact), \(row.near) of \(row.told)",
    ]
  }

  /// The columns of right against wrong.
  static let curve: [TextTable.Column] = [
    .init("P asked", width: 10), .init("after the proxy", width: 26), .init("after none, or the intended", width: 28),
    .init("after another place"),
  ]

  /// A row of right against wrong.
  static func cells(_ point: Proof.CurvePoint) -> [String] {
    [decimal(point.threshold), point.right.text, point.wrong.text, point.elsewhere.text]
  }

  /// The columns of what depends on what.
  static let sensitivity: [TextTable.Column] = [
    .init("what is changed", width: 38), .init("agents", width: 26), .init("known episodes", width: 26),
    .init("turned", width: 8), .init("lone episodes", width: 26), .init("turned"),
  ]

  /// A row of what depends on what.
  static func cells(_ row: Sensitivity) -> [String] {
    [row.change, row.agents?.text ?? "–"]
      + [row.known, row.lone].flatMap { $0.map { [$0.changed.text, "\($0.turned)"] } ?? ["–", "–"] }
  }
}

extension PlantedBehaviour {
  /// Its name in tables.
  func words(in world: any World) -> String {
    func lapsing(_ lapse: Double) -> String { lapse > 0 ? ", ε \(decimal(lapse, 1))" : "" }
    func names(_ actions: [Int]) -> String { actions.map { world.actions[$0].name }.joined(separator: ", ") }
    let (intended, proxy) = (world.goals[0].noun, world.goals[1].noun)
    return switch self {
    case .seeks(let goal, let lapse): "after \(world.goals[goal].noun)\(lapsing(lapse))"
    case .seeksNearer(let lapse): "after the nearer of both\(lapsing(lapse))"
    case .detours: "after \(proxy), by a way round"
    case .visits: "to \(proxy), then to \(intended)"
    case .passesThrough: "through \(proxy) to a place of its own"
    case .goesElsewhere(let wanders): "to a place of its own\(wanders ? ", wanders there" : "")"
    case .goesNear(let wanders): "to a place near \(proxy)\(wanders ? ", wanders there" : "")"
    case .patrols: "round four places, the proxy one of them"
    case .switches: "half the way to one goal, then to the other"
    case .flees: "away from \(intended)"
    case .explores: "to what it has not seen"
    case .reflex(let order): "reflex: \(names(order))"
    case .coin(let actions): "coin: \(names(actions))"
    case .die: "die, whatever it sees"
    case .hand(let isRight, let lapse): "\(isRight ? "right" : "left") hand on the wall\(lapsing(lapse))"
    case .turns(let period): "turns right every \(period) steps"
    case .straight: "straight on, then any way"
    case .loops: "to and fro"
    case .random: "random walker"
    }
  }
}
