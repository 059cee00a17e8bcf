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
    #expect("cheese in the corner".truncated(to: 20) == "cheese in the corner")
    #expect("cheese in the corner".truncated(to: 18) == "cheese in the…")
    #expect("two steps, and left".truncated(to: 12) == "two steps…")
    #expect("two steps left".truncated(to: 10) == "two steps…")
    #expect("a/long/path and more".truncated(to: 10) == "a/long/pa…")
  }
}
