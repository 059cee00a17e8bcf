import Archive

/// A recording of a terminal that asciinema and its players show.
///
/// - SeeAlso: the formats' own pages, <https://docs.asciinema.org/manual/asciicast/v2/> and `…/v3/`.
public struct Asciicast: Sendable, Hashable {
  /// The versions that can be written.
  public enum Version: Int, Sendable, CaseIterable {
    /// Times since the beginning; what every tool reads.
    case v2 = 2
    /// Times since the event before; asciinema from 3.0 on.
    case v3 = 3
  }

  /// The colours of the terminal that was recorded, each `#rrggbb`.
  struct Palette: Sendable, Hashable {
    /// Of text and of what is behind it.
    let foreground: String, background: String
    /// The 16 named colours.
    let named: [String]

    /// A palette.
    init(foreground: String, background: String, named: [String]) {
      (self.foreground, self.background, self.named) = (foreground, background, named)
    }

    fileprivate var json: JSON {
      .object([
        .init("fg", .string(foreground)), .init("bg", .string(background)),
        .init("palette", .string(named.joined(separator: ":"))),
      ])
    }
  }

  /// Something that happens at a time.
  public struct Event: Sendable, Hashable {
    /// What happens.
    public enum Kind: Sendable, Hashable {
      /// The terminal is sent some text.
      case output(String)
      /// A place to jump to.
      case marker(String)
      /// The terminal takes another size.
      case resize(width: Int, height: Int)
    }

    /// Milliseconds since the beginning. Whole numbers, so that intervals add up to the times they came from.
    public let milliseconds: Int
    /// What happens.
    public let kind: Kind

    /// Something that happens at a time.
    init(at milliseconds: Int, _ kind: Kind) { (self.milliseconds, self.kind) = (milliseconds, kind) }
  }

  /// Columns of the terminal.
  var width: Int
  /// Rows of the terminal.
  var height: Int
  /// What is shown.
  var title: String
  /// The command that makes the recording again.
  var command: String
  /// The colours that `standard` stands for.
  var palette: Palette?
  /// Seconds to which players may shorten a pause.
  var idleLimit: Double?
  /// What happens, in order of time.
  public private(set) var events: [Event] = []

  /// A recording without events.
  init(
    width: Int, height: Int, title: String, command: String, palette: Palette? = nil, idleLimit: Double? = nil
  ) {
    (self.width, self.height, self.title, self.command) = (width, height, title, command)
    (self.palette, self.idleLimit) = (palette, idleLimit)
  }

  /// Adds something that happens then; never before what was added last.
  mutating func add(_ kind: Event.Kind, at milliseconds: Int) {
    events.append(Event(at: max(milliseconds, events.last?.milliseconds ?? 0), kind))
  }

  /// Milliseconds to the last event.
  public var duration: Int { events.last?.milliseconds ?? 0 }

  /// The file: a header, then a line an event. The same recording gives the same text.
  public func text(_ version: Version) -> String {
    var lines = [header(version).text]
    var before = 0
    for event in events {
      let time = version == .v3 ? event.milliseconds - before : event.milliseconds
      before = event.milliseconds
      let (code, data) = Asciicast.parts(of: event.kind)
      lines.append(JSON.array([.number(Asciicast.seconds(time)), .string(code), .string(data)]).text)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func header(_ version: Version) -> JSON {
    var members: [JSON.Member] = [.init("version", .integer(version.rawValue))]
    let theme = palette.map { [JSON.Member("theme", $0.json)] } ?? []
    switch version {
    case .v2: members += [.init("width", .integer(width)), .init("height", .integer(height))]
    case .v3:
      members.append(
        .init(
          "term",
          .object(
            [
              .init("cols", .integer(width)), .init("rows", .integer(height)),
              .init("type", .string("xterm-256color")),
            ] + theme)))
    }
    if let idleLimit { members.append(.init("idle_time_limit", .double(idleLimit))) }
    members += [
      .init("command", .string(PlainText.stripped(command, limit: 1000))),
      .init("title", .string(PlainText.stripped(title))),
    ]
    if version == .v2 {
      members.append(.init("duration", .number(Asciicast.seconds(duration))))
      members += theme
    }
    return .object(members + [.init("env", .object([.init("TERM", .string("xterm-256color"))]))])
  }

  private static func parts(of kind: Event.Kind) -> (code: String, data: String) {
    switch kind {
    case .output(let text): ("o", text)
    case .marker(let label): ("m", PlainText.stripped(label))
    case .resize(let width, let height): ("r", "\(width)x\(height)")
    }
  }

  private static func seconds(_ milliseconds: Int) -> String {
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
  }
}
