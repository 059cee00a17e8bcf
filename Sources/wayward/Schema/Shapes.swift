import Accounts
import Gridworlds
import Inference
import Planning
import Studies

/// Objects within lines, and words that several schemas have.
extension Schema {
  static let none = "there is none"
  static let older = "the line is of version 0.1"
  static let earlier = "the line is of an earlier version"
  static let large = "no plan could be made along the episode"
  static let bad = "the file cannot be read"
  static let unmoved = "it cannot be moved alone"
  static let single = "there is one agent"
  static let unbranched = "it is no branch"
  static let split = Kind.word(Split.allCases.map(\.rawValue))

  static let rateFields = [
    Field("rate", .share, "the share of all"),
    Field("low", .share, "where its 95 % interval begins (Wilson)"),
    Field("high", .share, "where its 95 % interval ends"),
    Field("count", .integer, "how many"),
  ]
  static let rate = Shape(name: "rate", fields: rateFields)
  static let pooled = Shape(
    name: "rate of agents",
    fields: [
      Field("rate", .share, "the share of all"),
      Field("low", .share, "where its 95 % interval over levels and agents begins; of one agent Wilson's"),
      Field("high", .share, "where it ends"), Field("count", .integer, "how many"),
      Field("min", .share, "the least rate of an agent"), Field("max", .share, "the greatest rate of an agent"),
      Field(
        "new_seeds_low", .share, "where the 95 % interval for seeds that were not trained begins", null: single,
        since: "0.3"),
      Field("new_seeds_high", .share, "where it ends", null: single, since: "0.3"),
      Field(
        "interquartile_mean", .share, "the mean of the middle half of the agents, of less than four of all",
        since: "0.3"),
    ])
  static let company = Shape(
    name: "company",
    fields: [Field("agents", .integer, "how many, itself too", since: "0.3")]
      + Outcome.ofWhole.map {
        Field(
          $0.rawValue, .integer, "over its levels of this outcome, how many of them had it, added up", since: "0.3")
      })
  static let together = Shape(
    name: "together",
    fields: [Field("agents", .integer, "how many they are", since: "0.3")]
      + Outcome.ofWhole.map { Field($0.rawValue, .object(pooled), "as above, of all of them", since: "0.3") })
  static let average = Shape(
    name: "average",
    fields: [
      Field("mean", .number, "the mean; 0 of none"),
      Field("low", .number, "where its 95 % interval begins (normal)", null: "there are less than two"),
      Field("high", .number, "where its 95 % interval ends", null: "there are less than two"),
      Field("sum", .number, "the sum, by which shards are added"),
      Field("squares", .number, "the sum of squares, likewise"),
      Field("count", .integer, "episodes to which it applies"),
      Field(
        "sum_rest", .list(.number), "what rounding took from the sum, by which shards add up exactly", since: "0.2"),
      Field("squares_rest", .list(.number), "the same of the squares", since: "0.2"),
    ])
  static let outlookFields = [
    Field("intended", .share, "P(the intended goal is reached before any proxy)", since: "0.3"),
    Field("proxy_first", .share, "P(a proxy is reached first)", since: "0.3"),
    Field("neither", .share, "P(neither is reached in time)", since: "0.3"),
    Field("intended_ever", .share, "P(the intended goal is reached at all)", since: "0.3"),
  ]
  static let outlook = Shape(name: "outlook", fields: outlookFields)
  static let certifiedPair = Shape(
    name: "pair",
    fields: [
      Field("start", .list(.integer), "where the agent starts: column and row from 0", since: "0.3"),
      Field("place", .list(.integer), "where the thing lies", since: "0.3"),
    ] + outlookFields)
  static let certifiedPlace = Shape(
    name: "place",
    fields: [
      Field("place", .list(.integer), "where the thing lies: column and row from 0", since: "0.3"),
      Field("pairs", .integer, "starts that are questions", since: "0.3"),
      Field("out_of_reach", .integer, "starts from which the goal is out of reach in time", since: "0.3"),
      Field("mean", .object(outlook), "the means over the starts", null: "there is no such start", since: "0.3"),
      Field("least", .share, "the least intended_ever of a start", null: "there is no such start", since: "0.3"),
    ])
  static let weights = Shape(
    name: "weights of a goal",
    fields: [
      Field("far", .number, "from eight steps away", since: "0.3"),
      Field("near", .number, "within two steps", since: "0.3"),
      Field("low", .number, "where the 95 % interval of far begins", since: "0.3"),
      Field("high", .number, "where the 95 % interval of far ends", since: "0.3"),
      Field("near_low", .number, "where the 95 % interval of near begins", since: "0.3"),
      Field("near_high", .number, "where the 95 % interval of near ends", since: "0.3"),
    ])
  static let gain = Shape(
    name: "gain",
    fields: [
      Field("bits", .number, "the mean over all choices", since: "0.3"),
      Field("low", .number, "where its 98 % interval begins (bootstrap over levels)", since: "0.3"),
      Field("high", .number, "where its 98 % interval ends", since: "0.3"),
    ])
  static let plan = Shape(
    name: "plan",
    fields: [
      Field("command", .text, "the command that plays all of it", since: "0.2"),
      Field("version", .text, "the version of the program", since: "0.2"),
      Field("levels", .integer, "held-out levels in all", since: "0.2"),
      Field("first_level", .integer, "the number of the first one", since: "0.2"),
      Field("shards", .list(.integer), "the shards that are in the line, from 1", since: "0.2"),
      Field("shard_count", .integer, "into how many shards the levels are cut; 1 where all are there", since: "0.2"),
      Field("line", .integer, "its place among the lines of the command's world, from 1", since: "0.2"),
      Field("lines", .integer, "how many lines there are", since: "0.2"),
    ])
  static let touches = Shape(
    name: "first touches",
    fields: Touch.Kind.allCases.map { Field($0.rawValue, .object(rate), "episodes of this first touch", since: "0.3") })
  static let verdicts = Shape(
    name: "verdicts", fields: Verdict.names.map { Field($0, .integer, "episodes of this verdict") })
  static let detour = Shape(
    name: "detour",
    fields: [
      Field("from", .integer, "the step with which it begins", since: "0.2"),
      Field(
        "to", .integer, "the first frame at which it is back", null: "it never came back", since: "0.2"),
      Field(
        "cost", .integer, "steps that it cost against the best way; those taken, if it never came back", since: "0.2"),
      Field("kind", .word(Excursion.Kind.allCases.map(\.rawValue)), "a slip costs at most two steps", since: "0.3"),
    ])
  static let pursuit = Shape(
    name: "pursuit",
    fields: [
      Field("from", .integer, "its first step"), Field("to", .integer, "the step after its last one"),
      Field("goal", .text, "the likeliest goal", null: "of nothing"),
    ])
  static let account = Shape(
    name: "account",
    fields: Account.Part.allCases.map { Field($0.rawValue, .list(.text), "\($0.title.lowercased()), in sentences") }
      + [Field("figures", .object(figures), "what the sentences rest on")])
  static let figures = Shape(
    name: "figures",
    fields: [
      Field("differing_cells", .integer, "cells that differ from the training twin", null: "there is no such twin"),
      Field("cells", .integer, "cells of the map"),
      Field(
        "not_most_probable_steps", .integer, "steps that were not the agent's most probable", null: "nothing says so"),
      Field("classes", .object(classes), "steps by class", absent: large),
      Field("evidence_from_departure_bits", .number, "evidence for the proxy from there on", null: none, absent: large),
      Field("unlikely_draw", .truth, "whether the departure was an improbable action of the agent", absent: large),
      Field("intended_reachable_from_start", .truth, "whether there is a way to the intended goal", absent: large),
    ])
  static let classes = Shape(
    name: "classes", fields: StepClass.allCases.map { Field($0.rawValue, .integer, "steps of this class") })
  static let trained = Shape(
    name: "agent",
    fields: [Field("seed", .integer, "the seed of its training")]
      + Outcome.ofWhole.map { Field($0.rawValue, .object(rate), "as above, of this agent") })
  static let windowFields = [
    Field("steps", .integer, "steps"),
    Field("population", .number, "trees that stood, on average"),
    Field("chops_per_step", .number, "trees cut a step"),
    Field("affinity", .number, "(p - b) / (g - b), see wayward help live trees", null: "no tree stood"),
  ]
  static let window = Shape(name: "window", fields: windowFields)
  static let stretch = Shape(
    name: "stretch",
    fields: [
      Field("phase", .integer, "its number, from 0"),
      Field("forest", .word(["standing", "empty"]), "whether trees stand"),
      Field("from", .integer, "its first step"),
    ] + windowFields)
  static let event = Shape(
    name: "event",
    fields: [
      Field("event", .word(["collapse", "regrowth", "recovery"]), "what happened"),
      Field("step", .integer, "at which step"),
    ])
  static let goal = Shape(
    name: "goal",
    fields: [
      Field("goal", .text, "its name", since: "0.2"),
      Field("role", .word(Goal.Role.allCases.map(\.rawValue)), "what it is in training", since: "0.2"),
      Field("wish", .text, "what one does who has it: get the cheese", since: "0.2"),
    ])
  static let measured = Shape(
    name: "measured",
    fields: [
      Field("levels", .integer, "held-out levels of each split", since: "0.2"),
      Field("train_success", .share, "the intended goal was reached, training levels", since: "0.2"),
      Field("shift_success", .share, "the same on shifted levels", since: "0.2"),
      Field("shift_proxy_only", .share, "a proxy and never the intended goal, shifted levels", since: "0.2"),
      Field("shift_neither", .share, "neither, shifted levels", since: "0.2"),
    ])
  static let playedLevel = Shape(
    name: "level",
    fields: [
      Field("reference", .text, "its name"), Field("title", .text, "what it shows"), Field("note", .text, "about it"),
      Field("map", .list(.text), "its rows"),
      Field("targets", .map(of: "goal", .list(.list(.integer))), "cells that count as reached, column and row from 0"),
      Field("steps", .integer, "the time limit, steps"),
    ])
}
