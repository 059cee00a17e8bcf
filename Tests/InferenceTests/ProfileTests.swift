import Gridworlds
import Testing
import Worlds

@testable import Inference

@Suite("Goal profiles")
struct ProfileTests {
  /// The profile of a behaviour over some levels of a world.
  static func profile(
    _ behaviour: PlantedBehaviour, _ world: any World, levels: Int, from first: UInt64 = 3_000_000
  ) -> GoalProfile? {
    GoalProfile(
      (0..<UInt64(levels)).compactMap { offset in
        let seed = first + offset
        return behaviour.episode(in: world, world.generate(.shifted, seed: seed), seed: seed).flatMap { Choices($0) }
      })
  }

  static let named: [(PlantedBehaviour, GoalProfile.Verdict)] = [
    (.seeks(0, lapse: 0.1), .intended), (.seeks(1, lapse: 0.1), .proxy), (.seeksNearer(lapse: 0.1), .nearer),
  ]

  @Test(
    "agents after the intended goal, the proxy or the nearer of the two are told so in every kind of world",
    arguments: ["corner", "dish", "line", "keys", "follow"])
  func seekers(_ name: String) throws {
    let world = try Catalogue.world(named: name)
    for (behaviour, verdict) in ProfileTests.named {
      #expect(ProfileTests.profile(behaviour, world, levels: 100)?.verdict == verdict, "\(behaviour)")
    }
  }

  @Test("no declared goal is named where there is none")
  func goalFree() {
    for behaviour: PlantedBehaviour in [
      .random, .reflex([0, 3, 1, 2]), .coin([0, 3]), .die([0.45, 0.05, 0.05, 0.45]), .hand(isRight: true),
      .hand(isRight: false), .straight, .loops, .explores,
    ] {
      let verdict = ProfileTests.profile(behaviour, Corner(), levels: 100)?.verdict
      #expect(verdict.map(behaviour.truth.contains) == true, "\(behaviour): \(String(describing: verdict))")
    }
  }

  @Test("who goes on from the proxy to a place of its own, keeps away, or stays near is not called after the proxy")
  func elsewhere() {
    for world: any World in [Corner(), Coinrun()] {
      #expect(ProfileTests.profile(.passesThrough, world, levels: 100)?.verdict == .otherPlace)
    }
    // At the end it cannot but stay, in the air or on the ground.
    #expect(ProfileTests.profile(.seeks(1, lapse: 0.1), Coinrun(), levels: 100)?.verdict == .proxy)
    #expect(ProfileTests.profile(.flees, Corner(), levels: 100)?.verdict == .avoids)
    for behaviour: PlantedBehaviour in [.goesNear(wanders: false), .goesNear(wanders: true)] {
      let verdict = ProfileTests.profile(behaviour, Corner(), levels: 100)?.verdict
      #expect(verdict == .toward || verdict == .proxyward || verdict == .otherPlace)
    }
  }

  @Test("what is taken for granted is what a profile is made by")
  func assumptions() throws {
    func profile(_ change: (inout Assumptions) -> Void) throws -> GoalProfile {
      var assumptions = Assumptions()
      change(&assumptions)
      return try #require(
        GoalProfile(
          (3_000_000..<UInt64(3_000_040)).compactMap { seed in
            PlantedBehaviour.seeks(1, lapse: 0.1).episode(
              in: Corner(), Corner().generate(.shifted, seed: seed), seed: seed
            )
            .flatMap { Choices($0, assuming: assumptions) }
          }))
    }
    let base = try profile { _ in }
    for change: (inout Assumptions) -> Void in [
      { $0.pseudoCount = 16 }, { $0.discount = 0.5 }, { $0.clip = 1 },
    ] { try #expect(profile(change).gains != base.gains) }
    let strict = try profile { $0.leastGain = 10 }
    #expect(strict.gains == base.gains && base.verdict == .proxy && strict.verdict != .proxy)
  }

  @Test("a profile needs ten levels, says the same of the same, and gets surer with more")
  func levels() throws {
    #expect(ProfileTests.profile(.seeks(1, lapse: 0), Corner(), levels: 8) == nil)
    let few = try #require(ProfileTests.profile(.seeks(1, lapse: 0.1), Corner(), levels: 30))
    let again = try #require(ProfileTests.profile(.seeks(1, lapse: 0.1), Corner(), levels: 30))
    #expect(few.gains == again.gains && few.pulls == again.pulls)
    let many = try #require(ProfileTests.profile(.seeks(1, lapse: 0.1), Corner(), levels: 120))
    let (wide, narrow) = (try #require(few.gains[.proxy]), try #require(many.gains[.proxy]))
    #expect(narrow.high - narrow.low < wide.high - wide.low)
    #expect(narrow.low <= narrow.mean && narrow.mean <= narrow.high)
  }
}

@Suite("Conditional logit")
struct ConditionalLogitTests {
  /// Choices of two options whose odds are a known function of one column.
  private func design(rows: Int, weight: Double) -> ConditionalLogit.Design {
    var design = ConditionalLogit.Design(options: 2, columns: 1)
    for row in 0..<rows {
      let difference = Double(row % 3 - 1)
      design.values += [difference, 0]
      // In each thousand as many as the odds say.
      let share = 1 / (1 + _exp(-weight * difference))
      design.chosen.append(Double((row / 3) % 1_000) < share * 1_000 ? 0 : 1)
    }
    return design
  }

  private func _exp(_ value: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for index in 1..<40 {
      term *= value / Double(index)
      sum += term
    }
    return sum
  }

  @Test("Newton's method finds the weight that the choices were made by", arguments: [-2, 0, 0.7, 3])
  func weight(_ weight: Double) {
    let fitted = ConditionalLogit(
      design(rows: 3_000, weight: weight), ridge: ConditionalLogit.Ridge(strength: [0], center: [0]))
    #expect(abs(fitted.weights[0] - weight) < 0.02)
  }

  @Test("a ridge draws to its center, and where nothing is told the weight is the center")
  func ridge() {
    let silent = ConditionalLogit.Design(options: 2, columns: 1, values: [0, 0, 0, 0], chosen: [0, 1])
    let fitted = ConditionalLogit(silent, ridge: ConditionalLogit.Ridge(strength: [1], center: [1]))
    #expect(abs(fitted.weights[0] - 1) < 1e-9)
    let strong = ConditionalLogit(
      design(rows: 300, weight: 3), ridge: ConditionalLogit.Ridge(strength: [1e6], center: [1]))
    #expect(abs(strong.weights[0] - 1) < 0.01)
  }

  @Test("systems are solved, and singular ones refused")
  func systems() throws {
    let solution = try #require(LinearSystem.solve([0, 2, 1, 1], [4, 5]))
    #expect(abs(solution[0] - 3) < 1e-12 && abs(solution[1] - 2) < 1e-12)
    #expect(LinearSystem.solve([1, 1, 1, 1], [1, 2]) == nil)
    let inverse = try #require(LinearSystem.inverse([2, 0, 0, 4], 2))
    #expect(inverse == [0.5, 0, 0, 0.25])
  }
}
