/* What every peer needs: a clock, shared memory, its arguments, its processor. */
#ifndef PEER_H
#define PEER_H

#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static inline void fail(const char *what) {
  perror(what);
  exit(1);
}

/* Nanoseconds, monotonic, the same origin in all processes. */
static inline double now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

/* Zeroed memory that is shared with the processes forked later. */
static inline void *shared(size_t bytes) {
  void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) fail("mmap");
  return memory;
}

/* The first argument as a number of at least 1, or `otherwise`. */
static inline long iterations(int argc, char **argv, long otherwise) {
  long n = argc > 1 ? strtol(argv[1], NULL, 10) : otherwise;
  if (n < 1) {
    fprintf(stderr, "%s: iterations '%s': give a whole number of at least 1.\n", argv[0], argv[1]);
    exit(2);
  }
  return n;
}

/* The one line of the result: `value` is what is compared. */
static inline void report(const char *name, long n, double took_ns, double value, const char *unit) {
  printf("{\"name\":\"%s\",\"iterations\":%ld,\"seconds\":%.3f,\"value\":%.2f,\"unit\":\"%s\"}\n", name, n,
         took_ns / 1e9, value, unit);
}

/* Moves this process, and those it forks, to the first processor that it may use. */
static inline void use_one_processor(void) {
  cpu_set_t allowed, one;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) fail("sched_getaffinity");
  CPU_ZERO(&one);
  for (int p = 0; p < CPU_SETSIZE; p++) {
    if (CPU_ISSET(p, &allowed)) {
      CPU_SET(p, &one);
      break;
    }
  }
  if (sched_setaffinity(0, sizeof one, &one) != 0) fail("sched_setaffinity");
}

/* Forks; the child dies with its parent, so that an interrupted measurement leaves nobody behind. */
static inline pid_t child(void) {
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid < 0) fail("fork");
  if (pid == 0) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) fail("prctl");
    if (getppid() != parent) _exit(1);
  }
  return pid;
}

/* Waits for the child and fails if it did. */
static inline void join(pid_t pid) {
  int status;
  if (waitpid(pid, &status, 0) != pid) fail("waitpid");
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fprintf(stderr, "the child failed: status %d\n", status);
    exit(1);
  }
}

#endif
