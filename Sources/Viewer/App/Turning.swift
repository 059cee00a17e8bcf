extension Array where Element: Equatable {
  /// The element so many places on from one, in a circle that has a place for none before the first.
  /// - Parameter element: where the turn begins; one that is not there counts as none.
  func turned(from element: Element?, by step: Int) -> Element? {
    let place = element.flatMap { firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    let next = (place + step + count + 1) % (count + 1)
    return next == 0 ? nil : self[next - 1]
  }
}
