import Gridworlds
import Testing
import Worlds

@testable import Learning

/// Snapshots come back from files that anyone may have written.
@Suite struct SnapshotTests {
  let snapshot: TrainingSnapshot

  init() {
    let trainer = Trainer(world: Corner(size: 7), configuration: TrainerTests.small)
    _ = trainer.update()
    snapshot = trainer.snapshot
  }

  private func problem(
    _ tensors: [Tensor]? = nil, changing key: String = "", to value: String? = nil
  ) -> SnapshotProblem? {
    var metadata = snapshot.metadata
    if !key.isEmpty { metadata[key] = value }
    do {
      let snapshot = try TrainingSnapshot(tensors: tensors ?? snapshot.tensors, metadata: metadata)
      _ = try Trainer(world: Corner(size: 7), snapshot: snapshot)
    } catch { return error }
    return nil
  }

  @Test("tensors and text carry the whole snapshot")
  func roundTrip() throws {
    var copy = try TrainingSnapshot(tensors: snapshot.tensors, metadata: snapshot.metadata)
    #expect(copy.metadata == snapshot.metadata)
    #expect(copy.tensors == snapshot.tensors)
    copy = snapshot
    #expect(copy == snapshot)
    #expect(problem() == nil)
  }

  @Test("every entry is needed, and the one that is missing is named")
  func missing() {
    #expect(snapshot.metadata.count > 10)
    for key in snapshot.metadata.keys { #expect(problem(changing: key) == .missing(key)) }
  }

  @Test(
    "no text in any entry brings the program down",
    arguments: ["", "-1", "nan", "inf", "99999999999999999999999", "zz", ";;;;", "0 0 0 0", "0 0 0 ff", "é", "1e999"])
  func hostile(text: String) {
    let keys = Set(snapshot.metadata.keys).subtracting(["recipe.seed", "training.shuffle"])
    #expect(keys.count > 10)
    for key in keys {
      #expect(problem(changing: key, to: text) != nil, "\(key) = '\(text)'")
    }
  }

  @Test("counters and sizes beyond reason are refused before memory is asked for")
  func enormous() {
    for key in ["recipe.environments", "recipe.horizon", "recipe.minibatches", "training.updates"] {
      #expect(problem(changing: key, to: "\(Int.max)") != nil, "\(key)")
    }
    #expect(problem(changing: "recipe.hidden", to: "4096 4096 4096") != nil)
  }

  @Test("a recipe that someone typed is checked before a training is built from it")
  func typedRecipe() throws {
    try TrainingConfiguration().validate()
    var configuration = TrainingConfiguration()
    configuration.environments = 0
    #expect(throws: SnapshotProblem.malformed("recipe.environments", value: "0")) { try configuration.validate() }
  }

  @Test("an action that the world does not have is refused")
  func strangeAction() throws {
    let text = try #require(snapshot.metadata["training.environments"])
    let places = text.split(separator: ";").map { place in
      place.split(separator: " ").dropLast().joined(separator: " ") + " 00c8"
    }
    let problem = problem(changing: "training.environments", to: places.joined(separator: ";"))
    #expect(problem == .mismatch("the recorded actions do not fit the levels of corner-7"))
  }

  @Test("moments must be there, finite, and squares not negative")
  func moments() throws {
    func replacing(_ name: String, _ value: Float) throws -> [Tensor] {
      try snapshot.tensors.map {
        guard $0.name == name else { return $0 }
        return try #require(Tensor(name: name, shape: $0.shape, values: $0.values.map { _ in value }))
      }
    }
    #expect(problem(snapshot.network.tensors) == .network(.missing("adam.mean.layers.0.weight")))
    #expect(
      try problem(replacing("adam.mean.policy.bias", .infinity))
        == .network(.notFinite("adam.mean.policy.bias", at: 0)))
    #expect(try problem(replacing("adam.square.value.bias", -1)) != nil)
  }

  @Test("a snapshot of one world is not gone on with in another")
  func otherWorld() {
    #expect(throws: SnapshotProblem.self) { try Trainer(world: Corner(), snapshot: snapshot) }
    var configuration = snapshot.configuration
    configuration.environments += 1
    #expect(throws: SnapshotProblem.self) {
      try Trainer(world: Corner(size: 7), configuration: configuration, snapshot: snapshot)
    }
    configuration = snapshot.configuration
    configuration.horizon = 1 << 24
    #expect(throws: SnapshotProblem.self) {
      try Trainer(world: Corner(size: 7), configuration: configuration, snapshot: snapshot)
    }
  }
}
