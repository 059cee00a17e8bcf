import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Inference
import Planning
import Studies
import TerminalUI
import Viewer

/// How a screen looks, what drives it, and how it is printed.
struct ScreenOptions: ParsableArguments {
  @OptionGroup var look: LookOptions

  @Option(help: "A printed screen as text, ansi or svg.")
  var format = PictureFormat.text

  var dumpScreen: Bool { look.dumpScreen }
  var size: Size { look.size }

  func validate() throws {
    if format != .text, !dumpScreen { throw ValidationError("--format \(format.rawValue) needs --dump-screen") }
  }

  /// Opens the program on the terminal, or prints its screen.
  /// - Parameters:
  ///   - texts: what the command was given to read; where that was standard input, keys come from elsewhere.
  ///   - make: the program for a theme and a size.
  func open(reading texts: [String] = [], _ make: (Theme, Size) -> App) throws {
    if !dumpScreen { try Keyboard.attach(reading: texts) }
    try look.open(as: format, make)
  }
}

/// How a screen looks and what drives it, for commands whose `--format` is their own.
struct LookOptions: ParsableArguments {
  @Option(help: "dark, light, projector, contrast or mono; else what the settings say.")
  var theme: Theme.Name?

  @Flag(
    help: "For a room full of people: boards as large as fit, few panels, the theme projector unless another is named.")
  var presenter = false

  @Flag(help: "Nothing moves unasked: no preview that plays, no agent that blinks after a jump.")
  var noAnimation = false

  @Option(help: "Keys to press first, by name: \"Space , , d q\".")
  var keys: String?

  @Flag(help: "Print the screen after the keys instead of opening it.")
  var dumpScreen = false

  @Option(help: "The size of a printed screen, columns x rows.")
  var size: Size = Size(width: 80, height: 24)

  @OptionGroup var characters: GlyphOptions

  @OptionGroup var settingsOptions: SettingsOptions

  func validate() throws { try size.check() }

  /// What is set, and what the command line says beside it.
  func settings() throws -> Settings {
    var settings = try settingsOptions.settings()
    if presenter { settings.isPresenting = true }
    if noAnimation { settings.animates = false }
    return settings
  }

  /// The theme: asked for, else what the terminal needs, else set, else that of a presenter.
  func theme(_ settings: Settings) -> Theme {
    if let theme { return Theme(theme) }
    if !dumpScreen, TerminalEnvironment.current().depth == .mono { return Theme(.mono) }
    return Theme(settings.theme ?? (settings.isPresenting ? .projector : .dark))
  }

  /// Opens the program on the terminal, or prints its screen.
  func open(as format: PictureFormat, _ make: (Theme, Size) -> App) throws {
    let pressed = try LookOptions.pressed(keys)
    var settings = try settings()
    // What is only printed keeps no keys.
    if dumpScreen { settings.path = nil }
    func app(_ size: Size) -> App {
      var app = make(theme(settings), size)
      app.adopt(settings)
      return app
    }
    if dumpScreen {
      var app = app(size)
      app.drive(pressed)
      try app.write(as: format, size: size, characters)
      return
    }
    var environment = TerminalEnvironment.current()
    environment.glyphs = characters.glyphs(settings)
    let screen = try NcursesScreen(environment)
    var app = app(screen.size)
    app.glyphs = screen.glyphs
    app.copy(through: environment.clipboard)
    if !pressed.isEmpty { app.drive(pressed) }
    defer { screen.close() }
    if !settings.hasMouse { screen.setMouse(false) }
    try run(&app, on: screen)
  }

  /// The keys that a text names.
  static func pressed(_ keys: String?) throws(FileProblem) -> [Key] {
    guard let keys else { return [] }
    do {
      return try Key.sequence(keys)
    } catch {
      throw .usage(
        error.cause,
        mend: Nearest.advice(for: error.word, among: UnknownKey.known, what: "write a character, ^P, F1, or one of"))
    }
  }
}

/// Which characters a screen is made of.
struct GlyphOptions: ParsableArguments {
  @Flag(help: "ASCII characters only, as where the locale is not UTF-8, or WAYWARD_ASCII is set.")
  var ascii = false

  @Flag(help: "Lines and signs beyond ASCII, whatever the locale.")
  var unicode = false

  func validate() throws {
    if ascii && unicode { throw ValidationError("--ascii and --unicode exclude each other") }
  }

  /// Whether ASCII was asked for, by an option or by `WAYWARD_ASCII`.
  var asksForASCII: Bool {
    ascii || !unicode && ProcessInfo.processInfo.environment["WAYWARD_ASCII"]?.isEmpty == false
  }

  /// What was asked for, else what is set, else what the locale can show.
  func glyphs(_ settings: Settings) -> GlyphSet {
    guard !asksForASCII, !unicode, let isASCII = settings.isASCII else { return glyphs }
    return isASCII ? .ascii : .unicode
  }

  /// What was asked for, else what the locale can show.
  var glyphs: GlyphSet { asksForASCII ? .ascii : unicode ? .unicode : TerminalEnvironment.current().glyphs }

  /// The same for a format of its own encoding, on which the locale has no say.
  var glyphsOfFile: GlyphSet { asksForASCII ? .ascii : .unicode }
}

/// Where in an episode a screen begins.
struct PlaceOptions: ParsableArguments {
  @Option(help: "Begin at a step, or at the departure: --at 7, --at departure.")
  var at: String?

  /// Lets a replay begin there.
  func begin(_ replay: inout ReplayRoom) throws { try PlaceOptions.begin(&replay, at: at) }

  /// Lets a replay begin at a step or a mark; without one, where it would.
  static func begin(_ replay: inout ReplayRoom, at place: String?) throws {
    guard let place else { return }
    let run = replay.run
    if place == "departure" {
      guard let parting = run.analysis?.marks.parting else {
        throw FileProblem(
          path: run.episode.level.reference, cause: PlaceOptions.lack(run.episode), mend: "name a step: --at 5")
      }
      _ = replay.go(to: parting)
      return
    }
    guard let step = Int(place), (0...run.episode.steps.count).contains(step) else {
      throw ValidationError("--at is departure or a step from 0 to \(run.episode.steps.count)")
    }
    _ = replay.go(to: step)
  }

  /// That an episode does not depart, or has not so far.
  private static func lack(_ episode: Episode) -> String {
    episode.conclusion == .stopped
      ? "the recording stops, and has no departure so far" : "this episode has no departure"
  }
}

extension App {
  /// Writes the screen as a result.
  func write(as format: PictureFormat, size: Size, _ characters: GlyphOptions) throws(FileProblem) {
    let glyphs = format == .svg ? characters.glyphsOfFile : characters.glyphs
    var app = self
    app.glyphs = glyphs
    let picture = app.picture(size: size).rendered(with: glyphs)
    try Output.write(picture.written(as: format, title: title, theme: shownTheme))
  }
}

extension Theme.Name: ExpressibleByArgument {}

extension PictureFormat: ExpressibleByArgument {}

extension Size: ExpressibleByArgument {
  /// Reads `80x24`; what screens have no such size is told by ``check()``.
  public init?(argument: String) {
    let parts = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let width = parts[0], let height = parts[1], width >= 0, height >= 0 else { return nil }
    self.init(width: width, height: height)
  }

  /// Refuses a size at which nothing but a word on it could be drawn, and one that no screen has.
  func check() throws {
    let least = App.smallest
    guard (least.width...1000).contains(width), (least.height...1000).contains(height) else {
      throw ValidationError(
        "--size \(width)x\(height): a screen has from \(least.width)x\(least.height) to 1000x1000 columns x rows")
    }
  }

  public var defaultValueDescription: String { "\(width)x\(height)" }
}
