// SURW, the selectively uniform random walk (Zhao, Wolff, Mathur, Roychoudhury, "Selectively Uniform Concurrency
// Testing", ASPLOS 2025, algorithm 2): one contended object is drawn for the run, and the accesses to it, the
// interesting steps, are interleaved uniformly. Who takes the next of them, the intended process, is drawn in
// proportion to the accesses that each still has to make; any other process that stands at one is held back. All
// other steps go by a random priority for each step. Which object, and how it is weighed, follows the authors'
// implementation: github.com/zhaohuanqdcn/SURW, scripts/period/bench_runner.py.
//
// Deviations: locks and semaphores are objects like cells, since what a student writes may have nothing else; two
// processes that contend are enough, where the authors want half of them.
import { below, bits, seed } from './generator.ts';
import type { Profile } from './profile.ts';
import type { Announced, Strategy } from './strategy.ts';

/** The interesting object and element; -1 where there is none. */
const OBJECT = 2;
const INDEX = 3;
/** Who takes the next interesting step, or -1 where nobody was drawn yet. */
const INTENDED = 4;
/** Priority of the step that each process has announced; 0 as long as it has none. */
const PRIORITIES = 16;
/** Interesting steps that each process has left. */
const LEFT = 272;
/** 1 for each process that is held back at an interesting step. */
const HELD = 528;

export const surw: Strategy = {
  name: 'surw',
  begin: (state, run) => {
    seed(state, 0, run.seed);
    state[INTENDED] = -1;
    state.fill(0, PRIORITIES, PRIORITIES + run.processes);
    state.fill(0, HELD, HELD + run.processes);
    drawObject(state, run.profile, run.processes);
  },
  next: (state, enabled, count, _current, _step, announced) => {
    for (;;) {
      const p = highest(state, enabled, count);
      if (p < 0) {
        // The intended process cannot come to its interesting step: somebody who is held back has what it waits for,
        // or it has fewer of them than the profile says. Another one is drawn.
        letGo(state, enabled, count);
        continue;
      }
      if (!interesting(state, announced, p)) {
        state[PRIORITIES + p] = 0;
        return p;
      }
      if (state[INTENDED] < 0) state[INTENDED] = draw(state, enabled, count, p);
      if (state[INTENDED] === p) {
        state[LEFT + p]--;
        state[PRIORITIES + p] = 0;
        letGo(state, enabled, count);
        return p;
      }
      state[HELD + p] = 1;
    }
  },
  choose: (state, n) => below(state, 0, n),
};

/** Draws the interesting object, in proportion to how often it was accessed. */
function drawObject(state: Int32Array, profile: Profile | undefined, processes: number): void {
  state[OBJECT] = -1;
  if (profile === undefined) return;
  let total = 0;
  for (const { accesses } of profile.contended) total += accesses;
  let drawn = below(state, 0, total);
  for (const { object, index, by, accesses } of profile.contended) {
    drawn -= accesses;
    if (drawn >= 0) continue;
    state[OBJECT] = object;
    state[INDEX] = index;
    for (let p = 0; p < processes; p++) state[LEFT + p] = by[p] ?? 0;
    return;
  }
}

const interesting = (state: Int32Array, announced: Announced, p: number): boolean =>
  state[OBJECT] >= 0 && announced.object(p) === state[OBJECT] && announced.index(p) === state[INDEX];

/** Of those that are not held back the one whose step has the highest priority; -1 where all are. */
function highest(state: Int32Array, enabled: Int32Array, count: number): number {
  let best = -1;
  for (let i = 0; i < count; i++) {
    const p = enabled[i];
    if (state[HELD + p] === 1) continue;
    if (state[PRIORITIES + p] === 0) state[PRIORITIES + p] = 1 + (bits(state, 0) >>> 2);
    if (best < 0 || state[PRIORITIES + p] > state[PRIORITIES + best]) best = p;
  }
  return best;
}

/** Draws who takes the next interesting step; `at` stands at one, so it has at least that one left. */
function draw(state: Int32Array, enabled: Int32Array, count: number, at: number): number {
  state[LEFT + at] = Math.max(1, state[LEFT + at]);
  let total = 0;
  for (let i = 0; i < count; i++) total += Math.max(0, state[LEFT + enabled[i]]);
  let drawn = below(state, 0, total);
  for (let i = 0; i < count; i++) {
    drawn -= Math.max(0, state[LEFT + enabled[i]]);
    if (drawn < 0) return enabled[i];
  }
  return at; // not reached: the weights add up to the total
}

/** Nobody is intended, nobody held back. */
function letGo(state: Int32Array, enabled: Int32Array, count: number): void {
  state[INTENDED] = -1;
  for (let i = 0; i < count; i++) state[HELD + enabled[i]] = 0;
}
