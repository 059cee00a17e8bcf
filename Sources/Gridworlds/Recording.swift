/// What is known of an episode against the recording that it was played again from.
public struct Recording: Hashable, Sendable {
  /// Whether the recording has a hash of every state, so that states were compared and not only rewards and ends.
  public var hasStates: Bool
  /// Whether its level is the one that has its name now, drawn under it or in a file that was compared with it; `nil`
  /// where the name draws none, and no such file has it.
  public var isLevelDrawn: Bool?
  /// Where the replay first is not what was recorded; `nil` where all that could be compared agrees.
  public var mismatch: Mismatch?
  /// Whether the file was cut within it, so that nobody knows what came after its last step.
  public var isCut: Bool

  /// What is known of a replay.
  public init(hasStates: Bool, isLevelDrawn: Bool? = nil, mismatch: Mismatch? = nil, isCut: Bool = false) {
    self.hasStates = hasStates
    self.isLevelDrawn = isLevelDrawn
    self.mismatch = mismatch
    self.isCut = isCut
  }

  /// Whether the replay is what was recorded; `nil` where its states could not be compared.
  public var isReproduced: Bool? { mismatch == nil ? hasStates ? true : nil : false }

  /// Where a replay first is not what was recorded.
  public struct Mismatch: Hashable, Sendable {
    /// What can be another one.
    public enum Part: String, Hashable, Sendable, CaseIterable {
      case reward
      /// Whether, or how, the episode ended there.
      case end
      case state
    }

    /// The step, from 0.
    public let step: Int
    /// What it gave that the recording has otherwise, in the order of ``Part``.
    public let parts: [Part]

    /// Where a replay first is not what was recorded.
    public init(step: Int, parts: [Part]) {
      self.step = step
      self.parts = parts
    }
  }

  /// What is known of the first steps alone, which are to be continued otherwise: a cut after them is no matter.
  func prefix(_ count: Int) -> Recording {
    Recording(
      hasStates: hasStates, isLevelDrawn: isLevelDrawn, mismatch: mismatch.flatMap { $0.step < count ? $0 : nil })
  }
}
