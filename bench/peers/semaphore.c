/*
 * A POSIX semaphore in shared memory that nobody else wants: sem_wait(3) and sem_post(3), one after the other.
 *
 *   semaphore [iterations]   default 45000000, about 0.3 s; an iteration is one wait and one post
 */
#include "peer.h"
#include <semaphore.h>

int main(int argc, char **argv) {
  long n = iterations(argc, argv, 45000000);
  sem_t *semaphore = shared(sizeof *semaphore);
  if (sem_init(semaphore, 1, 1) != 0) fail("sem_init");

  double began = now_ns();
  for (long i = 0; i < n; i++) {
    if (sem_wait(semaphore) != 0) fail("sem_wait");
    if (sem_post(semaphore) != 0) fail("sem_post");
  }
  double took = now_ns() - began;
  report("semaphore", n, took, took / n, "ns");
  return 0;
}
