// A counter that is called from afar, and calls back: remote objects (Birrell, Nelson, Owicki and Wobber, "Network objects",
// SOSP 1993), the deadlock of a caller that is called while it waits, and the end of an object that nobody holds any more, which
// must be seen although one of those who held it may be killed ("Distributed garbage collection for network objects", 1993).
import { between, type Happening, problem } from 'interleave';

interface State {
  /** What the counter says. */
  value: number;
  /** For each value that it had, the amount by which it came to that; those that an addition has returned are taken out. */
  readonly steps: Map<number, number>;
  /** All values that it had. */
  readonly had: Set<number>;
  /** Amounts that clients have asked for, and that are not added yet. */
  readonly asked: number[][];
  /** For each client, the amount whose addition it waits for; 0 for none. */
  readonly open: number[];
  /** The last value that each client was told. */
  readonly heard: number[];
  readonly left: boolean[];
  readonly dead: boolean[];
  isClosed: boolean;
}

const AMOUNTS = 100;

/** The client that waits for this to be added; below 0: none. */
const askerOf = ({ asked }: State, amount: number): number => asked.findIndex((all) => all.includes(amount));

const stays = ({ left, dead }: State): number =>
  left.findIndex((hasLeft, client) => !hasLeft && !dead[client]);

const at = ({ value }: Happening): string => String(value);

export default problem({
  id: 'remote-counter',
  title: 'The counter that calls back',
  level: 3,
  summary:
    'Clients add to a remote counter and are called back with its new values, while they may be waiting for it.',
  parameters: { clients: between(1, 3, { free: 2 }), additions: between(1, 2, { free: 500 }) },
  roles: { client: (c) => c.clients, server: () => 1 },
  mechanisms: ['remote'],
  faults: { kills: 1, roles: ['client'] },
  specification: {
    start: (c): State => ({
      value: 0,
      steps: new Map(),
      had: new Set(),
      asked: Array.from({ length: c.clients }, () => []),
      open: new Array<number>(c.clients).fill(0),
      heard: new Array<number>(c.clients).fill(0),
      left: new Array<boolean>(c.clients).fill(false),
      dead: new Array<boolean>(c.clients).fill(false),
      isClosed: false,
    }),
    events: {
      asked: {
        says: (e) => `has to add ${e.value}`,
        then: (s, e) => {
          s.asked[e.by].push(e.value);
          s.open[e.by] = e.value;
        },
      },
      changed: {
        says: (e) => `sets the counter to ${e.value}`,
        rules: {
          'each amount is added once, and nothing else': {
            breach: 'lost' as const,
            holds: (s, e) => askerOf(s, e.value - s.value) >= 0,
            because: (s, e) => `it said ${s.value}, and nobody waits for ${e.value - s.value} to be added`,
          },
        },
        then: (s, e) => {
          const amount = e.value - s.value;
          const all = s.asked[askerOf(s, amount)];
          all?.splice(all.indexOf(amount), 1);
          s.value = e.value;
          s.had.add(e.value);
          s.steps.set(e.value, amount);
        },
      },
      added: {
        says: (e) => `takes ${e.value} for the result`,
        rules: {
          'an addition returns what it came to': {
            holds: (s, e) => s.open[e.by] > 0 && s.steps.get(e.value) === s.open[e.by],
            because: (s, e) =>
              s.had.has(e.value)
                ? `it had ${s.open[e.by]} added, and that came to something else`
                : `the counter never said ${at(e)}`,
          },
        },
        then: (s, e) => {
          s.steps.delete(e.value);
          s.open[e.by] = 0;
        },
      },
      told: {
        says: (e) => `is told of ${e.value}`,
        rules: {
          'clients are told of values that the counter had': (s, e) => s.had.has(e.value),
          'a client is told of values in the order in which they came about': {
            holds: (s, e) => e.value > s.heard[e.by],
            because: (s, e) => `it was told of ${s.heard[e.by]} before`,
          },
        },
        then: (s, e) => {
          s.heard[e.by] = e.value;
        },
      },
      left: {
        says: 'needs the counter no more',
        then: (s, e) => {
          s.left[e.by] = true;
        },
      },
      closed: {
        says: 'closes the counter',
        rules: {
          'the counter is not closed while a client needs it': {
            holds: (s) => stays(s) < 0,
            because: (s) => `client ${stays(s)} does`,
          },
        },
        then: (s) => {
          s.isClosed = true;
        },
      },
    },
    whenKilled: (s, e) => {
      s.dead[e.by] = true;
      s.open[e.by] = 0;
    },
    ends: {
      'the counter is closed': (s) => s.isClosed,
      'every client was told of the last value': (s) =>
        s.heard.every((value, client) => value === s.value || s.dead[client]),
    },
    witnesses: {
      'two clients wait for an addition at the same time': {
        given: (c) => c.clients > 1,
        seen: (s) => s.open.filter((amount) => amount > 0).length > 1,
      },
    },
  },
  me: {
    client: (c, number, world) => {
      let asked = 0;
      let open = false;
      const amounts = world.each(() => {
        if (open) throw new Error('an amount has no result yet: me.added(…) goes before the next one');
        if (asked === c.additions) return undefined;
        asked++;
        open = true;
        const amount = world.random(AMOUNTS);
        world.event('asked', amount);
        return amount;
      });
      return {
        /** Which client this is, from 0. */
        number,
        /** What this client has to add, from 1 to 99 each, for a `for … of` loop. */
        amounts,
        /** Takes what the addition came to. Before the loop's next round. */
        added: (value: number) => {
          open = false;
          world.event('added', whole(value));
        },
        /** Is told what the counter says now. */
        told: (value: number) => world.event('told', whole(value)),
        /** Needs the counter no more: its amounts are added. */
        leave: () => {
          if (open || asked < c.additions) throw new Error('me.leave() before all amounts were added');
          world.event('left');
        },
      };
    },
    server: (_c, _number, world) => ({
      /** Sets the counter. */
      set: (value: number) => world.event('changed', whole(value)),
      /** Closes it: nobody needs it any more. */
      close: () => world.event('closed'),
    }),
  },
  speed: {
    case: { clients: 2, additions: 500 },
    unit: 'additions',
    count: (c) => c.clients * c.additions,
  },
});

function whole(value: number): number {
  const n = Number(value);
  if (Number.isInteger(n) && n >= 0 && n < 2 ** 31) return n;
  throw new RangeError(`a counter of ${n}: use whole numbers from 0.`);
}
