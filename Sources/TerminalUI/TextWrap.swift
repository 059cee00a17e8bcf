extension String {
  /// The text in lines of at most `width` columns, broken at spaces; a longer word is cut.
  ///
  /// Newlines of the text stay, as do its spaces at the start of a line.
  public func wrapped(to width: Int) -> [String] {
    guard width > 0 else { return [] }
    return split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph -> [String] in
      var lines: [String] = []
      var line = String(paragraph.prefix { $0 == " " }.prefix(width - 1))
      var isFresh = true
      for word in paragraph.split(separator: " ") {
        var rest = word
        if !isFresh, line.count + 1 + rest.count > width {
          lines.append(line)
          (line, isFresh) = ("", true)
        }
        while line.count + rest.count + (isFresh ? 0 : 1) > width {
          let room = width - line.count
          lines.append(line + rest.prefix(room))
          rest = rest.dropFirst(room)
          line = ""
        }
        line += (isFresh ? "" : " ") + rest
        isFresh = false
      }
      return lines + [line]
    }
  }

  /// The text in at most `width` columns, its end replaced by `…` where it is longer.
  public func truncated(to width: Int) -> String {
    if count <= width { return self }
    return width > 0 ? prefix(width - 1) + "…" : ""
  }
}

extension Canvas {
  /// Writes text into a block, broken at spaces; what does not fit below is left out.
  /// - Returns: the row after the text.
  @discardableResult
  public mutating func put(wrapping text: String, in rect: Rect, style: Style = Style()) -> Int {
    var row = rect.y
    for line in text.wrapped(to: rect.width).prefix(rect.height) {
      put(line, x: rect.x, y: row, style: style, width: rect.width)
      row += 1
    }
    return row
  }
}
