import Foundation

/// A conditional logit (McFadden 1974): the probability of each choice is proportional to the exponential of a weighted
/// sum of its columns.
struct ConditionalLogit {
  /// Choices to be explained: for row `r`, option `a` and column `p` a number at `(r * options + a) * columns + p`.
  struct Design {
    let options: Int
    let columns: Int
    var values: [Double] = []
    var chosen: [Int32] = []
    var rows: Int { chosen.count }

    /// The rows of which something holds.
    func rows(where holds: (Int) -> Bool) -> Design {
      var part = Design(options: options, columns: columns)
      let width = options * columns
      for row in 0..<rows where holds(row) {
        part.values.append(contentsOf: values[row * width..<(row + 1) * width])
        part.chosen.append(chosen[row])
      }
      return part
    }
  }

  /// What the weights are drawn to, and how strongly, by column.
  struct Ridge {
    var strength: [Double]
    var center: [Double]
  }

  /// The weight of each column.
  let weights: [Double]
  /// The curvature of the penalized log likelihood at the weights, by row and column.
  let curvature: [Double]

  /// The weights that explain some choices best, less the ridge; Newton's method with halved steps.
  /// - Parameter start: where to begin; the ridge's center unless given.
  /// - Complexity: O(rows × options × columns²) an iteration, about eight of them.
  init(_ design: Design, ridge: Ridge, from start: [Double]? = nil) {
    let columns = design.columns
    var weights = start ?? ridge.center
    var value = ConditionalLogit.value(design, weights, ridge)
    var curvature = [Double](repeating: 0, count: columns * columns)
    for _ in 0..<60 {
      var gradient: [Double]
      (gradient, curvature) = ConditionalLogit.derivatives(design, weights, ridge)
      guard let step = LinearSystem.solve(curvature, gradient) else { break }
      var (scale, next, nextValue) = (1.0, weights, value)
      repeat {
        next = zip(weights, step).map { $0 + scale * $1 }
        nextValue = ConditionalLogit.value(design, next, ridge)
        scale /= 2
      } while nextValue < value - 1e-12 && scale > 1e-6
      guard nextValue >= value - 1e-12 else { break }
      weights = next
      let gain = nextValue - value
      value = nextValue
      if gain < 1e-11 * max(1, abs(value)) { break }
    }
    (self.weights, self.curvature) = (weights, curvature)
  }

  /// The log probability of what was chosen in each row, in nats.
  static func logLikelihoods(_ design: Design, _ weights: [Double]) -> [Double] {
    var utilities = [Double](repeating: 0, count: design.options)
    return (0..<design.rows).map { row in
      let most = design.utilities(of: row, weights, into: &utilities)
      let sum = utilities.reduce(0) { $0 + exp($1 - most) }
      return utilities[Int(design.chosen[row])] - most - log(sum)
    }
  }

  private static func value(_ design: Design, _ weights: [Double], _ ridge: Ridge) -> Double {
    var sum = logLikelihoods(design, weights).reduce(0, +)
    for column in weights.indices {
      let distance = weights[column] - ridge.center[column]
      sum -= 0.5 * ridge.strength[column] * distance * distance
    }
    return sum
  }

  /// The gradient, and the curvature with its sign turned.
  private static func derivatives(
    _ design: Design, _ weights: [Double], _ ridge: Ridge
  ) -> (gradient: [Double], curvature: [Double]) {
    let (columns, options) = (design.columns, design.options)
    var gradient = [Double](repeating: 0, count: columns)
    var curvature = [Double](repeating: 0, count: columns * columns)
    var utilities = [Double](repeating: 0, count: options)
    var mean = [Double](repeating: 0, count: columns)
    design.values.withUnsafeBufferPointer { values in
      for row in 0..<design.rows {
        let most = design.utilities(of: row, weights, into: &utilities)
        var sum = 0.0
        for option in 0..<options {
          utilities[option] = exp(utilities[option] - most)
          sum += utilities[option]
        }
        for column in 0..<columns { mean[column] = 0 }
        let base = row * options * columns
        for option in 0..<options {
          let share = utilities[option] / sum
          let start = base + option * columns
          for column in 0..<columns {
            let weighted = share * values[start + column]
            mean[column] += weighted
            for other in 0...column { curvature[column * columns + other] += weighted * values[start + other] }
          }
        }
        let chosen = base + Int(design.chosen[row]) * columns
        for column in 0..<columns {
          gradient[column] += values[chosen + column] - mean[column]
          for other in 0...column { curvature[column * columns + other] -= mean[column] * mean[other] }
        }
      }
    }
    for column in 0..<columns {
      gradient[column] -= ridge.strength[column] * (weights[column] - ridge.center[column])
      curvature[column * columns + column] += ridge.strength[column]
      for other in 0..<column { curvature[other * columns + column] = curvature[column * columns + other] }
    }
    return (gradient, curvature)
  }

  /// The covariance of the weights, robust to all that the rows of one group share: a sandwich over groups (Liang and
  /// Zeger 1986).
  /// - Parameters:
  ///   - design: what the weights were fitted to.
  ///   - groups: the group of each row, from 0.
  func covariance(_ design: Design, groups: [Int], count: Int) -> [Double] {
    let (columns, options) = (design.columns, design.options)
    var scores = [Double](repeating: 0, count: count * columns)
    var utilities = [Double](repeating: 0, count: options)
    for row in 0..<design.rows {
      let most = design.utilities(of: row, weights, into: &utilities)
      let sum = utilities.reduce(0) { $0 + exp($1 - most) }
      let (base, group) = (row * options * columns, groups[row] * columns)
      for option in 0..<options {
        let residual = (option == Int(design.chosen[row]) ? 1 : 0) - exp(utilities[option] - most) / sum
        for column in 0..<columns {
          scores[group + column] += residual * design.values[base + option * columns + column]
        }
      }
    }
    guard let inverse = LinearSystem.inverse(curvature, columns) else {
      return [Double](repeating: .infinity, count: columns * columns)
    }
    var meat = [Double](repeating: 0, count: columns * columns)
    for group in 0..<count {
      for first in 0..<columns {
        for second in 0..<columns {
          meat[first * columns + second] += scores[group * columns + first] * scores[group * columns + second]
        }
      }
    }
    return LinearSystem.product(LinearSystem.product(inverse, meat, columns), inverse, columns)
  }
}

extension ConditionalLogit.Design {
  /// Writes the weighted sum of each option of a row; returns the greatest.
  fileprivate func utilities(of row: Int, _ weights: [Double], into result: inout [Double]) -> Double {
    var most = -Double.infinity
    values.withUnsafeBufferPointer { values in
      for option in 0..<options {
        let start = (row * options + option) * columns
        var sum = 0.0
        for column in 0..<columns { sum += weights[column] * values[start + column] }
        result[option] = sum
        most = max(most, sum)
      }
    }
    return most
  }
}

/// Small dense matrices, row by row.
enum LinearSystem {
  /// The solution of `matrix · x = vector` by Gaussian elimination with pivots; `nil` of a singular matrix.
  static func solve(_ matrix: [Double], _ vector: [Double]) -> [Double]? {
    let count = vector.count
    var (rows, right) = (matrix, vector)
    for column in 0..<count {
      guard let pivot = (column..<count).max(by: { abs(rows[$0 * count + column]) < abs(rows[$1 * count + column]) }),
        abs(rows[pivot * count + column]) > 1e-300
      else { return nil }
      if pivot != column {
        for other in 0..<count { rows.swapAt(pivot * count + other, column * count + other) }
        right.swapAt(pivot, column)
      }
      for row in (column + 1)..<max(column + 1, count) {
        let factor = rows[row * count + column] / rows[column * count + column]
        guard factor != 0 else { continue }
        for other in column..<count { rows[row * count + other] -= factor * rows[column * count + other] }
        right[row] -= factor * right[column]
      }
    }
    for row in (0..<count).reversed() {
      var sum = right[row]
      for other in (row + 1)..<max(row + 1, count) { sum -= rows[row * count + other] * right[other] }
      right[row] = sum / rows[row * count + row]
    }
    return right.allSatisfy(\.isFinite) ? right : nil
  }

  /// The inverse of a square matrix; `nil` of a singular one.
  static func inverse(_ matrix: [Double], _ count: Int) -> [Double]? {
    var result = [Double](repeating: 0, count: count * count)
    for column in 0..<count {
      var unit = [Double](repeating: 0, count: count)
      unit[column] = 1
      guard let solution = solve(matrix, unit) else { return nil }
      for row in 0..<count { result[row * count + column] = solution[row] }
    }
    return result
  }

  /// The product of two square matrices.
  static func product(_ first: [Double], _ second: [Double], _ count: Int) -> [Double] {
    var result = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0..<count {
        for index in 0..<count {
          result[row * count + column] += first[row * count + index] * second[index * count + column]
        }
      }
    }
    return result
  }
}
