// A queue that nobody ever waits for: full and empty are answers. What is right about it is said by a queue that a
// single process has to itself; the calls of all processes must look like calls to that one. So the problem knows
// nothing of slots and locks, and every solution is judged by its answers alone.
import { between, problem, sequential, type World } from 'interleave';

interface Case {
  readonly enqueuers: number;
  readonly dequeuers: number;
  readonly capacity: number;
  readonly calls: number;
}

interface State {
  /** Calls of each kind so far. */
  enqueues: number;
  dequeues: number;
  /** Calls that were answered. */
  answered: number;
  /** Somebody was told that there is no item before anybody came with one. */
  emptyAtOnce: boolean;
  /** Somebody was told that there is no room before anybody came for an item. */
  fullAtOnce: boolean;
}

// An item's place and something that nobody can guess make one number, so that no two items are alike and none can be
// made up. The numbers stay short: people read them in traces.
const GUESSES = 1000;
const all = (c: Case): number => c.enqueuers * c.calls;

/**
 * Calls that come one after the other, for a `for … of` loop. `next` makes one, which is seen from outside; it must
 * be answered before the next is made.
 */
function callsOf(
  world: Pick<World, 'remembers'>,
  count: number,
  next: (n: number) => number,
  says: (call: number) => string,
) {
  let made = 0;
  let open: { readonly call: number } | undefined;
  world.remembers(() => [made, open?.call]);
  const calls: IterableIterator<number> = {
    next: () => {
      if (open)
        throw new Error(`${says(open.call)} is not answered yet: me.answer(…) goes before the next call`);
      if (made === count) return { done: true, value: undefined };
      const call = next(made++);
      open = { call };
      return { done: false, value: call };
    },
    [Symbol.iterator]: () => calls,
  };
  const close = (): void => {
    if (open === undefined) throw new Error('me.answer(…) without a call: each call is answered once');
    open = undefined;
  };
  return { calls: calls as Iterable<number>, close };
}

export default problem({
  id: 'shared-queue',
  title: 'A queue for everyone',
  level: 3,
  summary: 'A queue that never makes anybody wait, and behaves as if each had it to himself.',
  parameters: {
    enqueuers: between(1, 3),
    dequeuers: between(1, 3),
    capacity: between(1, 3, { free: 64 }),
    calls: between(1, 3, { free: 10_000 }),
  },
  roles: { enqueuer: (c) => c.enqueuers, dequeuer: (c) => c.dequeuers },
  specification: {
    start: (): State => ({ enqueues: 0, dequeues: 0, answered: 0, emptyAtOnce: false, fullAtOnce: false }),
    events: {
      enqueueCalled: {
        says: (e) => `calls enqueue(${e.value})`,
        then: (s) => {
          s.enqueues++;
        },
      },
      enqueueAnswered: {
        says: (e) => `answers ${e.value === 1}`,
        then: (s, e) => {
          s.answered++;
          if (e.value === 0 && s.dequeues === 0) s.fullAtOnce = true;
        },
      },
      dequeueCalled: {
        says: 'calls dequeue()',
        then: (s) => {
          s.dequeues++;
        },
      },
      dequeueAnswered: {
        says: (e) => `answers ${e.value === sequential.nothing ? 'nothing' : `item ${e.value}`}`,
        then: (s, e) => {
          s.answered++;
          if (e.value === sequential.nothing && s.enqueues === 0) s.emptyAtOnce = true;
        },
      },
    },
    linearizable: {
      rule: 'all answers are those of one queue',
      object: (c) => sequential.queue(c.capacity),
      operations: {
        enqueue: { called: 'enqueueCalled', returned: 'enqueueAnswered' },
        dequeue: { called: 'dequeueCalled', returned: 'dequeueAnswered' },
      },
    },
    ends: {
      'every call is answered': (s, c) => s.answered === (c.enqueuers + c.dequeuers) * c.calls,
    },
    witnesses: {
      'an empty queue says so at once': { seen: (s) => s.emptyAtOnce },
      'a full queue says so at once': { given: (c) => all(c) > c.capacity, seen: (s) => s.fullAtOnce },
    },
  },
  me: {
    enqueuer: (c, number, world) => {
      const { calls, close } = callsOf(
        world,
        c.calls,
        (n) => {
          const item = world.random(GUESSES) * all(c) + number * c.calls + n;
          world.event('enqueueCalled', item);
          return item;
        },
        (item) => `enqueue(${item})`,
      );
      return {
        /** The items to enqueue, whole numbers above 0. Each is a call, which begins when the loop asks for it. */
        items: calls,
        /** Ends the call: whether there was room, and the item is in the queue. */
        answer: (stored: boolean) => {
          if (typeof stored !== 'boolean') throw new TypeError('answer an enqueue with true or false');
          close();
          world.event('enqueueAnswered', stored ? 1 : 0);
        },
      };
    },
    dequeuer: (c, _number, world) => {
      const { calls, close } = callsOf(
        world,
        c.calls,
        (n) => {
          world.event('dequeueCalled');
          return n;
        },
        () => 'dequeue()',
      );
      return {
        /** A number for each call of dequeue, from 0. The call begins when the loop asks for it. */
        calls,
        /** Ends the call: the item, or undefined if there was none. */
        answer: (item: number | undefined) => {
          // What no event can carry, or would carry as `nothing`, is no answer.
          if (item !== undefined && ((item | 0) !== item || item < 0))
            throw new TypeError('answer a dequeue with an item, or with undefined if there is none');
          close();
          world.event('dequeueAnswered', item ?? sequential.nothing);
        },
      };
    },
  },
  speed: {
    case: { enqueuers: 1, dequeuers: 1, capacity: 64, calls: 10_000 },
    unit: 'calls',
    count: (c) => (c.enqueuers + c.dequeuers) * c.calls,
  },
});
