import Archive
import Testing

@Suite("text for screens") struct PlainTextTests {
  @Test(
    "what could move a cursor, reorder or hide is gone",
    arguments: [
      ("plain ∑ é 🧀", "plain ∑ é 🧀"), ("a\u{1B}[2Jb", "ab"), ("a\u{1B}[38;5;1mb\u{1B}[0m", "ab"),
      ("a\u{1B}]0;title\u{7}b", "ab"), ("a\u{1B}]8;;http://x\u{1B}\\b", "ab"), ("a\u{1B}P1$r\u{1B}\\b", "ab"),
      ("a\u{9B}31mb", "ab"), ("a\u{9D}0;x\u{9C}b", "ab"), ("a\u{1B}(0b", "ab"), ("a\u{1B}cb", "ab"), ("a\u{1B}", "a"),
      ("a\u{1B}[31", "a"), ("a\u{1B}\u{1B}[1mb", "ab"), ("a\u{1B}[1\u{1B}[1mb", "ab"), ("a\u{1B}]x\u{1B}[1mb", "ab"),
      ("a\nb\tc\r\nd\u{2028}e\u{85}f", "a b c  d e f"), ("a\0\u{8}\u{7F}\u{90}b\u{9C}c", "ac"),
      ("a\u{202E}b\u{2066}c\u{2069}d\u{200B}e\u{200D}f\u{FEFF}g\u{AD}h\u{61C}i", "abcdefghi"),
      ("a\u{E0041}b\u{FFFF}c\u{10FFFE}d\u{FFF9}e", "abcde"),
    ])
  func strips(text: String, expected: String) {
    #expect(PlainText.stripped(text) == expected)
    #expect(PlainText.stripped(PlainText.stripped(text)) == expected)
  }

  @Test("a long text ends in an ellipsis, at the limit")
  func limits() {
    #expect(PlainText.stripped("abcdef", limit: 6) == "abcdef")
    #expect(PlainText.stripped("abcdefg", limit: 6) == "abcde…")
    #expect(PlainText.stripped("abc", limit: 0) == "…")
    #expect(PlainText.stripped("a\u{1B}[2J\u{200B}", limit: 1) == "a")
  }

  @Test("several lines keep their line feeds alone")
  func lines() { #expect(PlainText.strippedLines("a\r\nb\u{1B}[1m\n\u{2029}c") == "a \nb\n c") }

  @Test("a problem cannot carry what a file has put into it")
  func problems() {
    let problem = FileProblem(path: "a\u{1B}[2J.yaml", line: 3, cause: "x\u{202E}y\nz", mend: "m\u{7}")
    #expect(problem.description == "a.yaml:3: xy z; m")
    #expect(FileProblem(path: "-", cause: "c", mend: "m").description == "<stdin>: c; m")
  }
}

@Suite("JSON") struct JSONTests {
  @Test(
    "a value is written as it was read",
    arguments: [
      "null", "true", "[]", "{}", "[1,-2.5e-07,18446744073709551615]", #"{"b":1,"a":[{"x":"\"\\\n\u001b"}]}"#,
      "\"é🧀\"", "-0", "1e+5",
    ])
  func roundTrip(_ text: String) throws { #expect(try JSON(parsing: Array(text.utf8)).text == text) }

  @Test("space and escapes mean nothing")
  func space() throws {
    let json = try JSON(parsing: Array(" { \"a\\u0062\" :\t[ 1 ,\r\n2 ] , \"c\":\"\\ud83e\\uddc0\\/\" } ".utf8))
    #expect(json.text == "{\"ab\":[1,2],\"c\":\"🧀/\"}")
  }

  @Test(
    "what is no strict JSON is refused, with the byte",
    arguments: [
      ("", 0), ("[1,]", 3), ("[1 2]", 3), ("{\"a\":1,}", 7), ("{a:1}", 1), ("{\"a\" 1}", 5), ("01", 2), ("1.", 2),
      ("-", 1),
      ("+1", 0), (".5", 0), ("1e", 2), ("NaN", 0), ("nul", 0), ("'a'", 0), ("\"a", 2), ("\"\\x\"", 3), ("\"\\u12\"", 3),
      ("\"\\ud800\"", 7), ("\"\\udc00\"", 7), ("\"\\ud800\\u0041\"", 13), ("\"a\nb\"", 2), ("1 1", 2),
      ("{\"a\":1,\"a\":2}", 7),
      (String(repeating: "[", count: 100), 33), ("// c\n1", 0), (String(repeating: "1", count: 65), 65),
    ])
  func refused(text: String, offset: Int) {
    do throws(JSONProblem) {
      Issue.record("\(try JSON(parsing: Array(text.utf8)).text) was read")
    } catch { #expect(error.offset == offset, "\(error.cause)") }
  }

  @Test("bytes that are not UTF-8 are refused")
  func encoding() {
    #expect(throws: JSONProblem.self) { try JSON(parsing: [0x22, 0xC3, 0x28, 0x22]) }
    #expect(throws: JSONProblem.self) { try JSON(parsing: [0x22, 0xED, 0xA0, 0x80, 0x22]) }
  }

  @Test("numbers that are not finite become null, others are shortest")
  func numbers() {
    #expect(JSON.float(.nan).text == "null" && JSON.double(.infinity).text == "null")
    #expect(
      JSON.float(0.1).text == "0.1" && JSON.double(1e-7).text == "1e-07" && JSON.integer(UInt64.max).unsigned == .max)
  }
}
