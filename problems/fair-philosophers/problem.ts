import { between, problem } from 'interleave';

/** The seats at both sides of `seat`. */
const neighbours = (seat: number, seats: number): readonly [number, number] => [
  (seat + 1) % seats,
  (seat + seats - 1) % seats,
];

/** How often each neighbour may begin to eat before one who waits does. */
const BYPASS = 1;

/** Nobody has said anything yet. */
const start = (c: { readonly seats: number }) => ({
  eating: new Array<boolean>(c.seats).fill(false),
  /** Those who have said that they are hungry and have not begun to eat. */
  waiting: new Array<boolean>(c.seats).fill(false),
  /** How often a neighbour began since then: by the one who waits, then by the neighbour. */
  passed: Array.from({ length: c.seats }, () => new Array<number>(c.seats).fill(0)),
  /** Philosophers who eat now. */
  count: 0,
  /** Meals that each philosopher has finished. */
  meals: new Array<number>(c.seats).fill(0),
});

export default problem({
  id: 'fair-philosophers',
  title: 'Philosophers whom nobody starves',
  level: 4,
  summary: 'Neighbours cannot eat together, and nobody who waits is passed over twice by the same neighbour.',
  parameters: { seats: between(3, 5), meals: between(2, 3, { free: 5_000 }) },
  roles: { philosopher: (c) => c.seats },
  specification: {
    start,
    events: {
      getsHungry: {
        says: 'is hungry',
        then: (s, e) => {
          s.waiting[e.by] = true;
          s.passed[e.by].fill(0);
        },
      },
      eatBegins: {
        says: 'begins to eat',
        rules: {
          'neighbours never eat together': {
            holds: (s, e, c) => !neighbours(e.by, c.seats).some((seat) => s.eating[seat]),
            because: (s, e, c) => {
              const eating = neighbours(e.by, c.seats).filter((seat) => s.eating[seat]);
              const names = eating.map((seat) => `philosopher ${seat}`).join(' and ');
              return `${names} ${eating.length === 1 ? 'was' : 'were'} eating`;
            },
          },
          'nobody who waits is passed over twice by the same neighbour': {
            breach: 'starvation' as const,
            holds: (s, e, c) =>
              neighbours(e.by, c.seats).every((seat) => !s.waiting[seat] || s.passed[seat][e.by] < BYPASS),
            because: (s, e, c) => {
              const over = neighbours(e.by, c.seats).filter(
                (seat) => s.waiting[seat] && s.passed[seat][e.by] >= BYPASS,
              );
              const names = over.map((seat) => `philosopher ${seat}`).join(' and ');
              return `${names} ${over.length === 1 ? 'was' : 'were'} hungry before its last meal and ${over.length === 1 ? 'waits' : 'wait'} still`;
            },
          },
        },
        then: (s, e, c) => {
          for (const seat of neighbours(e.by, c.seats)) if (s.waiting[seat]) s.passed[seat][e.by]++;
          s.waiting[e.by] = false;
          s.eating[e.by] = true;
          s.count++;
        },
      },
      eatEnds: {
        says: 'ends the meal',
        then: (s, e) => {
          s.eating[e.by] = false;
          s.count--;
          s.meals[e.by]++;
        },
      },
    },
    ends: {
      'everyone eats as often as asked': (s, c) => s.meals.every((meals) => meals === c.meals),
    },
    witnesses: {
      'half of the table eats at once': {
        given: (c) => c.seats >= 4,
        seen: (s, c) => s.count >= Math.floor(c.seats / 2),
      },
      // Whoever says so only when the forks are in hand would never be passed over.
      'both neighbours of one who eats say that they are hungry': {
        seen: (s, c) =>
          s.eating.some((eats, seat) => eats && neighbours(seat, c.seats).every((other) => s.waiting[other])),
      },
    },
  },
  me: {
    philosopher: (c, seat, world) => {
      let hungry = false;
      world.remembers(() => [hungry]);
      return {
        /** This philosopher's seat, from 0. */
        seat,
        /** The number of the fork at the left hand. */
        left: seat,
        /** The number of the fork at the right hand, which is the right neighbour's left one. */
        right: (seat + 1) % c.seats,
        /** The meals to eat, numbered from 1. */
        meals: Array.from({ length: c.meals }, (_, i) => i + 1),
        /** Thinks for a while; orders nothing. */
        think: () => world.think(),
        /** Says that it is in line: from now on nobody may pass it over twice. Once before each meal. */
        hungry: () => {
          if (hungry) throw new Error('hungry() was called twice before a meal. Call it once, then eat');
          hungry = true;
          world.event('getsHungry');
        },
        /** Eats. Takes a while; both forks must be in hand. */
        eat: (meal: number) => {
          if (!hungry) throw new Error('eat() without hungry(). Say first that you are in line');
          hungry = false;
          world.during('eatBegins', 'eatEnds', meal);
        },
      };
    },
  },
  speed: { case: { seats: 5, meals: 5_000 }, unit: 'meals', count: (c) => c.seats * c.meals },
});
