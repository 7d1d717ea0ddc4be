// A rule that was broken, with the run that shows it. Everything here is plain data: it crosses process borders
// and becomes text, JSON or a test's failure message.
import type { Case } from '../problem/problem.ts';

export const kinds = [
  'deadlock',
  'unsafe',
  'race',
  'over-synchronised',
  'starvation',
  'livelock',
  'busy-waiting',
  'lost',
  'misuse',
  'crash',
  'left-behind',
  'nondeterministic',
  'non-terminating',
  'forbidden',
] as const;

/** What a finding is called. */
export type Kind = (typeof kinds)[number];

/** A place in the student's own file. Line and column count from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A process of a run, by role and number in the role. */
export interface Player {
  /** Number among all processes, from 0; in schedules it is the letter a, b, c … */
  readonly process: number;
  readonly role: string;
  /** Number among those of its role, from 0. */
  readonly number: number;
  /** `philosopher 0`; the bare role where only one plays it. */
  readonly name: string;
}

/** One step of a run, in words. */
export interface TraceStep {
  /** From 1. */
  readonly step: number;
  readonly process: number;
  readonly role: string;
  /** `lock`, `read`, `write`, `event`, `sleep` … */
  readonly operation: string;
  /** The object by its name in `share` (`forks[1]`), or the event's name. */
  readonly object: string;
  /** The step in a few words, without the process: `forks[1].lock()`, `reads count = 2`, `begins to eat`. */
  readonly text: string;
  /** Where in the student's file; absent where the step is not the student's own line, or was not asked for. */
  readonly location?: Location;
  /** Another process could not have been chosen only because of the schedule: this step begins after a preemption. */
  readonly preempts?: boolean;
}

/** Why a process could not go on when the run ended. */
export interface Waiting {
  readonly process: number;
  /** What it was about to do: `forks[1].lock()`. */
  readonly text: string;
  readonly object: string;
  /** The processes that hold it, as far as that can be known. */
  readonly heldBy: readonly number[];
  /** Kernel objects: the end that those have open: `ball.writer`. */
  readonly end?: string;
  readonly location?: Location;
}

/** One of the two steps whose order decides. */
export interface CriticalStep {
  /** Its number in the trace; null where it came, or would have come, after all that is shown. */
  readonly step: number | null;
  readonly process: number;
  /** The step in a few words: `forks[1].lock()`. */
  readonly text: string;
  readonly location?: Location;
}

/** The two steps whose order decides, and a run in which the second comes before the first, and no rule is broken. */
export interface Critical {
  readonly steps: readonly [first: CriticalStep, second: CriticalStep];
  /** Replays the run that passes. */
  readonly schedule: string;
}

/** A known mistake: what it is called, and in words what happened and what to do. */
export interface Misconception {
  readonly name: string;
  readonly text: string;
}

export interface Finding {
  readonly kind: Kind;
  /** The sentence of the rule, end rule or witness that was broken, in the problem's words. */
  readonly rule?: string;
  /** What happened, to what, and the likely cause or next step. A few sentences. */
  readonly message: string;
  readonly case: Case;
  /** Replays the run; null where no single controlled run shows it (over-synchronised, free runs). */
  readonly schedule: string | null;
  readonly mode: 'controlled' | 'free';
  readonly strategy: string;
  readonly players: readonly Player[];
  /** Steps of the run. */
  readonly steps: number;
  /** Preemptive context switches: the process could have gone on. */
  readonly switches: number;
  readonly trace: readonly TraceStep[];
  /** Where the run goes round for ever: the steps, from 1, that come again and again behind the trace. */
  readonly loop?: { readonly from: number; readonly to: number };
  /** Who could not go on at the end. */
  readonly waiting: readonly Waiting[];
  /** For a deadlock among holders: the processes of the cycle, in order. */
  readonly cycle?: readonly number[];
  /** The process that broke the rule, where it is one. */
  readonly process?: number;
  /** A race: the numbers, in the trace, of the two steps that nothing orders. */
  readonly accesses?: readonly [first: number, second: number];
  /** Where the run would have gone well, had two of its steps come in the other order. */
  readonly critical?: Critical;
  /** The known mistake behind it, where the run makes it certain. */
  readonly misconception?: Misconception;
  /** Where the student's file broke it, where it is one place (crash, misuse, endless loop, the second access of a race). */
  readonly location?: Location;
  /** The student's own stack, for a crash; one frame a line, positions of the student's file. */
  readonly stack?: readonly string[];
}
