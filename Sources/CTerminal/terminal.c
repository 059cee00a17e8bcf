#define NCURSES_WIDECHAR 1
#define _GNU_SOURCE

#include "CTerminal.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#if defined(__APPLE__)
#include <util.h>
#else
#include <pty.h>
#endif

#include "guard.h"

static SCREEN *screen;
static WINDOW *keyboard;
static bool wants_mouse;
enum { PASTE_BEGIN = 0x1F01, PASTE_END };

bool wt_locale_is_utf8(void) {
  setlocale(LC_ALL, "");
  const char *codeset = nl_langinfo(CODESET);
  return strcmp(codeset, "UTF-8") == 0 || strcmp(codeset, "UTF8") == 0 || strcmp(codeset, "utf8") == 0;
}

static void emit(const char *bytes) {
  fputs(bytes, stdout);
  fflush(stdout);
}

// A terminfo string without the padding marks, which no terminal of today needs.
static void append(char *target, size_t size, const char *name) {
  const char *value = tigetstr((char *)name);
  if (value == NULL || value == (char *)-1) return;
  size_t length = strlen(target);
  for (const char *at = value; *at && length + 1 < size; at++) {
    if (at[0] == '$' && at[1] == '<') {
      const char *end = strchr(at, '>');
      if (end) {
        at = end;
        continue;
      }
    }
    target[length++] = *at;
  }
  target[length] = 0;
}

static bool is_xterm_like(void) {
  const char *name = termname();
  return name && (strstr(name, "xterm") || strstr(name, "tmux") || strstr(name, "screen") || strstr(name, "rxvt") ||
                  strstr(name, "alacritty") || strstr(name, "kitty") || strstr(name, "foot") || strstr(name, "st-"));
}

static void reports(bool on) {
  if (!is_xterm_like()) return;
  emit(on ? "\033[?2004h" : "\033[?2004l");
  if (wants_mouse || !on) emit(on ? "\033[?1002h\033[?1006h" : "\033[?1006l\033[?1002l");
}

enum wt_problem wt_open(bool mouse) {
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return WT_NOT_A_TERMINAL;
  guard_save();
  if (getenv("ESCDELAY") == NULL) set_escdelay(50);
  const char *names[] = {NULL, "xterm-256color", "vt100"};
  for (int i = 0; i < 3 && screen == NULL; i++) {
    const char *name = names[i] ? names[i] : getenv("TERM");
    if (name && *name && strcmp(name, "dumb") != 0) screen = newterm((char *)name, stdout, stdin);
  }
  if (screen == NULL) return WT_UNKNOWN_TERM;
  char restore[400] = "";
  if (is_xterm_like()) strcpy(restore, "\033[?1006l\033[?1002l\033[?2004l");
  append(restore, sizeof restore, "sgr0");
  append(restore, sizeof restore, "cnorm");
  append(restore, sizeof restore, "rmkx");
  append(restore, sizeof restore, "rmcup");
  guard_arm(restore);
  cbreak();
  noecho();
  nonl();
  curs_set(0);
  // Ctrl-Z comes as a key, so that the terminal is given back in order before the process stops.
  struct termios modes;
  tcgetattr(STDIN_FILENO, &modes);
  modes.c_cc[VSUSP] = _POSIX_VDISABLE;
  tcsetattr(STDIN_FILENO, TCSANOW, &modes);
  def_prog_mode();
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  // getch would repaint stdscr; a pad has nothing to repaint.
  keyboard = newpad(1, 1);
  keypad(keyboard, TRUE);
  nodelay(keyboard, TRUE);
  wants_mouse = mouse;
  if (mouse) {
    mousemask(ALL_MOUSE_EVENTS | REPORT_MOUSE_POSITION, NULL);
    mouseinterval(0);
  }
  define_key("\033[200~", PASTE_BEGIN);
  define_key("\033[201~", PASTE_END);
  reports(true);
  return WT_OK;
}

void wt_close(void) {
  if (screen == NULL) return;
  reports(false);
  endwin();
  delwin(keyboard);
  delscreen(screen);
  screen = NULL;
  guard_restore();
}

int wt_colors(void) { return screen && has_colors() ? COLORS : 0; }

void wt_size(int *width, int *height) {
  *width = COLS;
  *height = LINES;
}

int wt_pair(int foreground, int background) {
  // Without colour alloc_pair crashes.
  if (!has_colors()) return 0;
  int pair = alloc_pair(foreground, background);
  return pair < 0 ? 0 : pair;
}

void wt_put(int x, int y, uint32_t glyph, int pair, int attributes) {
  attr_t flags = (attributes & 1 ? A_BOLD : 0) | (attributes & 2 ? A_DIM : 0) | (attributes & 4 ? A_UNDERLINE : 0) |
                 (attributes & 8 ? A_REVERSE : 0);
  wchar_t text[2] = {(wchar_t)glyph, 0};
  cchar_t cell;
  // COLOR_PAIR holds only eight bits; the last argument holds any pair.
  if (setcchar(&cell, text, flags, 0, &pair) == OK) mvadd_wch(y, x, &cell);
}

void wt_show(void) { refresh(); }

void wt_invalidate(void) { clearok(curscr, TRUE); }

bool wt_wait(int wake, int milliseconds) {
  struct pollfd watched[2] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = wake, .events = POLLIN}};
  poll(watched, wake < 0 ? 1 : 2, milliseconds);
  if (wake >= 0 && (watched[1].revents & POLLIN)) {
    char drained[64];
    if (read(wake, drained, sizeof drained) < 0) return true;
  }
  return (watched[0].revents & (POLLHUP | POLLERR)) == 0;
}

static enum wt_input read_mouse(int *x, int *y) {
  MEVENT event;
  if (getmouse(&event) != OK) return WT_NOTHING;
  *x = event.x;
  *y = event.y;
  if (event.bstate & BUTTON4_PRESSED) return WT_WHEEL_UP;
  if (event.bstate & BUTTON5_PRESSED) return WT_WHEEL_DOWN;
  // Press and release that are read together are merged into a click.
  if (event.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED)) return WT_PRESS;
  if (event.bstate & BUTTON1_RELEASED) return WT_RELEASE;
  if (event.bstate & REPORT_MOUSE_POSITION) return WT_DRAG;
  return WT_NOTHING;
}

enum wt_input wt_read(uint32_t *code, int *x, int *y) {
  wint_t found = 0;
  int kind = wget_wch(keyboard, &found);
  if (kind == ERR) return WT_NOTHING;
  *code = (uint32_t)found;
  if (kind == OK) return WT_CHARACTER;
  static const struct {
    wint_t from;
    enum wt_key to;
  } keys[] = {
    {KEY_UP, WT_UP}, {KEY_DOWN, WT_DOWN}, {KEY_LEFT, WT_LEFT}, {KEY_RIGHT, WT_RIGHT}, {KEY_SR, WT_SHIFT_UP},
    {KEY_SF, WT_SHIFT_DOWN}, {KEY_SLEFT, WT_SHIFT_LEFT}, {KEY_SRIGHT, WT_SHIFT_RIGHT}, {KEY_BACKSPACE, WT_BACKSPACE},
    {KEY_DC, WT_DELETE}, {KEY_HOME, WT_HOME}, {KEY_END, WT_END}, {KEY_PPAGE, WT_PAGE_UP}, {KEY_NPAGE, WT_PAGE_DOWN},
    {KEY_IC, WT_INSERT}, {KEY_ENTER, WT_ENTER}, {KEY_BTAB, WT_SHIFT_TAB},
  };
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    if (found == keys[i].from) {
      *code = keys[i].to;
      return WT_KEY;
    }
  }
  if (found == KEY_RESIZE) return WT_RESIZE;
  if (found == KEY_MOUSE) return read_mouse(x, y);
  if (found == PASTE_BEGIN) return WT_PASTE_BEGIN;
  if (found == PASTE_END) return WT_PASTE_END;
  if (found >= KEY_F(1) && found <= KEY_F(12)) {
    *code = WT_FUNCTION + (uint32_t)(found - KEY_F0);
    return WT_KEY;
  }
  return WT_NOTHING;
}

void wt_mouse(bool on) {
  wants_mouse = on;
  mousemask(on ? ALL_MOUSE_EVENTS | REPORT_MOUSE_POSITION : 0, NULL);
  if (is_xterm_like()) emit(on ? "\033[?1002h\033[?1006h" : "\033[?1006l\033[?1002l");
}

void wt_suspend(void) {
  reports(false);
  endwin();
  raise(SIGSTOP);
  guard_was_continued();
  reset_prog_mode();
  curs_set(0);
  reports(true);
  wt_invalidate();
}

bool wt_was_continued(void) {
  if (!guard_was_continued()) return false;
  reset_prog_mode();
  reports(true);
  wt_invalidate();
  return true;
}

int wt_test_pty(int *master, int *slave, int width, int height) {
  struct winsize size = {.ws_row = (unsigned short)height, .ws_col = (unsigned short)width};
  return openpty(master, slave, NULL, NULL, &size);
}

int wt_test_spawn(int slave, const char *path, char *const arguments[], char *const environment[]) {
  pid_t child = fork();
  if (child != 0) return child;
  setsid();
  // As leader of its session the child makes the terminal its own, so that resizes and hang-ups reach it.
  ioctl(slave, TIOCSCTTY, 0);
  for (int descriptor = 0; descriptor < 3; descriptor++) dup2(slave, descriptor);
  for (int descriptor = 3; descriptor < 256; descriptor++) close(descriptor);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve(path, arguments, environment);
  _exit(127);
}

void wt_test_resize(int master, int width, int height) {
  struct winsize size = {.ws_row = (unsigned short)height, .ws_col = (unsigned short)width};
  ioctl(master, TIOCSWINSZ, &size);
}
