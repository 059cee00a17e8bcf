// ncursesw behind a few functions, and the restoration of the terminal however the program ends.
#pragma once

#include <stdbool.h>
#include <stdint.h>

/// What went wrong in wt_open.
enum wt_problem { WT_OK, WT_NOT_A_TERMINAL, WT_UNKNOWN_TERM };

/// What wt_read found.
enum wt_input {
  WT_NOTHING, WT_CHARACTER, WT_KEY, WT_PRESS, WT_DRAG, WT_RELEASE, WT_WHEEL_UP, WT_WHEEL_DOWN, WT_RESIZE,
  WT_PASTE_BEGIN, WT_PASTE_END, WT_CLOSED
};

/// The special keys, as the code of a WT_KEY.
enum wt_key {
  WT_UP, WT_DOWN, WT_LEFT, WT_RIGHT, WT_SHIFT_UP, WT_SHIFT_DOWN, WT_SHIFT_LEFT, WT_SHIFT_RIGHT, WT_BACKSPACE,
  WT_DELETE, WT_HOME, WT_END, WT_PAGE_UP, WT_PAGE_DOWN, WT_INSERT, WT_ENTER, WT_SHIFT_TAB, WT_FUNCTION
};

/// Whether the locale of the environment shows UTF-8. Sets the locale.
bool wt_locale_is_utf8(void);

/// Opens the screen on standard input and output and arms the guard. One screen at a time.
enum wt_problem wt_open(bool mouse);
/// Closes it, restores the terminal and lets what was written to standard error meanwhile through.
void wt_close(void);

/// How many colours there are; 0 for none.
int wt_colors(void);
/// The size, from the terminal.
void wt_size(int *width, int *height);
/// A colour pair, 0 where there is none to be had. -1 is the terminal's own colour.
int wt_pair(int foreground, int background);
/// Sets a cell: attributes are bits, 1 bold, 2 dim, 4 underline, 8 reverse.
void wt_put(int x, int y, uint32_t glyph, int pair, int attributes);
/// Shows what was put.
void wt_show(void);
/// Forgets what is on the screen, so that the next wt_show draws all of it.
void wt_invalidate(void);
/// Waits for input or for a byte on `wake`, at most so many milliseconds; -1 without end. Says whether there is input.
bool wt_wait(int wake, int milliseconds);
/// Reads one event without waiting.
enum wt_input wt_read(uint32_t *code, int *x, int *y);
/// Switches reports of the mouse on or off.
void wt_mouse(bool on);
/// Hands the terminal back and stops the process, as Ctrl-Z does; returns when it goes on.
void wt_suspend(void);
/// Whether the process was stopped and goes on since the last call.
bool wt_was_continued(void);

/// A pseudo-terminal pair for tests: returns 0, and the two descriptors.
int wt_test_pty(int *master, int *slave, int width, int height);
/// Starts a program with the other end of a pseudo-terminal as its own terminal; the process, or -1.
int wt_test_spawn(int slave, const char *path, char *const arguments[], char *const environment[]);
/// Sets a pseudo-terminal's size.
void wt_test_resize(int master, int width, int height);
