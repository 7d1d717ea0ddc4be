/*
 * Two processes on one processor take turns, as the gate's do: give the other one its turn, wake it, sleep on the
 * own turn word (futex(2), shared). What is measured is the time from one process's turn to the other's.
 *
 *   handoff [iterations]   default 60000, about 0.3 s; an iteration is two hand-offs, there and back
 */
#include "peer.h"
#include <linux/futex.h>
#include <stdatomic.h>
#include <sys/syscall.h>

/* One word a process, each on a cache line of its own, as the gate's slots are. */
struct turn {
  _Alignas(128) atomic_int word;
};

static void give(struct turn *to) {
  atomic_store(&to->word, 1);
  syscall(SYS_futex, &to->word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static void await(struct turn *own) {
  while (atomic_load(&own->word) == 0) syscall(SYS_futex, &own->word, FUTEX_WAIT, 0, NULL, NULL, 0);
  atomic_store(&own->word, 0);
}

int main(int argc, char **argv) {
  long n = iterations(argc, argv, 60000);
  struct turn *turns = shared(2 * sizeof *turns);
  use_one_processor();

  pid_t other = child();
  if (other == 0) {
    for (long i = 0; i < n + 1; i++) {
      await(&turns[1]);
      give(&turns[0]);
    }
    _exit(0);
  }

  /* The first round waits for the child to be there. */
  give(&turns[1]);
  await(&turns[0]);
  double began = now_ns();
  for (long i = 0; i < n; i++) {
    give(&turns[1]);
    await(&turns[0]);
  }
  double took = now_ns() - began;
  join(other);
  report("handoff", n, took, took / n / 2, "ns");
  return 0;
}
