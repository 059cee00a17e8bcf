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
  "Architecture", "Changes", "Commands", "Developing", "Evidence", "Files", "Installing", "JSONOutput", "Keys",
  "ManyMachines", "NewWorld", "Proof", "Results", "Screens", "Speed", "Verdicts", "WorldsAndAgents",
]

/// What computes is optimized in debug builds too, its assertions kept: the tests spend their time there. So is what
/// every picture goes through, cell by cell, and what derives claims again; Studies would cost more than it saves.
let fast: [SwiftSetting] = [.unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug))]

/// A library target of this package with the settings that all of them share.
func room(_ name: String, uses dependencies: [Target.Dependency] = [], computes: Bool = false) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict + (computes ? fast : []))
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
    .target(name: "CKernels", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),
    .target(
      name: "CTerminal",
      linkerSettings: [
        .linkedLibrary("ncursesw", .when(platforms: [.linux])),
        .linkedLibrary("tinfo", .when(platforms: [.linux])),
        .linkedLibrary("ncurses", .when(platforms: [.macOS])),
      ]),
    room("Letters", computes: true),
    room("Gridworlds", computes: true),
    room("Worlds", uses: ["Gridworlds"], computes: true),
    room("Planning", uses: ["Gridworlds"], computes: true),
    room("Inference", uses: ["Gridworlds", "Planning"], computes: true),
    room("Learning", uses: ["Gridworlds", "CKernels"], computes: true),
    room("Archive", uses: ["Gridworlds", "Learning", "Yams"]),
    room("Studies", uses: ["Letters", "Gridworlds", "Worlds", "Planning", "Inference", "Learning", "Archive"]),
    room("Accounts", uses: ["Gridworlds", "Planning", "Inference", "Learning", "Archive", "Studies"]),
    room("TerminalUI", uses: ["Letters", "CTerminal"], computes: true),
    room(
      "Viewer",
      uses: [
        "Letters", "Gridworlds", "Worlds", "Planning", "Inference", "Learning", "Archive", "Studies", "Accounts",
        "TerminalUI",
      ]),
    room(
      "Workshop",
      uses: [
        "Letters", "Gridworlds", "Worlds", "Planning", "Inference", "Learning", "CKernels", "Archive", "Studies",
        "Accounts", "CTerminal", "TerminalUI", "Viewer",
      ], computes: true),
    .executableTarget(
      name: "wayward",
      dependencies: [
        "Letters", "Gridworlds", "Worlds", "Planning", "Inference", "Learning", "Archive", "Studies", "Accounts",
        "TerminalUI", "Viewer", "Workshop",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      resources: articles.map { .embedInCode("wayward.docc/\($0).md") },
      swiftSettings: strict),
    tests("GridworldsTests", uses: ["Gridworlds", "Worlds"]),
    tests(
      "WorldsTests", uses: ["Gridworlds", "Worlds", "Planning", "Inference", "Learning"], without: ["Example/levels"]),
    tests("PlanningTests", uses: ["Gridworlds", "Worlds", "Planning", "Inference"]),
    tests("InferenceTests", uses: ["Gridworlds", "Worlds", "Planning", "Inference"]),
    tests("LearningTests", uses: ["Gridworlds", "Worlds", "Learning", "CKernels"]),
    tests("ArchiveTests", uses: ["Gridworlds", "Worlds", "Learning", "Archive"]),
    tests(
      "StudiesTests", uses: ["Gridworlds", "Worlds", "Planning", "Inference", "Learning", "Archive", "Studies"],
      without: ["Fixtures"]),
    tests(
      "AccountsTests",
      uses: ["Gridworlds", "Worlds", "Planning", "Inference", "Learning", "Archive", "Studies", "Accounts"]),
    tests("TerminalUITests", uses: ["TerminalUI", "CTerminal", "Workshop"]),
    tests("ViewerTests", uses: ["Gridworlds", "Worlds", "Archive", "Studies", "Accounts", "TerminalUI", "Viewer"]),
    tests("ProgramTests", uses: ["Gridworlds", "Worlds", "Archive", "CTerminal", "wayward"]),
    tests(
      "ScreensTests",
      uses: [
        "Gridworlds", "Worlds", "Planning", "Inference", "Learning", "Archive", "Studies", "Accounts", "TerminalUI",
        "Viewer",
        "Workshop",
      ],
      without: ["Golden"]),
    tests(
      "WorkshopTests",
      uses: [
        "Gridworlds", "Worlds", "Planning", "Inference", "Archive", "Studies", "Accounts", "TerminalUI", "Viewer",
        "Workshop",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
