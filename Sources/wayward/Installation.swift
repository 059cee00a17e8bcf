import Foundation

/// What a packed program brings along: `../share/wayward` from its folder, wherever links lead.
enum Installation {
  /// Lets ncurses and the C library find what a system may lack: descriptions of terminals, after the system's own, and
  /// the character table of a UTF-8 locale.
  static func prepare() {
    guard let executable = Bundle.main.executablePath, let real = realpath(executable, nil) else { return }
    defer { free(real) }
    let program = (String(cString: real) as NSString).deletingLastPathComponent as NSString
    let share = program.deletingLastPathComponent + "/share/wayward"
    let environment = ProcessInfo.processInfo.environment
    if access("\(share)/terminfo", R_OK) == 0 {
      let before = environment["TERMINFO_DIRS"] ?? "/etc/terminfo:/lib/terminfo:/usr/share/terminfo"
      setenv("TERMINFO_DIRS", "\(before):\(share)/terminfo", 1)
    }
    if environment["LOCPATH"] == nil, access("\(share)/locale", R_OK) == 0 {
      setenv("LOCPATH", "\(share)/locale", 1)
    }
  }
}
