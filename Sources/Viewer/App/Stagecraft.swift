/// What changes with presenting beside the rooms: a projector washes out what a screen shows well, so its theme comes
/// with it, and the one before comes back.
struct Stagecraft: Part {
  private var before: Theme.Name?

  /// The theme once presenting began or ended.
  mutating func theme(after name: Theme.Name, isPresenting: Bool) -> Theme.Name {
    if isPresenting, name == .dark || name == .light {
      before = name
      return .projector
    }
    return name == .projector && !isPresenting ? before ?? name : name
  }
}
