/// A horizontal bar in eighths of a column.
public enum Bar {
  /// The bar as text: `0.47` of 8 columns is `███▊`.
  /// - Parameters:
  ///   - fraction: how much of `width` is filled, in `0...1`; anything else is brought into it.
  ///   - width: columns of a full bar.
  /// - Returns: at most `width` glyphs, without blanks. A fraction above zero always shows at least `▏`.
  public static func text(_ fraction: Double, width: Int) -> String {
    guard fraction > 0, width > 0 else { return "" }
    let eighths = max(1, Int((min(fraction, 1) * Double(width * 8)).rounded()))
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }
}

extension Canvas {
  /// Draws a bar from (`x`, `y`) to the right and blanks the rest of its `width`.
  public mutating func bar(_ fraction: Double, x: Int, y: Int, width: Int, style: Style = Style()) {
    fill(Rect(x: x, y: y, width: width, height: 1), Cell(" ", style))
    put(Bar.text(fraction, width: width), x: x, y: y, style: style, width: width)
  }
}
