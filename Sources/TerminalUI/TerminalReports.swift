import CTerminal

extension Key {
  /// The key for a number from `screen_read`; nil for keys that have no name here.
  init?(code: UInt32) {
    switch code {
    case 13, 10, SCREEN_ENTER.rawValue: self = .enter
    case 9: self = .tab
    case 27: self = .escape
    case 8, 127, SCREEN_BACKSPACE.rawValue: self = .backspace
    case 1...26:
      guard let letter = Unicode.Scalar(code + 96) else { return nil }
      self = .control(Character(letter))
    case SCREEN_UP.rawValue: self = .up
    case SCREEN_DOWN.rawValue: self = .down
    case SCREEN_LEFT.rawValue: self = .left
    case SCREEN_RIGHT.rawValue: self = .right
    case SCREEN_SHIFT_UP.rawValue: self = .shiftUp
    case SCREEN_SHIFT_DOWN.rawValue: self = .shiftDown
    case SCREEN_SHIFT_LEFT.rawValue: self = .shiftLeft
    case SCREEN_SHIFT_RIGHT.rawValue: self = .shiftRight
    case SCREEN_DELETE.rawValue: self = .delete
    case SCREEN_SHIFT_TAB.rawValue: self = .shiftTab
    case SCREEN_HOME.rawValue: self = .home
    case SCREEN_END.rawValue: self = .end
    case SCREEN_PAGE_UP.rawValue: self = .pageUp
    case SCREEN_PAGE_DOWN.rawValue: self = .pageDown
    case SCREEN_INSERT.rawValue: self = .insert
    case SCREEN_FUNCTION.rawValue + 1...SCREEN_FUNCTION.rawValue + 63:
      self = .function(Int(code - SCREEN_FUNCTION.rawValue))
    default:
      guard code >= 32, let scalar = Unicode.Scalar(code), scalar.value < 0x7F || scalar.value >= 0xA0 else {
        return nil
      }
      self = .character(Character(scalar))
    }
  }
}

extension MouseEvent {
  /// Reads what follows `ESC [ <` in a terminal's report: `0;12;5M` is a press in column 11 of row 4.
  init?(report: String) {
    guard let end = report.last, end == "M" || end == "m" else { return nil }
    let numbers = report.dropLast().split(separator: ";", omittingEmptySubsequences: false).compactMap { Int($0) }
    guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
    point = Point(x: numbers[1] - 1, y: numbers[2] - 1)
    switch (numbers[0], end) {
    case (let button, _) where button & 64 != 0:
      guard button & 2 == 0 else { return nil }
      kind = button & 1 == 0 ? .scrollUp : .scrollDown
    case (let button, _) where button & 32 != 0:
      guard button & 3 != 3 else { return nil }
      kind = .drag
    case (_, "m"): kind = .release
    default: kind = .press
    }
  }
}
