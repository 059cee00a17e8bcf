/// Something done with the mouse.
public struct MouseEvent: Hashable, Sendable {
  /// What was done.
  public enum Kind: Hashable, Sendable {
    /// The button went down; a quick click is only this.
    case press
    /// The mouse moved with the button down.
    case drag
    /// The button went up.
    case release
    /// One notch of the wheel, away from the user.
    case scrollUp
    /// One notch of the wheel, towards the user.
    case scrollDown
  }

  /// The cell under the pointer.
  public var point: Point
  /// What was done there.
  public var kind: Kind

  /// An event of `kind` at `point`.
  public init(_ kind: Kind, at point: Point) {
    (self.kind, self.point) = (kind, point)
  }
}

/// What comes from the user and the terminal.
public enum InputEvent: Hashable, Sendable {
  /// A key.
  case key(Key)
  /// The mouse, where it is switched on.
  case mouse(MouseEvent)
  /// The screen's size; the first event of every run.
  case resize(Size)
  /// Text that was pasted; untrusted, so no key of it acts.
  case paste(String)
  /// The program was stopped and goes on.
  case resumed
}

/// What a scene is told.
public enum Event<Message: Sendable>: Sendable {
  /// The user or the terminal.
  case input(InputEvent)
  /// Time that has passed since the last tick, in seconds.
  case tick(elapsedSeconds: Double)
  /// A result of work that the scene had asked for.
  case message(Message)
}

/// What a scene asks for.
public enum Effect<Message: Sendable>: Sendable {
  /// Work for a background thread; its result comes back as a message.
  case work(@Sendable () -> Message)
  /// Long work for a background thread that posts any number of messages.
  case stream(@Sendable (_ post: @escaping @Sendable (Message) -> Void) -> Void)
  /// Leave the loop.
  case quit
  /// Stop the program as Ctrl-Z does, until the shell continues it.
  case suspend
  /// Draw everything anew, for a screen that something else has written on.
  case redraw
  /// Listen to the mouse, or leave it to the terminal.
  case setMouse(Bool)
  /// Send text to the terminal for its clipboard.
  case copy(String)
  /// Sound the bell.
  case bell
}

/// One of the program's screens: a value that events change and that draws itself.
public protocol Scene {
  /// What the scene's own work tells it.
  associatedtype Message: Sendable
  /// Takes in an event.
  /// - Returns: what is to be done about it.
  mutating func update(_ event: Event<Message>) -> [Effect<Message>]
  /// Draws the scene; the canvas is blank before.
  func draw(into canvas: inout Canvas)
  /// Seconds between two ticks while something moves; nil while nothing does, so that the program may sleep.
  var frameInterval: Double? { get }
}

extension Scene {
  /// Nothing moves.
  public var frameInterval: Double? { nil }
}
