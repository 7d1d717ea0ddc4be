// Bookkeeping by processes that may be killed at any step: what POSIX has robust mutexes for (pthread_mutexattr_setrobust(3))
// and System V SEM_UNDO (semop(2)). Two numbers must always fit together, so that being killed between the two shows.
import { between, problem, type SequentialObject } from 'interleave';

interface State {
  /** Visitors that each clerk has given a receipt. */
  readonly served: number[];
  readonly dead: boolean[];
}

/** What stands in the books: how many have paid, and how much in all. */
type Books = readonly [visitors: number, total: number];

// A receipt is one number: the total in the lower bits, the visitors above them.
const BITS = 19;
const LIMIT = 1 << BITS;
const MOST_VISITORS = 1 << (31 - BITS);
/** A receipt that no books could give. */
const NONSENSE = -1;

const isWhole = (n: number, below: number): boolean => Number.isInteger(n) && n >= 0 && n < below;
const codeOf = (visitors: number, total: number): number =>
  isWhole(visitors, MOST_VISITORS) && isWhole(total, LIMIT) ? visitors * LIMIT + total : NONSENSE;
const inWords = (code: number): string =>
  code < 0 ? 'a receipt of no sense' : `visitor ${Math.floor(code / LIMIT)}, ${code % LIMIT} in all`;

const books: SequentialObject<Books> = {
  name: 'one book',
  start: [0, 0],
  apply([visitors, total], _name, price) {
    const after = [visitors + 1, total + price] as const;
    return [after, codeOf(...after)];
  },
  key: ([visitors, total]) => `${visitors} ${total}`,
  says: ({ argument, result }) => `book(${argument})${result === undefined ? '' : ` → ${inWords(result)}`}`,
};

export default problem({
  id: 'crash-safe-counter',
  title: 'A counter that survives',
  level: 3,
  summary: 'Clerks keep one book, and any of them may be killed while it writes.',
  parameters: { clerks: between(2, 3), visitors: between(1, 2, { free: 1_000 }) },
  roles: { clerk: (c) => c.clerks },
  mechanisms: ['pthreadMutex', 'sysvSemaphore'],
  faults: { kills: (c) => c.clerks - 1 },
  specification: {
    start: (c): State => ({
      served: new Array<number>(c.clerks).fill(0),
      dead: new Array<boolean>(c.clerks).fill(false),
    }),
    events: {
      paid: { says: (e) => `gets ${e.value} from a visitor` },
      booked: {
        says: (e) => `hands out the receipt: ${inWords(e.value)}`,
        then: (s, e) => {
          s.served[e.by]++;
        },
      },
    },
    whenKilled: (s, e) => {
      s.dead[e.by] = true;
    },
    linearizable: {
      rule: 'all receipts are those of one book',
      object: () => books,
      operations: { book: { called: 'paid', returned: 'booked' } },
    },
    ends: {
      'every clerk that lives has served all its visitors': (s, c) =>
        s.served.every((served, clerk) => s.dead[clerk] || served === c.visitors),
    },
  },
  me: {
    clerk: (c, number, world) => {
      let made = 0;
      let open = false;
      world.remembers(() => [made, open]);
      const prices = world.each(() => {
        if (open) throw new Error('a visitor has no receipt yet: me.receipt(…) goes before the next one');
        if (made === c.visitors) return undefined;
        made++;
        open = true;
        const price = world.random(100);
        world.event('paid', price);
        return price;
      });
      return {
        /** Which clerk this is, from 0. */
        number,
        /** What each visitor pays, from 1 to 99. A visitor comes when the loop asks for it. */
        prices,
        /** The receipt: how many visitors have paid so far, this one included, and how much in all. */
        receipt: (visitors: number, total: number) => {
          const code = codeOf(Number(visitors), Number(total));
          if (!open) throw new Error('me.receipt(…) without a visitor: each gets one');
          open = false;
          world.event('booked', code);
        },
      };
    },
  },
  speed: { case: { clerks: 2, visitors: 1_000 }, unit: 'visitors', count: (c) => c.clerks * c.visitors },
});
