extension MouseEvent {
  /// Reads a report in digits: `ESC [ < 0 ; 12 ; 5 M` is a press in column 11 of row 4 (SGR), `ESC [ 32 ; 12 ; 5 M` the
  /// same in urxvt's way.
  init?(sequence: [UInt8]) {
    guard sequence.starts(with: [0x1B, 0x5B]), let end = sequence.last else { return nil }
    var body = sequence[2..<sequence.count - 1]
    let isSGR = body.first == UInt8(ascii: "<")
    guard end == UInt8(ascii: "M") || isSGR && end == UInt8(ascii: "m") else { return nil }
    if isSGR { body = body.dropFirst() }
    let parts = body.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.allSatisfy { (0x30...0x39).contains($0) } ? Int(String(decoding: part, as: UTF8.self)) : nil
    }
    guard parts.count == 3, numbers.count == 3 else { return nil }
    let button = isSGR ? numbers[0] : numbers[0] - 32
    // Only SGR tells which button was let go.
    self.init(
      button: button, column: numbers[1], row: numbers[2],
      isRelease: isSGR ? end == UInt8(ascii: "m") : button >= 0 && button & 0x63 == 3)
  }

  /// Reads a report of X10's kind, three numbers after `ESC [ M`, each 32 more than it means.
  init?(shifted numbers: [Int]) {
    guard numbers.count == 3 else { return nil }
    let button = numbers[0] - 32
    self.init(
      button: button, column: numbers[1] - 32, row: numbers[2] - 32, isRelease: button >= 0 && button & 0x63 == 3)
  }

  private init?(button: Int, column: Int, row: Int, isRelease: Bool) {
    guard (0..<128).contains(button), column > 0, row > 0, column <= 100_000, row <= 100_000 else { return nil }
    point = Point(x: column - 1, y: row - 1)
    if button & 64 != 0 {
      guard button & 2 == 0 else { return nil }
      kind = button & 1 == 0 ? .scrollUp : .scrollDown
    } else if button & 32 != 0 {
      guard button & 3 != 3 else { return nil }
      kind = .drag
    } else {
      kind = isRelease ? .release : .press
    }
  }
}
