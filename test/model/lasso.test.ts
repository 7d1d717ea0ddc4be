import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeOf } from '../../harness/check/judge.ts';
import { keyOf } from '../../harness/check/judgement.ts';
import { roundOf } from '../../harness/check/round.ts';
import { mixes, weightsOf } from '../../harness/hunt/mixes.ts';
import { Modelled } from '../../harness/hunt/modelled.ts';
import { home, problemOf } from '../../harness/problem/catalogue.ts';
import { compile } from '../../harness/problem/compile.ts';
import { boardAlone } from '../../harness/process/board.ts';
import { replay } from '../../harness/schedule/replay.ts';
import { parse, print } from '../../harness/schedule/schedule.ts';

const modelled = new Modelled(boardAlone());

describe('a run that goes on for ever', () => {
  it.each([
    ['dining-philosophers', 'after-you', { seats: 2, meals: 1 }, 'livelock|'],
    ['dining-philosophers', 'after-you', { seats: 3, meals: 1 }, 'livelock|'],
    ['dining-philosophers', 'flags-stay-up', { seats: 2, meals: 1 }, 'busy-waiting|'],
    ['mutual-exclusion', 'flags-only', { clerks: 2, visits: 1 }, 'busy-waiting|'],
  ])(
    'is told as a short one that goes round, and fails in the same way: %s/%s %o',
    async (slug, name, c, key) => {
      const problem = await problemOf(slug);
      const { twin } = await compile(join(home, 'solutions', slug, 'broken', `${name}.ts`));
      // biome-ignore lint/security/noGlobalEval: it is the lab's own
      modelled.load(problem, globalThis.eval(twin as string));
      modelled.enter(c);
      const order = { what: 'hunt', schedules: 500, seed: 1, mix: weightsOf(mixes.all), key } as const;
      const { failure } = modelled.hunt(order);
      if (failure === undefined) throw new Error('nothing was found');
      const { moves, world } = modelled.shrink(failure);
      const text = print({ seed: world, moves });
      expect(text.length).toBeLessThan(200);
      const view = modelled.play({
        mode: 'controlled',
        seed: 0,
        world,
        strategy: replay,
        moves: parse(text).moves,
      });
      const judgement = judgeOf(problem, c).judge(view);
      expect(judgement && keyOf(judgement)).toBe(key);
      const round = roundOf(view);
      expect(round).toBeDefined();
      expect((round?.from ?? 0) + (round?.length ?? 0)).toBeLessThan(400);
    },
  );
});
