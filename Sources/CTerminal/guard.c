// Gives the terminal back, whatever happens. Handlers call only what is safe in a handler (see signal-safety(7)),
// and what they write was prepared before.
#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { farewell_limit = 512, replay_limit = 1 << 16, stack_size = 1 << 16 };

static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP};
enum { ending_count = sizeof ending / sizeof ending[0] };

static struct {
  int descriptor, wake, spool, real_error;
  struct termios before, during;
  bool has_during;
  char enter[GUARD_SEQUENCE_LIMIT], leave[GUARD_SEQUENCE_LIMIT], farewell[farewell_limit], report[256];
  size_t enter_length, leave_length;
  struct sigaction old[ending_count], old_stop, old_continue, old_window;
  bool watches_window, traces;
  void *stack;
} guard = {.descriptor = -1, .spool = -1, .real_error = -1, .wake = -1};

static atomic_bool is_on;
static atomic_bool was_resumed;

static void write_all(int descriptor, const char *bytes, size_t count) {
  int patience = 200;
  while (count > 0) {
    ssize_t written = write(descriptor, bytes, count);
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
    } else if (written < 0 && errno == EINTR) {
      continue;
    } else if (written < 0 && errno == EAGAIN && patience-- > 0) {
      struct timespec pause = {0, 1000000};
      nanosleep(&pause, NULL);
    } else {
      return;
    }
  }
}

static void say(const char *text) { write_all(STDERR_FILENO, text, strlen(text)); }

static void leave_screen(void) {
  write_all(guard.descriptor, guard.leave, guard.leave_length);
  // A background process group would be stopped for touching the terminal; it has lost it anyway.
  sigset_t blocked, previous;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &blocked, &previous);
  tcsetattr(guard.descriptor, TCSANOW, &guard.before);
  pthread_sigmask(SIG_SETMASK, &previous, NULL);
}

/// What was written to standard error meanwhile would have been lost with the screen.
static void replay_errors(void) {
  if (guard.spool < 0) return;
  dup2(guard.real_error, STDERR_FILENO);
  off_t end = lseek(guard.spool, 0, SEEK_END);
  off_t place = end > replay_limit ? end - replay_limit : 0;
  char bytes[1024];
  ssize_t count;
  while (place < end && (count = pread(guard.spool, bytes, sizeof bytes, place)) > 0) {
    write_all(STDERR_FILENO, bytes, (size_t)count);
    place += count;
  }
}

static const char *fault_name(int signal) {
  switch (signal) {
    case SIGABRT: return "SIGABRT";
    case SIGSEGV: return "SIGSEGV";
    case SIGBUS: return "SIGBUS";
    case SIGFPE: return "SIGFPE";
    case SIGILL: return "SIGILL";
    case SIGTRAP: return "SIGTRAP";
    default: return NULL;
  }
}

static void on_end(int signal, siginfo_t *info, void *context) {
  (void)context;
  int saved_errno = errno;
  const char *fault = fault_name(signal);
  if (atomic_exchange(&is_on, false)) {
    leave_screen();
    replay_errors();
    if (!fault) {
      say(guard.farewell);
    } else {
      say(guard.report);
      say(fault);
      say("). The terminal was restored. Please report this with the lines above");
      say(guard.traces ? ".\n" : ";\nSWIFT_BACKTRACE=interactive=no in the environment adds where it happened.\n");
    }
  }
  // The old handler may be Swift's backtracer, which would hold the terminal at a prompt: only where it does not ask.
  struct sigaction next;
  memset(&next, 0, sizeof next);
  next.sa_handler = SIG_DFL;
  for (int i = 0; i < ending_count; i++) {
    if (ending[i] == signal && guard.traces) next = guard.old[i];
  }
  sigaction(signal, &next, NULL);
  // A true fault happens again on return, with its registers as they were; anything else is sent again.
  bool repeats = info && info->si_code > 0
    && (signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE || signal == SIGILL);
#ifdef SI_KERNEL
  if (info && info->si_code == SI_KERNEL && signal != SIGSEGV) repeats = false;
#endif
  if (!repeats) raise(signal);
  errno = saved_errno;
}

static void wake_loop(void) {
  if (guard.wake >= 0) {
    char byte = 1;
    ssize_t ignored = write(guard.wake, &byte, 1);
    (void)ignored;
  }
}

static void on_stop(int signal) {
  int saved_errno = errno;
  if (atomic_load(&is_on)) {
    leave_screen();
    struct sigaction standard, own;
    memset(&standard, 0, sizeof standard);
    standard.sa_handler = SIG_DFL;
    sigaction(signal, &standard, &own);
    sigset_t one, previous;
    sigemptyset(&one);
    sigaddset(&one, signal);
    raise(signal);
    pthread_sigmask(SIG_UNBLOCK, &one, &previous);  // stops here, until the process is continued
    pthread_sigmask(SIG_SETMASK, &previous, NULL);
    sigaction(signal, &own, NULL);
    atomic_store(&was_resumed, true);
    wake_loop();
  }
  errno = saved_errno;
}

static void on_continue(int signal) {
  (void)signal;
  int saved_errno = errno;
  atomic_store(&was_resumed, true);
  wake_loop();
  errno = saved_errno;
}

static void on_window(int signal) {
  int saved_errno = errno;
  if (guard.old_window.sa_handler != SIG_DFL && guard.old_window.sa_handler != SIG_IGN) {
    guard.old_window.sa_handler(signal);
  }
  wake_loop();
  errno = saved_errno;
}

/// Catches `signal` unless whoever started the process wants it ignored.
static void catch_signal(int signal, struct sigaction *old, struct sigaction action) {
  sigaction(signal, NULL, old);
  if ((old->sa_flags & SA_SIGINFO) == 0 && old->sa_handler == SIG_IGN && !fault_name(signal)) return;
  sigaction(signal, &action, NULL);
}

/// A stack for handlers of the calling thread, for when its own has run out; NULL if it has one already.
static void *new_stack(void) {
  stack_t present;
  if (sigaltstack(NULL, &present) == 0 && !(present.ss_flags & SS_DISABLE)) return NULL;
  stack_t stack = {.ss_sp = malloc(stack_size), .ss_size = stack_size, .ss_flags = 0};
  if (stack.ss_sp && sigaltstack(&stack, NULL) == 0) return stack.ss_sp;
  free(stack.ss_sp);
  return NULL;
}

static void drop_stack(void *memory) {
  if (!memory) return;
  stack_t none = {.ss_flags = SS_DISABLE, .ss_size = stack_size};
  sigaltstack(&none, NULL);
  free(memory);
}

static void begin_spool(void) {
  if (!isatty(STDERR_FILENO)) return;
#ifdef __linux__
  guard.spool = memfd_create("stderr", MFD_CLOEXEC);
#else
  char path[] = "/tmp/stderr-XXXXXX";
  guard.spool = mkstemp(path);
  if (guard.spool >= 0) unlink(path);
#endif
  if (guard.spool < 0) return;
  fcntl(guard.spool, F_SETFL, O_APPEND);
  guard.real_error = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
  if (guard.real_error < 0 || dup2(guard.spool, STDERR_FILENO) < 0) {
    close(guard.spool);
    guard.spool = -1;
  }
}

static void at_exit(void) { guard_end(); }

bool guard_begin(int descriptor, int wake, const char *program) {
  if (atomic_load(&is_on) || tcgetattr(descriptor, &guard.before) != 0) return false;
  static bool has_exit_handler = false;
  if (!has_exit_handler) has_exit_handler = atexit(at_exit) == 0;
  guard.descriptor = descriptor;
  guard.wake = wake;
  guard.has_during = guard.watches_window = false;
  guard.spool = guard.real_error = -1;
  guard.report[0] = 0;
  strncat(guard.report, program, 64);
  strcat(guard.report, ": internal fault (");
  const char *trace = getenv("SWIFT_BACKTRACE");
  guard.traces = trace && strstr(trace, "interactive=no");
  guard_set_sequences("", "\033[?1002l\033[?1006l\033[?2004l\033[?1l\033>\033[0m\033[?25h\033[?1049l");
  begin_spool();
  atomic_store(&was_resumed, false);
  atomic_store(&is_on, true);

  guard.stack = new_stack();
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_end;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigfillset(&action.sa_mask);
  for (int i = 0; i < ending_count; i++) catch_signal(ending[i], &guard.old[i], action);
  action.sa_flags = SA_ONSTACK | SA_RESTART;
  action.sa_handler = on_stop;
  catch_signal(SIGTSTP, &guard.old_stop, action);
  action.sa_handler = on_continue;
  catch_signal(SIGCONT, &guard.old_continue, action);
  return true;
}

void guard_set_sequences(const char *enter, const char *leave) {
  // A signal between the two copies must not find half a sequence.
  sigset_t all, previous;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &previous);
  guard.enter_length = strlen(enter) < GUARD_SEQUENCE_LIMIT ? strlen(enter) : 0;
  guard.leave_length = strlen(leave) < GUARD_SEQUENCE_LIMIT ? strlen(leave) : 0;
  memcpy(guard.enter, enter, guard.enter_length);
  memcpy(guard.leave, leave, guard.leave_length);
  pthread_sigmask(SIG_SETMASK, &previous, NULL);
}

void guard_set_farewell(const char *text) {
  // A signal between the two copies must not find half a text.
  guard.farewell[0] = 0;
  strncpy(guard.farewell + 1, text + (*text != 0), farewell_limit - 2);
  guard.farewell[0] = *text;
}

void guard_keep_settings(void) { guard.has_during = tcgetattr(guard.descriptor, &guard.during) == 0; }

void guard_reclaim(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_window;
  action.sa_flags = SA_ONSTACK;
  if (guard.old_stop.sa_handler != SIG_IGN) {
    struct sigaction stop = action;
    stop.sa_handler = on_stop;
    stop.sa_flags |= SA_RESTART;
    sigfillset(&stop.sa_mask);
    sigaction(SIGTSTP, &stop, NULL);
  }
  sigaction(SIGWINCH, NULL, &guard.old_window);
  if (guard.old_window.sa_handler == on_window) return;
  guard.watches_window = sigaction(SIGWINCH, &action, NULL) == 0;
}

void guard_end(void) {
  if (!atomic_exchange(&is_on, false)) return;
  leave_screen();
  for (int i = 0; i < ending_count; i++) sigaction(ending[i], &guard.old[i], NULL);
  sigaction(SIGTSTP, &guard.old_stop, NULL);
  sigaction(SIGCONT, &guard.old_continue, NULL);
  if (guard.watches_window) sigaction(SIGWINCH, &guard.old_window, NULL);
  replay_errors();
  if (guard.spool >= 0) {
    close(guard.spool);
    close(guard.real_error);
  }
  drop_stack(guard.stack);
  guard.stack = NULL;
  guard.spool = guard.real_error = guard.descriptor = guard.wake = -1;
}

bool guard_was_resumed(void) { return atomic_exchange(&was_resumed, false); }

void guard_reenter(void) {
  if (!atomic_load(&is_on)) return;
  if (guard.has_during) tcsetattr(guard.descriptor, TCSANOW, &guard.during);
  write_all(guard.descriptor, guard.enter, guard.enter_length);
}

void guard_hold(bool is_held) {
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  pthread_sigmask(is_held ? SIG_BLOCK : SIG_UNBLOCK, &stop, NULL);
}

void guard_suspend(void) { kill(0, SIGTSTP); }

void *guard_thread_begin(void) {
  sigset_t all;
  sigfillset(&all);
  for (int i = 0; i < ending_count; i++) {
    if (fault_name(ending[i])) sigdelset(&all, ending[i]);
  }
  pthread_sigmask(SIG_SETMASK, &all, NULL);
  return new_stack();
}

void guard_thread_end(void *stack) { drop_stack(stack); }
