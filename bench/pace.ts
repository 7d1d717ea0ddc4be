// How fast the model hunts, taken in the process that this is evaluated in. It is built and started like what runs in
// workers: see modelled.ts.
import { orderDigest } from '../harness/check/digest.ts';
import { judgeOf } from '../harness/check/judge.ts';
import { Modelled } from '../harness/hunt/modelled.ts';
import * as interleave from '../harness/index.ts';
import type { AnyProblem, Case } from '../harness/problem/problem.ts';
import type { Program } from '../harness/process/actor.ts';
import { boardAlone } from '../harness/process/board.ts';
import { uniform } from '../harness/schedule/uniform.ts';

/** Runs of one look at the clock; with so many, one round takes about a second. */
const RUNS = 10_000;
const LOOKS = 6;

export interface Pace {
  /** Schedules a second of processor time: each is played and judged, and its partial order counted, as in a hunt. */
  readonly judged: number;
  /** The same without the judges. */
  readonly played: number;
}

/**
 * The pace of modelled runs of `twin` in the case `c`, under uniformly random schedules. Judges on and off take turns,
 * and the fastest look of each counts: what else the machine does only ever makes it slower. Throws where a run breaks a
 * rule.
 */
export function pace(program: Program, twin: Program, c: Case): Pace {
  let problem: AnyProblem | undefined;
  program(
    interleave,
    () => ({}),
    (value) => {
      problem = value as AnyProblem;
    },
    () => {},
  );
  if (problem === undefined) throw new Error('the program of the problem delivers none');
  const modelled = new Modelled(boardAlone());
  modelled.load(problem, twin);
  modelled.enter(c);
  const judge = judgeOf(problem, c);
  let seed = 0;
  const perSecond = (judged: boolean): number => {
    const before = process.cpuUsage();
    for (const end = seed + RUNS; seed < end; seed++) {
      const view = modelled.play({ mode: 'controlled', seed, world: seed % 4, strategy: uniform });
      orderDigest(view);
      if (!judged) continue;
      const judgement = judge.judge(view);
      if (judgement !== undefined) {
        throw new Error(`seed ${seed}: ${judgement.kind} ${judgement.rule ?? judgement.detail ?? ''}`);
      }
    }
    const { user, system } = process.cpuUsage(before);
    return RUNS / ((user + system) / 1e6);
  };
  perSecond(true); // until the code is compiled
  let judged = 0;
  let played = 0;
  for (let look = 0; look < LOOKS; look++) {
    judged = Math.max(judged, perSecond(true));
    played = Math.max(played, perSecond(false));
  }
  return { judged, played };
}
