/// What inference takes for granted where it might take something else: how far its verdicts depend on that can be tried.
public struct Assumptions: Sendable, Hashable {
  /// How many observations the simpler estimate counts for, where habits back off to one.
  public var pseudoCount = 4.0
  /// The discount of a goal's pull for each step of its distance.
  public var discount = 0.9
  /// Beyond so many steps a step more costs nothing more.
  public var clip = 2.0
  /// Bits a choice that a gain must have to be spoken of.
  public var leastGain = 0.01
  /// Whether the device of an unknown agent knows the reflexes of walkers beforehand.
  public var knowsReflexes = true

  /// What is taken for granted wherever nothing else is said.
  public init() {}
}
