// Internal to this target: the restoration of the terminal.
#pragma once

#include <stdbool.h>
#include <termios.h>

/// Remembers the terminal's modes; call before ncurses changes them.
void guard_save(void);
/// From now on every end of the process writes these bytes and sets the modes that were saved.
void guard_arm(const char *restore);
/// Does so now, once.
void guard_restore(void);
/// Whether SIGCONT came since the last call.
bool guard_was_continued(void);
