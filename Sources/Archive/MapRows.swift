import Gridworlds

/// The rows of a map as people draw them and paste them, made to a grid.
///
/// Letters may have a blank between them. Where blanks belong to the map, those outside of the walls become walls.
struct MapRows {
  /// The grid; where letters or rows are wrong it has floor and walls in their places, so that the rest can be looked
  /// at. `nil` where there is none.
  let map: Grid<Tile>?
  /// What is wrong with letters and rows.
  let faults: [LevelDraft.Fault]

  /// - Parameter legend: the letters there are; `nil` where nobody knows the world, and with it the letters.
  init(_ rows: [String], isShaped: Bool, legend: Legend?) {
    guard !rows.isEmpty else {
      (map, faults) = (nil, [MapRows.tooLarge(width: 0, height: 0)])
      return
    }
    let known = Set((legend?.entries ?? []).filter(\.isWritten).map(\.tile))
    var cells = rows.map { Array($0.unicodeScalars) }
    if !known.contains(Tile(" ")) { cells = MapRows.trimmed(cells, isShaped: isShaped) }
    let widths = cells.map(\.count)
    let most = widths.max() ?? 0
    let width = MapRows.commonest(widths)
    guard width > 0, max(most, cells.count) <= Level.largestSide else {
      (map, faults) = (nil, [MapRows.tooLarge(width: most, height: cells.count)])
      return
    }
    var faults: [LevelDraft.Fault] = []
    var strangers: Set<Unicode.Scalar> = []
    for (row, scalars) in cells.enumerated() {
      for (column, scalar) in scalars.enumerated() where !scalar.isASCII || !known.contains(Tile(scalar)) {
        if legend == nil, scalar.isASCII { continue }
        // One that is known by now says nothing new.
        if let legend, strangers.insert(scalar).inserted {
          faults.append(MapRows.unknown(scalar, row: row, column: column, legend: legend))
        }
        cells[row][column] = "."
      }
    }
    for (row, count) in widths.enumerated() where count != width {
      faults.append(
        LevelDraft.Fault(
          .row(row), "row \(row + 1) has \(count) \(count == 1 ? "cell" : "cells") where \(width) were expected",
          mend: "make all rows equally long"))
    }
    map = Grid(
      rows: cells.map { row in row.map { Tile($0) } + Array(repeating: Tile.wall, count: most - row.count) })
    self.faults = faults
  }

  /// The letters alone: without blanks after rows or between letters, and with walls for what is outside.
  private static func trimmed(_ cells: [[Unicode.Scalar]], isShaped: Bool) -> [[Unicode.Scalar]] {
    var cells = cells.map { row in Array(row.prefix((row.lastIndex { $0 != " " } ?? -1) + 1)) }
    let isSpaced =
      cells.contains { $0.count > 1 }
      && cells.allSatisfy { row in
        row.enumerated().allSatisfy { ($0.offset % 2 == 1) == ($0.element == " ") }
      }
    if isSpaced { cells = cells.map { row in stride(from: 0, to: row.count, by: 2).map { row[$0] } } }
    guard isShaped, cells.contains(where: { $0.first == " " }) else { return cells }
    let width = cells.map(\.count).max() ?? 0
    return cells.map { row in
      let outside = row.prefix { $0 == " " }.count
      return Array(repeating: "#", count: outside) + row[outside...] + Array(repeating: "#", count: width - row.count)
    }
  }

  /// The length that most rows have, the first of equals.
  private static func commonest(_ widths: [Int]) -> Int {
    var counts: [Int: Int] = [:]
    for width in widths { counts[width, default: 0] += 1 }
    let most = counts.values.max() ?? 0
    return widths.first { counts[$0] == most } ?? 0
  }

  static func unknown(_ scalar: Unicode.Scalar, row: Int, column: Int, legend: Legend) -> LevelDraft.Fault {
    let place = "row \(row + 1), column \(column + 1)"
    if scalar == " " {
      return LevelDraft.Fault(
        .row(row), "\(place): a blank, which is no letter",
        mend: "write '.' for floor, or 'map: |2' where blanks before rows are outside")
    }
    let letters = legend.entries.filter(\.isWritten).map { "\($0.tile) \($0.name)" }.joined(separator: ", ")
    return LevelDraft.Fault(
      .row(row), "\(place): unknown letter '\(scalar)'", mend: "the letters are: \(letters)"
    )
  }

  static func tooLarge(width: Int, height: Int) -> LevelDraft.Fault {
    if width == 0 { return LevelDraft.Fault(.map, "the map is empty", mend: "draw it, one row a line") }
    return LevelDraft.Fault(
      .map, "the map has \(width) columns and \(height) rows", mend: "at most \(Level.largestSide) of each are allowed")
  }
}
