/// Which parts beside and below a board are wanted.
struct Panels: Sendable, Equatable {
  private(set) var inspector = true
  private(set) var legend = true
  /// Only the board, and the lane of classes under it.
  private(set) var isMaximized = false

  mutating func toggleInspector() { inspector.toggle() }
  mutating func toggleLegend() { legend.toggle() }
  mutating func toggleMaximized() { isMaximized.toggle() }

  /// The same with the inspector.
  var withInspector: Panels {
    var panels = self
    panels.inspector = true
    return panels
  }
}
