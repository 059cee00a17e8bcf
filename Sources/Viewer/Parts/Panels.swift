/// Which parts beside and below a board are wanted.
struct Panels: Sendable, Equatable {
  var inspector = true
  var legend = true
  /// Only the board, and the lane of classes under it.
  var isMaximized = false
}
