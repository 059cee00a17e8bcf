import Learning
import Studies

extension TrainingNews {
  /// How it stands, in a line: what is not known yet is a dash.
  public var line: String {
    func known(_ value: Double?, _ digits: Int) -> String { value.map { decimal($0, digits) } ?? "–" }
    let pace = stepsPerSecond > 0 ? "\(Int(stepsPerSecond))" : "–"
    return "\(report.steps) of \(totalSteps) steps  success \(known(report.successRate, 3))  "
      + "length \(known(report.meanLength, 1))  entropy \(known(report.entropyInBits, 2)) bits  \(pace) steps/s  "
      + "\(known(secondsLeft, 0)) s left"
  }
}
