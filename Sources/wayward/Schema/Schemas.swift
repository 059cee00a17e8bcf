import Gridworlds
import Inference
import Planning
import Studies

extension Schema {
  /// Every line of JSON that the program writes and that is its own. Asciicasts and the headers of safetensors follow
  /// formats of others.
  static let all = [
    evaluation, analysis, profile, ask, odds, certify, comparison, sweep, life, world, level, check, agent, settings,
    measurement, episode,
    step, made,
  ]

  /// `wayward eval`.
  static let evaluation = Schema(
    name: "eval", command: "wayward eval WORLD --format json", line: "an agent and split",
    fields: [
      Field("world", .text, "the world with its variant"),
      Field("split", split, "the distribution of the levels"),
      Field("agent", .text, "the agent's name"),
      Field("seed", .integer, "the seed of its training; 0 where it was not trained"),
      Field("severity", .share, "the share of shifted levels in its training"),
      Field("first_level", .integer, "the number of the first level"),
      Field("levels", .integer, "levels that were played"),
      Field("steps", .integer, "steps of all episodes"),
      Field("steps_mean", .number, "steps an episode"),
      Field("success", .object(rate), "episodes in which the intended goal was reached"),
      Field("proxy_only", .object(rate), "episodes in which a proxy was reached and the intended goal never"),
      Field("neither", .object(rate), "episodes in which neither was reached"),
      Field(
        "first_touch", .object(touches), "which goal was achieved first, of all levels", null: earlier, since: "0.3"),
      Field("departures", .integer, "episodes with a departure"),
      Field("verdicts", .object(verdicts), "episodes by verdict"),
      Field("agent_over_device_bits", .object(average), "evidence for an agent over the devices, bits an episode"),
      Field("proxy_over_intended_bits", .object(average), "evidence for the best proxy over the intended goal, bits"),
      Field("return", .object(average), "undiscounted return, reward units"),
      Field("best_return", .object(average), "the greatest return that the levels allow, where it is known"),
      Field(
        "share_of_best_return", .number, "mean return over the mean of the greatest",
        null: "the greatest is not known of all levels, or not above 0"),
      Field("measures", .map(of: "measure", .object(average)), "what the world measures besides"),
      Field("greedy", .truth, "whether the most probable action was always taken", null: older, since: "0.2"),
      Field(
        "agent_digest", .text, "the hash of the agent's numbers", null: "it has no file, or \(older)", since: "0.2"),
      Field(
        "company", .object(company), "of the agents of its severity that played beside it, by which all are added up",
        null: older, since: "0.3"),
      Field("partial", .truth, "whether shards of what was planned are missing", null: older, since: "0.2"),
      Field("planned", .object(plan), "what all shards together are to be", null: older, since: "0.2"),
      Field(
        "together", .object(together), "what the agents of its company come to on these levels",
        null: "it is alone, or a line of its company is missing", since: "0.3"),
    ])

  /// `wayward ask`.
  static let ask = Schema(
    name: "ask", command: "wayward ask WORLD --format json", line: "an agent and goal",
    fields: [
      Field("world", .text, "the world with its variant", since: "0.3"),
      Field("agent", .text, "the agent's name", since: "0.3"),
      Field("split", split, "the distribution of the levels", since: "0.3"),
      Field("levels", .integer, "levels in which a pair was looked for", since: "0.3"),
      Field("goal", .text, "the goal whose object is moved", since: "0.3"),
      Field("role", .word(Goal.Role.allCases.map(\.rawValue)), "how it stands to the training", since: "0.3"),
      Field("pairs", .integer, "pairs of levels, before and after the move", since: "0.3"),
      Field("follow", .number, "the mean share of probability that follows the object", null: unmoved, since: "0.3"),
      Field("low", .number, "where its 95 % interval begins (bootstrap over pairs)", null: unmoved, since: "0.3"),
      Field("high", .number, "where its 95 % interval ends", null: unmoved, since: "0.3"),
      Field("favourite_changes", .share, "pairs whose most probable action changes", null: unmoved, since: "0.3"),
      Field(
        "follow_near", .number, "follow where one place is within 5 steps", null: "there is no such pair", since: "0.3"),
      Field("follow_far", .number, "follow where both are farther", null: "there is no such pair", since: "0.3"),
    ])

  /// `wayward odds`.
  static let odds = Schema(
    name: "odds", command: "wayward odds LEVEL --format json", line: "a level",
    fields: [
      Field("level", .text, "the level's name", since: "0.3"),
      Field("agent", .text, "the agent's name", since: "0.3"),
      Field("steps", .integer, "the time that the odds are for", since: "0.3"),
      Field("intended", .share, "P(the intended goal is reached before any proxy)", since: "0.3"),
      Field("proxy_first", .share, "P(a proxy is reached first)", since: "0.3"),
      Field("neither", .share, "P(neither is reached in that time)", since: "0.3"),
      Field("intended_ever", .share, "P(the intended goal is reached at all)", since: "0.3"),
      Field(
        "approximate", .truth,
        "whether they are the rates of sampled episodes: others move at random, or there are too many states",
        since: "0.3"),
      Field("episodes", .integer, "how many episodes were sampled", null: "they are exact", since: "0.3"),
      Field(
        "rates", .map(of: "name", .object(rate)), "the four with their intervals", null: "they are exact",
        since: "0.3"),
    ])

  /// `wayward certify`.
  static let certify = Schema(
    name: "certify", command: "wayward certify LEVEL --format json", line: "a level",
    fields: [
      Field("level", .text, "the level's name", since: "0.3"),
      Field("agent", .text, "the agent's name", since: "0.3"),
      Field("steps", .integer, "the time that the odds are for", since: "0.3"),
      Field("thing", .text, "what is moved", since: "0.3"),
      Field("starts", .integer, "cells from which the agent starts", since: "0.3"),
      Field("pairs", .integer, "pairs of start and place", since: "0.3"),
      Field("out_of_reach", .integer, "pairs left out since the goal is out of reach in time", since: "0.3"),
      Field("mean", .object(outlook), "the means over all pairs", since: "0.3"),
      Field(
        "worst", .list(.object(certifiedPair)), "the pairs with the least intended_ever, ten at the most",
        since: "0.3"),
      Field("places", .list(.object(certifiedPlace)), "the places of the thing, in reading order", since: "0.3"),
    ])

  /// `wayward analyze`.
  static let analysis = Schema(
    name: "analyze", command: "wayward analyze FILE --format json", line: "an episode",
    fields: [
      Field("episode", .integer, "its number in the file, from 1; from 0 before version 0.2"),
      Field("world", .text, "the world with its variant"),
      Field("level", .text, "the level's name"),
      Field("agent", .text, "who acted"),
      Field(
        "agent_digest", .text, "the hash of the agent's numbers", null: "it has no file, or the recording does not say",
        since: "0.3"),
      Field("steps", .integer, "steps that were taken"),
      Field("outcome", .word((Outcome.ofWhole + [.unfinished]).map(\.rawValue)), "what was reached"),
      Field("unfinished", .truth, "whether the recording stops before the episode's end", since: "0.2"),
      Field("cut", .truth, "whether the file was cut within it, so that what followed is lost", since: "0.3"),
      Field(
        "first_touch", .word(Touch.Kind.allCases.map(\.rawValue)), "which goal was achieved first, or both at once",
        null: "none was", since: "0.3"),
      Field("first_touch_frame", .integer, "the frame at which it was", null: "none was", since: "0.3"),
      Field("return", .number, "undiscounted return, reward units"),
      Field("best_return", .number, "the greatest return that the level allows", null: "it is not known"),
      Field(
        "reproduces", .truth, "whether the moves lead to what was recorded", null: "no states were recorded to compare",
        since: "0.2"),
      Field("differs_at_step", .integer, "the first step that leads elsewhere", null: "none does", since: "0.2"),
      Field(
        "differs_in", .list(.word(Recording.Mismatch.Part.allCases.map(\.rawValue))), "in what it differs there",
        null: "no step differs", since: "0.2"),
      Field(
        "level_as_named", .truth, "whether the level is the one that has its name now",
        null: "its name draws none, and no level file has it",
        since: "0.2"),
      Field(
        "steps_with_probabilities", .integer, "steps of which the policy's probabilities are known", since: "0.2"),
      Field("human_steps", .list(.integer), "steps that a person took in the agent's stead: no evidence of its goal"),
      Field(
        "measures", .map(of: "measure", .optional(.number)),
        "what the world measures besides; null where it does not apply"),
      Field(
        "decision_step", .integer, "the first step at which no action was best for both goals", null: none,
        absent: large),
      Field("departure_step", .integer, "the step of the departure", null: none, absent: large),
      Field(
        "commitment_step", .integer,
        "the first step from which P(the proxy that explains it best) stays at 0.95 or more, to the end or until it is reached",
        null: none, absent: large),
      Field(
        "no_return_step", .integer, "the first step after which the intended goal is out of reach, or out of time",
        null: none, absent: large),
      Field(
        "aftermath_step", .integer,
        "the first step of what follows once the goal pursued is achieved or nothing can change any more", null: none,
        absent: large, since: "0.3"),
      Field(
        "away_step", .integer, "of an unfinished one, the step since which it is away from the intended goal",
        null: none,
        absent: large, since: "0.2"),
      Field(
        "detours", .list(.object(detour)), "walks away from the intended goal and back", absent: large, since: "0.2"),
      Field(
        "regret", .integer, "what its moves before the aftermath cost against the best for the intended goal, steps",
        absent: large),
      Field("posterior", .map(of: "goal", .share), "by what may be behind the moves, its probability", absent: large),
      Field("agent_probability", .share, "P(agent) after the last step, against the devices", absent: large),
      Field("verdict", .word(Verdict.names), "what it comes to"),
      Field("mode", .word(["lone", "known"]), "what is known of the agent beforehand", since: "0.3"),
      Field(
        "margin", .number, "by which factor odds must change to turn the verdict",
        null: "the intended goal was reached, or the recording stops: none would", absent: large),
      Field("fragile", .truth, "whether a factor of ten would do", absent: large),
      Field(
        "approximate", .truth, "whether values are: too many states to look at all, or others move at random",
        null: large),
      Field("devices", .text, "what an agent was weighed against", absent: large),
      Field("agent_over_device_bits", .number, "evidence for an agent over the devices, bits", absent: large),
      Field(
        "proxy_over_intended_bits", .number, "evidence for the best proxy over the intended goal, bits", absent: large),
      Field("evidence_bits", .list(.number), "the same step by step, rounded to thousandths", absent: large),
      Field("most_telling_steps", .list(.integer), "steps that moved the belief most", absent: large),
      Field("pursuits", .list(.object(pursuit)), "what it was after, if it may change its mind", absent: large),
      Field(
        "shared_steps", .integer, "how many steps the best ways to goal and proxy can run together at the most",
        absent: large),
      Field(
        "classes", .list(.word(StepClass.allCases.map(\.rawValue))), "of each step, for which goals it was best",
        absent: large),
      Field("account", .object(account), "the account in plain words"),
    ])

  /// `wayward sweep`.
  static let sweep = Schema(
    name: "sweep", command: "wayward sweep WORLD --format json", line: "a severity and mixture",
    fields: [
      Field("world", .text, "the world with its variant"),
      Field("severity", .share, "the share of shifted levels in training"),
      Field(
        "mixture", .share,
        "the share of shifted levels among those measured on: 0 the training split, 1 the shifted one"),
      Field("steps", .integer, "environment steps of each training"),
      Field("first_level", .integer, "the number of the first held-out level"),
      Field("levels", .integer, "held-out levels that each agent played"),
      Field("seeds", .integer, "agents at the severity"),
      Field("success", .object(pooled), "episodes in which the intended goal was reached, all agents together"),
      Field("proxy_only", .object(pooled), "episodes in which a proxy was reached and the intended goal never"),
      Field("neither", .object(pooled), "episodes in which neither was reached"),
      Field("agents", .list(.object(trained)), "each agent by itself"),
    ])

  /// `wayward live trees`.
  static let life = Schema(
    name: "live", command: "wayward live trees --format json", line: "a life",
    fields: [
      Field("world", .word(["trees"]), "the world"),
      Field("seed", .integer, "the seed of forest, chance and choices"),
      Field("steps", .integer, "steps that were lived"),
      Field("step_size", .number, "step size of Q-learning"),
      Field("discount", .share, "discount a step"),
      Field("exploration", .share, "how often it acts at random"),
      Field("hope", .share, "cuts a step that it expects at first"),
      Field("least", .share, "the least probability of regrowth in a step"),
      Field(
        "first_collapse", .integer, "steps taken when the last tree was cut for the first time",
        null: "a tree always stood"),
      Field("collapses", .integer, "how often the last tree was cut"),
      Field(
        "recovery", .integer, "steps taken when the tree came back from which on trees have stood", null: "they did not"
      ),
      Field("before", .object(window), "from the start to the first collapse"),
      Field("between", .object(window), "from there to the recovery"),
      Field("after", .object(window), "from the recovery on"),
      Field("random_chops_per_step", .list(.number), "what a random walker cuts a step, by the number of trees from 0"),
      Field("greedy_chops_per_step", .list(.number), "the same of a greedy chopper"),
      Field(
        "events", .list(.object(event)), "when the last tree was cut, the first came back, and the forest was kept"),
      Field("windows", .list(.object(stretch)), "the whole course"),
    ])

  /// `wayward worlds`.
  static let world = Schema(
    name: "worlds", command: "wayward worlds [WORLD] --format json", line: "a world",
    fields: [
      Field("world", .text, "the name with its variant", since: "0.2"),
      Field("family", .text, "the name without its variant", since: "0.2"),
      Field("task", .text, "what the agent should do", since: "0.2"),
      Field("shift", .text, "what is different after the shift", since: "0.2"),
      Field("source", .text, "the paper it is from", since: "0.2"),
      Field("about", .text, "what it is, what the paper found, what ours is not", since: "0.2"),
      Field("variants", .text, "how the names of its variants are spelled", since: "0.2"),
      Field("goals", .list(.object(goal)), "what an agent may be after", since: "0.2"),
      Field("actions", .list(.text), "the names of the actions, by their numbers from 0", since: "0.2"),
      Field("letters", .map(of: "letter", .text), "what the letters of a map mean", since: "0.2"),
      Field("measures", .list(.text), "what is measured besides", since: "0.2"),
      Field("deterministic", .truth, "whether nothing moves by chance, so that values are exact", since: "0.2"),
      Field("train_steps", .integer, "the time limit of training level 0, steps", since: "0.2"),
      Field("shift_steps", .integer, "the time limit of shifted level 0, steps", since: "0.2"),
    ])

  /// `wayward levels list`.
  static let level = Schema(
    name: "levels", command: "wayward levels list --format json", line: "a level",
    fields: [
      Field("level", .text, "its name: corner/first", since: "0.2"),
      Field("file", .text, "where it lies", since: "0.2"),
      Field("world", .text, "the world with its variant", null: bad, since: "0.2"),
      Field("title", .text, "what it shows; empty where the file says nothing", null: bad, since: "0.2"),
      Field("note", .text, "a line or two about it; empty where the file says nothing", null: bad, since: "0.2"),
      Field("width", .integer, "columns of the map", null: bad, since: "0.2"),
      Field("height", .integer, "rows of the map", null: bad, since: "0.2"),
      Field("steps", .integer, "the time limit, steps", null: bad, since: "0.2"),
      Field("problem", .text, "why it cannot be read", null: "it can", since: "0.2"),
    ])

  /// `wayward agents`.
  static let agent = Schema(
    name: "agents", command: "wayward agents [WORLD] --format json", line: "an agent",
    fields: [
      Field("agent", .text, "its name: seed-1", since: "0.2"),
      Field("file", .text, "where it lies", since: "0.2"),
      Field("world", .text, "the world with its variant that it was trained in", null: bad, since: "0.2"),
      Field("severity", .share, "the share of shifted levels in its training", null: bad, since: "0.2"),
      Field("seed", .integer, "the seed of its training", null: bad, since: "0.2"),
      Field("steps", .integer, "environment steps of its training", null: bad, since: "0.2"),
      Field("command", .text, "the command that trains it again", null: bad, since: "0.2"),
      Field(
        "stopped_early", .truth, "whether its training was stopped before the command's end", null: bad, since: "0.3"),
      Field(
        "measured", .object(measured), "what its file says was measured", null: "nothing was, or \(bad)", since: "0.2"),
      Field("reads", .truth, "whether it can act", since: "0.2"),
      Field("problem", .text, "why it cannot", null: "it can", since: "0.2"),
    ])

  /// The first line of an episode.
  static let episode = Schema(
    name: "episode", command: "wayward record LEVEL, the first line of an episode", line: "an episode",
    fields: [
      Field("format", .word(["wayward-episode"]), "what the file is"),
      Field("version", .integer, "the version of the format: 1"),
      Field("world", .text, "the world with its variant"),
      Field("level", .object(playedLevel), "the whole level, so that no other file is needed"),
      Field("seed", .integer, "the seed of the agent's sampling and of what moves by chance"),
      Field("actions", .list(.text), "the names of the actions, by their numbers from 0"),
      Field("goals", .list(.text), "the names of the goals"),
      Field("agent", .text, "who acted"),
      Field(
        "agent_digest", .text, "the hash of the agent's numbers, 16 hexadecimal digits", absent: "it has no file",
        since: "0.3"),
      Field("branch", .text, "what the branch is called", absent: unbranched),
      Field("parent", .integer, "the episode of the file that it left, in the file's order from 0", absent: unbranched),
      Field("leaves_at", .integer, "first steps that it shares with it", absent: unbranched),
      Field("human_steps", .list(.integer), "steps that a person took in the agent's stead", absent: "there are none"),
    ])

  /// A line of a step.
  static let step = Schema(
    name: "step", command: "wayward record LEVEL, each line after it", line: "a step",
    fields: [
      Field("t", .integer, "its number, from 0"),
      Field("action", .integer, "the number of the action"),
      Field("reward", .number, "reward units"),
      Field("terminated", .truth, "whether the episode truly ends here"),
      Field("truncated", .truth, "whether the time limit ends it here"),
      Field(
        "probs", .list(.share), "the policy's probability of each action",
        absent: "they are not known, or --light left them out"),
      Field(
        "value", .number, "the value that the agent expected, reward units",
        absent: "it is not known, or --light left it out"),
      Field("proxy_rewards", .map(of: "proxy", .integer), "1 at the step that reaches the proxy, else 0"),
      Field("hash", .text, "the state after the step, 16 hexadecimal digits"),
    ])

  /// The file beside one that `--out` wrote.
  static let made = Schema(
    name: "made", command: ".NAME.made beside NAME, which --out NAME wrote", line: "a file",
    fields: [
      Field("format", .word(["wayward-made"]), "what the file is", since: "0.2"),
      Field("version", .integer, "the version of the format: 1", since: "0.2"),
      Field("command", .text, "the command, without what does not change its result", since: "0.2"),
      Field("program", .text, "the version of the program", since: "0.2"),
      Field(
        "inputs", .text, "the hash of the files that were read", null: "one of them can be read once only",
        since: "0.2"),
      Field("status", .integer, "the exit status; where it is not 0 the file lacks something", since: "0.2"),
      Field("bytes", .integer, "the size of the file", since: "0.2"),
      Field("hash", .text, "the hash of its bytes", since: "0.2"),
    ])
}
