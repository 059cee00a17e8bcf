extension Bindings {
  /// Help as lines of at most `width` columns: a group's name, then its keys and words.
  public func helpLines(width: Int) -> [(group: String, text: String)] {
    let groups = help()
    let indent = (groups.map(\.group.count).max() ?? 0) + 2
    var lines: [(group: String, text: String)] = []
    for (group, entries) in groups {
      var name = group
      var line = ""
      for entry in entries {
        let text = "\(entry.keys) \(entry.words)".truncated(to: max(1, width - indent))
        if !line.isEmpty, line.count + 3 + text.count > width - indent {
          lines.append((name, line))
          (name, line) = ("", "")
        }
        line += line.isEmpty ? text : "   " + text
      }
      lines.append((name, line))
      lines.append(("", ""))
    }
    _ = lines.popLast()
    return lines
  }
}

extension Canvas {
  /// Draws a framed page of help over the middle of `rect`.
  /// - Parameter scroll: lines to leave out at the top, for a page longer than the frame.
  public mutating func help<Command>(
    _ bindings: Bindings<Command>, title: String, hint: String = "", in rect: Rect, scroll: Int = 0,
    style: Style = Style(), titleStyle: Style = Style(attributes: .bold)
  ) {
    let width = min(rect.width, 78)
    let lines = bindings.helpLines(width: width - 4)
    let frame = rect.centered(Size(width: width, height: lines.count + 4))
    fill(frame, Cell(" ", style))
    box(frame, title: title, hint: hint, style: style, titleStyle: titleStyle)
    let indent = (bindings.help().map(\.group.count).max() ?? 0) + 2
    let inside = frame.inset(horizontally: 2, vertically: frame.height > lines.count + 2 ? 2 : 1)
    let first = max(0, min(scroll, lines.count - inside.height))
    for (row, line) in lines.dropFirst(first).prefix(inside.height).enumerated() {
      put(line.group, x: inside.x, y: inside.y + row, style: titleStyle, width: inside.width)
      put(line.text, x: inside.x + indent, y: inside.y + row, style: style, width: inside.width - indent)
    }
  }

  /// Draws the footer of `bindings` on row `y`, keys in `keyStyle`.
  public mutating func footer<Command>(
    _ bindings: Bindings<Command>, y: Int, style: Style = Style(), keyStyle: Style = Style(attributes: .bold)
  ) {
    fill(Rect(x: 0, y: y, width: size.width, height: 1), Cell(" ", style))
    var x = 0
    for entry in bindings.footer(width: size.width) {
      x = put(entry.keys, x: x, y: y, style: keyStyle)
      x = put(" " + entry.words, x: x, y: y, style: style) + 2
    }
  }
}
