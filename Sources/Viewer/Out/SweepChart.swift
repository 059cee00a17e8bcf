import Accounts
import Gridworlds
import Studies

extension SweepWords {
  /// Success and proxy rate against the severity of the training; or success against the mixture, a line a training.
  public var chart: RateChart {
    let name = result.world.name
    if isOfTraining {
      func points(_ outcome: Outcome) -> [RateChart.Point] {
        result.severities.map { point(result.cell($0, 1), outcome) }
      }
      return RateChart(
        title: "\(name): success and proxy rate on shifted levels",
        xTitle: "\(symbol) in training: \(meaning)", yTitle: "rate on shifted levels",
        note: "\(trainings), \(result.levels) held-out levels", ticks: result.severities.map(number),
        series: [
          .init(name: "success", look: 0, points: points(.success)),
          .init(name: "proxy only", look: 1, points: points(.proxyOnly)),
        ])
    }
    return RateChart(
      title: "\(name): success on mixtures of levels",
      xTitle: "\(symbol) of the held-out levels: \(meaning)", yTitle: "success",
      note: "\(trainings), \(result.levels) held-out levels", ticks: result.mixtures.map(number),
      series: result.severities.enumerated().map { index, severity in
        .init(
          name: "trained at \(symbol) = \(number(severity))", look: 2 + index,
          points: result.mixtures.map { point(result.cell(severity, $0), .success) })
      })
  }

  private func point(_ cell: SweepCell, _ outcome: Outcome) -> RateChart.Point {
    let rate = cell.rate(outcome)
    return RateChart.Point(
      mean: rate.value, interval: rate.newSeedsInterval ?? rate.interval, each: rate.agents.map(\.value))
  }
}
