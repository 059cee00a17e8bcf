/// What an agent sees: planes of 0 and 1 around it, the agent in the centre, and senses beyond sight.
///
/// Beyond the map every plane is 0. An observation is the sorted list of the features that are 1, since most are 0.
/// Feature `plane * width * height + row * width + column`, then the senses.
public struct View: Sendable, Hashable {
  /// The tiles that set one plane's cells to 1.
  public struct Plane: Sendable, Hashable {
    /// A short name: `open`.
    public let name: String
    /// What is 1 in it.
    public let tiles: Set<Tile>

    /// A plane.
    public init(_ name: String, _ tiles: Set<Tile>) {
      self.name = name
      self.tiles = tiles
    }
  }

  /// Columns; odd, so that the agent has a middle one.
  public let width: Int
  /// Rows; odd.
  public let height: Int
  /// At most eight planes.
  public let planes: [Plane]
  /// How many senses beyond sight there are.
  public let senses: Int
  /// For each letter the planes that it sets, a bit each.
  @usableFromInline let masks: [UInt8]

  /// A view; sides are made odd and kept within 1...127.
  public init(width: Int, height: Int, planes: [Plane], senses: Int = 0) {
    precondition(planes.count <= 8, "a view has at most eight planes")
    self.width = max(1, min(127, width | 1))
    self.height = max(1, min(127, height | 1))
    self.planes = planes
    self.senses = senses
    var masks = [UInt8](repeating: 0, count: 128)
    for (index, plane) in planes.enumerated() {
      for tile in plane.tiles { masks[Int(tile.letter)] |= 1 << UInt8(index) }
    }
    self.masks = masks
  }

  /// The same planes and senses in another crop.
  public func cropped(width: Int, height: Int) -> View {
    View(width: width, height: height, planes: planes, senses: senses)
  }

  /// How many features there are.
  @inlinable public var featureCount: Int { planes.count * width * height + senses }
}

extension World {
  /// Writes the features that are 1 in a state, and returns how many there are.
  /// - Parameter features: room for `view.featureCount` indices.
  @inlinable public func observe(
    _ state: State, in level: Level, view: View, into features: UnsafeMutableBufferPointer<UInt16>
  ) -> Int {
    let agent = agent(in: state)
    let left = agent.x - view.width / 2
    let top = agent.y - view.height / 2
    let area = view.width * view.height
    let planeCount = view.planes.count
    let mapWidth = level.map.width
    var count = 0
    func set(_ mask: UInt8, at cell: Int) {
      for plane in 0..<planeCount where mask & (1 << UInt8(plane)) != 0 {
        features[count] = UInt16(truncatingIfNeeded: plane * area + cell)
        count += 1
      }
    }
    // Where something mobile began, the map still shows it; only the state knows where it is now.
    var ground = view.masks
    let floorMask = ground[Int(Tile.floor.letter)]
    ground[Int(Tile.agent.letter)] = floorMask
    for occupant in level.mobiles { ground[Int(occupant.tile.letter)] = floorMask }
    ground.withUnsafeBufferPointer { masks in
      level.map.elements.withUnsafeBufferPointer { tiles in
        for y in max(0, top)..<max(max(0, top), min(level.map.height, top + view.height)) {
          for x in max(0, left)..<max(max(0, left), min(mapWidth, left + view.width)) {
            let mask = masks[Int(tiles[y * mapWidth + x].letter)]
            if mask != 0 { set(mask, at: (y - top) * view.width + x - left) }
          }
        }
      }
    }
    forEachOccupant(of: state, in: level) { occupant in
      let (column, row) = (occupant.position.x - left, occupant.position.y - top)
      guard column >= 0, row >= 0, column < view.width, row < view.height else { return }
      // What the ground has set already is not set twice.
      let under = level.map.contains(occupant.position) ? ground[Int(level.map[occupant.position].letter)] : 0
      set(view.masks[Int(occupant.tile.letter)] & ~under, at: row * view.width + column)
    }
    forEachSense(of: state, in: level) { sense in
      features[count] = UInt16(truncatingIfNeeded: planeCount * area + sense)
      count += 1
    }
    return count
  }
}
