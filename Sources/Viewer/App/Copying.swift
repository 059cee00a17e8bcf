import TerminalUI

/// Sending an account to the clipboard. No terminal says whether it took it, so neither does this; asked for once more,
/// the text is shown.
struct Copying: Part {
  /// What comes of it.
  struct Upshot {
    var text: String?
    var words: String?
    var panel: TextPanel?
  }

  private var route = ClipboardRoute.terminal
  private var sent: String?

  /// Learns how text gets from here to a clipboard.
  mutating func adopt(_ route: ClipboardRoute) { self.route = route }

  /// Something else was done: what is asked for next is another account.
  mutating func forget() { sent = nil }

  /// Sends an account. Asked for twice in a row it shows what it sent, though what is shown may have moved on by itself.
  /// - Parameters:
  ///   - key: what asks for it.
  ///   - width: columns for the words on it.
  mutating func send(_ account: String?, key: String, width: Int) -> Upshot {
    if let sent { return Upshot(text: sent, panel: panel(sent)) }
    guard let account else { return Upshot(words: "There is no step here to copy an account of.") }
    sent = account
    let (long, short) =
      switch route {
      case .terminal:
        ("Sent to the terminal, for its clipboard; \(key) again shows the text.", "Sent to the terminal; ")
      case .tmux: ("Sent to tmux, which needs: set -g set-clipboard on; \(key) shows the text.", "Sent to tmux; ")
      case .screen: ("Sent through screen to the terminal; \(key) again shows the text.", "Sent through screen; ")
      }
    return Upshot(text: account, words: long.count < width ? long : short + "\(key) shows the text.")
  }

  private func panel(_ account: String) -> TextPanel {
    let advice =
      switch route {
      case .terminal: "Where the terminal lets programs write to its clipboard (OSC 52), the text is there."
      case .tmux:
        "tmux hands text on to the clipboard of its terminal after: tmux set -g set-clipboard on"
      case .screen:
        "GNU screen hands it on; its terminal must let programs write to its clipboard (OSC 52)."
      }
    let text = account.split(separator: "\n", omittingEmptySubsequences: false).map {
      TextPanel.Block.paragraph(String($0), .text)
    }
    return TextPanel(
      title: "To copy",
      blocks: text + [
        .gap, .paragraph(advice, .dim), .paragraph("Else select it here: M leaves the mouse to the terminal.", .dim),
      ])
  }
}
