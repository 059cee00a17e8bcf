/// A part of a room, or of the program: a value whose state it alone writes.
///
/// It knows no room. A room asks it with the commands of a ``PartCommand``, hands it what it has to know, and reads what
/// there is to say; what it wants done on other threads it says as ``Wish``es of its own.
protocol Part: Sendable {}
