// Races by the definition: a graph with an edge for everything that one step tells another one, and two conflicting
// accesses of which none can be reached from the other.
import { plainOperations } from '../../harness/sync/operations.ts';
import type { Step } from './random-run.ts';

const { read, write } = plainOperations;

/** The steps that step `i` learns from, besides its own process's. */
function edgesTo(steps: readonly Step[], i: number): number[] {
  const { operation, object, before, result, toldBy, process } = steps[i];
  const { on, name } = operation;
  const took = (s: Step, verbs: readonly string[]): boolean =>
    verbs.some((verb) => s.operation.name === verb) ||
    (verbs.some((verb) => new RegExp(`^(try|timed)${verb}$`, 'i').test(s.operation.name)) && s.result === 1);
  const earlier = (holds: (s: Step) => boolean): number[] =>
    steps.flatMap((s, j) => (j < i && s.object === object && s.operation.on === on && holds(s) ? [j] : []));
  const told = toldBy >= 0 ? [toldBy] : [];
  const own = steps[i];
  switch (on) {
    case 'mutex':
      return took(own, ['lock']) ? earlier((s) => s.operation.name === 'unlock') : [];
    case 'rwlock': {
      if (took(own, ['readLock'])) return earlier((s) => s.operation.name === 'unlock' && s.before < 0);
      return took(own, ['writeLock']) ? earlier((s) => s.operation.name === 'unlock') : [];
    }
    case 'condition':
      return told;
    case 'latch':
      return took(own, ['wait']) ? earlier((s) => s.operation.name === 'countDown') : [];
    case 'barrier': {
      const generation = name === 'pass' ? own.before >>> 16 : before >>> 16;
      if (name !== 'pass' && result >= 0) return [];
      // One passes once the generation in which one arrived is over.
      const arrived = steps.findLast((s, j) => j < i && s.process === process && s.operation.on === on);
      const mine = name === 'pass' ? (arrived as Step).before >>> 16 : generation;
      return earlier((s) => s.operation.name === 'wait' && s.before >>> 16 === mine);
    }
    case 'event': {
      if (name === 'set' || name === 'reset' || (name !== 'isSet' && !took(own, ['wait']))) return [];
      return earlier((s) => s.before !== s.after).slice(-1);
    }
    case 'atomicInt32': {
      if (name === 'store') return [];
      return earlier(
        (s) => !(s.operation.name === 'load' || (s.operation.name === 'compareAndSet' && s.result === 0)),
      ).slice(-1);
    }
    case 'semaphore': {
      const posts = (s: Step): boolean => s.operation.name === 'post';
      const queued = (s: Step): boolean => s.operation.span === 'record';
      if (name === 'value') return earlier((s) => posts(s) || takes(s));
      if (toldBy >= 0) return told;
      if (!takes(own)) return [];
      // The units that were put down, in order, after those given at the beginning; each wait takes the next one.
      const given = (steps.find((s) => s.object === object && s.operation.on === on) as Step).before;
      const down = earlier((s) => posts(s) && (!queued(s) || s.after > s.before));
      const unit = earlier((s) => takes(s)).length - given;
      return unit < 0 ? [] : [down[unit]];
    }
    case 'channel':
    case 'direct': {
      const done = (verb: string) => (s: Step) => took(s, [verb]) && s.result === 1;
      if (name === 'sent' || name === 'timedSent' || name === 'received' || name === 'timedReceived')
        return told;
      const closed = earlier((s) => s.operation.name === 'close');
      if (result === 0 && (took(own, ['receive']) || name === 'timedReceive')) return closed; // or it gave up, before that
      if (own.met >= 0) return [own.met];
      if (own.capacity === 0 || result !== 1) return [];
      if (took(own, ['send'])) {
        const n = earlier(done('send')).length - own.capacity;
        return n < 0 ? [] : [earlier(done('receive'))[n]];
      }
      if (!took(own, ['receive'])) return [];
      const from = (s: Step): boolean => own.sender < 0 || s.process === own.sender;
      const n = earlier((s) => done('receive')(s) && (own.sender < 0 || s.sender === own.sender)).length;
      return [earlier((s) => done('send')(s) && from(s))[n]];
    }
    default:
      return [];
  }
}

/** Whether a step on a semaphore took a unit that was there. */
const takes = (s: Step): boolean =>
  ['wait', 'tryWait', 'timedWait'].includes(s.operation.name) && s.after < s.before;

/** All pairs of steps that race, by the later one first. */
export function reachableRaces(steps: readonly Step[]): (readonly [first: number, second: number])[] {
  const before: bigint[] = [];
  const races: (readonly [number, number])[] = [];
  for (const [j, s] of steps.entries()) {
    const previous = steps.findLastIndex((t, i) => i < j && t.process === s.process);
    let known = 0n;
    for (const i of [...(previous >= 0 ? [previous] : []), ...edgesTo(steps, j)])
      known |= before[i] | (1n << BigInt(i));
    before.push(known);
    if (s.operation !== read && s.operation !== write) continue;
    for (let i = 0; i < j; i++) {
      const t = steps[i];
      if (t.object !== s.object || t.index !== s.index || t.process === s.process) continue;
      if (t.operation !== read && t.operation !== write) continue;
      if (t.operation === read && s.operation === read) continue;
      if ((known & (1n << BigInt(i))) === 0n) races.push([i, j]);
    }
  }
  return races;
}
