// Replay of a given schedule. Strict, every entry must fit. Lenient, as the shrinker needs it: a process that cannot
// take its steps gives way to the next entry. Behind the last entry the process that moves goes on as long as it
// can, then the lowest-numbered one that can.
import { decodeTake, isTake } from './schedule.ts';
import { STUCK, type Strategy } from './strategy.ts';

const CURSOR = 0;
const LEFT = 1;
const LENGTH = 2;
/** Where the prescribed schedule begins, in words of the state; STRATEGY_WORDS of the control block. */
export const PRESCRIBED = 1024;

function replayer(name: string, strict: boolean): Strategy {
  const entry = (state: Int32Array): number => state[PRESCRIBED + state[CURSOR]];
  return {
    name,
    kills: true,
    begin: (state) => {
      state[CURSOR] = 0;
      state[LEFT] = -1;
    },
    next: (state, enabled, count, current) => {
      while (state[CURSOR] < state[LENGTH]) {
        const e = entry(state);
        if (isTake(e)) {
          const { process, steps } = decodeTake(e);
          if (state[LEFT] < 0) state[LEFT] = steps;
          if (state[LEFT] > 0) {
            let can = false;
            for (let i = 0; i < count; i++) if (enabled[i] === process) can = true;
            if (can) {
              state[LEFT]--;
              return process;
            }
            if (strict) return -1;
          }
        } else if (strict) return -1; // a choice that nobody asked for
        state[CURSOR]++;
        state[LEFT] = -1;
      }
      return current >= 0 || current === STUCK ? Math.max(-1, current) : enabled[0];
    },
    choose: (state, n) => {
      let at = state[CURSOR];
      if (state[LEFT] === 0) at++;
      if (at >= state[LENGTH]) return 0;
      const e = state[PRESCRIBED + at];
      if (isTake(e) || state[LEFT] > 0) return strict ? -1 : 0;
      const choice = -e - 1;
      state[CURSOR] = at + 1;
      state[LEFT] = -1;
      return choice < n ? choice : strict ? -1 : 0;
    },
  };
}

export const replay: Strategy = replayer('replay', true);
export const lenientReplay: Strategy = replayer('lenient-replay', false);

/** Writes a schedule for `replay` to follow. Throws where it is too long. */
export function prescribe(state: Int32Array, entries: readonly number[]): void {
  if (PRESCRIBED + entries.length > state.length) {
    throw new RangeError(
      `a schedule of ${entries.length} entries: at most ${state.length - PRESCRIBED} fit.`,
    );
  }
  state.set(entries, PRESCRIBED);
  state[LENGTH] = entries.length;
}
