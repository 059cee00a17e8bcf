// Hands the first two signals that ask the process to end to a thread, which can say what was kept; the third ends it.
#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

static int ends[2] = {-1, -1};

/// How long after the first signal others are taken for the same wish, in nanoseconds.
static const long long moment = 300000000;

static atomic_int asked;
static atomic_llong first_time;

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void on_signal(int signal) {
  int saved_errno = errno;
  int none = 0;
  if (atomic_compare_exchange_strong(&asked, &none, 1)) {
    atomic_store(&first_time, now());
  } else if (atomic_load(&first_time) == 0 || now() - atomic_load(&first_time) < moment) {
    errno = saved_errno;
    return;
  } else if (atomic_fetch_add(&asked, 1) >= 2) {
    // It comes on return, when this one is not held back any more.
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigemptyset(&standard.sa_mask);
    sigaction(signal, &standard, NULL);
    raise(signal);
    errno = saved_errno;
    return;
  }
  unsigned char number = (unsigned char)signal;
  ssize_t ignored = write(ends[1], &number, 1);
  (void)ignored;
  errno = saved_errno;
}

bool interruption_begin(void) {
  if (pipe(ends) != 0) return false;
  for (int i = 0; i < 2; i++) fcntl(ends[i], F_SETFD, FD_CLOEXEC);
  const int signals[] = {SIGINT, SIGTERM, SIGHUP};
  sigset_t all;
  sigemptyset(&all);
  for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART}, old;
    sigemptyset(&action.sa_mask);
    // Who started the process may want it ignored, as nohup does.
    if (sigaction(signals[i], NULL, &old) != 0 || old.sa_handler == SIG_IGN) continue;
    sigaction(signals[i], &action, NULL);
    sigaddset(&all, signals[i]);
  }
  // A thread that started the process may have held them back, and the mask is inherited.
  pthread_sigmask(SIG_UNBLOCK, &all, NULL);
  return true;
}

int interruption_wait(void) {
  unsigned char number;
  ssize_t count;
  while ((count = read(ends[0], &number, 1)) < 0 && errno == EINTR) {}
  return count == 1 ? number : 0;
}

void interruption_end(int signal) {
  struct sigaction action = {.sa_handler = SIG_DFL};
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, NULL);
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, signal);
  pthread_sigmask(SIG_UNBLOCK, &one, NULL);
  raise(signal);
  _exit(128 + signal);
}
