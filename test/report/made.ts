// Verdicts made by hand and by chance: what the reports are tested with.
import fc from 'fast-check';
import { type Finding, type Kind, kinds, type Player, type TraceStep } from '../../harness/check/finding.ts';
import type { Verdict } from '../../harness/check/verdict.ts';
import type { Page } from '../../harness/report/page.ts';
import { palette } from '../../harness/report/palette.ts';

export const source = [
  "import { mutex, solve } from 'interleave';",
  '',
  '  philosopher({ forks }, me) {',
  '      forks[me.left].lock();',
  '      forks[me.right].lock();',
  '      me.eat(meal);',
];

export const paper = (width = 80, colours = false): Page => ({
  width,
  palette: palette(colours),
  source: ({ line }) => source[line - 1],
});

export const players = (count: number, role = 'philosopher'): Player[] =>
  Array.from({ length: count }, (_, n) => ({
    process: n,
    role,
    number: n,
    name: count === 1 ? role : `${role} ${n}`,
  }));

const at = (line: number) => ({ file: 'mine.ts', line, column: 7 });

export const lockStep = (step: number, process: number, line: number, text: string): TraceStep => ({
  step,
  process,
  role: 'philosopher',
  operation: 'lock',
  object: text.replace(/\.lock\(\)$/, ''),
  text,
  location: at(line),
});

/** Two philosophers, each with the left fork in hand. */
export const deadlock: Finding = {
  kind: 'deadlock',
  message:
    'Each holds a fork that another one waits for. Take the forks in one order that is the same for everyone.',
  case: { seats: 2, meals: 1 },
  schedule: 'v1 a1 b1',
  mode: 'controlled',
  strategy: 'uniform',
  players: players(2),
  steps: 2,
  switches: 1,
  trace: [lockStep(1, 0, 4, 'forks[0].lock()'), { ...lockStep(2, 1, 4, 'forks[1].lock()'), preempts: true }],
  waiting: [
    { process: 0, text: 'forks[1].lock()', object: 'forks[1]', heldBy: [1], location: at(5) },
    { process: 1, text: 'forks[0].lock()', object: 'forks[0]', heldBy: [0], location: at(5) },
  ],
  cycle: [0, 1],
};

/** Two neighbours eat together. */
export const unsafe: Finding = {
  ...deadlock,
  kind: 'unsafe',
  rule: 'neighbours never eat together',
  message: 'philosopher 1 begins to eat while philosopher 0 was eating.',
  schedule: 'v1 a1 b1',
  trace: [
    {
      step: 1,
      process: 0,
      role: 'philosopher',
      operation: 'event',
      object: 'eatBegins',
      text: 'begins to eat',
      location: at(6),
    },
    {
      step: 2,
      process: 1,
      role: 'philosopher',
      operation: 'event',
      object: 'eatBegins',
      text: 'begins to eat',
      location: at(6),
      preempts: true,
    },
  ],
  waiting: [],
  process: 1,
};
delete (unsafe as { cycle?: unknown }).cycle;

export const crash: Finding = {
  ...unsafe,
  kind: 'crash',
  message:
    "philosopher 0 ended with an exception: TypeError: Cannot read properties of undefined (reading 'lock').",
  process: 0,
  location: at(5),
  stack: ['at philosopher (mine.ts:5:7)'],
};
delete (crash as { rule?: unknown }).rule;

export const overSynchronised: Finding = {
  ...unsafe,
  kind: 'over-synchronised',
  rule: 'half of the table eats at once',
  message: 'In none of 4,000 runs did half of the table eat at once. One lock for everything is too much.',
  case: { seats: 4, meals: 1 },
  schedule: null,
  players: players(4),
  steps: 0,
  switches: 0,
  trace: [],
};
delete (overSynchronised as { process?: unknown }).process;

/** Something of every kind. */
export const ofKind = (kind: Kind): Finding =>
  ({ deadlock, unsafe, crash, 'over-synchronised': overSynchronised })[kind as string] ?? { ...unsafe, kind };

export const rejected: Verdict = {
  problem: 'dining-philosophers',
  title: 'Dining philosophers',
  file: 'mine.ts',
  seed: 1,
  verdict: 'rejected',
  findings: [deadlock],
  explored: {
    cases: 1,
    schedules: 212,
    modelled: 200,
    traces: 14,
    proved: [],
    searched: [],
    steps: 1834,
    seconds: 0.31,
    perSecond: 683.87,
  },
  free: { runs: 0, perSecond: 0, unit: 'meals' },
  notes: [],
};

export const accepted: Verdict = {
  ...rejected,
  verdict: 'accepted',
  findings: [],
  explored: {
    cases: 12,
    schedules: 20_000,
    modelled: 18_750,
    traces: 14_212,
    proved: [],
    searched: [],
    steps: 1_834_123,
    seconds: 4.31,
    perSecond: 4640.37,
  },
  free: { runs: 6, perSecond: 183_211.4, unit: 'meals' },
};

export const failed: Verdict = {
  ...rejected,
  verdict: 'error',
  findings: [],
  error: 'the referee ended without a word (signal SIGKILL).',
};

// --- by chance ---

const word = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('count', 'forks[1]', 'if (++readers.value === 1) roomEmpty.wait();', 'x'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
);
const position = fc.record({
  file: fc.constant('mine.ts'),
  line: fc.integer({ min: 1, max: 2000 }),
  column: fc.nat(80).map((n) => n + 1),
});
export const schedules = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 99 })), { minLength: 1 })
  .map((takes) => ['v1', ...takes.map(([p, n]) => `${p}${n}`)].join(' '));
export const cases = fc.dictionary(fc.constantFrom('seats', 'meals', 'capacity', 'itemsEach'), fc.nat(100), {
  noNullPrototype: true,
});

/** A finding of any kind, with strange words in it. */
export const findings: fc.Arbitrary<Finding> = fc.integer({ min: 1, max: 8 }).chain((count) => {
  const process = fc.nat(count - 1);
  const step = fc.record(
    {
      process,
      role: fc.constant('philosopher'),
      operation: fc.constantFrom('lock', 'read', 'event'),
      object: word,
      text: word,
      location: position,
      preempts: fc.boolean(),
    },
    { requiredKeys: ['process', 'role', 'operation', 'object', 'text'] },
  );
  return fc.record(
    {
      kind: fc.constantFrom(...kinds),
      rule: word,
      message: word,
      case: cases,
      schedule: fc.option(schedules),
      mode: fc.constantFrom('controlled' as const, 'free' as const),
      strategy: fc.constantFrom('uniform', 'pct'),
      players: fc.constant(players(count)),
      searched: fc.array(
        fc.record({
          case: fc.record({ seats: fc.nat() }),
          traces: fc.integer({ min: 1 }),
          part: fc.double({ min: 0, max: 0.99, noNaN: true }),
        }),
        { maxLength: 2 },
      ),
      steps: fc.nat(),
      switches: fc.nat(100),
      trace: fc
        .array(step, { maxLength: 120, size: 'max' })
        .map((steps) => steps.map((one, i) => ({ ...one, step: i + 1 }) as TraceStep)),
      waiting: fc.uniqueArray(
        fc.record(
          {
            process,
            text: word,
            object: word,
            heldBy: fc.array(process, { maxLength: 2 }),
            location: position,
          },
          { requiredKeys: ['process', 'text', 'object', 'heldBy'] },
        ),
        { selector: (w) => w.process },
      ) as fc.Arbitrary<Finding['waiting']>,
      cycle: fc.array(process, { maxLength: 3 }),
      process,
      location: position,
      stack: fc.array(word, { maxLength: 3 }),
    },
    {
      requiredKeys: [
        'kind',
        'message',
        'case',
        'schedule',
        'mode',
        'strategy',
        'players',
        'steps',
        'switches',
        'trace',
        'waiting',
      ],
    },
  ) as fc.Arbitrary<Finding>;
});

const amount = fc.oneof(fc.double({ min: 0, noNaN: true }), fc.nat());

/** A verdict of any kind. */
export const verdicts: fc.Arbitrary<Verdict> = fc
  .record({
    explored: fc.record({
      cases: fc.nat(),
      schedules: fc.nat(),
      modelled: fc.nat(),
      traces: fc.nat(),
      proved: fc.array(fc.record({ case: fc.record({ seats: fc.nat() }), traces: fc.integer({ min: 1 }) }), {
        maxLength: 2,
      }),
      searched: fc.array(
        fc.record({
          case: fc.record({ seats: fc.nat() }),
          traces: fc.integer({ min: 1 }),
          part: fc.double({ min: 0, max: 0.99, noNaN: true }),
        }),
        { maxLength: 2 },
      ),
      steps: fc.nat(),
      seconds: amount,
      perSecond: amount,
    }),
    free: fc.record({ runs: fc.nat(), perSecond: amount, unit: fc.constantFrom('meals', 'items') }),
    notes: fc.array(word, { maxLength: 2 }),
    seed: fc.nat(),
    broken: fc.array(findings, { minLength: 1, maxLength: 3 }),
    error: word,
    verdict: fc.constantFrom('accepted' as const, 'rejected' as const, 'error' as const),
  })
  .map(({ broken, error, ...rest }) => ({
    ...accepted,
    ...rest,
    findings: rest.verdict === 'rejected' ? broken : [],
    ...(rest.verdict === 'error' && { error }),
  }));
