import { between, problem } from 'interleave';

export default problem({
  id: 'dining-philosophers',
  title: 'Dining philosophers',
  level: 2,
  summary: 'Neighbours share a fork; nobody may starve, and nobody may eat with a neighbour.',
  parameters: { seats: between(2, 7), meals: between(1, 3, { free: 20_000 }) },
  roles: { philosopher: (c) => c.seats },
  specification: {
    start: (c) => ({ eating: Array.from({ length: c.seats }, () => false), meals: 0 }),
    events: {
      eatBegins: {
        says: 'begins to eat',
        rules: {
          'neighbours never eat together': {
            holds: (s, e, c) => !s.eating[(e.by + 1) % c.seats] && !s.eating[(e.by + c.seats - 1) % c.seats],
            because: (s, e, c) =>
              `philosopher ${[(e.by + 1) % c.seats, (e.by + c.seats - 1) % c.seats].find((n) => s.eating[n])} was eating`,
          },
        },
        then: (s, e) => {
          s.eating[e.by] = true;
        },
      },
      eatEnds: {
        says: 'ends the meal',
        then: (s, e) => {
          s.eating[e.by] = false;
          s.meals++;
        },
      },
    },
    ends: { 'everyone eats as often as asked': (s, c) => s.meals === c.seats * c.meals },
    witnesses: {
      'half of the table eats at once': {
        given: (c) => c.seats >= 4,
        seen: (s, c) => s.eating.filter(Boolean).length === Math.floor(c.seats / 2),
      },
    },
  },
  me: {
    philosopher: (c, seat, world) => ({
      /** This philosopher's seat, from 0. */
      seat,
      /** The fork at the left hand. */
      left: seat,
      /** The fork at the right hand, which is the neighbour's left one. */
      right: (seat + 1) % c.seats,
      /** The meals to eat, numbered from 1. */
      meals: Array.from({ length: c.meals }, (_, i) => i + 1),
      /** Thinks for a while. */
      think: () => world.think(),
      /** Eats. Both forks must be in hand. */
      eat: (_meal?: number) => {
        world.event('eatBegins', seat);
        world.event('eatEnds', seat);
      },
    }),
  },
  speed: { case: { seats: 5, meals: 10_000 }, unit: 'meals', count: (c) => c.seats * c.meals },
});
