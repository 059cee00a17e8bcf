import Archive
import ArgumentParser
import Studies
import Worlds

extension Eval {
  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add up the JSON of shards.",
      discussion: """
        The same bytes come out as of one process, in whatever order the files are named. Each line says of what it is a \
        part; where a shard is missing, stands there twice or is of another plan, nothing is added and the exit status \
        is 65. With --partial what is there is added, and says that it is not all: in JSON by the fields partial and \
        planned.
        """)

    @Argument(help: "Files that wayward eval --format json --shard i/n wrote; - is standard input.")
    var files: [String]

    @Flag(help: "Add up what is there, even if shards are missing.")
    var partial = false

    @Option(help: "table, markdown, json or csv.")
    var format = Format.table

    @OptionGroup var outOptions: OutOptions

    func run() throws { try outOptions.collect(from: files, add) }

    private func add() throws {
      var merge = ShardMerge()
      for file in files { try merge.take(reading: file) }
      let (evaluations, obstacles) = merge.merged(worlds: Catalogue.worlds.map(\.name))
      for obstacle in obstacles { Wayward.complain("\(obstacle.problem)") }
      guard !evaluations.isEmpty, obstacles.allSatisfy({ partial && $0.isGap }) else { throw ExitCode(65) }
      try Eval.print(evaluations, as: format)
    }
  }
}
