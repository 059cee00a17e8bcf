import Archive
import ArgumentParser
import Foundation
import TerminalUI
import Viewer

/// How a screen looks, and what drives it.
struct ScreenOptions: ParsableArguments {
  @Option(help: "dark, light, projector, contrast or mono; else what the settings say.")
  var theme: Theme.Name?

  @Flag(help: "For a room full of people: large boards, few panels, the theme projector unless another is named.")
  var presenter = false

  @Option(help: "Keys to press first, by name: \"Space , , d q\".")
  var keys: String?

  @Flag(help: "Print the screen after the keys instead of opening it.")
  var dumpScreen = false

  @Option(help: "The size of a printed screen, columns x rows.")
  var size: Size = Size(width: 80, height: 24)

  @OptionGroup var settingsOptions: SettingsOptions

  func pressed() throws -> [Key] {
    do {
      return try keys.map { try Key.sequence($0) } ?? []
    } catch {
      throw ValidationError("\(error)")
    }
  }

  /// The theme: asked for, else of a presenter, else set, else what the terminal can show.
  func theme(_ settings: Settings) -> Theme {
    if let theme { return Theme(theme) }
    if TerminalEnvironment.current().depth == .mono { return Theme(.mono) }
    return Theme(settings.theme ?? (settings.isPresenting ? .projector : .dark))
  }

  /// Whether the user asked for ASCII, whatever the locale.
  static var wantsASCII: Bool { ProcessInfo.processInfo.environment["WAYWARD_ASCII"]?.isEmpty == false }

  /// Opens the program on the terminal, or prints its screen.
  func open(_ make: (Theme, Size) -> App) throws {
    let pressed = try pressed()
    var settings = try settingsOptions.settings()
    if presenter { settings.isPresenting = true }
    let isASCII = ScreenOptions.wantsASCII || settings.isASCII == true
    func app(_ size: Size) -> App {
      var app = make(theme(settings), size)
      app.adopt(settings)
      if !pressed.isEmpty || dumpScreen { app.drive(pressed) }
      return app
    }
    if dumpScreen {
      print(app(size).picture(size: size).rendered(with: isASCII ? .ascii : .unicode).text())
      return
    }
    var environment = TerminalEnvironment.current()
    if isASCII { environment.glyphs = .ascii } else if settings.isASCII == false { environment.glyphs = .unicode }
    let screen = try NcursesScreen(environment)
    var shown = app(screen.size)
    defer { screen.close() }
    if !settings.hasMouse { screen.setMouse(false) }
    try run(&shown, on: screen)
  }
}

/// Where the user's settings are.
struct SettingsOptions: ParsableArguments {
  @Option(
    name: .customLong("settings"),
    help: "A file of settings and keys; else WAYWARD_SETTINGS, or ~/.config/wayward/settings.yaml.")
  var file: String?

  /// The settings, checked; those of a file that was named must be there.
  func settings() throws -> Settings {
    let environment = ProcessInfo.processInfo.environment
    if let named = file ?? environment["WAYWARD_SETTINGS"].flatMap({ $0.isEmpty ? nil : $0 }) {
      return try Settings(SettingsFile(reading: named))
    }
    guard let usual = SettingsOptions.usualPath, FileManager.default.fileExists(atPath: usual) else {
      var settings = Settings()
      settings.path = SettingsOptions.usualPath
      return settings
    }
    return try Settings(SettingsFile(reading: usual))
  }

  /// Where settings are looked for when no file is named.
  static var usualPath: String? {
    let environment = ProcessInfo.processInfo.environment
    let folder =
      environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? environment["HOME"].flatMap { $0.isEmpty ? nil : $0 + "/.config" }
    return folder.map { $0 + "/wayward/settings.yaml" }
  }
}

/// `wayward settings`: a file of settings to begin with.
struct ShowSettings: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings",
    abstract: "Print a settings file that holds what is set now, every option and every key.",
    discussion: """
      Options and keys are read from ~/.config/wayward/settings.yaml. What is not in the file stays as it comes, so \
      keep the lines that you change: wayward settings > ~/.config/wayward/settings.yaml
      """)

  @OptionGroup var options: SettingsOptions

  func run() throws { print(try options.settings().text, terminator: "") }
}
