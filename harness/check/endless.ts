// What a run is called that was given up after tens of thousands of steps. All such runs are rejected; this only finds
// the right name. Looked at are its last steps, which a fair schedule has chosen:
//
// - something happened in them that the outside world can see: it does not terminate;
// - whoever looked at something, and somebody did, saw the same each time: busy waiting, for what nobody will do;
// - the shared objects came back to the same state again and again, and what one process saw was changed by another:
//   livelock (E. A. Ashcroft, "Proving assertions about parallel programs", JCSS 10(1), 1975);
// - anything else, a counter that runs up or a process that goes round by itself: it does not terminate.
//
// docs/decisions/liveness.md says why no run is rejected that a fair schedule may still end.
import { RECORD_WORDS } from '../process/control.ts';
import { Field, placeOf } from '../process/trace-record.ts';
import { deathOperations, plainOperations } from '../sync/operations.ts';
import { isBlocked } from './blocked.ts';
import type { Judgement } from './judgement.ts';
import { operations, type RunView } from './run-view.ts';

/** So many steps at the end are looked at: each of 32 processes has moved some 500 times in them. */
const LAST = 16_384;
/** A state that came back so often belongs to a circle. */
const OFTEN = 8;

const { event, pause } = plainOperations;

/** The name of a controlled run that was given up; undefined where the schedule was not fair, which proves nothing. */
export function endless(view: RunView): Judgement | undefined {
  const given: Judgement = { kind: 'non-terminating', detail: 'steps' };
  if (view.mode === 'free') return given;
  const { trace, doubles, outcome } = view;
  const moved = new Set<number>();
  /** By process, operation and place: what it answered, where it answered the same each time. */
  const answers = new Map<string, number | string>();
  const current = new Map<number, number>();
  const states = new Map<number, number>();
  const changers = new Set<number>();
  let state = 0;
  let happened = false;
  let varied = false;
  let poller = -1;
  let polled = -1;
  for (let i = Math.max(0, outcome.steps - LAST); i < outcome.steps; i++) {
    const at = i * RECORD_WORDS;
    const process = trace[at + Field.PROCESS];
    const operation = operations[trace[at + Field.OPERATION]];
    if (process < view.processes) moved.add(process);
    if (operation === event) happened = true;
    if (operation === event || operation === pause || operation === deathOperations.killed) continue;
    const object = trace[at + Field.OBJECT];
    const place = placeOf(trace, at);
    const before = doubles[(at + Field.BEFORE) >> 1];
    const after = doubles[(at + Field.AFTER) >> 1];
    if (operation.observes || (before === after && operation !== plainOperations.write)) {
      poller = process;
      polled = object;
    } else changers.add(process);
    // A write answers nothing; a read answers what it has found, a step on a lock its result.
    if (operation !== plainOperations.write) {
      const asked = `${process} ${operation.code} ${place}`;
      const answer = operation === plainOperations.read ? before : trace[at + Field.RESULT];
      const known = answers.get(asked);
      if (known !== undefined && known !== answer) varied = true;
      answers.set(asked, answer);
    }
    // The sum over all places tells a state; a place counts from the first time that it is seen.
    state += value(place, after) - value(place, current.get(place) ?? before);
    current.set(place, after);
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  for (const s of view.standing()) {
    if (!moved.has(s.process) && !isBlocked(view, s)) return undefined;
  }
  if (happened) return given;
  const recurs = (states.get(state) ?? 0) >= OFTEN;
  if (!varied && recurs && polled >= 0) return { kind: 'busy-waiting', process: poller, object: polled };
  if (varied && recurs && changers.size > 1) {
    return { kind: 'livelock', detail: [...moved].sort((a, b) => a - b).join(' ') };
  }
  return given;
}

/** What a place with this value adds to the state: a number that sums keep apart. */
function value(place: number, n: number): number {
  let h = Math.imul(place ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul((n | 0) + 0x7f4a7c15, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}
