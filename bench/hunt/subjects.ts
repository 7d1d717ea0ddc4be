// The rows of the scoreboard: a program, a case, and the fewest schedules to the first bug that anybody has published
// or that was measured elsewhere, with the strategy that needed them.
//
// SCTBench's programs have so many threads of each role as in the suite that SURW was measured on
// (github.com/wcventure/PERIOD, evaluation/CS): reorder_20 is ten and ten, reorder_100 ninety-nine and one.
export interface Subject {
  readonly name: string;
  /** In bench/hunt/programs/. */
  readonly program: string;
  readonly case: {
    readonly lefts: number;
    readonly rights: number;
    readonly times: number;
    readonly capacity: number;
  };
  readonly best: { readonly schedules: number; readonly by: string };
}

const subject = (
  name: string,
  program: string,
  [lefts, rights]: readonly [number, number],
  best: number,
  by: string,
  times = 1,
): Subject => ({
  name,
  program,
  case: { lefts, rights, times, capacity: 1 },
  best: { schedules: best, by },
});

export const subjects: readonly Subject[] = [
  subject('philosophers-3', 'philosophers', [3, 0], 4.2, 'URW'),
  subject('philosophers-5', 'philosophers', [5, 0], 9.8, 'URW'),
  subject('philosophers-8', 'philosophers', [8, 0], 33, 'URW'),
  subject('philosophers-16', 'philosophers', [16, 0], 1017, 'URW'),
  subject('one-condition-2-2-4', 'one-condition', [2, 2], 2.5, 'random', 4),
  subject('one-condition-1-2-2', 'one-condition', [1, 2], 25, 'random', 2),
  subject('reorder-3', 'reorder', [2, 1], 7, 'SURW'),
  subject('reorder-5', 'reorder', [4, 1], 10, 'SURW'),
  subject('reorder-20', 'reorder', [10, 10], 6, 'SURW'),
  subject('reorder-100', 'reorder', [99, 1], 194, 'SURW'),
  subject('twostage', 'twostage', [1, 1], 8, 'SURW'),
  subject('twostage-20', 'twostage', [10, 10], 6, 'SURW'),
  subject('twostage-100', 'twostage', [99, 1], 454, 'SURW'),
  subject('wronglock', 'wronglock', [1, 7], 7, 'SURW'),
];
