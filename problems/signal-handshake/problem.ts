// Jobs that are given and done, told of by signals. The rules are about jobs alone: given, begun, ended, noted. Who signals
// what to whom is the solution's own business.
import { between, problem } from 'interleave';

interface Case {
  readonly helpers: number;
  readonly jobs: number;
  readonly open: number;
}

interface State {
  /** The number of each job, by its place; 0 as long as it is not given. */
  readonly given: number[];
  readonly begun: boolean[];
  readonly done: boolean[];
  readonly noted: boolean[];
  /** Jobs that are given and not noted. */
  open: number;
  /** Helpers that are at work. */
  working: number;
}

// A job is one number, in which its place and something that nobody can guess are inseparable.
const GUESSES = 500;
const placeOf = (job: number, c: Case): number => ((job % c.jobs) + c.jobs) % c.jobs;
const wasGiven = (s: State, job: number, c: Case): boolean => job > 0 && s.given[placeOf(job, c)] === job;

/** Why `job` cannot be noted; undefined where it can. */
function wrong(s: State, job: number, c: Case): string | undefined {
  const place = placeOf(job, c);
  if (!wasGiven(s, job, c)) return `there is no job ${job}`;
  if (!s.done[place]) return `nobody has finished job ${job}`;
  return s.noted[place] ? `job ${job} was noted before` : undefined;
}

export default problem({
  id: 'signal-handshake',
  title: 'Hand signals',
  level: 3,
  summary: 'A boss and helpers tell each other of jobs by signals, of which some become one.',
  parameters: {
    helpers: between(1, 3),
    jobs: between(1, 4, { free: 5_000 }),
    open: between(1, 3),
  },
  roles: { boss: () => 1, helper: (c) => c.helpers },
  mechanisms: ['signal'],
  forbidden: {
    semaphore: 'Here processes tell each other by signals.',
    condition: 'Here processes tell each other by signals.',
    barrier: 'Here processes tell each other by signals.',
    latch: 'Here processes tell each other by signals.',
    event: 'Here processes tell each other by signals.',
  },
  specification: {
    start: (c): State => ({
      given: new Array<number>(c.jobs).fill(0),
      begun: new Array<boolean>(c.jobs).fill(false),
      done: new Array<boolean>(c.jobs).fill(false),
      noted: new Array<boolean>(c.jobs).fill(false),
      open: 0,
      working: 0,
    }),
    events: {
      gives: {
        says: (e) => `has job ${e.value} to give`,
        rules: {
          'no more jobs are open than may be': {
            holds: (s, _e, c) => s.open < c.open,
            because: (s, e) => `${s.open} jobs were not noted yet when job ${e.value} came`,
          },
        },
        then: (s, e, c) => {
          s.given[placeOf(e.value, c)] = e.value;
          s.open++;
        },
      },
      begins: {
        says: (e) => `begins job ${e.value}`,
        rules: {
          'every job is one that was given, and done once': {
            breach: 'lost' as const,
            holds: (s, e, c) => wasGiven(s, e.value, c) && !s.begun[placeOf(e.value, c)],
            because: (s, e, c) =>
              wasGiven(s, e.value, c)
                ? `job ${e.value} was begun before`
                : `the boss has given no job ${e.value}`,
          },
        },
        then: (s, e, c) => {
          s.working++;
          if (wasGiven(s, e.value, c)) s.begun[placeOf(e.value, c)] = true;
        },
      },
      ends: {
        says: (e) => `has done job ${e.value}`,
        then: (s, e, c) => {
          s.working--;
          if (wasGiven(s, e.value, c)) s.done[placeOf(e.value, c)] = true;
        },
      },
      notes: {
        says: (e) => `notes job ${e.value}`,
        rules: {
          'a job is noted when it is done, once': {
            holds: (s, e, c) => wrong(s, e.value, c) === undefined,
            because: (s, e, c) => wrong(s, e.value, c) ?? '',
          },
        },
        then: (s, e, c) => {
          if (wrong(s, e.value, c) !== undefined) return;
          s.noted[placeOf(e.value, c)] = true;
          s.open--;
        },
      },
    },
    ends: {
      'every job is done and noted': (s) => s.noted.every((noted) => noted),
    },
    witnesses: {
      'two helpers are at work at once': {
        given: (c) => c.helpers > 1 && c.jobs > 1 && c.open > 1,
        seen: (s) => s.working > 1,
      },
      'all helpers are at work at once': {
        given: (c) => c.helpers > 2 && c.jobs >= c.helpers && c.open >= c.helpers,
        seen: (s, c) => s.working === c.helpers,
      },
    },
  },
  me: {
    boss: (c, _number, world) => {
      let given = 0;
      world.remembers(() => [given]);
      return {
        /** The jobs to give, whole numbers above 0. Each comes when the loop asks for it. */
        jobs: world.each(() => {
          if (given === c.jobs) return undefined;
          const job = world.random(GUESSES) * c.jobs + given++;
          world.event('gives', job);
          return job;
        }),
        /** Notes that `job` is done. */
        note: (job: number) => world.event('notes', job | 0),
      };
    },
    helper: (_c, number, world) => {
      world.remembers(() => []);
      return {
        /** Which helper this is, from 0. */
        number,
        /** Does `job`. Takes a while. */
        work: (job: number) => world.during('begins', 'ends', job | 0),
      };
    },
  },
  speed: {
    case: { helpers: 1, jobs: 5_000, open: 1 },
    unit: 'jobs',
    count: (c) => c.jobs,
  },
});
