import CTerminal

/// What is written to standard error if this process ends by a fault, so that what it did can be done again.
///
/// For processes that open no screen; from the main thread only.
public func setLastWord(_ text: String) { fault_note(text) }

/// What is written to standard error if a signal like Ctrl-C ends this process while a screen is open; empty for nothing.
///
/// From one thread at a time.
public func setFarewell(_ text: String) { guard_set_farewell(text) }
