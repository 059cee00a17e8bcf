/// A number with a fixed count of digits after the point, without Foundation: `0.91`.
public func decimal(_ value: some BinaryFloatingPoint, _ digits: Int = 2) -> String {
  let value = Double(value)
  guard value.isFinite else { return value.isNaN ? "–" : value > 0 ? "∞" : "−∞" }
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let scaled = (abs(value) * scale).rounded()
  guard scaled < 1e15 else { return "\(value)" }
  let whole = Int(scaled) / Int(scale)
  let sign = value < 0 && scaled > 0 ? "−" : ""
  if digits == 0 { return "\(sign)\(whole)" }
  let rest = String(Int(scaled) % Int(scale))
  return "\(sign)\(whole)." + String(repeating: "0", count: digits - rest.count) + rest
}

/// A whole number with commas between its thousands.
public func grouped(_ number: Int) -> String {
  var digits = "\(abs(number))"
  var groups: [Substring] = []
  while digits.count > 3 {
    groups.insert(digits.suffix(3), at: 0)
    digits = String(digits.dropLast(3))
  }
  return (number < 0 ? "-" : "") + ([Substring(digits)] + groups).joined(separator: ",")
}

/// A number with its sign, one digit after the point.
public func signed(_ value: Double) -> String { (value < 0 ? "" : "+") + decimal(value, 1) }
