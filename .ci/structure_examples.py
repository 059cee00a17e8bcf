"""Small trees that each break one rule of `structure`, and trees beside them that do not."""
import pathlib
import tempfile

PROTOCOLS = "protocol Room {}\nprotocol Part {}\n"

# (the rule, what the example shows, its files, how many offend)
EXAMPLES = [
    ("circle", "six files that name each other in a ring", {
        f"Sources/Viewer/F{i}.swift": f"struct T{i} {{ let next: [T{(i + 1) % 6}] }}" for i in range(6)
    }, 1),
    ("circle", "five are allowed", {
        f"Sources/Viewer/F{i}.swift": f"struct T{i} {{ let next: [T{(i + 1) % 5}] }}" for i in range(5)
    }, 0),
    ("circle", "a ring that comments and texts close, and a name that the file declares itself", {
        "Sources/Viewer/F0.swift": "// T1\nstruct T0 { let words = \"T1\"; struct Own {} }",
        **{f"Sources/Viewer/F{i}.swift": f"struct T{i} {{ let next: T{i - 1}; struct Own {{}} }}" for i in range(1, 7)},
    }, 0),
    ("circle", "a ring that an interpolation closes", {
        f"Sources/Viewer/F{i}.swift": f"enum T{i} {{ static func f() -> String {{ \"a \\(T{(i + 1) % 6}.f()) b\" }} }}"
        for i in range(6)
    }, 1),
    ("circle", "nested types and typealiases close a ring as well", {
        **{f"Sources/Viewer/F{i}.swift": f"typealias T{i} = [T{i + 1}]" for i in range(5)},
        "Sources/Viewer/F5.swift": "extension Outer { struct T5 { let next: T0 } }",
        "Sources/Viewer/F6.swift": "struct Outer {}",
        "Sources/Viewer/F4.swift": "typealias T4 = Outer.T5",
    }, 1),
    ("extended", "four files extend a type beside the one that declares it", {
        "Sources/Viewer/A.swift": "struct A {}\nextension A {}",
        **{f"Sources/Viewer/A{i}.swift": "extension A where Self: B {}" for i in range(4)},
    }, 1),
    ("extended", "two types of one name are extended three times each", {
        **{f"Sources/{target}/A.swift": "struct A {}" for target in ("Viewer", "Studies")},
        **{f"Sources/{target}/A{i}.swift": "extension A {}" for target in ("Viewer", "Studies") for i in range(3)},
    }, 0),
    ("written_from_outside", "rooms and parts with a variable that others can write", {
        "Sources/Viewer/Room.swift": PROTOCOLS + "protocol Large: Room {}",
        "Sources/Viewer/A.swift": "struct A: Large { var a = 1\n private var b = 2 }",
        "Sources/Viewer/B.swift": "struct B { public var b: Int { didSet { print(b) } } }\nextension B: Part {}",
        "Sources/Viewer/App.swift": "public struct App { static let x = 1; var rooms: [any Room] }",
    }, 3),
    ("written_from_outside", "private variables, private setters and computed ones", {
        "Sources/Viewer/Room.swift": PROTOCOLS,
        "Sources/Viewer/A.swift": """
            struct A: Room {
              let a: Int
              private(set) var b = 1, c = { 2 }()
              fileprivate lazy var d = 3
              public private(set) var e: [Int] = []
              var f: Int { e.count }
              var g: Int {
                get { b }
                set { b = newValue }
              }
              func h() { var i = 1; i += 1 }
              private struct Inner: Part { var j = 1 }
            }
            struct Other { var k = 1 }
            """,
    }, 0),
    ("written_from_outside", "without a protocol the structs in Viewer/Parts are the parts", {
        "Sources/Viewer/Parts/A.swift": "struct A { var a: Int }",
    }, 1),
    ("shared_references", "two parts hold one class with state", {
        "Sources/Viewer/Room.swift": PROTOCOLS,
        "Sources/Studies/Memo.swift": "public final class Memo { var a = 1 }",
        "Sources/Viewer/A.swift": "struct A: Part { private let memo: Memo }",
        "Sources/Viewer/B.swift": "struct B: Room { private var memo: Memo? = nil }",
    }, 1),
    ("shared_references", "a class that never changes, and a class of one part alone", {
        "Sources/Viewer/Room.swift": PROTOCOLS,
        "Sources/Studies/Memo.swift": "public final class Level { let a = 1 }\nfinal class Memo { let a = Mutex(1) }",
        "Sources/Viewer/A.swift": "struct A: Part { private let level: Level; private let memo: Memo }",
        "Sources/Viewer/B.swift": "struct B: Room { private var level: Level }",
    }, 0),
    ("defaults", "a default, under its own name and others, for commands by name or by cases", {
        "Sources/Viewer/A.swift": """
            enum PlayCommand { case play, pause, stop }
            func a(command: Any) { switch command { case 1: break; default: break } }
            func b(x: PlayCommand) { switch x { case .play, .stop: break
              default: break } }
            func c(x: PlayCommand) { switch x { case .play: if case .a = y {}
              case let other: break } }
            func d() { switch self.command { case .play: break
              case _: break } }
            """,
    }, 4),
    ("defaults", "an exhaustive switch, and a default over something else", {
        "Sources/Viewer/A.swift": """
            enum PlayCommand { case play, pause(Int) }
            enum Way { case up, down }
            enum GoCommand { case up, down, out }
            func a(command: PlayCommand) { switch command { case .play: break
              case .pause(let x): switch x { case 1: break
                default: break } } }
            func b(way: Way) { switch way { case .up: break
              default: break } }
            """,
    }, 0),
    ("work_loops", "two loops", {
        f"Sources/Studies/A{i}.swift": "func f() { DispatchQueue.concurrentPerform(iterations: 1) { _ in } }"
        for i in range(2)
    }, 2),
    ("work_loops", "none at all", {"Sources/Studies/A.swift": "// concurrentPerform"}, 1),
    ("work_loops", "one, and those of the benches", {
        path: "func f() { DispatchQueue.concurrentPerform(iterations: 1) { _ in } }"
        for path in ("Sources/Studies/A.swift", "Sources/Studies/Benchmark.swift", "Sources/Workshop/B.swift")
    }, 0),
    ("hubs", "an enum with more cases than a part has words", {
        "Sources/Viewer/A.swift": "enum Anything { case " + ", ".join(f"c{i}" for i in range(31)) + " }",
    }, 1),
    ("hubs", "an enum of others' results, whatever its name", {
        "Sources/Viewer/A.swift": "enum Post { case a(Playhead.News), b(old: [BoardNews])\n case c }",
    }, 1),
    ("hubs", "an enum of commands on which two rooms match", {
        "Sources/Viewer/Room.swift": PROTOCOLS + "enum Command { case play, paint }",
        "Sources/Viewer/A.swift": "struct A: Room {}",
        "Sources/Viewer/B.swift": "struct B: Room { func f() { if case .paint(let x) = y {} } }",
        "Sources/Viewer/AKeys.swift": "extension A { func f() { switch y { case .play: break } } }",
    }, 1),
    ("hubs", "each part has its commands and its news", {
        "Sources/Viewer/Room.swift": PROTOCOLS,
        "Sources/Viewer/A.swift": """
            struct A: Part { enum Command { case play, stop }
              enum News { case ended(Result<Int, Problem>), more(Int)
                indirect case late(News) }
              func f() { switch x { case .play: break
                case .stop: break } } }
            """,
        "Sources/Viewer/B.swift": """
            struct B: Part { enum Command { case play, paint }
              func f() { switch x { case .play: break
                case .paint: break } } }
            """,
    }, 0),
    ("prints", "what traps or passes unseen on a full disk", {
        "Sources/wayward/A.swift": """
            func f() { print("a"); Swift.print("b", terminator: "")
              FileHandle.standardError.write(x); fputs("c", stderr) }
            """,
    }, 4),
    ("prints", "functions of one's own, and words in texts", {
        "Sources/wayward/A.swift": """
            enum A { static func print(_ a: Int) {}
              func f() { print(1); B.print("print()"); try Output.line("FileHandle.standardOutput") } }
            """,
    }, 0),
    ("long_files", "a test and a page of C of 401 lines", {
        "Tests/A/A.swift": "\n" * 401, "Sources/C/a.c": "\n" * 401, "Tests/Golden/a.txt": "\n" * 500,
    }, 2),
    ("long_files", "one of 400", {"Sources/A/A.swift": "\n" * 400}, 0),
    ("imports", "studies that read accounts, a model that needs Foundation, a target nobody has listed", {
        "Sources/Studies/A.swift": "public import struct Accounts.Narration",
        "Sources/Gridworlds/A.swift": "@preconcurrency import Foundation",
        "Sources/Elsewhere/A.swift": "import Gridworlds",
    }, 3),
    ("imports", "the right direction", {
        "Sources/Viewer/A.swift": "import Accounts\n// import CTerminal\nimport TerminalUI",
        "Sources/wayward/A.swift": "#if canImport(Glibc)\nimport Glibc\n#endif\nimport Workshop",
    }, 0),
]

# (Swift, the words that are left of it)
READINGS = [
    ('let a = "b // c" // d', "let a ="),
    ('/* a /* b */ c */ d', "d"),
    (r'f("a \(b + g("c \(d)") ) e", h)', "f ( ( b + g ( ( d ) ) ) , h )"),
    (r'##"a \( \#(b) \##(c) "# "## d', "( c ) d"),
    ('"""\n a "b" \\\n // \\(c)\n """ d', "( c ) d"),
    (r'"a\"b" c "\\" d', "c d"),
]


def write(folder, files):
    for path, text in files.items():
        file = pathlib.Path(folder, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def hold(structure):
    """Whether every rule finds what the examples break and nothing else; says which one does not."""
    from swift_words import words_of

    failures = 0
    for swift, expected in READINGS:
        words = " ".join(word.text for word in words_of(swift))
        if words != expected:
            failures += 1
            print(f"FAILED: {swift!r} reads as {words!r}, not as {expected!r}")
    for rule, what, files, expected in EXAMPLES:
        with tempfile.TemporaryDirectory() as folder:
            write(folder, files)
            offenders = getattr(structure, rule)(structure.Tree(folder)).offenders
        if len(offenders) != expected:
            failures += 1
            print(f"FAILED: {rule}, {what}: {expected} offenders expected, found {offenders}")
    untried = {rule.__name__ for rule in structure.RULES} - {rule for rule, _, _, expected in EXAMPLES if expected}
    failures += len(untried)
    if untried:
        print(f"FAILED: no example breaks {', '.join(sorted(untried))}")
    print(f"{len(EXAMPLES)} examples and {len(READINGS)} readings, {failures} failures")
    return failures == 0
