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
#include <term.h>
#include <unistd.h>
#include <wchar.h>

extern const char screen_rgb_type[], screen_rgb_description[];

enum { own_keys = 3000, pair_limit = 60000 };

static struct {
  SCREEN *screen;
  WINDOW *reader;
  FILE *input, *output;
  int colors, last_pair;
} open_screen;

/// Sequences that terminals send but that their descriptions may lack.
static const struct { const char *sequence; uint32_t key; } sequences[] = {
  {"\033[<", SCREEN_MOUSE}, {"\033[200~", SCREEN_PASTE_BEGIN}, {"\033[201~", SCREEN_PASTE_END},
  {"\033[A", SCREEN_UP}, {"\033[B", SCREEN_DOWN}, {"\033[C", SCREEN_RIGHT}, {"\033[D", SCREEN_LEFT},
  {"\033OA", SCREEN_UP}, {"\033OB", SCREEN_DOWN}, {"\033OC", SCREEN_RIGHT}, {"\033OD", SCREEN_LEFT},
  {"\033[1;2A", SCREEN_SHIFT_UP}, {"\033[1;2B", SCREEN_SHIFT_DOWN},
  {"\033[1;2C", SCREEN_SHIFT_RIGHT}, {"\033[1;2D", SCREEN_SHIFT_LEFT},
  {"\033[1~", SCREEN_HOME}, {"\033[4~", SCREEN_END}, {"\033[7~", SCREEN_HOME}, {"\033[8~", SCREEN_END},
  {"\033[H", SCREEN_HOME}, {"\033[F", SCREEN_END}, {"\033OH", SCREEN_HOME}, {"\033OF", SCREEN_END},
  {"\033[2~", SCREEN_INSERT}, {"\033[3~", SCREEN_DELETE}, {"\033[5~", SCREEN_PAGE_UP}, {"\033[6~", SCREEN_PAGE_DOWN},
  {"\033[Z", SCREEN_SHIFT_TAB}, {"\033OM", SCREEN_ENTER},
  {"\033OP", SCREEN_FUNCTION + 1}, {"\033OQ", SCREEN_FUNCTION + 2}, {"\033OR", SCREEN_FUNCTION + 3},
  {"\033OS", SCREEN_FUNCTION + 4}, {"\033[11~", SCREEN_FUNCTION + 1}, {"\033[12~", SCREEN_FUNCTION + 2},
  {"\033[13~", SCREEN_FUNCTION + 3}, {"\033[14~", SCREEN_FUNCTION + 4}, {"\033[15~", SCREEN_FUNCTION + 5},
};

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

bool screen_open(const char *type, int input, int output, int escape_delay, bool wants_color, bool wants_rgb) {
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
  set_escdelay(escape_delay);
  cbreak();
  noecho();
  nonl();
  curs_set(0);
  leaveok(stdscr, TRUE);
  if (wants_color && has_colors()) {
    start_color();
    open_screen.colors = use_default_colors() == OK ? COLORS : 0;
  }
  open_screen.reader = newpad(1, 1);
  keypad(open_screen.reader, TRUE);
  for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++) {
    define_key(sequences[i].sequence, own_keys + (int)i);
  }
  // Arrows with Alt or Ctrl act as arrows: an unknown sequence would otherwise be a burst of commands.
  static const struct { char letter; uint32_t index; } arrows[] = {{'A', 3}, {'B', 4}, {'C', 5}, {'D', 6}};
  for (size_t i = 0; i < 4; i++) {
    for (char modifier = '3'; modifier <= '8'; modifier++) {
      char sequence[] = {'\033', '[', '1', ';', modifier, arrows[i].letter, 0};
      define_key(sequence, own_keys + (int)arrows[i].index);
    }
  }
  return true;
}

void screen_close(void) {
  if (!open_screen.screen) return;
  delwin(open_screen.reader);
  delscreen(open_screen.screen);
  close_streams();
}

int screen_colors(void) { return open_screen.colors; }

void screen_size(int *width, int *height) { getmaxyx(stdscr, *height, *width); }

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

bool screen_fits(uint32_t scalar) { return wcwidth((wchar_t)scalar) == 1; }

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
  const char *page = tigetstr("smcup");
  if (!open_screen.screen || !page || page == (const char *)-1 || !strstr(page, "1049")) return false;
  guard_hold(true);
  send(text);
  guard_hold(false);
  return true;
}

static uint32_t known_key(wint_t code) {
  if (code >= own_keys && code < own_keys + sizeof sequences / sizeof sequences[0]) {
    return sequences[code - own_keys].key;
  }
  switch (code) {
    case KEY_UP: return SCREEN_UP;
    case KEY_DOWN: return SCREEN_DOWN;
    case KEY_LEFT: return SCREEN_LEFT;
    case KEY_RIGHT: return SCREEN_RIGHT;
    case KEY_SR: return SCREEN_SHIFT_UP;
    case KEY_SF: return SCREEN_SHIFT_DOWN;
    case KEY_SLEFT: return SCREEN_SHIFT_LEFT;
    case KEY_SRIGHT: return SCREEN_SHIFT_RIGHT;
    case KEY_ENTER: return SCREEN_ENTER;
    case KEY_BACKSPACE: return SCREEN_BACKSPACE;
    case KEY_DC: return SCREEN_DELETE;
    case KEY_BTAB: return SCREEN_SHIFT_TAB;
    case KEY_HOME: return SCREEN_HOME;
    case KEY_END: return SCREEN_END;
    case KEY_PPAGE: return SCREEN_PAGE_UP;
    case KEY_NPAGE: return SCREEN_PAGE_DOWN;
    case KEY_IC: return SCREEN_INSERT;
    case KEY_RESIZE: return SCREEN_RESIZE;
    default: break;
  }
  if (code > KEY_F0 && code <= KEY_F(63)) return SCREEN_FUNCTION + (code - KEY_F0);
  return SCREEN_OTHER;
}

/// Takes the rest of a control sequence that nobody knows, whose letters would otherwise act as keys.
static void skip_sequence(void) {
  wint_t next;
  for (int i = 0; i < 32; i++) {
    int kind = wget_wch(open_screen.reader, &next);
    if (kind != OK || (next >= 0x40 && next <= 0x7E)) return;
  }
}

uint32_t screen_read(int wait) {
  wint_t code = 0;
  wtimeout(open_screen.reader, wait);
  int kind = wget_wch(open_screen.reader, &code);
  if (kind == KEY_CODE_YES) return known_key(code);
  if (kind != OK || code >= 0x200000) return SCREEN_NONE;
  if (code == 0) return SCREEN_OTHER;
  if (code != 27) return code;
  wint_t next = 0;
  wtimeout(open_screen.reader, 0);
  kind = wget_wch(open_screen.reader, &next);
  if (kind == OK && (next == '[' || next == 'O')) {
    skip_sequence();
    return SCREEN_OTHER;
  }
  if (kind == OK) unget_wch((wchar_t)next);
  else if (kind == KEY_CODE_YES) ungetch((int)next);
  return 27;
}

/// Appends a capability without the `$<5>` marks that ask for a pause.
static void add_capability(char *text, size_t limit, const char *name) {
  const char *value = tigetstr(name);
  if (!value || value == (const char *)-1) return;
  size_t length = strlen(text);
  while (*value && length + 1 < limit) {
    if (value[0] == '$' && value[1] == '<') {
      while (*value && *value != '>') value++;
      if (*value) value++;
    } else {
      text[length++] = *value++;
    }
  }
  text[length] = 0;
}

void screen_prepare_guard(bool has_mouse) {
  char enter[512] = "", leave[512] = "";
  const char *page = tigetstr("smcup");
  bool is_xterm = page && page != (const char *)-1 && strstr(page, "1049");
  for (const char *const *name = (const char *const[]){"smcup", "smkx", "civis", NULL}; *name; name++) {
    add_capability(enter, sizeof enter, *name);
  }
  if (is_xterm) {
    const char *modes = has_mouse ? "\033[?2004h\033[?1002h\033[?1006h" : "\033[?2004h\033[?1002l\033[?1006l";
    strcat(enter, modes);
    send(modes);
    strcat(leave, "\033[?2026l\033[?1002l\033[?1006l\033[?2004l");
  }
  for (const char *const *name = (const char *const[]){"rmkx", "sgr0", "op", "cnorm", "rmcup", NULL}; *name; name++) {
    add_capability(leave, sizeof leave, *name);
  }
  if (!page || page == (const char *)-1) strcat(leave, "\r\n");
  guard_set_sequences(enter, leave);
}
