import { fileURLToPath } from 'node:url';
import { Session } from '../harness/hunt/session.ts';
import { allowedProcessors, pin } from '../harness/os/affinity.ts';
import { compile } from '../harness/problem/compile.ts';
import type { Case } from '../harness/problem/problem.ts';
import { uniform } from '../harness/schedule/uniform.ts';

/** Runs before the clock starts, until the code is compiled, and runs that count; about half a second. */
const WARM_UP = 4_000;
const RUNS = 4_000;

/**
 * Controlled runs a second of bench/programs/ring.ts in the case `c`: played by one team and judged by its referee,
 * all on one processor, under uniformly random schedules. Throws where a run breaks a rule.
 */
export async function schedulesPerSecond(c: Case): Promise<number> {
  const { code } = await compile(fileURLToPath(new URL('programs/ring.ts', import.meta.url)));
  const allowed = allowedProcessors();
  pin(allowed.slice(0, 1));
  const session = new Session();
  try {
    await session.open('producer-consumer', code);
    await session.enter(c);
    const play = (seed: number): void => {
      const { judgement } = session.play({ mode: 'controlled', seed, world: seed, strategy: uniform });
      if (judgement !== undefined) {
        throw new Error(`seed ${seed}: ${judgement.kind} ${judgement.rule ?? judgement.detail ?? ''}`);
      }
    };
    for (let seed = 0; seed < WARM_UP; seed++) play(seed);
    const began = performance.now();
    for (let seed = WARM_UP; seed < WARM_UP + RUNS; seed++) play(seed);
    return RUNS / ((performance.now() - began) / 1e3);
  } finally {
    await session.close();
    pin(allowed);
  }
}
