/// The one place that says which version this is; the article on changes begins with it.
enum Version {
  /// Three numbers: what breaks files or commands, what is new, what is mended; and `-dev` until it is released.
  static let number = "0.3.0-dev"
}
