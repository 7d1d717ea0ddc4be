// Exactly-once effects over calls that can only promise "at least once" or "at most once" (Birrell and Nelson, "Implementing
// remote procedure calls", ACM TOCS 2(1), 1984): a server that is killed between the effect and the answer, and a
// customer who cannot know. What is written to a line of the ledger is the effect; to write the same line once more is none.
import { between, type Happening, problem } from 'interleave';

interface State {
  /** What each customer had to pay so far, payment by payment. */
  readonly asked: number[][];
  /** What stands on each line: customer and amount in one number. */
  readonly ledger: Map<number, number>;
  /** The lines that each customer has receipts for. */
  readonly receipts: number[][];
}

const CUSTOMERS = 4;
const AMOUNTS = 4;
const LINES = 4096;

const entryOf = (customer: number, amount: number): number => customer * AMOUNTS + amount;
const ENTRIES = CUSTOMERS * AMOUNTS;
const entryIn = (value: number): number => value % ENTRIES;
const lineIn = (value: number): number => Math.floor(value / ENTRIES);
const customerOf = (entry: number): number => Math.floor(entry / AMOUNTS);
const amountOf = (entry: number): number => entry % AMOUNTS;
const inWords = (entry: number): string => `customer ${customerOf(entry)} pays ${amountOf(entry)}`;

const count = (all: Iterable<number>, one: number): number => [...all].filter((n) => n === one).length;

/** Whether a line with this entry may be written: again, or for a payment that stands on no line yet. */
function movesOnce({ asked, ledger }: State, { value }: Happening): boolean {
  const entry = entryIn(value);
  if (ledger.get(lineIn(value)) === entry) return true;
  return count(ledger.values(), entry) < count(asked[customerOf(entry)] ?? [], amountOf(entry));
}

function movedBefore({ ledger }: State, { value }: Happening): string {
  const entry = entryIn(value);
  const lines = [...ledger].filter(([, other]) => other === entry).map(([line]) => line);
  return lines.length === 0
    ? `customer ${customerOf(entry)} has no such payment`
    : `it stands on line ${lines.join(' and ')} already`;
}

function noReceipt({ ledger, receipts }: State, { by, value }: Happening): string {
  const line = lineIn(value);
  const entry = ledger.get(line);
  if (entry === undefined) return `nothing is written on line ${line}`;
  if (receipts[by].includes(line)) return `line ${line} is the payment before`;
  return `line ${line} says: ${inWords(entry)}`;
}

function whole(name: string, value: number, below: number, least = 0): number {
  const n = Number(value);
  if (Number.isInteger(n) && n >= least && n < below) return n;
  throw new RangeError(`me.write with the ${name} ${n}: use ${least} to ${below - 1}.`);
}

export default problem({
  id: 'bank-rpc',
  title: 'The bank that is called twice',
  level: 3,
  summary: 'Customers pay by remote calls, and the server may be killed between the payment and its answer.',
  parameters: { customers: between(1, 2), payments: between(1, 2, { free: 1_000 }) },
  roles: { customer: (c) => c.customers, server: () => 2 },
  mechanisms: ['rpc', 'unixSocket', 'tcp'],
  faults: { kills: 1, roles: ['server'] },
  specification: {
    start: (c): State => ({
      asked: Array.from({ length: c.customers }, () => []),
      ledger: new Map(),
      receipts: Array.from({ length: c.customers }, () => []),
    }),
    events: {
      asked: {
        says: (e) => `has to pay ${e.value}`,
        then: (s, e) => {
          s.asked[e.by].push(e.value);
        },
      },
      written: {
        says: (e) => `writes line ${lineIn(e.value)}: ${inWords(entryIn(e.value))}`,
        rules: {
          'what stands on a line is never written over': {
            holds: (s, e) => (s.ledger.get(lineIn(e.value)) ?? entryIn(e.value)) === entryIn(e.value),
            because: (s, e) =>
              `it said: ${inWords(s.ledger.get(lineIn(e.value)) as number)}. Writing the same once more is allowed`,
          },
          'a payment moves money once': {
            breach: 'lost' as const,
            holds: movesOnce,
            because: movedBefore,
          },
        },
        then: (s, e) => {
          s.ledger.set(lineIn(e.value), entryIn(e.value));
        },
      },
      confirmed: {
        says: (e) => `takes line ${lineIn(e.value)} for its payment`,
        rules: {
          'a receipt names the line on which the payment stands': {
            holds: (s, e) =>
              s.ledger.get(lineIn(e.value)) === entryIn(e.value) &&
              !s.receipts[e.by].includes(lineIn(e.value)),
            because: noReceipt,
          },
        },
        then: (s, e) => {
          s.receipts[e.by].push(lineIn(e.value));
        },
      },
    },
    ends: {
      'every customer has a receipt for each payment': (s, c) =>
        s.receipts.every((lines) => lines.length === c.payments),
    },
  },
  me: {
    customer: (c, number, world) => {
      let made = 0;
      let open = 0;
      const payments = world.each(() => {
        if (open > 0) throw new Error('a payment has no receipt yet: me.receipt(…) goes before the next one');
        if (made === c.payments) return undefined;
        made++;
        open = world.random(AMOUNTS);
        world.event('asked', open);
        return open;
      });
      return {
        /** Which customer this is, from 0. */
        number,
        /** What this customer has to pay, from 1 to 3 each, for a `for … of` loop. */
        payments,
        /** The receipt: the line of the ledger on which the payment stands. Before the loop's next round. */
        receipt: (line: number) => {
          if (open === 0) throw new Error('me.receipt(…) without a payment: each has one');
          const entry = entryOf(number, open);
          open = 0;
          world.event('confirmed', whole('line', line, LINES) * ENTRIES + entry);
        },
      };
    },
    server: (_c, number, world) => ({
      /** Which server this is, from 0. */
      number,
      /** Moves the money: writes to this line of the ledger (0 to 4,095) that the customer pays so much. One step. */
      write: (line: number, customer: number, amount: number) =>
        world.event(
          'written',
          whole('line', line, LINES) * ENTRIES +
            entryOf(whole('customer', customer, CUSTOMERS), whole('amount', amount, AMOUNTS, 1)),
        ),
    }),
  },
  speed: {
    case: { customers: 2, payments: 1_000 },
    unit: 'payments',
    count: (c) => c.customers * c.payments,
  },
});
