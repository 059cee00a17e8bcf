extension Int {
  /// A number written in the one plain way: digits, the first not 0.
  init?(plain text: Substring) {
    guard text.first != "0", text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    self.init(text)
  }
}

/// Reads a world's name: an optional odd size, then optional words, each at most once.
struct NameWords {
  /// The size, where one is given.
  private(set) var size: Int?
  /// The words that are given.
  private(set) var words: Set<String> = []

  /// The size and words of a name; `nil` where something else stands in it, or something twice.
  /// - Parameters:
  ///   - sizes: the sizes that there are.
  ///   - known: the words that there are.
  init?(_ parts: [Substring], sizes: ClosedRange<Int>, known: Set<String> = []) {
    for part in parts {
      if size == nil, let number = Int(plain: part), sizes.contains(number), number % 2 == 1 {
        size = number
      } else if known.contains(String(part)), words.insert(String(part)).inserted {
        continue
      } else {
        return nil
      }
    }
  }
}
