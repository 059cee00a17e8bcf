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
    if let named { return try Settings(SettingsFile(reading: named)) }
    guard let usual = SettingsOptions.usualPath, FileManager.default.fileExists(atPath: usual) else {
      var settings = Settings()
      settings.path = SettingsOptions.usualPath
      return settings
    }
    return try Settings(SettingsFile(reading: usual))
  }

  /// The settings file, whether it is there or not.
  var path: String? { named ?? SettingsOptions.usualPath }

  /// The file that an option or the environment names.
  private var named: String? {
    file ?? ProcessInfo.processInfo.environment["WAYWARD_SETTINGS"].flatMap { $0.isEmpty ? nil : $0 }
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
      Options and keys are read from ~/.config/wayward/settings.yaml. What is not in the file stays as it comes, and \
      what is in it stays as it is. This makes the file, and its folder, or adds what it lacks:
        wayward settings --write
      \(Schema.settings.sentence)
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case yaml, json }

  @Option(help: "yaml or json.")
  var format = Format.yaml

  @Flag(help: "Put what the settings file lacks into it, which is made where there is none; what it holds stays.")
  var write = false

  @OptionGroup var options: SettingsOptions

  func run() throws {
    if write { return try fill() }
    let settings = try format == .json ? options.read() : options.settings()
    try Output.write(format == .json ? settings.json.text + "\n" : settings.text)
    if !settings.problems.isEmpty { throw ExitCode(65) }
  }

  /// Completes the settings file and says so.
  private func fill() throws {
    guard format == .yaml else { throw FileProblem.usage("--write is of yaml alone", mend: "leave --format out") }
    guard let path = options.path else {
      throw FileProblem.usage("there is no folder for settings", mend: "name a file with --settings")
    }
    let settings = FileManager.default.fileExists(atPath: path) ? try options.settings() : Settings()
    let added = try SettingsFile.complete(path, with: settings.text)
    try Output.line("\(added) setting\(added == 1 ? "" : "s") added; all are in \(FileProblem.shown(path)) now.")
    if !settings.problems.isEmpty { throw ExitCode(65) }
  }
}
