import Accounts
import Archive
import Gridworlds
import Inference
import Planning
import Studies
import TerminalUI

/// How an episode is turned into a recording.
public struct CastSettings: Sendable {
  /// Columns and rows.
  public var size = Size.standard
  /// Steps a second.
  public var stepsPerSecond = 4.0
  /// The first and the last frame; the whole episode where nothing is said.
  public var frames: ClosedRange<Int>?
  /// Seconds for which the picture stays at an event, so that it can be read.
  public var hold = 1.0
  /// Seconds to which players may shorten a pause.
  public var idleLimit: Double?
  /// Which characters the pictures are made of.
  public var glyphs = GlyphSet.unicode

  /// The usual recording.
  public init() {}
}

extension App {
  /// What a file of some kind holds of what is shown; `nil` where it shows nothing of the kind.
  func text(as kind: ScreenFile) -> String? {
    switch kind {
    case .picture(let format):
      return picture(size: size).rendered(with: format == .svg ? .unicode : glyphs)
        .written(as: format, title: title, theme: shownTheme)
    case .cast:
      var settings = CastSettings()
      (settings.size, settings.glyphs) = (size, glyphs)
      return asciicast(settings)?.text(.v2)
    }
  }

  /// The replay that is shown as a recording, a frame of the episode after the other; `nil` where none is shown.
  ///
  /// It looks as the screen does, with whatever is switched on there, and has a marker wherever something happens.
  public func asciicast(_ settings: CastSettings, command: String? = nil) -> Asciicast? {
    guard var room = replay else { return nil }
    let wanted = settings.frames ?? 0...room.last
    let frames = max(0, min(wanted.lowerBound, room.last))...max(0, min(wanted.upperBound, room.last))
    var cast = Asciicast(
      width: settings.size.width, height: settings.size.height,
      title: "\(room.run.episode.level.reference): \(room.words)",
      command: command
        ?? Moment(
          run: room.run, frame: 0, agent: room.reel.agent, source: room.reel.command
        ).opening,
      palette: theme.palette, idleLimit: settings.idleLimit)
    var theme = theme
    theme.glyphs = settings.glyphs
    var stream = CanvasStream(depth: .trueColor)
    let happenings = room.run.analysis?.happenings ?? []
    let step = 1000 / max(0.001, settings.stepsPerSecond)
    var time = 0.0
    for frame in frames {
      room.pose(at: frame, isPlaying: frame < frames.upperBound)
      let app = App(room, theme: theme, size: settings.size)
      cast.add(
        .output(stream.nextText(app.picture(size: settings.size).rendered(with: settings.glyphs))),
        at: Int(time.rounded()))
      let here = happenings.filter { $0.frame == frame }
      for happening in here {
        cast.add(.marker(EpisodeCast.label(of: happening, in: room.run)), at: Int(time.rounded()))
      }
      time += step + (here.isEmpty && frame < frames.upperBound ? 0 : settings.hold * 1000)
    }
    cast.add(.output(String(decoding: stream.end(), as: UTF8.self)), at: Int(time.rounded()))
    return cast
  }

  /// Whether an episode is shown that could be recorded.
  var hasEpisode: Bool { replay != nil }

  /// The replay that is open, or the one that the room would open.
  private var replay: ReplayRoom? {
    guard let room else { return nil }
    if let room = room as? ReplayRoom { return room }
    guard let moment = room.moment else { return nil }
    return ReplayRoom(moment.run, agent: moment.agent)
  }
}

enum EpisodeCast {
  /// What a marker says: `step 7: departure`.
  static func label(of happening: Happening, in run: Run) -> String {
    "step \(happening.frame): \(happening.kind.words(in: run))"
  }
}

extension ReplayRoom {
  /// The verdict with what is known against it, for a title.
  fileprivate var words: String {
    ([run.analysis?.verdict.words ?? "an episode"] + run.caveats.compactMap(\.marks.first)).joined(separator: ", ")
  }
}

extension Theme {
  /// The colours that a terminal needs to look like this.
  var palette: Asciicast.Palette {
    let paper = Theme(name == .mono ? .light : name)
    func code(_ color: Color) -> String {
      guard case .rgb(let red, let green, let blue) = color else { return "#000000" }
      return SVGCell.RGB(red, green, blue).code
    }
    let inks: [Ink] = [.floor, .hazard, .intended, .yellow, .blue, .item, .key, .text]
    let bright: [Ink] = [.faint, .alert, .intended, .agent, .key, .creature, .both, .strong]
    return Asciicast.Palette(
      foreground: code(paper.style(.text).foreground), background: code(paper.background),
      named: (inks + bright).map { code(paper.style($0).foreground) })
  }
}
