import CTerminal

/// What is written to standard error if this process ends by a fault, so that what it did can be done again.
///
/// For processes that open no screen; from the main thread only.
public func setLastWord(_ text: String) { fault_note(text) }
