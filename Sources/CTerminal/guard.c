// Gives the terminal back however the program ends. Everything that a handler touches is prepared beforehand, and a
// handler calls only what is safe in one.
#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct termios saved_modes;
static char restore_bytes[512];
static size_t restore_length;
static atomic_int armed;
static int output = STDOUT_FILENO;
static int real_stderr = -1;
static int spool = -1;
static volatile sig_atomic_t continued;
static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT};
static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

static void write_all(int descriptor, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t count = write(descriptor, bytes, length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    bytes += count;
    length -= (size_t)count;
  }
}

// What was written to standard error while the screen was up.
static void release_stderr(void) {
  if (spool < 0) return;
  dup2(real_stderr, STDERR_FILENO);
  char buffer[1024];
  off_t offset = 0;
  ssize_t count;
  while ((count = pread(spool, buffer, sizeof buffer, offset)) > 0) {
    write_all(STDERR_FILENO, buffer, (size_t)count);
    offset += count;
  }
  close(spool);
  close(real_stderr);
  spool = real_stderr = -1;
}

static void hold_stderr(void) {
  char path[] = "/tmp/wayward-stderr-XXXXXX";
  if (!isatty(STDERR_FILENO)) return;
  spool = mkstemp(path);
  if (spool < 0) return;
  unlink(path);
  fcntl(spool, F_SETFD, FD_CLOEXEC);
  real_stderr = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
  if (real_stderr < 0 || dup2(spool, STDERR_FILENO) < 0) {
    close(spool);
    spool = -1;
  }
}

void guard_restore(void) {
  if (!atomic_exchange(&armed, 0)) return;
  write_all(output, restore_bytes, restore_length);
  tcsetattr(output, TCSANOW, &saved_modes);
  release_stderr();
}

static void name_fault(int number) {
  const char *name = "a signal";
  switch (number) {
    case SIGSEGV: name = "SIGSEGV"; break;
    case SIGBUS: name = "SIGBUS"; break;
    case SIGFPE: name = "SIGFPE"; break;
    case SIGILL: name = "SIGILL"; break;
    case SIGTRAP: name = "SIGTRAP"; break;
    case SIGABRT: name = "SIGABRT"; break;
  }
  write_all(STDERR_FILENO, "wayward: a fault of ours (", 26);
  write_all(STDERR_FILENO, name, strlen(name));
  const char *rest = "). The terminal is restored; please report it.\n";
  write_all(STDERR_FILENO, rest, strlen(rest));
}

static void on_signal(int number) {
  int saved = errno;
  int was_armed = atomic_load(&armed);
  guard_restore();
  for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
    if (number == fatal[i] && was_armed) name_fault(number);
  signal(number, SIG_DFL);
  errno = saved;
  // A fault that is returned from happens again and now ends the process; any other signal is sent again.
  raise(number);
}

static void on_continue(int number) {
  (void)number;
  continued = 1;
}

bool guard_was_continued(void) {
  bool was = continued;
  continued = 0;
  return was;
}

void guard_save(void) { tcgetattr(output, &saved_modes); }

void guard_arm(const char *bytes) {
  static char stack[65536];
  static int is_installed;
  restore_length = strlen(bytes);
  if (restore_length > sizeof restore_bytes) restore_length = sizeof restore_bytes;
  memcpy(restore_bytes, bytes, restore_length);
  hold_stderr();
  atomic_store(&armed, 1);
  // A stack overflow needs a stack of its own to be handled on.
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigfillset(&action.sa_mask);
  action.sa_handler = on_signal;
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) sigaction(fatal[i], &action, NULL);
  for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
    struct sigaction old;
    // A signal that the parent chose to ignore, as nohup does, stays ignored.
    if (sigaction(ending[i], NULL, &old) == 0 && old.sa_handler == SIG_IGN) continue;
    sigaction(ending[i], &action, NULL);
  }
  action.sa_handler = on_continue;
  action.sa_flags = SA_RESTART;
  sigaction(SIGCONT, &action, NULL);
  if (!is_installed) atexit(guard_restore);
  is_installed = 1;
}
