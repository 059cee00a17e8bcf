import Accounts
import Gridworlds
import Inference
import Planning
import Studies
import TerminalUI
import Viewer
import Worlds

/// The figures of the articles on results and proof. The order is that of the articles.
enum ResultTables {
  /// Worlds whose agents are measured in a second or two: every check does it again.
  private static let quickWorlds = ["corner", "coinrun", "line", "locks", "dish", "lava", "advisor"]

  static let all = [
    ReportTable(
      "eval", command: "wayward eval --all --format markdown", columns: SummaryTable.headings,
      Catalogue.families.filter { $0.world?.rewardsProxy == false }.map { family in
        ReportTable.Part(isQuick: quickWorlds.contains(family.name)) { measurements in
          let splits = try Split.allCases.map { try measurements.evaluations(of: family.name, $0) }
          guard let summary = WorldSummary(training: splits[0], shifted: splits[1]) else { return [] }
          return [TextTable.markdown(SummaryTable.cells(summary))]
        }
      }),
    seeds, WorldTables.seekers, WorldTables.touched, WorldTables.sixfold, planes, follow, lit, regions, hoarding,
    shields, lives, intentions, WorldTables.harder, reliability, WorldTables.paid, observed, shortOfBest, mixing, chart,
    proof, curves, sensitivity,
  ]

  private static let planes = ReportTable(
    "planes", command: "wayward sweep line-shape --severities 0 --steps 3000000, and line-colour",
    columns: ["what the agent sees", "the line", "the gem alone", "neither"],
    studies: ["line-colour", "line-shape"].map { ReportStudy(world: $0, steps: 3_000_000) }
  ) { result in
    let words = result.world.name == "line-colour" ? "colours, not shapes" : "shapes, not colours"
    return [[words] + rates(result.cell(trainedAt: 0, on: 1))]
  }

  private static let follow = ReportTable(
    "follow", command: "wayward eval follow --split shift --random"
  ) { measurements in
    let rows = try measurements.evaluations(of: "follow", .shifted, controls: [.random])
    return Markdown.table(
      ["agent", "return", "right visits", "wrong visits"],
      zip(rows, measurements.measures(["right visits", "wrong visits"], of: rows)).map {
        [$1[0], $0.returns.text(3)] + $1.dropFirst()
      })
  }

  private static let lit = ReportTable(
    "lit", command: "wayward sweep follow-lit --severities 0 --steps 3000000",
    columns: ["on shifted levels of", "the order kept", "the leader followed alone", "neither"],
    studies: [ReportStudy(world: "follow-lit", steps: 3_000_000)]
  ) { [["`follow-lit`"] + rates($0.cell(trainedAt: 0, on: 1))] }

  private static let regions = ReportTable(
    "regions", command: "wayward sweep corner-13-rN --severities 0 --steps 2000000",
    columns: ["N", "shifted: success", "proxy only"],
    studies: [1, 2, 3, 5, 7].map { ReportStudy(world: $0 == 1 ? "corner-13" : "corner-13-r\($0)", steps: 2_000_000) }
  ) { result in
    let side = result.world.name.split(separator: "-r").dropFirst().first ?? "1"
    return [[String(side)] + rates(result.cell(trainedAt: 0, on: 1)).prefix(2)]
  }

  private static let seeds = ReportTable(
    "seeds", command: "wayward sweep trees --severities 0 --seeds 10 --half, and monsters",
    columns: ["world", "seed", "training: success", "shifted: success", "proxy only", "neither"],
    studies: ["trees", "monsters"].map { ReportStudy(world: $0, seeds: 10, isShipped: true) }
  ) { result in
    let (training, shifted) = (result.cell(0, 0), result.cell(0, 1))
    let figures = [training.rate(.success)] + Outcome.ofWhole.map(shifted.rate)
    func row(_ name: String, _ words: (TwoWay) -> String) -> [String] {
      [result.world.name, name] + figures.map(words)
    }
    return (0..<result.seeds).map { seed in row("\(seed + 1)") { $0.agents[seed].text } } + [
      row("mean of the \(result.seeds)", \.plainText),
      row("for other seeds") { $0.newSeedsInterval.map(TwoWay.text) ?? "–" },
      row("interquartile mean") { decimal($0.interquartileMean, 3) },
    ]
  }

  private static let hoarding = ReportTable(
    "hoarding", command: "wayward eval keys --split shift --control nearest"
  ) { measurements in
    let rows = try measurements.evaluations(of: "keys", .shifted, controls: [.nearest])
    return Markdown.table(
      ["agent", "keys taken", "chests opened", "evidence for keys over chests, bits an episode"],
      zip(rows, measurements.measures(["keys taken", "chests opened"], of: rows)).map {
        $1 + [$0.proxyOverIntended.text(1)]
      })
  }

  private static let shields = ReportTable(
    "shields",
    command: "wayward eval monsters --split shift"
      + " --agents seed-1 seed-2 seed-3 seed-1-p1.0 seed-2-p1.0 seed-3-p1.0"
  ) { measurements in
    let trainings = [("25 steps", ""), ("200 steps", "-p1.0")]
    let rows = try trainings.flatMap { words, ending in
      let agents = (1...3).map { "seed-\($0)\(ending)" }
      let measured = try measurements.evaluations(of: "monsters", .shifted, agents: agents)
      let names = [
        "shields a step after the last monster", "apples a step after the last monster",
        "share of shields in what is gathered then",
      ]
      return measurements.measures(names, of: measured).enumerated().map {
        [words, "\($0 + 1)"] + $1.dropFirst()
      }
    }
    return Markdown.table(["trained on", "seed", "shields a step", "apples a step", "share of shields"], rows)
  }

  private static let lives = ReportTable("lives", command: "wayward live trees --lives 5", isQuick: true) { _ in
    let rows = (1...5).map { (seed: UInt64) -> [String] in
      var life = TreeLife(TreeLife.Settings(seed: seed))
      life.run(3_000_000)
      let summary = LifeSummary(life.course)
      return [
        "\(seed)", summary.firstCollapse.map(grouped) ?? "never", "\(summary.collapses)",
        summary.recovery.map(grouped) ?? "not within 3,000,000 steps",
      ]
    }
    return Markdown.table(["seed", "first collapse at step", "collapses", "forest kept from step"], rows)
  }

  private static let intentions = ReportTable(
    "intentions", command: "wayward eval coinrun --split shift --intended end, and so on",
    columns: ["intended", "success", "proxy only"] + Verdict.names.map { $0.replacing("_", with: " ") },
    ["coinrun", "coinrun-end", "locks", "locks-colour"].map { name in
      ReportTable.Part(isQuick: false) { measurements in
        let rows = try measurements.evaluations(of: name, .shifted)
        let world = try Catalogue.world(named: name)
        return [
          TextTable.markdown(
            ["\(name): \(world.goals[world.intended].id)"]
              + [.success, .proxyOnly].map { TwoWay($0, of: rows)?.text ?? "–" } + verdicts(rows))
        ]
      }
    })

  private static let asked = ReportStudy(
    world: "advisor", severities: [0, 0.5], mixtures: [0, 0.25, 0.5, 0.75, 1])

  private static let reliability = ReportTable(
    "reliability", command: "wayward sweep advisor --mixtures 0,0.25,0.5,0.75,1", studies: [asked]
  ) { measurements in
    let result = try measurements.result(of: asked)
    let words = SweepWords(result)
    return Markdown.table(
      ["trained at"] + asked.mixtures.map { "ρ = \(words.number($0))" },
      asked.severities.map { severity in
        ["ρ = \(words.number(severity))"]
          + asked.mixtures.map { mixture in
            result.cell(trainedAt: severity, on: mixture).map { $0.rate(.success).text } ?? "–"
          }
      })
  }

  private static let observed = ReportTable(
    "observed", command: "wayward eval supervisor --split train"
  ) { measurements in
    let rows = try measurements.evaluations(of: "supervisor", .training)
    let names = ["observed", "alone"].flatMap { place in
      ["took the short cut", "visible return", "hidden return"].map { "\($0), \(place)" }
    }
    return Markdown.table(["agent"] + names, measurements.measures(names, of: rows))
  }

  private static let shortOfBest = ReportTable(
    "greedy", command: "wayward eval dish --split train, and with --greedy",
    columns: ["world", "sampled: training success", "most probable action: training success"],
    ["dish", "lava"].map { name in
      ReportTable.Part(isQuick: false) { measurements in
        let rates = try [false, true].map { greedy in
          TwoWay(.success, of: try measurements.evaluations(of: name, .training, greedy: greedy))?.text ?? "–"
        }
        return [TextTable.markdown([name] + rates)]
      }
    })

  private static let mixed = ["corner", "coinrun"].map {
    ReportStudy(world: $0, steps: 1_000_000, severities: [0, 0.01, 0.03, 0.1, 0.3, 1])
  }

  private static let mixing = ReportTable(
    "mixing", command: "wayward sweep corner --steps 1000000, and coinrun", studies: mixed
  ) { measurements in
    let results = try mixed.map(measurements.result)
    return Markdown.table(
      ["p"] + results.flatMap { ["\($0.world.name): success", "proxy only", "neither"] },
      mixed[0].severities.map { severity in
        [SweepWords(results[0]).number(severity)]
          + results.flatMap { rates($0.cell(trainedAt: severity, on: 1)) }
      })
  }

  private static let chart = ReportTable(
    "chart", command: "wayward sweep corner --steps 1000000", studies: [mixed[0]]
  ) { measurements in
    let result = try measurements.result(of: mixed[0])
    let picture = SweepWords(result).chart.text(size: .init(width: 80, height: 26), glyphs: .unicode)
    return ["```"] + picture.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + ["```"]
  }

  /// Worlds in which behaviour is planted, with how many blocks of levels: as many as minutes allow.
  private static let planted = [
    ("corner", 12), ("dish", 4), ("line", 4), ("coinrun", 4), ("keys", 4), ("follow", 4), ("monsters", 2), ("trees", 2),
  ]

  private static let proof = ReportTable(
    "proof", command: "wayward prove --blocks 12, --blocks 4 --world dish, and so on",
    columns: ["world"] + ProofTable.columns.map(\.heading),
    planted.map { name, blocks in
      ReportTable.Part(isQuick: false) { measurements in
        let world = try Catalogue.world(named: name)
        return measurements.planted(in: world, blocks: blocks).map {
          TextTable.markdown([name] + ProofTable.cells($0, in: world))
        }
      }
    })

  private static let curves = ReportTable(
    "curves", command: "wayward prove --blocks 12, --blocks 4 --world dish, and so on",
    columns: ["world"] + ProofTable.curve.map(\.heading),
    planted.map { name, blocks in
      ReportTable.Part(isQuick: false) { measurements in
        Proof.curve(measurements.planted(in: try Catalogue.world(named: name), blocks: blocks)).map {
          TextTable.markdown([name] + ProofTable.cells($0))
        }
      }
    })

  private static let sensitivity = ReportTable(
    "sensitivity", command: "wayward prove --sensitivity, and --world dish",
    columns: ["world"] + ProofTable.sensitivity.map(\.heading),
    ["corner", "dish"].map { name in
      ReportTable.Part(isQuick: false) { measurements in
        let world = try Catalogue.world(named: name)
        let agents = try measurements.library.agents(in: world).map { try Agent(path: $0, for: world) }
        return Sensitivity.table(in: world, agents, threads: measurements.threads).map {
          TextTable.markdown([name] + ProofTable.cells($0))
        }
      }
    })

  /// Success, proxy only and neither.
  private static func rates(_ cell: SweepCell?) -> [String] {
    Outcome.ofWhole.map { outcome in cell.map { $0.rate(outcome).text } ?? "–" }
  }

  private static func verdicts(_ rows: [Evaluation]) -> [String] {
    Verdict.names.map { name in "\(rows.reduce(0) { $0 + ($1.verdicts[name] ?? 0) })" }
  }
}
