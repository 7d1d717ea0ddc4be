import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeOf } from '../../harness/check/judge.ts';
import { everyState } from '../../harness/hunt/every-state.ts';
import { Modelled } from '../../harness/hunt/modelled.ts';
import { relatedEvents, type Stage } from '../../harness/hunt/stage.ts';
import { processesOf } from '../../harness/problem/case.ts';
import { home, problemOf } from '../../harness/problem/catalogue.ts';
import { compile } from '../../harness/problem/compile.ts';
import type { AnyProblem, Case } from '../../harness/problem/problem.ts';
import { twin } from '../../harness/problem/twin.ts';
import { boardAlone } from '../../harness/process/board.ts';
import { problems, textOf } from './looping.ts';

const board = boardAlone();
/** Far more than is needed. */
const MOST_STEPS = 200_000;

/** What comes of visiting every state of the case `c`. */
function visited(problem: AnyProblem, text: string, c: Case) {
  const modelled = new Modelled(board);
  board.data.fill(0, 0, 1024);
  // biome-ignore lint/security/noGlobalEval: it is a program of the lab's own
  modelled.load(problem, globalThis.eval(text));
  modelled.enter(c);
  const stage: Stage = {
    board,
    player: modelled.player,
    problem,
    case: c,
    judge: judgeOf(problem, c),
    processes: processesOf(problem, c),
    world: 0,
    related: relatedEvents(problem),
    deaths: 'none',
    play: (strategy) => modelled.play({ mode: 'controlled', seed: 0, world: 0, strategy }, strategy),
    follow: () => {
      throw new Error('nothing fails');
    },
    finish: () => undefined,
  };
  const came = everyState(
    stage,
    () => {},
    (steps) => steps > MOST_STEPS,
  );
  expect(modelled.player.holds).toBe(false);
  return came;
}

const written = (...roles: [string, string]): string => {
  const text = twin(textOf(roles));
  if (typeof text !== 'string') throw new Error(text.reason);
  return text;
};

describe('every state is visited', () => {
  it('of a buffer with two conditions, two producers and two consumers', async () => {
    const { twin } = await compile(join(home, 'solutions/producer-consumer/two-conditions.ts'));
    const c = { producers: 2, consumers: 2, capacity: 2, items: 1 };
    const { proved, states } = visited(await problemOf('producer-consumer'), String(twin), c);
    expect(proved).toBe(true);
    expect(states).toBeLessThan(300); // by all that roles are told, more
  });

  it('where a role changes what it was given, by what roles are told', () => {
    const roles = written('more.pop(); c.value = 1;', 'x = n.load(); s.wait();');
    expect(visited(problems[2], roles, { processes: 2 }).proved).toBe(true);
  });
});

describe('nothing is proved', () => {
  it.each(['while (c.value === 0);', 'for (;;) x = n.load();', 'for (;;) me.think();'])(
    'where somebody may wait for ever by looking: %s',
    (waits) => {
      const roles = written('n.load(); c.value = 1;', waits);
      expect(visited(problems[2], roles, { processes: 2 }).proved).toBe(false);
    },
  );
});
