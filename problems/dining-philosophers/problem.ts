import { between, problem } from 'interleave';

/** The seats at both sides of `seat`; at a table for two they are the same. */
const neighbours = (seat: number, seats: number): readonly [number, number] => [
  (seat + 1) % seats,
  (seat + seats - 1) % seats,
];

export default problem({
  id: 'dining-philosophers',
  title: 'Dining philosophers',
  level: 2,
  summary: 'Neighbours share a fork, so they cannot eat together; everybody wants to eat.',
  parameters: { seats: between(2, 7), meals: between(1, 3, { free: 15_000 }) },
  roles: { philosopher: (c) => c.seats },
  specification: {
    start: (c) => ({
      eating: new Array<boolean>(c.seats).fill(false),
      /** Philosophers who eat now. */
      count: 0,
      /** Meals that each philosopher has finished. */
      meals: new Array<number>(c.seats).fill(0),
    }),
    events: {
      eatBegins: {
        says: 'begins to eat',
        rules: {
          'neighbours never eat together': {
            holds: (s, e, c) => !neighbours(e.by, c.seats).some((seat) => s.eating[seat]),
            because: (s, e, c) => {
              const eating = [...new Set(neighbours(e.by, c.seats))].filter((seat) => s.eating[seat]);
              const names = eating.map((seat) => `philosopher ${seat}`).join(' and ');
              return `${names} ${eating.length === 1 ? 'was' : 'were'} eating`;
            },
          },
        },
        then: (s, e) => {
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
    },
  },
  me: {
    philosopher: (c, seat, world) => {
      world.remembers(() => []);
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
        /** Eats. Takes a while; both forks must be in hand. */
        eat: (meal: number) => world.during('eatBegins', 'eatEnds', meal),
      };
    },
  },
  speed: { case: { seats: 5, meals: 10_000 }, unit: 'meals', count: (c) => c.seats * c.meals },
});
