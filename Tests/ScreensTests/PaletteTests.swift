import TerminalUI
import Testing

@testable import Viewer

/// A colour as an eye sees it: Oklab, of the colour itself or of what is left of it without green cones.
private struct Seen {
  let lightness: Double, a: Double, b: Double

  /// - Parameter isDeuteranope: by the matrix for full deuteranopia of Machado, Oliveira and Fernandes (2009).
  init(_ color: Color, isDeuteranope: Bool) throws {
    guard case .rgb(let red, let green, let blue) = color else { throw NoColor() }
    var light = [red, green, blue].map { byte in
      let value = Double(byte) / 255
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055).squared24
    }
    if isDeuteranope {
      let matrix = [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881],
      ]
      light = matrix.map { row in min(1, max(0, zip(row, light).map(*).reduce(0, +))) }
    }
    let l = (0.4122214708 * light[0] + 0.5363325363 * light[1] + 0.0514459929 * light[2]).cubeRoot
    let m = (0.2119034982 * light[0] + 0.6806995451 * light[1] + 0.1073969566 * light[2]).cubeRoot
    let s = (0.0883024619 * light[0] + 0.2817188376 * light[1] + 0.6299787005 * light[2]).cubeRoot
    lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s
    a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
    b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
  }

  func distance(to other: Seen) -> Double {
    let (x, y, z) = (lightness - other.lightness, a - other.a, b - other.b)
    return (x * x + y * y + z * z).squareRoot()
  }

  struct NoColor: Error {}
}

extension Double {
  fileprivate var cubeRoot: Double { root(3) }
  /// The power 2.4.
  fileprivate var squared24: Double { self * self * (self * self).root(5) }

  /// Newton's method: these tests need no more than that of Foundation.
  private func root(_ degree: Int) -> Double {
    guard self > 0 else { return 0 }
    var guess = 1.0
    for _ in 0..<60 {
      let power = (1..<degree).reduce(1.0) { product, _ in product * guess }
      guess -= (power * guess - self) / (Double(degree) * power)
    }
    return guess
  }
}

@Suite("Palettes")
struct PaletteTests {
  static let colored = Theme.Name.allCases.filter { $0 != .mono }
  /// What stands side by side on a board and on the timeline.
  static let inks: [Ink] = [.both, .proxy, .intended, .neither, .agent, .alert]
  /// Distances in Oklab: 0.02 is what the eye just sees side by side; these are glyphs apart from one another.
  static let (apart, fromGround) = (0.1, 0.25)

  @Test(
    "what must be told apart on one board is told apart, with all cones and without the green ones", arguments: colored,
    [false, true])
  func pairs(_ name: Theme.Name, _ isDeuteranope: Bool) throws {
    let theme = Theme(name)
    let seen = try PaletteTests.inks.map { try Seen(theme.style($0).foreground, isDeuteranope: isDeuteranope) }
    for first in seen.indices {
      for second in seen.indices where second > first {
        let distance = seen[first].distance(to: seen[second])
        #expect(
          distance >= PaletteTests.apart,
          "\(PaletteTests.inks[first]) and \(PaletteTests.inks[second]) are \(distance) apart in \(name)")
      }
    }
    // Others move over the board of these; what they look like beside a wall or a dot does not matter.
    let creature = try Seen(theme.style(.creature).foreground, isDeuteranope: isDeuteranope)
    for (ink, other) in zip(PaletteTests.inks, seen) where ink != .neither {
      #expect(creature.distance(to: other) >= 0.08, "a creature looks like \(ink) in \(name)")
    }
  }

  @Test("every ink that says something stands out from what is behind it", arguments: colored, [false, true])
  func ground(_ name: Theme.Name, _ isDeuteranope: Bool) throws {
    let theme = Theme(name)
    let background = try Seen(theme.background, isDeuteranope: isDeuteranope)
    for ink in PaletteTests.inks + [.wall, .creature, .item, .text, .dim] {
      let seen = try Seen(theme.style(ink).foreground, isDeuteranope: isDeuteranope)
      #expect(seen.distance(to: background) >= PaletteTests.fromGround, "\(ink) in \(name)")
    }
    let wall = try Seen(theme.style(.wall).foreground, isDeuteranope: isDeuteranope)
    #expect(wall.distance(to: try Seen(theme.wallBackground, isDeuteranope: isDeuteranope)) >= PaletteTests.fromGround)
  }

  @Test("the simulation knows what it should: red and green fall together, blue and yellow do not")
  func simulation() throws {
    func distance(_ first: UInt32, _ second: UInt32, _ isDeuteranope: Bool) throws -> Double {
      try Seen(Color(hex: first), isDeuteranope: isDeuteranope)
        .distance(to: Seen(Color(hex: second), isDeuteranope: isDeuteranope))
    }
    // A red and a green of equal lightness to a deuteranope.
    #expect(try distance(0xB85C20, 0x6E7B20, true) < 0.05)
    #expect(try distance(0xB85C20, 0x6E7B20, false) > 0.1)
    #expect(try distance(0x3060E0, 0xF0E040, true) > 0.4)
  }

  @Test("heat grows lighter step by step, for any eye")
  func viridis() throws {
    for isDeuteranope in [false, true] {
      let steps = try (0..<Viridis.count).map { try Seen(Viridis.color($0), isDeuteranope: isDeuteranope).lightness }
      #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 })
    }
  }
}
