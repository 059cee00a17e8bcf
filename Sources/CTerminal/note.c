// A last word for a process that ends by a fault: what it was doing, prepared before.
#define _GNU_SOURCE
#include "CTerminal.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { note_limit = 512, note_stack_size = 1 << 16 };

static char note[note_limit];
static const int faults[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP};

static void on_fault(int signal) {
  ssize_t ignored = write(STDERR_FILENO, note, strlen(note));
  (void)ignored;
  // The handler has been taken off by now, so this ends the process as it would have ended.
  raise(signal);
}

void fault_note(const char *text) {
  static bool is_set;
  // A fault between the two copies must not find half a text.
  note[0] = 0;
  strncpy(note + 1, text + (*text != 0), note_limit - 2);
  note[0] = *text;
  if (is_set) return;
  is_set = true;
  stack_t stack = {.ss_sp = malloc(note_stack_size), .ss_size = note_stack_size};
  if (stack.ss_sp) sigaltstack(&stack, NULL);
  struct sigaction action = {.sa_handler = on_fault, .sa_flags = SA_RESETHAND | SA_NODEFER | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) sigaction(faults[i], &action, NULL);
}
