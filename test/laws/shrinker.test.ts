// The shrinker returns runs that fail, with the finding that was found and never more switches than before.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyOf } from '../../harness/check/judgement.ts';
import { hunt } from '../../harness/hunt/hunt.ts';
import { simpler } from '../../harness/hunt/schedule-arbitrary.ts';
import { Session } from '../../harness/hunt/session.ts';
import { casesOf } from '../../harness/problem/case.ts';
import { home, problemOf, slugs } from '../../harness/problem/catalogue.ts';
import { compile } from '../../harness/problem/compile.ts';
import { replay } from '../../harness/schedule/replay.ts';
import { choice, decodeTake, isTake, take } from '../../harness/schedule/schedule.ts';
import { onOneProcessor } from '../workbench.ts';

const files = slugs()
  .flatMap((slug) =>
    readdirSync(join(home, 'solutions', slug, 'broken')).map((name) => `solutions/${slug}/broken/${name}`),
  )
  .filter((file) =>
    /@finding (deadlock|unsafe|lost|misuse|crash)\s/.test(readFileSync(join(home, file), 'utf8')),
  );

let session: Session;
beforeAll(() => {
  onOneProcessor();
  session = new Session();
});
afterAll(() => session.close());

describe('the shrinker', () => {
  it('returns a failing run of the finding that it was given, with no more switches', async () => {
    let shrunk = 0;
    for (const file of files) {
      const slug = basename(dirname(dirname(file)));
      const { code } = await compile(join(home, file));
      await session.open(slug, code);
      for (const c of casesOf(await problemOf(slug)).slice(0, 12)) {
        const item = { case: c, schedules: 60, seed: 11 };
        const { failure: found } = await hunt(session, { ...item, shrink: false });
        if (found === undefined) continue;
        const { failure } = await hunt(session, item);
        expect(failure?.key).toBe(found.key);
        expect(failure?.switches).toBeLessThanOrEqual(found.switches);
        const { world, moves, exact, key } = failure as NonNullable<typeof failure>;
        const { outcome, judgement } = session.play({
          mode: 'controlled',
          seed: 0,
          world,
          strategy: replay,
          moves,
        });
        expect(judgement && keyOf(judgement)).toBe(key);
        expect(session.digest(outcome).exact).toBe(exact);
        shrunk++;
        break;
      }
    }
    expect(shrunk).toBeGreaterThan(files.length / 2);
  });

  it('comes down to one preemptive switch at the table of two for naive philosophers', async () => {
    const { code } = await compile(join(home, 'solutions/dining-philosophers/broken/naive.ts'));
    await session.open('dining-philosophers', code);
    for (let seed = 1; seed <= 20; seed++) {
      const { failure } = await hunt(session, { case: { seats: 2, meals: 1 }, schedules: 50, seed });
      expect(failure).toMatchObject({ key: 'deadlock|', switches: 1, steps: 4 });
    }
  });

  it('proposes only moves of processes that are there', () => {
    const entry = fc.oneof(
      fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 9 })).map(([p, n]) => take(p, n)),
      fc.nat(2).map(choice),
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), fc.nat(4), (moves, switches) => {
        let proposed = 0;
        for (const candidate of simpler(moves, switches, 4)) {
          if (++proposed > 300) break;
          for (const e of candidate) if (isTake(e)) expect(decodeTake(e).process).toBeLessThan(4);
        }
      }),
    );
  });
});
