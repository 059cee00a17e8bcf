/// What the mouse did, and where.
public struct MouseEvent: Hashable, Sendable {
  /// What it did.
  public enum Kind: Hashable, Sendable { case press, drag, release, scrollUp, scrollDown }

  /// Where.
  public var point: Point
  /// What.
  public var kind: Kind

  /// What the mouse did, and where.
  public init(_ kind: Kind, at point: Point) {
    self.kind = kind
    self.point = point
  }
}

/// What comes from the terminal.
public enum InputEvent: Hashable, Sendable {
  case key(Key)
  case mouse(MouseEvent)
  case resize(Size)
  case paste(String)
  /// The program was stopped and goes on.
  case resumed
}

/// What a scene is told.
public enum Event<Message: Sendable>: Sendable {
  case input(InputEvent)
  /// A frame of an animation is due.
  case tick
  /// Slow work came back.
  case message(Message)
}

/// What a scene asks for.
public enum Effect<Message: Sendable>: Sendable {
  /// Slow work on another thread that comes back as a message.
  case work(@Sendable () -> Message)
  /// Long work on another thread that posts messages as it goes.
  case stream(@Sendable (_ post: @escaping @Sendable (Message) -> Void) -> Void)
  case quit
  case suspend
  case redraw
  case setMouse(Bool)
}

/// Something on a screen: a value that events change and that draws itself.
public protocol Scene {
  associatedtype Message: Sendable
  /// Takes an event and says what should follow.
  mutating func update(_ event: Event<Message>) -> [Effect<Message>]
  /// Draws the whole canvas.
  func draw(into canvas: inout Canvas)
  /// Seconds between two ticks while something moves; `nil` while nothing does, and then nothing costs anything.
  var frameInterval: Double? { get }
}

extension Scene {
  /// The scene as it looks at a size.
  public func picture(size: Size) -> Canvas {
    var canvas = Canvas(size: size)
    draw(into: &canvas)
    return canvas
  }

  /// Feeds keys to the scene without a terminal. Work is done on the spot; a stream is left out.
  /// - Parameter ticks: how many frames of animation pass before the first key, so that what loads has loaded.
  public mutating func drive(_ keys: [Key], ticks: Int = 2) {
    for _ in 0..<ticks where frameInterval != nil { settle(update(.tick)) }
    for key in keys { settle(update(.input(.key(key)))) }
  }

  private mutating func settle(_ effects: [Effect<Message>]) {
    for case .work(let work) in effects { settle(update(.message(work()))) }
  }
}
