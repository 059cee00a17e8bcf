// The terminal behind a few functions. No ncurses header is needed to use them.
#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// MARK: The guard (guard.c): whatever ends or stops the process, the terminal is given back as it was.

/// Remembers the settings of the terminal at `descriptor`, catches the signals that end or stop a process, and keeps
/// what is written to standard error, if that is a terminal, until the screen is left.
/// `wake` is a descriptor that gets a byte when the process was continued or the window changed; -1 for none.
/// Returns false if `descriptor` is no terminal or the guard is already on.
bool guard_begin(int descriptor, int wake, const char *program);

/// Bytes of what is written on entering or leaving the screen, the last of which ends it: the database's own limit.
enum { GUARD_SEQUENCE_LIMIT = 4096 };

/// What to write on entering and on leaving the screen, each below the limit; what is longer is left out whole.
void guard_set_sequences(const char *enter, const char *leave);

/// Remembers the present settings of the terminal as those of the screen, for the return from a stop.
void guard_keep_settings(void);

/// Takes the handlers back that `newterm` may have replaced, and wakes the loop after a change of the window, which
/// ncurses' own handler is told as well.
void guard_reclaim(void);

/// Gives the terminal back, puts the old handlers in place and replays standard error.
void guard_end(void);

/// Whether the process was stopped and goes on, or something else may have changed the screen; asking clears it.
bool guard_was_resumed(void);

/// Enters the screen again after a stop.
void guard_reenter(void);

/// Holds a stop by Ctrl-Z off while a frame is written, so that it is not torn.
void guard_hold(bool is_held);

/// Stops the process group, as Ctrl-Z does.
void guard_suspend(void);

/// Prepares the calling thread: it takes no signal but its own faults, and those on a stack of their own, even when
/// the thread's has run out. Give the result to `guard_thread_end` on the same thread.
void *guard_thread_begin(void);
void guard_thread_end(void *stack);

/// What is written to standard error, after the screen was left, if a signal like Ctrl-C ends the process; 511 bytes
/// count. From any one thread.
void guard_set_farewell(const char *text);

// MARK: Interruption (interruption.c), for a process without a screen.

/// Listens for the first two of SIGINT, SIGTERM and SIGHUP, as far as they are not ignored, but for those that follow the
/// first within a moment; a third one ends the process as if nobody listened. To be called once; false where the system
/// has no pipe.
bool interruption_begin(void);

/// Waits until the next one comes and returns its number; 0 where it cannot come.
int interruption_wait(void);

/// Ends the process by a signal.
void interruption_end(int signal);

// MARK: A last word (note.c), for a process without a screen.

/// Writes `text`, of which 511 bytes count, to standard error if the process ends by a fault; each call replaces the
/// text of the one before. From the calling thread only.
void fault_note(const char *text);

// MARK: The screen (screen.c): the only code that calls ncurses.

/// The attributes of a cell, in the order of the bits.
enum { SCREEN_BOLD = 1, SCREEN_DIM = 2, SCREEN_ITALIC = 4, SCREEN_UNDERLINE = 8, SCREEN_REVERSE = 16 };

/// Sets the character encoding of the process from the environment, or to UTF-8 where `wants_utf8` and the
/// environment's locale is not installed. Returns whether it is UTF-8.
bool screen_locale(bool wants_utf8);

/// Opens the screen on two descriptors. Returns false if `type` is not in the terminal database.
/// With `wants_rgb` a terminal description of our own is used, with 24 bits of colour.
bool screen_open(const char *type, int input, int output, bool wants_color, bool wants_rgb);
void screen_close(void);

/// Colours that can be shown: 0, 8, 16, 256 or 1 << 24.
int screen_colors(void);
void screen_size(int *width, int *height);
/// Takes over the size that the terminal reports; whether it is another one.
bool screen_take_size(void);
/// What the terminal database says of a string of this terminal; NULL where it says nothing.
const char *screen_capability(const char *name);

/// Sets a cell. Colours are -1 for the default, an index, or 0xRRGGBB where there are 24 bits.
void screen_put(int x, int y, uint32_t glyph, int attributes, int foreground, int background);
/// The columns that a scalar takes here; -1 of one that cannot be shown.
int screen_columns(uint32_t scalar);
/// Shows what was put, in brackets of synchronised output if asked.
void screen_flush(bool is_synchronized);
/// Makes the next flush write everything; with `forgets` all cells become blank before.
void screen_repaint(bool forgets);
/// Whether so many pairs of colours are in use that all cells should be put anew.
bool screen_needs_new_pairs(void);
void screen_renew_pairs(void);
void screen_ring(void);
/// Writes a control string past ncurses, which has no word for it. Returns false, and writes nothing, where the terminal
/// may not know such strings and would show their letters.
bool screen_send_string(const char *text);

/// Writes the sequences that enter and leave the screen, with those of the mouse, for the guard.
void screen_prepare_guard(bool has_mouse);

// MARK: A terminal for tests (pty.c).

/// Opens both ends of a new terminal and writes the path of its slave; reading from the master does not wait.
bool pty_open(int *master, int *slave, char *path, size_t limit);
/// Starts a program with a slave as its own terminal; the process, or -1.
int pty_spawn(int slave, const char *path, char *const arguments[], char *const environment[]);
/// Changes the size that the terminal reports.
void pty_resize(int slave, int width, int height);

#endif
