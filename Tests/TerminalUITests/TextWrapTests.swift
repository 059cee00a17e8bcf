import Testing

@testable import TerminalUI

@Suite("Wrapped text")
struct TextWrapTests {
  @Test("text breaks at spaces, and a long word is cut rather than lost")
  func wrapping() {
    #expect("the agent is steering by the corner".wrapped(to: 12) == ["the agent is", "steering by", "the corner"])
    #expect("abcdefghij kl".wrapped(to: 4) == ["abcd", "efgh", "ij", "kl"])
    #expect("a\n\n  b c".wrapped(to: 9) == ["a", "", "  b c"])
    #expect("".wrapped(to: 5) == [""])
    #expect("abc".wrapped(to: 0) == [])
    #expect("corner".truncated(to: 4) == "cor…")
  }
}
