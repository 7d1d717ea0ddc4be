// The bounded buffer. Every rule is about the two ends that the outside world can see: an item is made, an item is
// consumed. What lies between is the solution's own business; how much of it there is can still be counted, since
// every process has at most one item in its hands.
import { between, problem } from 'interleave';

interface Case {
  readonly producers: number;
  readonly consumers: number;
  readonly capacity: number;
  readonly items: number;
}

interface State {
  /** Items made so far. */
  made: number;
  /** Items that somebody began to consume. */
  begun: number;
  /** Items consumed. */
  consumed: number;
  /** Consumers that are in the middle of an item. */
  consuming: number;
  /** How many items each producer has made. */
  readonly madeBy: number[];
  /** The number of each item, by its place; 0 as long as it is not made. */
  readonly numbers: number[];
  /** Which items somebody began to consume, by place. */
  readonly gone: boolean[];
  /** The latest item that each consumer has met from each producer, -1 for none: consumer × producers + producer. */
  readonly met: number[];
}

// An item is one number, in which its place and something that nobody can guess are inseparable. So no two items
// are alike, and a solution that makes items up is found out. The numbers stay short: people read them in traces.
const GUESSES = 1000;
/** A new array with `value` in `length` places; for so few quicker than `fill`. */
function places<T>(length: number, value: T): T[] {
  const made: T[] = [];
  while (made.length < length) made.push(value);
  return made;
}
const all = (c: Case): number => c.producers * c.items;
const placeOf = (item: number, c: Case): number => item % all(c);
const producerOf = (item: number, c: Case): number => Math.floor(placeOf(item, c) / c.items);
const orderOf = (item: number, c: Case): number => placeOf(item, c) % c.items;

const wasMade = (s: State, item: number, c: Case): boolean =>
  item > 0 && s.numbers[placeOf(item, c)] === item;
const metBy = (consumer: number, item: number, c: Case): number =>
  consumer * c.producers + producerOf(item, c);

/** Items that may be made and not begun: a full buffer, and one in every hand that can hold one. */
const room = (s: State, c: Case): number => c.capacity + c.producers + c.consumers - s.consuming;

export default problem({
  id: 'producer-consumer',
  title: 'Producers and consumers',
  level: 1,
  summary: 'A buffer with a few slots between those who make items and those who consume them.',
  parameters: {
    producers: between(1, 3),
    consumers: between(1, 3),
    capacity: between(1, 5, { free: 256 }),
    items: between(1, 4, { free: 25_000 }),
  },
  roles: { producer: (c) => c.producers, consumer: (c) => c.consumers },
  mechanisms: ['pipe', 'channel', 'mailbox', 'unixDatagram', 'posixQueue', 'sysvQueue'],
  specification: {
    start: (c): State => ({
      made: 0,
      begun: 0,
      consumed: 0,
      consuming: 0,
      madeBy: places(c.producers, 0),
      numbers: places(all(c), 0),
      gone: places(all(c), false),
      met: places(c.consumers * c.producers, -1),
    }),
    events: {
      produced: {
        says: (e) => `makes item ${e.value}`,
        rules: {
          'the buffer never holds more than it has room for': {
            // A producer has one item in hand: the one it has just made. A consumer may have taken one out that it
            // has not begun to consume; in the middle of an item its hands are full with that one.
            holds: (s, _e, c) => s.made - s.begun < room(s, c),
            because: (s, _e, c) =>
              `${s.made + 1 - s.begun} items were made and nobody has begun to consume them: ` +
              `${c.capacity} in the buffer and one in each free hand would be ${room(s, c)}`,
          },
        },
        then: (s, e, c) => {
          s.made++;
          s.madeBy[e.by]++;
          s.numbers[placeOf(e.value, c)] = e.value;
        },
      },
      consumeBegins: {
        says: (e) => `begins to consume item ${e.value}`,
        rules: {
          'only what was made is consumed': {
            breach: 'lost' as const,
            holds: (s, e, c) => wasMade(s, e.value, c),
            because: (_s, e) =>
              e.value === 0 ? 'nobody made item 0: the slot was empty' : `nobody has made item ${e.value}`,
          },
          'no item is consumed twice': {
            breach: 'lost' as const,
            holds: (s, e, c) => !wasMade(s, e.value, c) || !s.gone[placeOf(e.value, c)],
            because: (_s, e) => `item ${e.value} was consumed before`,
          },
          'each consumer meets the items of a producer in the order in which they were made': {
            holds: (s, e, c) =>
              !wasMade(s, e.value, c) ||
              s.gone[placeOf(e.value, c)] ||
              s.met[metBy(e.by, e.value, c)] < orderOf(e.value, c),
            because: (s, e, c) => {
              const producer = producerOf(e.value, c);
              const later = s.numbers[producer * c.items + s.met[metBy(e.by, e.value, c)]];
              return `it had item ${later} already, which the same producer made after item ${e.value}`;
            },
          },
        },
        then: (s, e, c) => {
          s.begun++;
          s.consuming++;
          if (!wasMade(s, e.value, c)) return;
          s.gone[placeOf(e.value, c)] = true;
          s.met[metBy(e.by, e.value, c)] = orderOf(e.value, c);
        },
      },
      consumeEnds: {
        says: (e) => `has consumed item ${e.value}`,
        then: (s) => {
          s.consuming--;
          s.consumed++;
        },
      },
    },
    ends: {
      'every producer makes all its items': (s, c) => s.madeBy.every((made) => made === c.items),
      'every item is consumed': (s) => s.consumed === s.made,
    },
    witnesses: {
      'the buffer can be filled': {
        // With a single slot in use, one item in each hand is all there can be beside it. Where the capacity is
        // larger than that, only a buffer with more slots gets there. Two producers get there in nearly every
        // schedule; with a single one it takes a consumer that hardly moves, and a search could miss that.
        given: (c) => c.producers > 1 && all(c) >= c.capacity && c.capacity > c.producers + c.consumers + 1,
        seen: (s, c) => s.made - s.begun >= c.capacity,
      },
      'two consumers consume at once': {
        given: (c) => c.consumers > 1 && c.capacity > 1 && all(c) > 1,
        seen: (s) => s.consuming > 1,
      },
      // A slot may be kept until its item is consumed, so there is one for each.
      'all consumers consume at once': {
        given: (c) => c.consumers > 2 && c.capacity >= c.consumers && all(c) >= c.consumers,
        seen: (s, c) => s.consuming === c.consumers,
      },
    },
  },
  me: {
    producer: (c, number, world) => {
      let made = 0;
      world.remembers(() => [made]);
      return {
        /** The items to make, whole numbers above 0. Each is made when the loop asks for it. */
        items: world.each(() => {
          if (made === c.items) return undefined;
          const item = world.random(GUESSES) * all(c) + number * c.items + made++;
          world.event('produced', item);
          return item;
        }),
      };
    },
    consumer: (c, number, world) => {
      world.remembers(() => []);
      return {
        /** How many items this consumer takes where all take their share; some get one more than others. */
        quota: Math.floor(all(c) / c.consumers) + (number < all(c) % c.consumers ? 1 : 0),
        /** Consumes `item`. Takes a while. */
        consume: (item: number) => world.during('consumeBegins', 'consumeEnds', item),
      };
    },
  },
  speed: {
    case: { producers: 1, consumers: 1, capacity: 64, items: 25_000 },
    unit: 'items',
    count: (c) => c.producers * c.items,
  },
});
