/// What an agent sees: planes of 0 and 1 around it, the agent in the centre, and senses beyond sight.
///
/// Beyond the map every plane is 0. An observation is the list of the features that are 1, since most are 0.
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

  /// A view that holds the whole inside of a square map from any cell of it: 19×19 for a map of 11×11.
  public init(wholeMapOf side: Int, planes: [Plane], senses: Int = 0) {
    self.init(width: 2 * side - 3, height: 2 * side - 3, planes: planes, senses: senses)
  }

  /// The same planes and senses in another crop.
  public func cropped(width: Int, height: Int) -> View {
    View(width: width, height: height, planes: planes, senses: senses)
  }

  /// The rows or columns of a map that a crop shows.
  static func part(of length: Int, around middle: Int, _ count: Int) -> Range<Int> {
    let first = middle - count / 2
    let start = max(0, min(length, first))
    return start..<max(start, min(length, first + count))
  }

  /// How many features there are.
  @inlinable public var featureCount: Int { planes.count * width * height + senses }
}

/// What of an observation stays as it is throughout a level: the features that its fixed tiles set.
///
/// Feature `plane * width * height + row * width + column` of a cell falls by one offset for all cells when the agent
/// moves, so the fixed part of an observation is one subtraction a feature, and no look at the map.
public final class Backdrop: Sendable {
  /// For each fixed feature its index for an agent whose crop begins at the map's corner, modulo 2^16.
  @usableFromInline let bases: [UInt16]
  /// The row of each, and where each column's begin; read where the crop does not hold the whole map.
  @usableFromInline let rows: [Int16]
  @usableFromInline let columns: [Int32]
  /// Whether the crop holds all fixed features wherever the agent may stand.
  @usableFromInline let isWhole: Bool
  /// For each letter the planes that its tile sets on the ground of this level, and those that it sets anywhere.
  @usableFromInline let ground: [UInt8], masks: [UInt8]
  /// The crop's columns and rows, how many planes there are, and the map's columns.
  @usableFromInline let width: Int, height: Int, planes: Int, mapWidth: Int

  /// The fixed part of a level's observations.
  /// - Parameter agent: where the agent stands, to look no farther than it sees; the backdrop serves this place alone then.
  public init(of level: Level, in view: View, around agent: Position? = nil) {
    // Where something mobile began, the map still shows it; only the state knows where it is now.
    var ground = view.masks
    let floor = ground[Int(Tile.floor.letter)]
    ground[Int(Tile.agent.letter)] = floor
    for occupant in level.mobiles { ground[Int(occupant.tile.letter)] = floor }
    let area = view.width * view.height
    let (mapWidth, mapHeight) = (level.map.width, level.map.height)
    let seenColumns = agent.map { View.part(of: mapWidth, around: $0.x, view.width) } ?? 0..<mapWidth
    let seenRows = agent.map { View.part(of: mapHeight, around: $0.y, view.height) } ?? 0..<mapHeight
    var bases: [UInt16] = []
    var rows: [Int16] = []
    var columns: [Int32] = [0]
    bases.reserveCapacity(2 * seenColumns.count * seenRows.count)
    rows.reserveCapacity(2 * seenColumns.count * seenRows.count)
    columns.reserveCapacity(mapWidth + 1)
    // The extents of what is seen, and of where the agent may stand.
    var (left, right, top, bottom) = (Int.max, Int.min, Int.max, Int.min)
    var (west, east, north, south) = (Int.max, Int.min, Int.max, Int.min)
    level.map.elements.withUnsafeBufferPointer { tiles in
      for x in seenColumns {
        for y in seenRows {
          let tile = tiles[y * mapWidth + x]
          if tile != .wall {
            (west, east, north, south) = (min(west, x), max(east, x), min(north, y), max(south, y))
          }
          var mask = ground[Int(tile.letter)]
          if mask == 0 { continue }
          (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
          while mask != 0 {
            let plane = mask.trailingZeroBitCount
            mask &= mask - 1
            bases.append(UInt16(truncatingIfNeeded: plane * area + y * view.width + x))
            rows.append(Int16(truncatingIfNeeded: y))
          }
        }
        columns.append(Int32(bases.count))
      }
    }
    let (halfWidth, halfHeight) = (view.width / 2, view.height / 2)
    isWhole =
      agent != nil || bases.isEmpty || west > east
      || right - west <= halfWidth && east - left <= halfWidth && bottom - north <= halfHeight
        && south - top <= halfHeight
    self.ground = ground
    masks = view.masks
    (width, height, planes) = (view.width, view.height, view.planes.count)
    self.mapWidth = mapWidth
    self.bases = bases
    self.rows = rows
    self.columns = columns
  }
}

extension Compiled {
  /// Writes the features that are 1 in a state, and returns how many there are.
  /// - Parameters:
  ///   - backdrop: the level's, in the view through which it is seen.
  ///   - features: room for one more index than the view has features.
  @inlinable public func observe(
    _ state: State, in level: Level, before backdrop: Backdrop, into features: UnsafeMutableBufferPointer<UInt16>
  ) -> Int {
    let agent = agent(in: state)
    let left = agent.x - backdrop.width / 2
    let top = agent.y - backdrop.height / 2
    let area = backdrop.width * backdrop.height
    let planeCount = backdrop.planes
    let offset = UInt16(truncatingIfNeeded: top * backdrop.width + left)
    var count = 0
    backdrop.bases.withUnsafeBufferPointer { bases in
      if backdrop.isWhole {
        for index in 0..<bases.count { features[index] = bases[index] &- offset }
        count = bases.count
        return
      }
      let (first, end) = (max(0, left), min(backdrop.mapWidth, left + backdrop.width))
      guard first < end else { return }
      backdrop.rows.withUnsafeBufferPointer { rows in
        for index in Int(backdrop.columns[first])..<Int(backdrop.columns[end]) {
          let row = Int(rows[index]) - top
          // Written always, kept where it lies in the crop: no branch.
          features[count] = bases[index] &- offset
          count += row >= 0 && row < backdrop.height ? 1 : 0
        }
      }
    }
    forEachOccupant(of: state, in: level) { occupant in
      let (column, row) = (occupant.position.x - left, occupant.position.y - top)
      guard column >= 0, row >= 0, column < backdrop.width, row < backdrop.height else { return }
      // What the ground has set already is not set twice.
      let under = level.map.contains(occupant.position) ? backdrop.ground[Int(level.map[occupant.position].letter)] : 0
      var mask = backdrop.masks[Int(occupant.tile.letter)] & ~under
      while mask != 0 {
        let plane = mask.trailingZeroBitCount
        mask &= mask - 1
        features[count] = UInt16(truncatingIfNeeded: plane * area + row * backdrop.width + column)
        count += 1
      }
    }
    forEachSense(of: state, in: level) { sense in
      features[count] = UInt16(truncatingIfNeeded: planeCount * area + sense)
      count += 1
    }
    return count
  }
}
