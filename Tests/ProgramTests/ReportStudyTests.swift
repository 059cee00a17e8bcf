import Archive
import Foundation
import Gridworlds
import Studies
import Testing
import Worlds

@testable import wayward

@Suite("What tables are trained from")
struct ReportStudyTests {
  private let study = ReportStudy(world: "corner-7", steps: 9_000, severities: [0, 0.5], seeds: 2, isShipped: true)

  @Test("parts train each agent once, what is there is used again, and then nothing more is trained")
  func shards() throws {
    let scratch = try Scratch()
    let library = try Library(levelsOption: nil, environment: [:], currentDirectory: scratch.path, executable: nil)
    let agents = ReportAgents(keep: scratch.path)
    let folder = try agents.folder()
    #expect(folder == "\(scratch.path)/\(Version.number)")
    let plan = try study.plan(in: folder, library, threads: 2)
    // Two studies that need the same agents.
    let first = try agents.train([plan, plan], shard: Shard(number: 1, of: 3))
    #expect(first.there == 2 && first.trained == 2)
    let counts = try (2...3).map { try agents.train([plan], shard: Shard(number: $0, of: 3)) }
    #expect(counts.map(\.there) == [1, 1] && counts.map(\.trained) == [1, 1])
    let files = try plan.jobs.map { try Data(contentsOf: URL(fileURLWithPath: $0.path)) }
    #expect(plan.jobs.map(\.isKept) == [true, true, true, true] && Set(files).count == 4)
    #expect(
      plan.jobs.map(\.command).allSatisfy { $0.hasPrefix("wayward train corner-7 --seed ") && $0.hasSuffix("--half") })
    #expect(try agents.train([plan], shard: Shard(number: 1, of: 1)).trained == 0)
    // All at once makes the same bytes.
    let whole = ReportAgents(keep: "\(scratch.path)/whole")
    let other = try study.plan(in: whole.folder(), library, threads: 1)
    #expect(try whole.train([other], shard: Shard(number: 1, of: 1)).trained == 4)
    #expect(try other.jobs.map { try Data(contentsOf: URL(fileURLWithPath: $0.path)) } == files)
  }

  @Test("an agent that another command made stands in the way, and one on the shelf is taken")
  func others() throws {
    let scratch = try Scratch()
    let levels = "\(scratch.path)/levels"
    try FileManager.default.createDirectory(atPath: "\(levels)/corner/agents", withIntermediateDirectories: true)
    let library = try Library(levelsOption: levels, environment: [:], executable: nil)
    let agents = ReportAgents(keep: scratch.path)
    var alone = study
    (alone.severities, alone.seeds) = ([0], 1)
    let plan = try alone.plan(in: agents.folder(), library, threads: 2)
    #expect(try agents.train([plan], shard: Shard(number: 1, of: 1)).trained == 1)
    let made = try #require(plan.jobs.first)
    let shelved = "\(levels)/corner/agents/\(URL(fileURLWithPath: made.path).lastPathComponent)"
    try FileManager.default.moveItem(atPath: made.path, toPath: shelved)
    #expect(plan.jobs.map(\.path) == [shelved])
    #expect(try agents.train([plan], shard: Shard(number: 1, of: 1)).trained == 0)
    // The same name, made with other steps.
    alone.steps = 20_000
    let longer = try alone.plan(in: agents.folder(), library, threads: 2)
    let path = try #require(longer.jobs.first?.path)
    try FileManager.default.copyItem(atPath: shelved, toPath: path)
    let problem = #expect(throws: FileProblem.self) { try agents.train([longer], shard: Shard(number: 1, of: 1)) }
    #expect(problem?.cause.contains("made by: wayward train corner-7 --seed 1 --steps 9000 --half") == true)
  }

  @Test("the folder is that of what can be made anew")
  func folders() throws {
    let version = Version.number
    #expect(try ReportAgents(keep: nil).folder(["HOME": "/h"]) == "/h/.cache/wayward/report/\(version)")
    #expect(
      try ReportAgents(keep: nil).folder(["HOME": "/h", "XDG_CACHE_HOME": "/c"]) == "/c/wayward/report/\(version)")
    let problem = #expect(throws: FileProblem.self) { try ReportAgents(keep: nil).folder([:]) }
    #expect(problem?.kind == .usage)
  }

  @Test("what every table needs is known without making it")
  func needs() throws {
    let studies = ReportTable.all.flatMap(\.studies)
    #expect(studies.contains { $0.world == "trees" && $0.seeds == 10 && $0.isShipped })
    for study in studies { _ = try Catalogue.world(named: study.world) }
  }
}
