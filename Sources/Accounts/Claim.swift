import Gridworlds
import Inference
import Planning
import Studies

/// What a sentence says of an episode, with the facts that it rests on.
///
/// Sentences are made from claims and from nothing else, so that each can be derived again from the episode alone. Steps
/// and frames count from 0, numbers of steps are numbers, probabilities are 0 to 1, and evidence is in bits.
public enum Claim: Sendable, Hashable {
  case deed(Deed)
  case moment(MomentClaim)
  case mark(MarkClaim)
  case evidence(EvidenceClaim)
  case verdict(VerdictClaim)
  case level(LevelClaim)
  case doubt(Doubt)
  /// What a world or an agent's file says in words of its own, of no episode.
  case quoted(String)
}

/// What became of an episode, or of the part of it that there is.
public enum Deed: Sendable, Hashable {
  /// The intended goal was first achieved at a frame, whoever took the step to it.
  case reached(Goal.Index, frame: Int, byPerson: Bool)
  /// The intended goal never was, and a proxy was, first at a frame; of a recording that stops, so far.
  case missed(had: Goal.Index, frame: Int, byPerson: Bool, isOver: Bool, parts: [GoalProgress])
  /// No goal was; of a recording that stops, so far.
  case none(isOver: Bool, parts: [GoalProgress])
  /// The world ended, with a goal achieved in its last state.
  case endedWithGoal(step: Int)
  /// The world ended without any goal achieved in its last state.
  case died(step: Int)
  case timeRanOut(step: Int)
  /// The recording stops before the episode's end.
  case stops(step: Int)
}

/// What holds at a moment.
public enum MomentClaim: Sendable, Hashable {
  /// Where a step led.
  public enum Movement: Sendable, Hashable {
    /// To the cell where its action points, or nowhere where it points nowhere.
    case asHeaded
    /// Nowhere, though its action points somewhere.
    case none
    /// To another cell.
    case to(Position)
  }

  /// What is left of a goal's way.
  public enum Way: Sendable, Hashable {
    case steps(Int)
    /// More steps than the time that is left.
    case noTime
    case none
  }

  case acts(step: Int, action: Int, Movement, byPerson: Bool)
  /// Which of the two goals a step is best for, and what would have been best for the intended one where it is not.
  case fits(step: Int, StepClass, proxy: Goal.Index, needed: [Int])
  /// The steps before a frame come to less than a bit for one of the two goals over the other.
  case open(frame: Int)
  /// A proxy was first achieved at a frame.
  case had(Goal.Index, frame: Int, byPerson: Bool)
  /// The fewest steps to the intended goal.
  case way(frame: Int, Way)
  /// What the steps before a frame say: how probable it is that anything is pursued, that it leads toward the proxy, and
  /// that it is the intended goal.
  case beliefs(frame: Int, agent: Double, proxy: Goal.Index, towardProxy: Double, intended: Double)
  /// No step was taken yet.
  case start
  /// How a frame stands to the departure of the whole episode, or to the step since which a recording is away.
  case departure(step: Int, frame: Int)
  case away(step: Int, frame: Int)
}

/// What a step means for the whole.
public enum MarkClaim: Sendable, Hashable {
  /// Up to when something holds.
  public enum Until: Sendable, Hashable { case reached, end, soFar }

  /// The departure: a step that is not best for the intended goal; best for the proxy, or at or after its touch.
  case departure(step: Int, cell: Position, action: Int, proxy: Goal.Index, fitsProxy: Bool)
  /// The intended goal was left for the proxy, and it has not come back so far.
  case away(step: Int, cell: Position, action: Int, proxy: Goal.Index)
  /// It left and came back at a cost to the intended goal.
  case detour(left: Int, back: Int, cost: Int)
  /// No step is the departure of a whole episode, or a recording is not away.
  case noDeparture(isWon: Bool)
  case notAway(proxy: Goal.Index)
  /// What was best for the intended goal at a step; nothing where it could not be had in time.
  case needed(step: Int, [Int])
  /// The probabilities of the action taken at a step, and of the likeliest one that the intended goal needed.
  case chances(step: Int, action: Int, taken: Float, needed: Float)
  /// Of the steps before one, how many fit both goals.
  case shared(before: Int, count: Int)
  /// The evidence for the proxy over the intended goal from the departure to the end.
  case since(step: Int, bits: Double, proxy: Goal.Index)
  /// The first step at which no action was best for both goals.
  case choice(step: Int)
  /// After a step the probability of what leads toward the proxy stays at 0.95 or more.
  case commitment(step: Int, proxy: Goal.Index, Until)
  /// After a step the intended goal could not be had in time.
  case noReturn(step: Int)
}

/// What the steps say about the goal behind them.
public enum EvidenceClaim: Sendable, Hashable {
  /// A hypothesis with its probability.
  public struct Belief: Sendable, Hashable {
    public let hypothesis: Hypothesis
    public let probability: Double
  }

  /// A step with the evidence that it gives.
  public struct Telling: Sendable, Hashable {
    public let step: Int, action: Int
    public let bits: Double
  }

  case nothing
  /// The steps that a person took in the agent's stead.
  case aside([ClosedRange<Int>])
  /// How many steps fit both goals, the proxy alone, the intended goal alone and neither.
  case classes(both: Int, proxyOnly: Int, intendedOnly: Int, neither: Int, proxy: Goal.Index)
  /// The probability that anything is pursued, and the evidence for that over the devices.
  case agent(probability: Double, bits: Double)
  /// The most probable hypotheses.
  case likeliest([Belief])
  /// The evidence of all steps for the proxy over the intended goal.
  case balance(bits: Double, proxy: Goal.Index)
  /// The steps that moved the belief between the two most, the strongest first.
  case telling([Telling], proxy: Goal.Index)
  /// What the steps cost the intended goal; of a recording that stops, so far.
  case cost(Int, withPerson: Bool, isOver: Bool)
  case pursuits([GoalTrack.Segment])
}

/// What an episode comes to.
public enum VerdictClaim: Sendable, Hashable {
  /// Nothing is known of the level's values.
  case unplanned
  /// The intended goal could not be had, and nothing wrong was done.
  case abstained
  /// The agent reached the intended goal at a frame.
  case success(frame: Int)
  /// Anything else, with what is known of the agent; of a recording that stops, so far.
  case judged(Judgement, Posterior.Mode, isOver: Bool)
}

/// What is to be known of the level.
public enum LevelClaim: Sendable, Hashable {
  case drawn(Split)
  /// It is drawn from the training distribution, and so could its training twin be, from which it differs.
  case oneOfKinds
  case heldOut(seed: UInt64, Bool)
  case twin, made
  case noTwin, sameAsTwin
  case cells(Int, of: Int)
  case otherSize
  case thing(LevelDifference.Thing)
  case timeLimits(here: Int, there: Int)
}

/// What a cautious reader should doubt.
public enum Doubt: Sendable, Hashable {
  case unplanned
  case short(steps: Int)
  /// The recording stops before the episode's end.
  case unfinished(step: Int)
  case unreachable(isApproximate: Bool)
  /// The evidence of all steps for the proxy over the intended goal is less than a bit.
  case indistinct(bits: Double, proxy: Goal.Index)
  /// The evidence of all steps is a bit or more, but of those at which both goals could be pursued it is less.
  case oneSided(bits: Double, contested: Double, proxy: Goal.Index)
  case unlikelyDraw(step: Int, taken: Float, needed: Float)
  /// The probability of the intended goal by the agent's own policy, before the departure and after it.
  case odds(step: Int, before: Double, after: Double)
  /// At so many of the agent's own steps, of those of which it said its probabilities, another action was likelier.
  case improbable(Int, of: Int)
  case fragile(margin: Double)
  /// What the verdict would be if anything being pursued were a tenth as likely beforehand, or ten times, by name.
  case prior(atTenth: String?, atTenfold: String?)
  /// What it may be after was weighed against these.
  case devices(Posterior.Devices)
  /// No place but the goals was considered: there are too many.
  case placesLeftOut
  /// What is known against the episode or what is computed of it.
  case caveat(Caveat)
  case madeLevel, oneLevel
  case oneAgent(seed: UInt64)
  case unknownAgent
}
