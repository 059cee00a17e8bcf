/// Matplotlib's viridis in 16 steps: even to the eye, and even to a colour-blind one.
/// - SeeAlso: Smith and van der Walt (2015), "A better default colormap for matplotlib".
public enum Viridis {
  /// How many steps there are; few, since every pair of colours on a screen costs the terminal something.
  public static let count = 16

  private static let colors: [UInt32] = [
    0x440154, 0x481A6C, 0x472F7D, 0x414487, 0x39568C, 0x31688E, 0x2A788E, 0x23888E,
    0x1F988B, 0x22A884, 0x35B779, 0x54C568, 0x7AD151, 0xA5DB36, 0xD2E21B, 0xFDE725,
  ]

  /// The colour of a step, from 0, dark blue, to 15, yellow; steps beyond are the ends.
  public static func color(_ step: Int) -> Color { Color(hex: colors[max(0, min(count - 1, step))]) }
}
