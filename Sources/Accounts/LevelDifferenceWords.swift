import Studies

extension LevelDifference.Thing {
  /// Where it stands, in a sentence; "here" is the first level, "the twin" the other one.
  var words: String {
    switch (here.count, there.count) {
    case (1, 1): "The \(name) is at \(here[0]) here and at \(there[0]) in the twin."
    case (1, 0): "The \(name) at \(here[0]) is not in the twin."
    case (0, 1): "There is no \(name) here; the twin has one at \(there[0])."
    case (let here, 0): "\(here) cells with \(name) here, none in the twin."
    case (0, let there): "No cell with \(name) here, \(there) in the twin."
    case (let here, let there) where here == there:
      "Cells with \(name): \(here) here and as many in the twin, but not the same ones."
    case (let here, let there): "Cells with \(name): \(here) here, \(there) in the twin."
    }
  }
}
