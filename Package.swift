// swift-tools-version: 6.2
import PackageDescription

/// `WAYWARD_STRICT=1` turns every warning of this package into an error, as continuous integration does.
let strict: [SwiftSetting] = Context.environment["WAYWARD_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]

/// `WAYWARD_DOCS=1` adds the plugin that makes a site of the articles; nobody else resolves it.
let documentation: [Package.Dependency] =
  Context.environment["WAYWARD_DOCS"] == nil
  ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0")]

/// The articles that `wayward help TOPIC` prints: they are compiled into the program.
let articles = [
  "Architecture", "Changes", "Commands", "Developing", "Files", "Installing", "Keys", "NewWorld", "Proof", "Results",
  "Screens", "Speed", "Verdicts", "WorldsAndAgents",
]

/// A library target of this package with the settings that all of them share.
func room(_ name: String, uses dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of the target that `name` begins with.
func tests(_ name: String, uses dependencies: [Target.Dependency], without: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: without, swiftSettings: strict)
}

let package = Package(
  name: "wayward",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ] + documentation,
  targets: [
    .target(name: "CKernels"),
    .target(
      name: "CTerminal",
      linkerSettings: [
        .linkedLibrary("ncursesw", .when(platforms: [.linux])),
        .linkedLibrary("tinfo", .when(platforms: [.linux])),
        .linkedLibrary("ncurses", .when(platforms: [.macOS])),
      ]),
    room("Gridworlds"),
    room("Worlds", uses: ["Gridworlds"]),
    room("Planning", uses: ["Gridworlds"]),
    room("Learning", uses: ["Gridworlds", "CKernels"]),
    room("Archive", uses: ["Gridworlds", "Learning", "Yams"]),
    room("Studies", uses: ["Gridworlds", "Worlds", "Planning", "Learning", "CKernels", "Archive"]),
    room("Accounts", uses: ["Gridworlds", "Planning", "Learning", "Archive", "Studies"]),
    room("TerminalUI", uses: ["CTerminal"]),
    room(
      "Viewer", uses: ["Gridworlds", "Worlds", "Planning", "Learning", "Archive", "Studies", "Accounts", "TerminalUI"]),
    .executableTarget(
      name: "wayward",
      dependencies: [
        "Gridworlds", "Worlds", "Planning", "Learning", "Archive", "Studies", "Accounts", "TerminalUI", "Viewer",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      resources: articles.map { .embedInCode("wayward.docc/\($0).md") },
      swiftSettings: strict),
    tests("GridworldsTests", uses: ["Gridworlds", "Worlds"]),
    tests(
      "WorldsTests", uses: ["Gridworlds", "Worlds", "Planning", "Learning"], without: ["Example/levels"]),
    tests("PlanningTests", uses: ["Gridworlds", "Worlds", "Planning"]),
    tests("LearningTests", uses: ["Gridworlds", "Worlds", "Learning", "CKernels"]),
    tests("ArchiveTests", uses: ["Gridworlds", "Worlds", "Learning", "Archive"]),
    tests("StudiesTests", uses: ["Gridworlds", "Worlds", "Planning", "Learning", "Archive", "Studies"]),
    tests("AccountsTests", uses: ["Gridworlds", "Worlds", "Planning", "Learning", "Archive", "Studies", "Accounts"]),
    tests("TerminalUITests", uses: ["TerminalUI", "CTerminal"]),
    tests("ViewerTests", uses: ["Gridworlds", "Worlds", "Archive", "Studies", "Accounts", "TerminalUI", "Viewer"]),
    tests("ProgramTests", uses: ["CTerminal", "wayward"]),
    tests(
      "ScreensTests",
      uses: ["Gridworlds", "Worlds", "Planning", "Learning", "Archive", "Studies", "Accounts", "TerminalUI", "Viewer"],
      without: ["Golden"]),
  ],
  swiftLanguageModes: [.v6]
)
