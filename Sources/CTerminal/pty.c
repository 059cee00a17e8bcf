// A terminal that exists only inside this process, for tests of the screen.
#define _GNU_SOURCE
#include "CTerminal.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool pty_open(int *master, int *slave, char *path, size_t limit) {
  *slave = -1;
  *master = posix_openpt(O_RDWR | O_NOCTTY);
  if (*master < 0) return false;
  const char *name = grantpt(*master) == 0 && unlockpt(*master) == 0 ? ptsname(*master) : NULL;
  if (name && strlen(name) < limit) {
    strcpy(path, name);
    *slave = open(name, O_RDWR | O_NOCTTY);
  }
  if (*slave >= 0 && fcntl(*master, F_SETFL, O_NONBLOCK) == 0) return true;
  close(*master);
  return false;
}

int pty_spawn(int slave, const char *path, char *const arguments[], char *const environment[]) {
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

void pty_resize(int slave, int width, int height) {
  struct winsize size = {.ws_row = (unsigned short)height, .ws_col = (unsigned short)width};
  ioctl(slave, TIOCSWINSZ, &size);
}
