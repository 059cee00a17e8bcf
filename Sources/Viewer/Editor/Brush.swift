import Gridworlds

/// Something to draw with: a tile, or the place of a proxy that the map does not show.
struct Brush: Sendable, Hashable {
  /// What is drawn, by the legend.
  let tile: Tile
  /// What people call it.
  let name: String
  /// The proxy whose place it is; `nil` where the tile itself is drawn.
  let goal: String?

  /// The brushes of a world in the order of its legend, then the places that a level may choose.
  static func all(of world: any World) -> [Brush] {
    let legend = world.legend
    let tiles = legend.entries.filter(\.isWritten).map { Brush(tile: $0.tile, name: $0.name, goal: nil) }
    guard world.takesPlaces else { return tiles }
    let places = world.goals.filter { $0.role == .proxy && legend[$0.tile]?.isWritten != true }
    return tiles + places.map { Brush(tile: $0.tile, name: "\($0.id) (proxy)", goal: $0.id) }
  }
}
