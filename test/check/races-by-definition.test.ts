import { describe, expect, it } from 'vitest';
import { racesIn } from '../../harness/check/races.ts';
import { randomOf } from './generated-history.ts';
import { randomRun } from './random-run.ts';
import { reachableRaces } from './reachable-races.ts';

const RUNS = 20_000;

describe('FastTrack over a random run', () => {
  it('finds a race where the definition has one, at the same step, and no other', () => {
    let racy = 0;
    let late = 0;
    const operations = new Set<string>();
    for (let seed = 0; seed < RUNS; seed++) {
      const { view, steps } = randomRun(randomOf(seed));
      for (const { operation, result } of steps)
        operations.add(`${operation.on} ${operation.name} ${Math.sign(result)}`);
      const races = reachableRaces(steps);
      const found = racesIn(view);
      expect([seed, found?.second]).toEqual([seed, races[0]?.[1]]);
      if (found === undefined) continue;
      racy++;
      if (found.second > 10) late++;
      expect(races).toContainEqual([found.first, found.second]);
      expect([found.object, found.index]).toEqual([steps[found.second].object, steps[found.second].index]);
    }
    expect(racy).toBeGreaterThan(RUNS / 10);
    expect(racy).toBeLessThan(RUNS * 0.95);
    expect(late).toBeGreaterThan(RUNS / 20);
    expect(operations.size).toBeGreaterThan(55);
  });
});
