import Archive
import ArgumentParser
import Foundation
import Viewer

/// Where the user's settings are.
struct SettingsOptions: ParsableArguments {
  @Option(
    name: .customLong("settings"),
    help: "A file of settings and keys; else WAYWARD_SETTINGS, or ~/.config/wayward/settings.yaml.")
  var file: String?

  /// The settings, checked; those of a file that was named must be there. What is wrong in it is said and left out.
  func settings() throws -> Settings {
    let settings = try read()
    for problem in settings.problems { Wayward.skip(problem) }
    return settings
  }

  /// The same, with what is wrong untold.
  func read() throws -> Settings {
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
      \(Schema.settings.sentence)
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case yaml, json }

  @Option(help: "yaml or json.")
  var format = Format.yaml

  @OptionGroup var options: SettingsOptions

  func run() throws {
    let settings = try format == .json ? options.read() : options.settings()
    try Output.write(format == .json ? settings.json.text + "\n" : settings.text)
    if !settings.problems.isEmpty { throw ExitCode(65) }
  }
}
