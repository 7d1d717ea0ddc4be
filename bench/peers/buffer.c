/*
 * One producer and one consumer, two processes at full speed, with a bounded buffer of 64 slots between them:
 * POSIX semaphores count the free and the filled slots, and a third one guards the slots if asked for.
 *
 *   buffer [items] [mutex]   default 1500000 items, about 0.3 s
 *
 * The kernel places the processes, as it does those of the lab's free runs. The clock runs from when both are
 * ready until the last item has been consumed.
 */
#include "peer.h"
#include <semaphore.h>
#include <stdint.h>

enum { SLOTS = 64 };

struct buffer {
  sem_t free, filled, guard, ready;
  double ended;
  int32_t in, out; /* next slot to fill, next to empty */
  int32_t slots[SLOTS];
};

static void take(sem_t *semaphore) {
  if (sem_wait(semaphore) != 0) fail("sem_wait");
}

static void give(sem_t *semaphore) {
  if (sem_post(semaphore) != 0) fail("sem_post");
}

static void create(sem_t *semaphore, unsigned units) {
  if (sem_init(semaphore, 1, units) != 0) fail("sem_init");
}

static void produce(struct buffer *b, long n, int guarded) {
  for (long item = 1; item <= n; item++) {
    take(&b->free);
    if (guarded) take(&b->guard);
    b->slots[b->in] = (int32_t)item;
    b->in = (b->in + 1) % SLOTS;
    if (guarded) give(&b->guard);
    give(&b->filled);
  }
}

static void consume(struct buffer *b, long n, int guarded) {
  for (long item = 1; item <= n; item++) {
    take(&b->filled);
    if (guarded) take(&b->guard);
    int32_t got = b->slots[b->out];
    b->out = (b->out + 1) % SLOTS;
    if (guarded) give(&b->guard);
    give(&b->free);
    if (got != (int32_t)item) {
      fprintf(stderr, "item %ld came out as %d\n", item, got);
      exit(1);
    }
  }
}

int main(int argc, char **argv) {
  long n = iterations(argc, argv, 1500000);
  int guarded = argc > 2 && strcmp(argv[2], "mutex") == 0;
  struct buffer *b = shared(sizeof *b);
  create(&b->free, SLOTS);
  create(&b->filled, 0);
  create(&b->guard, 1);
  create(&b->ready, 0);

  pid_t consumer = child();
  if (consumer == 0) {
    give(&b->ready);
    consume(b, n, guarded);
    b->ended = now_ns();
    _exit(0);
  }
  take(&b->ready);
  double began = now_ns();
  produce(b, n, guarded);
  join(consumer); /* it wrote when it ended */
  double took = b->ended - began;
  report(guarded ? "buffer-mutex" : "buffer", n, took, n / (took / 1e9), "items/s");
  return 0;
}
