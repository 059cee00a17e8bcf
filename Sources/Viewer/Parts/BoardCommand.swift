import TerminalUI

/// What else is drawn on and beside a board.
enum BoardCommand: PartCommand {
  case heat, heatBack, sight, zoomIn, zoomOut, inspectorPanel, legendPanel, maximize, arrows, inspect, ask, endAsking

  static let keys: [Binding<BoardCommand>] = [
    .init("v", .heat, "Look", "heat: values, visits, entropy, …", footer: "heat"),
    .init("V", .heatBack, "Look", "the heat before, none"),
    .init("f", .sight, "Look", "what the agent sees"),
    .init("z", .zoomIn, "Look", "zoom in, up to π in every cell"),
    .init("Z", .zoomOut, "Look", "zoom out, down to half blocks"),
    .init("I", .inspectorPanel, "Panels", "inspector on or off"),
    .init("L", .legendPanel, "Panels", "legend on or off"),
    .init("F", .maximize, "Panels", "the board alone"),
  ]

  static let arrowing: [Binding<BoardCommand>] = [
    .init("p", .arrows, "Look", "policy in every cell, as things are", footer: "policy")
  ]

  static let asking: [Binding<BoardCommand>] = [
    .init("W", .ask, "What if", "ask the policy: a goal's object elsewhere", footer: "ask")
  ]

  static let asked: [Binding<BoardCommand>] = [
    .init("W", .ask, "What if", "ask the policy: the next place, the next goal, the end", footer: "next place"),
    .init("Esc", .endAsking, "What if", "everything where it lies", footer: "as it is"),
  ]

  static let inspecting: [Binding<BoardCommand>] = [
    .init("Enter", .inspect, "Look", "inspect a cell", footer: "cell")
  ]
}

/// Moving from cell to cell while one is inspected.
enum CellCommand: PartCommand {
  case up, down, left, right, inspect

  static let keys: [Binding<CellCommand>] = [
    .init("Up k", .up, "Cell", "the cell above", footer: "move"),
    .init("Down j", .down, "Cell", "the cell below", footer: "move"),
    .init("Left h", .left, "Cell", "the cell to the left", footer: "move"),
    .init("Right l", .right, "Cell", "the cell to the right", footer: "move"),
    .init("Enter Esc", .inspect, "Cell", "leave the cell", footer: "leave"),
  ]
}
