/// The known word that an unknown one was probably meant to be.
public enum Nearest {
  /// `did you mean 'steps'? there are: map, steps`-like advice: the nearest word where one is near, and what there is.
  /// - Parameters:
  ///   - what: what stands before the known words.
  ///   - list: what stands in their place.
  ///   - suggestion: what was meant, where that is known already.
  public static func advice(
    for word: String, among known: [String], what: String = "there are", list: String? = nil,
    suggesting suggestion: String? = nil
  ) -> String {
    let list = list ?? (known.isEmpty ? "there are none" : "\(what): " + known.prefix(40).joined(separator: ", "))
    return (suggestion ?? match(word, among: known)).map { "did you mean '\($0)'? \(list)" } ?? list
  }

  /// The word at the least distance, at most a third of the letters away.
  public static func match(_ word: String, among known: [String]) -> String? {
    let letters = Array(word.lowercased().unicodeScalars.prefix(64))
    let ranked = known.map { ($0, distance(letters, Array($0.lowercased().unicodeScalars.prefix(64)))) }
    guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= max(1, letters.count / 3) else { return nil }
    return best.0
  }

  /// Insertions, deletions, replacements and swaps of neighbours that make one word of the other.
  private static func distance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var previous = Array(0...second.count)
    for i in first.indices {
      var row = [i + 1]
      for j in second.indices {
        var cost = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (first[i] == second[j] ? 0 : 1))
        if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] { cost = min(cost, before[j - 1] + 1) }
        row.append(cost)
      }
      (before, previous) = (previous, row)
    }
    return previous[second.count]
  }
}
