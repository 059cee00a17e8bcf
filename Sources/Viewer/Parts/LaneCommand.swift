import TerminalUI

/// The lanes below a board.
enum LanesCommand: PartCommand {
  case lanes

  static let keys: [Binding<LanesCommand>] = [
    .init("H", .lanes, "Panels", "choose the lanes")
  ]
}

/// The chooser of lanes.
enum LaneChooserCommand: PartCommand {
  case toggle, up, down, earlier, later, all, usual, back

  static let keys: [Binding<LaneChooserCommand>] = [
    .init("Space", .toggle, "Lanes", "show or hide a lane", footer: "on/off"),
    .init("Up k", .up, "Lanes", "choose a lane", footer: "choose"),
    .init("Down j", .down, "Lanes", "choose a lane", footer: "choose"),
    .init("Left h", .earlier, "Lanes", "earlier or later in the order", footer: "order"),
    .init("Right l", .later, "Lanes", "earlier or later in the order", footer: "order"),
    .init("a", .all, "Lanes", "show all lanes", footer: "all"),
    .init("BS", .usual, "Lanes", "as many as fit, in the usual order", footer: "usual"),
    .init("Esc H q Enter", .back, "Lanes", "close", footer: "close"),
  ]
}
