// The control block: what a referee and its workers say to each other, all of it in the team's segment.
//
// | words               | what                                                            |
// | ------------------- | --------------------------------------------------------------- |
// | 0 …                 | the run: see `Run`                                              |
// | SLOTS …             | one slot a process: see `Slot`                                  |
// | STRATEGY …          | state of the strategy, then the prescribed schedule             |
// | TEXT …              | one text a process: why it crashed (UTF-16)                     |
// | TABLE …             | names of the shared objects, as JSON (UTF-16)                   |
// | SAID …              | what student code printed, while a run is replayed              |
// | CODE …              | long texts: the programs to load, as JSON (UTF-16)              |
// | DATA …              | the shared objects                                              |
// | BYTES …             | one buffer a process: what goes to the kernel and comes from it |
// | TRACE …             | the records of the steps: see trace-record.ts                   |

import { ENDLESS } from '../schedule/schedule.ts';

/** Most processes that a run may have. */
export const MAX_PROCESSES = 32;
/** Most that a run of the model may have: so many slots there are. A strategy has words for twice as many. */
export const MAX_MODELLED = 128;

/** Words of the header. */
export const Run = {
  /** 0 controlled, 1 free. */
  MODE: 0,
  PROCESSES: 1,
  /** Bits of `Flag`. */
  FLAGS: 2,
  /** Seed of the processes' own random numbers. */
  SEED: 3,
  /** Index in `schedule/strategies.ts`. */
  STRATEGY: 4,
  /** After so many steps the fair tail takes over. */
  STRATEGY_BOUND: 5,
  /** After so many steps the run is ended. */
  STEP_BOUND: 6,
  /** Steps taken. */
  STEPS: 7,
  /** How the run ended: an `Ending`; RUNNING while it goes on. */
  STATE: 8,
  /** The process that ended it, or -1. */
  BY: 9,
  /** Processes that stand at their first step, or ended before one. */
  ARRIVED: 10,
  /** Processes that have left the run; the referee sleeps on it. */
  FINISHED: 11,
  /** 1 if the next step is taken although the process that moved last could have gone on. */
  PREEMPTED: 12,
  /** Process that moved last, or -1. */
  LAST: 13,
  /** Length of the table, in UTF-16 units; 0 while none was written. */
  TABLE_LENGTH: 14,
  /** Length of the code, in UTF-16 units. */
  CODE_LENGTH: 15,
  /** Used words of SAID. */
  SAID_LENGTH: 16,
  /** Events of a free run so far. */
  EVENTS: 17,
  /** Generator of the fair tail: two words. */
  TAIL: 18,
  /** 1 once a process sleeps: never changed, a word to time out on. */
  NEVER: 20,
  /** Processes that may still be killed. */
  KILLS: 21,
  /** Step from which on the next one is, where the strategy does not choose it; -1 if none is. See kills.ts. */
  KILL_AT: 22,
  /** Steps among which the one after that is drawn. */
  KILL_WITHIN: 23,
  /** Generator of those moments: two words. */
  KILLER: 24,
  /** 1 where the referee sends kernel objects before the run begins. */
  GRANTS: 26,
} as const;

export const Flag = {
  /** Take source positions at every step. */
  POSITIONS: 1,
  /** Process 0 writes the table of objects. */
  TABLE: 2,
  /** Free runs: yield or sleep a little at some steps. */
  NOISE: 4,
  /** Free runs: all processes share one processor, so looking twice before sleeping is a waste. */
  ONE_PROCESSOR: 8,
  /** Controlled runs: no process goes on before its step was taken, even if the step has no result. */
  EXACT: 16,
  /** Controlled runs: under total store order. See store-buffer.ts. */
  BUFFERED: 32,
  /** Controlled runs: processes may be killed. See kills.ts. */
  KILLS: 64,
} as const;

/** How a run ended. */
export const Ending = {
  RUNNING: 0,
  FINISHED: 1,
  DEADLOCK: 2,
  MISUSE: 3,
  CRASH: 4,
  /** More steps than the bound, the last of them under a fair schedule. */
  BOUND: 5,
  /** The prescribed schedule names a process that cannot move. */
  UNFIT: 6,
  /** The processes do not share the same objects. */
  LAYOUT: 7,
  /** A role loops without a step. */
  ENDLESS: 8,
  /** Ended by the referee: a worker died or hangs. */
  STOPPED: 9,
  /** The solution asks for other kernel objects than it was given; its text says which. */
  WANTS: 11,
  /** A free run that takes too long; what it did not show is not judged. */
  CUT: 10,
} as const;

export const SLOTS = 64;
/** Words of one announced step: the words from `Slot.OPERATION` on. */
export const STEP_WORDS = 10;
/** Steps that a process may have announced behind the one it stands at. */
export const QUEUE_LENGTH = 64;
export const SLOT_WORDS = 32 + QUEUE_LENGTH * STEP_WORDS;

/** Words of a slot. */
export const Slot = {
  /** Counts commands; the worker sleeps on it between runs. */
  START: 0,
  /** A `Command`. */
  COMMAND: 1,
  /** A `Turn`: whether it may take its step; it sleeps on it at the gate. */
  TURN: 2,
  /** A `Status`. */
  STATUS: 3,
  /** Steps that it has announced and that nobody has taken yet. */
  ANNOUNCED: 4,
  /** Where the next of those behind the first lies in its queue. */
  FRONT: 5,
  /** How its role ended, DONE or CRASHED; its announced steps are taken first. 0 before. */
  ENDED: 6,
  /** 1 where it ends itself, since student code does not let it leave a run that is over. */
  GAVE_UP: 7,
  /** Length of its text, in UTF-16 units. */
  TEXT_LENGTH: 9,
  /** Where in the compiled solution it crashed, misused or loops: line and column from 1; 0 if unknown. */
  LINE: 10,
  COLUMN: 11,
  /** Digest of the objects that its `share` created. */
  LAYOUT: 12,
  /** Free runs: word in the segment that it sleeps on. */
  SLEEPS_ON: 13,
  /** Free runs: counts its sleeps, so that two looks at it can be told apart. */
  SLEEPS: 14,
  /** Free runs: steps taken, in thousands. */
  KILOSTEPS: 15,
  /** 1 once it was killed and has closed what it had open of kernel objects; who kills it waits for that. */
  LET_GO: 8,
  /** Its answer to the last command other than a run: 1 done, 2 failed (see its text). */
  ANSWER: 16,
  /** How a run ends that this process must leave: an `Ending`, CRASH or ENDLESS. */
  CAUSE: 17,
  /** What its last step gave it, as a double. */
  RESULT: 18,
  /** The step it stands at: code of the operation. */
  OPERATION: 20,
  OBJECT: 21,
  AT: 22,
  INDEX: 23,
  ARGUMENT: 24,
  /** Second argument. */
  SECOND: 25,
  /** Reads and writes: the kind of element, as its place in `elementKinds`. */
  ELEMENT: 26,
  /** 1 where the role waits for its result. */
  LISTENS: 27,
  /** What is written, as a double. */
  VALUE: 28,
  /** Further announced steps, `QUEUE_LENGTH` times `STEP_WORDS`, in a ring. */
  QUEUE: 30,
} as const;

export const Command = { LOAD: 1, CASE: 2, PLAY: 3, MODEL: 4 } as const;

export const Turn = { NONE: 0, GIVEN: 1, ASLEEP: 2 } as const;

export const Status = {
  /** Not in the run, or running its own code. */
  MOVING: 0,
  /** At the gate, its next step published (controlled); asleep until its operation is ready (free). */
  STANDING: 1,
  DONE: 2,
  CRASHED: 3,
  /** Killed by the schedule. */
  KILLED: 4,
} as const;

export const STRATEGY = SLOTS + MAX_MODELLED * SLOT_WORDS;
/** Words of a strategy's own state, before the prescribed schedule. */
export const STRATEGY_WORDS = 1024;
export const PRESCRIBED_WORDS = 65_536;
export const TEXT = STRATEGY + STRATEGY_WORDS + PRESCRIBED_WORDS;
/** UTF-16 units of one process's text. */
export const TEXT_UNITS = 4096;
export const TABLE = TEXT + (MAX_MODELLED * TEXT_UNITS) / 2;
export const TABLE_UNITS = 131_072;
export const SAID = TABLE + TABLE_UNITS / 2;
export const SAID_WORDS = 65_536;
export const CODE = SAID + SAID_WORDS;
/** UTF-16 units of the programs. */
export const CODE_UNITS = 4_194_304;
/** Words of a page of memory, or of several. */
const PAGE = 16_384;
/** Begins with a page, so that other memory can be mapped over some of it. */
export const DATA = Math.ceil((CODE + CODE_UNITS / 2) / PAGE) * PAGE;
export const DATA_WORDS = 262_144;
export const BYTES = DATA + DATA_WORDS;
/** Bytes of one process's buffer. */
export const BUFFER_BYTES = 65_536;
export const TRACE = BYTES + (MAX_PROCESSES * BUFFER_BYTES) / 4;
/** Records that there is room for: one more than a controlled run has steps. */
const MAX_STEPS = ENDLESS + 1;
export const RECORD_WORDS = 16;
export const SEGMENT_BYTES = (TRACE + MAX_STEPS * RECORD_WORDS) * 4;

/** First word of the slot of process `p`. */
export const slotOf = (p: number): number => SLOTS + p * SLOT_WORDS;

const NEW_YEAR = 1_767_225_600_000; // 2026-01-01

/** What a role of a controlled run is told when it asks for the time: a millisecond for each step. */
export const virtualTime = (control: Int32Array): number => NEW_YEAR + control[Run.STEPS];
