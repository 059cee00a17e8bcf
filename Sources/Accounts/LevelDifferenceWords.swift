import Studies

extension LevelDifference {
  /// What differs, in sentences; "here" is the first level, "the twin" the other one.
  public var sentences: [String] {
    things.map { thing in
      switch (thing.here.count, thing.there.count) {
      case (1, 1): "The \(thing.name) is at \(thing.here[0]) here and at \(thing.there[0]) in the twin."
      case (1, 0): "The \(thing.name) at \(thing.here[0]) is not in the twin."
      case (0, 1): "There is no \(thing.name) here; the twin has one at \(thing.there[0])."
      case (let here, 0): "\(here) cells with \(thing.name) here, none in the twin."
      case (0, let there): "No cell with \(thing.name) here, \(there) in the twin."
      case (let here, let there) where here == there:
        "Cells with \(thing.name): \(here) here and as many in the twin, but not the same ones."
      case (let here, let there): "Cells with \(thing.name): \(here) here, \(there) in the twin."
      }
    }
      + (timeLimit == otherTimeLimit
        ? [] : ["Time runs out after \(timeLimit) steps here, after \(otherTimeLimit) in the twin."])
  }
}
