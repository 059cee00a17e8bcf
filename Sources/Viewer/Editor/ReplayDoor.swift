import Studies

/// The way from the editor to a replay. Whoever opens the editor says where it leads: the replay opens the editor, so
/// that the editor cannot know the replay.
struct ReplayDoor: Sendable {
  private let replay: @Sendable (Run, Agent?) -> (any Room)?

  init(_ replay: @escaping @Sendable (Run, Agent?) -> (any Room)?) { self.replay = replay }

  /// Work after which a run is replayed.
  func open<Owner>(_ agent: Agent?, _ make: @escaping @Sendable () -> Run) -> Wish<Owner> {
    let replay = replay
    return .work("editor") {
      let run = make()
      return Reply { _ in replay(run, agent).map { [.enter($0)] } ?? [] }
    }
  }
}
