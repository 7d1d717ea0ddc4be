import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  choice,
  compact,
  decodeTake,
  goRound,
  isTake,
  letter,
  type Moves,
  parse,
  print,
  ScheduleSyntaxError,
  take,
} from '../../harness/schedule/schedule.ts';

const entry = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.nat(40), fc.nat(20)).map(([p, n]) => take(p, n)) },
  { weight: 1, arbitrary: fc.nat(9).map(choice) },
);
const moves = fc.array(entry, { maxLength: 30 });
const schedule = fc.record({
  seed: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 999_999_999 })),
  moves,
});

/** Who takes each single step, and the choices between them: what a schedule means. */
const meaning = (entries: Moves): string[] =>
  entries.flatMap((e) => {
    if (!isTake(e)) return [`:${-e - 1}`];
    const { process, steps } = decodeTake(e);
    return new Array<string>(steps).fill(letter(process));
  });

describe('a schedule', () => {
  it('prints on one line that parses back to the same', () => {
    fc.assert(
      fc.property(schedule, (s) => {
        const line = print(s);
        expect(line).toMatch(/^v1( \S+)*$/);
        const back = parse(line);
        expect(back.seed).toBe(s.seed);
        expect(back.moves).toEqual(compact(s.moves));
        expect(print(back)).toBe(line);
      }),
    );
  });
  it('is as a person would write it', () => {
    expect(print({ seed: 0, moves: [take(0, 3), take(1, 2), choice(1), take(0, 5)] })).toBe('v1 a3 b2 :1 a5');
    expect(print({ seed: 7, moves: [take(27, 1)] })).toBe('v1 ~7 ab1');
    expect(print({ seed: 0, moves: [] })).toBe('v1');
    expect(parse('  v1   a3\tb2 :1  a5 ').moves).toEqual([take(0, 3), take(1, 2), choice(1), take(0, 5)]);
  });
  it('means the same once it is compact', () => {
    fc.assert(
      fc.property(moves, (m) => {
        expect(meaning(compact(m))).toEqual(meaning(m));
      }),
    );
  });
  it('is not made more compact by compacting it again', () => {
    fc.assert(
      fc.property(moves, (m) => {
        expect(compact(compact(m))).toEqual(compact(m));
      }),
    );
  });
  it('has no empty entry and no two in a row of one process, once it is compact', () => {
    fc.assert(
      fc.property(moves, (m) => {
        const segments = compact(m);
        for (const [i, e] of segments.entries()) {
          if (!isTake(e)) continue;
          expect(decodeTake(e).steps).toBeGreaterThan(0);
          const before = segments[i - 1];
          if (before !== undefined && isTake(before))
            expect(decodeTake(before).process).not.toBe(decodeTake(e).process);
        }
      }),
    );
  });
  it('holds all steps that a run may have', () => {
    expect(decodeTake(take(31, 65_536))).toEqual({ process: 31, steps: 65_536 });
    expect(parse('v1 a65536').moves).toEqual([take(0, 65_536)]);
  });

  it('says what goes round for ever in brackets, and means as many steps as a run has', () => {
    const loop = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 5 })), {
      minLength: 1,
      maxLength: 6,
    });
    const taken = (list: [number, number][]) => list.map(([p, n]) => take(p, n));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 30 }))), loop, (before, again) => {
        const text = print({ seed: 0, moves: [...taken(before), ...taken(again)] });
        const words = text.split(' ').slice(1);
        const line = `v1 ${words.join(' ')} (${print({ seed: 0, moves: taken(again) }).slice(3)})*`;
        const { moves } = parse(line);
        expect(meaning(moves)).toHaveLength(65_535);
        const whole = meaning([...taken(before), ...taken(again)]);
        const round = meaning(taken(again));
        expect(meaning(moves)).toEqual(
          Array.from({ length: 65_535 }, (_, i) => whole[i] ?? round[(i - whole.length) % round.length]),
        );
        const printed = print({ seed: 0, moves });
        expect(parse(printed).moves).toEqual(moves);
        expect(printed.length).toBeLessThan(line.length + 20);
      }),
      { numRuns: 40 },
    );
    expect(print({ seed: 0, moves: goRound([take(1, 2)], [take(0, 1), choice(1), take(1, 2)]) })).toBe(
      'v1 (b2 a1 :1)*',
    );
  });

  it.each([
    ['v1 (a1', '(a1'],
    ['v1 (a1 b1)* c1', '(a1'],
    ['v1 a1 (b1)', '(b1)'],
    ['v1 a3 x b2', 'x'],
    ['v1 a', 'a'],
    ['v1 3a', '3a'],
    ['v1 a0', 'a0'],
    ['v1 a03', 'a03'],
    ['v1 a-1', 'a-1'],
    ['v1 a1.5', 'a1.5'],
    ['v1 A3', 'A3'],
    ['v1 abc3', 'abc3'],
    ['v1 a70000', 'a70000'],
    ['v1 :', ':'],
    ['v1 :1000', ':1000'],
    ['v1 :-1', ':-1'],
    ['v1 a3 ~7', '~7'],
    ['v1 ~0', '~0'],
    ['v1 ~x', '~x'],
    ['v1 a3,b2', 'a3,b2'],
  ])('that does not parse is refused by the word that is wrong: %s', (text, word) => {
    expect(() => parse(text)).toThrow(ScheduleSyntaxError);
    expect(() => parse(text)).toThrow(`'${word}' is neither steps of a process`);
  });
  it.each(['', 'a3 b2', 'v2 a3', 'V1 a3', 'v1a3'])('of no version of ours is refused: %j', (text) => {
    expect(() => parse(text)).toThrow(ScheduleSyntaxError);
    expect(() => parse(text)).toThrow(`it begins with '${text.split(' ')[0]}'`);
  });
  it('never parses to something else than it prints, whatever the text', () => {
    const word = fc.oneof(
      fc.constantFrom('v1', '~3', '~', 'a1', 'b22', 'zz9', ':0', ':', 'a', '1', 'a00', 'a99999', '  '),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const text = ['v1', ...words].join(' ');
        try {
          const parsed = parse(text);
          expect(parse(print(parsed))).toEqual(parsed);
          expect(meaning(parsed.moves).length).toBeLessThan(10 * 65_536);
        } catch (e) {
          expect(e).toBeInstanceOf(ScheduleSyntaxError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the letter of a process', () => {
  it('is another for each, as columns of a table are named', () => {
    expect([0, 1, 25, 26, 27, 51, 52, 701].map(letter)).toEqual([
      'a',
      'b',
      'z',
      'aa',
      'ab',
      'az',
      'ba',
      'zz',
    ]);
    expect(new Set(Array.from({ length: 702 }, (_, p) => letter(p))).size).toBe(702);
  });
});
