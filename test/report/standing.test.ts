import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  listJson,
  listText,
  next,
  type Standing,
  standingText,
  standingWords,
} from '../../harness/report/standing.ts';
import { width } from '../../harness/report/width.ts';
import { paper } from './made.ts';

const standing = (id: string, state: Standing['state'], kinds: Standing['kinds'] = []): Standing => ({
  id,
  title: `The ${id}`,
  level: 1,
  summary: 'A first one.',
  state,
  kinds,
  file: `work/${id}.ts`,
  readme: `problems/${id}/README.md`,
});
const states = ['not started', 'started', 'rejected', 'accepted', 'changed'] as const;

describe('how the work stands', () => {
  it.each([
    [standing('a', 'not started'), 'not started'],
    [standing('a', 'started'), 'started'],
    [standing('a', 'rejected', ['deadlock']), 'rejected: deadlock'],
    [standing('a', 'rejected', ['unsafe', 'lost']), 'rejected: unsafe, lost'],
    [standing('a', 'accepted'), 'accepted'],
    [standing('a', 'changed', ['deadlock']), 'changed since rejected: deadlock'],
    [standing('a', 'changed'), 'changed since accepted'],
  ])('is said in a few words', (given, words) => {
    expect(standingWords(given)).toBe(words);
  });
});

describe('the next thing to do', () => {
  const order = ['changed', 'rejected', 'started', 'not started'] as const;
  it('goes on with what is begun before anything new', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...states), { minLength: 1 }), (all) => {
        const problems = all.map((state, i) => standing(`p${i}`, state));
        const first = order.find((state) => all.includes(state));
        const { command } = next(problems);
        if (first === undefined) expect(command).toBeUndefined();
        else {
          const verb = first === 'not started' ? 'start' : 'check';
          expect(command).toBe(`npx lab ${verb} p${all.indexOf(first)}`);
        }
      }),
    );
  });
  it('names the story where the roles are still to be written', () => {
    expect(next([standing('a', 'started')]).sentence).toContain('problems/a/README.md');
  });
});

describe('the list', () => {
  const problems = [
    standing('dining-philosophers', 'rejected', ['deadlock']),
    standing('readers-writers', 'accepted'),
  ];
  it('has one line a problem where there is room', () => {
    expect(listText(problems, paper())).toEqual([
      'problem              level  title                    your work',
      'dining-philosophers  1      The dining-philosophers  rejected: deadlock',
      'readers-writers      1      The readers-writers      accepted',
    ]);
  });
  it('keeps to the width', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...states)), fc.integer({ min: 40, max: 120 }), (all, columns) => {
        const many = all.map((state, i) =>
          standing(`a-problem-with-a-long-name-${i}`, state, ['over-synchronised']),
        );
        for (const line of listText(many, paper(columns)))
          expect(width(line), line).toBeLessThanOrEqual(columns);
      }),
    );
  });
  it('gives each problem and the next thing to do as JSON', () => {
    expect(JSON.parse(JSON.stringify(listJson(problems)))).toMatchObject({
      version: 1,
      problems: [
        { id: 'dining-philosophers', state: 'rejected', kinds: ['deadlock'] },
        { state: 'accepted' },
      ],
      next: { command: 'npx lab check dining-philosophers' },
    });
  });
  it('is followed by the next command where `lab` stands alone', () => {
    const lines = standingText(problems, paper());
    expect(lines[0]).toBe('Interleave, a lab for concurrency: 1 of 2 problems accepted');
    expect(lines).toContain('  npx lab check dining-philosophers');
  });
});
