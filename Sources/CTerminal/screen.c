// All that calls ncurses.
#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "CTerminal.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

extern const char screen_rgb_type[], screen_rgb_description[];

enum { pair_limit = 60000 };

static struct {
  SCREEN *screen;
  FILE *input, *output;
  int colors, last_pair;
} open_screen;

bool screen_locale(bool wants_utf8) {
  setlocale(LC_CTYPE, "");
  for (const char *const *name = (const char *const[]){"C.UTF-8", "en_US.UTF-8", NULL}; *name; name++) {
    const char *codeset = nl_langinfo(CODESET);
    if (strcasecmp(codeset, "UTF-8") == 0 || strcasecmp(codeset, "UTF8") == 0) return true;
    if (!wants_utf8) return false;
    setlocale(LC_CTYPE, *name);
  }
  return strcasecmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static FILE *stream(int descriptor, const char *mode) {
  int copy = dup(descriptor);
  return copy < 0 ? NULL : fdopen(copy, mode);
}

/// `newterm` with our own description, which goes through the environment and leaves no trace there.
static SCREEN *new_rgb_screen(void) {
  const char *present = getenv("TERMINFO");
  char *kept = present ? strdup(present) : NULL;
  setenv("TERMINFO", screen_rgb_description, 1);
  SCREEN *screen = newterm(screen_rgb_type, open_screen.output, open_screen.input);
  if (kept) setenv("TERMINFO", kept, 1);
  else unsetenv("TERMINFO");
  free(kept);
  return screen;
}

static void close_streams(void) {
  if (open_screen.input) fclose(open_screen.input);
  if (open_screen.output) fclose(open_screen.output);
  memset(&open_screen, 0, sizeof open_screen);
}

bool screen_open(const char *type, int input, int output, bool wants_color, bool wants_rgb) {
  if (open_screen.screen) return false;
  open_screen.input = stream(input, "r");
  open_screen.output = stream(output, "w");
  // The size is the terminal's; what a shell exported is that of another moment, and would outweigh it.
  unsetenv("LINES");
  unsetenv("COLUMNS");
  if (open_screen.input && open_screen.output) {
    if (wants_rgb) open_screen.screen = new_rgb_screen();
    else open_screen.screen = newterm(type, open_screen.output, open_screen.input);
  }
  if (!open_screen.screen) {
    close_streams();
    return false;
  }
  set_term(open_screen.screen);
  cbreak();
  noecho();
  nonl();
  curs_set(0);
  leaveok(stdscr, TRUE);
  if (wants_color && has_colors()) {
    start_color();
    open_screen.colors = use_default_colors() == OK ? COLORS : 0;
  }
  // Input is read past ncurses: this makes the terminal send its keys as the database says they are, and frames whole
  // though more input waits.
  keypad(stdscr, TRUE);
  typeahead(-1);
  return true;
}

void screen_close(void) {
  if (!open_screen.screen) return;
  delscreen(open_screen.screen);
  close_streams();
}

int screen_colors(void) { return open_screen.colors; }

void screen_size(int *width, int *height) { getmaxyx(stdscr, *height, *width); }

bool screen_take_size(void) {
  struct winsize size;
  if (ioctl(fileno(open_screen.output), TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return false;
  int width, height;
  screen_size(&width, &height);
  if (width == size.ws_col && height == size.ws_row) return false;
  resize_term(size.ws_row, size.ws_col);
  return true;
}

const char *screen_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (const char *)-1 ? NULL : value;
}

void screen_put(int x, int y, uint32_t glyph, int attributes, int foreground, int background) {
  attr_t look = A_NORMAL;
  if (attributes & SCREEN_BOLD) look |= A_BOLD;
  if (attributes & SCREEN_DIM) look |= A_DIM;
  if (attributes & SCREEN_ITALIC) look |= A_ITALIC;
  if (attributes & SCREEN_UNDERLINE) look |= A_UNDERLINE;
  if (attributes & SCREEN_REVERSE) look |= A_REVERSE;
  int pair = 0;
  if (open_screen.colors > 0 && (foreground >= 0 || background >= 0)) {
    pair = alloc_pair(foreground, background);
    if (pair < 0) pair = 0;
    if (pair > open_screen.last_pair) open_screen.last_pair = pair;
  }
  wchar_t text[2] = {(wchar_t)glyph, 0};
  cchar_t cell;
  setcchar(&cell, text, look, 0, &pair);
  mvadd_wch(y, x, &cell);  // ERR in the last corner, where the cursor cannot move on, yet the cell is set
}

int screen_columns(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

static void send(const char *text) {
  size_t count = strlen(text);
  while (count > 0) {
    ssize_t written = write(fileno(open_screen.output), text, count);
    if (written <= 0) return;
    text += written;
    count -= (size_t)written;
  }
}

void screen_flush(bool is_synchronized) {
  guard_hold(true);
  if (is_synchronized) send("\033[?2026h");
  wnoutrefresh(stdscr);
  doupdate();
  if (is_synchronized) send("\033[?2026l");
  guard_hold(false);
}

void screen_repaint(bool forgets) {
  if (forgets) werase(stdscr);
  clearok(curscr, TRUE);
}

bool screen_needs_new_pairs(void) { return open_screen.last_pair > pair_limit; }

void screen_renew_pairs(void) {
  werase(stdscr);
  reset_color_pairs();
  open_screen.last_pair = 0;
}

void screen_ring(void) { beep(); }

bool screen_send_string(const char *text) {
  const char *page = open_screen.screen ? screen_capability("smcup") : NULL;
  if (!page || !strstr(page, "1049")) return false;
  guard_hold(true);
  send(text);
  guard_hold(false);
  return true;
}

/// Appends a sequence without the `$<5>` marks that ask for a pause; one that does not fit is left out whole, since a
/// part of it would be shown as letters.
static void add(char text[GUARD_SEQUENCE_LIMIT], const char *value) {
  if (!value) return;
  size_t start = strlen(text), length = start;
  while (*value) {
    if (value[0] == '$' && value[1] == '<') {
      while (*value && *value != '>') value++;
      if (*value) value++;
    } else if (length + 1 == GUARD_SEQUENCE_LIMIT) {
      length = start;
      break;
    } else {
      text[length++] = *value++;
    }
  }
  text[length] = 0;
}

void screen_prepare_guard(bool has_mouse) {
  char enter[GUARD_SEQUENCE_LIMIT] = "", leave[GUARD_SEQUENCE_LIMIT] = "";
  const char *page = screen_capability("smcup");
  bool is_xterm = page && strstr(page, "1049");
  for (const char *const *name = (const char *const[]){"smcup", "smkx", "civis", NULL}; *name; name++) {
    add(enter, screen_capability(*name));
  }
  if (is_xterm) {
    const char *modes = has_mouse ? "\033[?2004h\033[?1002h\033[?1006h" : "\033[?2004h\033[?1002l\033[?1006l";
    add(enter, modes);
    send(modes);
    add(leave, "\033[?2026l\033[?1002l\033[?1006l\033[?2004l");
  }
  for (const char *const *name = (const char *const[]){"rmkx", "sgr0", "op", "cnorm", "rmcup", NULL}; *name; name++) {
    add(leave, screen_capability(*name));
  }
  if (!page) add(leave, "\r\n");
  guard_set_sequences(enter, leave);
}
