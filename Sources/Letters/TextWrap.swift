extension String {
  /// The text in lines of at most `width` columns, broken at spaces; a longer word is cut.
  ///
  /// Newlines of the text stay, as do its spaces at the start of a line. A letter wider than the lines has one of its
  /// own.
  public func wrapped(to width: Int) -> [String] {
    guard width > 0 else { return [] }
    return split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph -> [String] in
      var lines: [String] = []
      var line = String(paragraph.prefix { $0 == " " }.prefix(width - 1))
      var used = line.count
      var isFresh = true
      for word in paragraph.split(separator: " ") {
        var rest = word
        var length = word.columns
        if !isFresh, used + 1 + length > width {
          lines.append(line)
          (line, used, isFresh) = ("", 0, true)
        }
        while used + length + (isFresh ? 0 : 1) > width {
          var part = rest.prefix(columns: width - used)
          if part.isEmpty, used == 0 { part = rest.prefix(1) }
          lines.append(line + part)
          rest = rest.dropFirst(part.count)
          (line, used, length) = ("", 0, rest.columns)
          if rest.isEmpty { break }
        }
        if rest.isEmpty { continue }
        line += (isFresh ? "" : " ") + rest
        used += (isFresh ? 0 : 1) + length
        isFresh = false
      }
      return lines + [line]
    }
  }

  /// The text in at most `width` columns, its end replaced by `…` where it is longer: after a whole word, unless that
  /// would leave less than two thirds of them.
  public func truncated(to width: Int) -> String {
    if columns <= width { return self }
    guard width > 0 else { return "" }
    let part = prefix(columns: width - 1)
    let isWhole = self[part.endIndex...].first == " "
    var words = isWhole ? part : part.lastIndex(of: " ").map { part[..<$0] } ?? ""
    while let last = words.last, " ,;:".contains(last) { words.removeLast() }
    return (words.columns * 3 >= width * 2 ? words : part) + "…"
  }
}
