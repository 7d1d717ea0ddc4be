import { describe, expect, it } from 'vitest';
import { messageOf } from '../../harness/check/message.ts';
import type { RunView } from '../../harness/check/run-view.ts';
import { specificationJudge } from '../../harness/check/specification.ts';
import { playersOf } from '../../harness/check/words.ts';
import type { AnyProblem } from '../../harness/problem/problem.ts';
import { sequential } from '../../harness/problem/sequential.ts';
import { EVENT_WORDS } from '../../harness/process/trace-record.ts';
import { sentencesOf } from '../../harness/report/sentences.ts';

const RULE = 'all answers are those of one stack';
const events = { push: 'pushCalled', pushed: 'pushAnswered', pop: 'popCalled', popped: 'popAnswered' };

const made = (specification: Partial<AnyProblem['specification']> = {}): AnyProblem =>
  ({
    id: 'made',
    roles: { worker: () => 3 },
    specification: {
      start: () => ({}),
      events: Object.fromEntries([...Object.values(events), 'other'].map((name) => [name, { says: name }])),
      linearizable: {
        rule: RULE,
        object: () => sequential.stack(),
        operations: {
          push: { called: events.push, returned: events.pushed },
          pop: { called: events.pop, returned: events.popped },
        },
      },
      ...specification,
    },
  }) as unknown as AnyProblem;

type Seen = readonly [process: number, event: string, value: number];

/** A run in which these events happened. */
function runOf(problem: AnyProblem, seen: readonly Seen[]): RunView {
  const names = Object.keys(problem.specification.events);
  const trace = new Int32Array(seen.length * EVENT_WORDS);
  for (const [i, [process, event, value]] of seen.entries())
    trace.set([process, names.indexOf(event), value], i * EVENT_WORDS);
  return { mode: 'free', trace, events: seen.length } as unknown as RunView;
}

const called = (process: number, value: number): Seen => [process, events.push, value];
const pushed = (process: number): Seen => [process, events.pushed, 1];
const push = (process: number, value: number): Seen[] => [called(process, value), pushed(process)];
const pop = (process: number, value: number): Seen[] => [
  [process, events.pop, 0],
  [process, events.popped, value],
];

describe('the rule over all calls of a run', () => {
  it('is held against every run, and told with the first call that no order explains', () => {
    const problem = made();
    const judge = specificationJudge(problem, {});
    const right = [...push(0, 1), ...push(0, 2), ...pop(1, 2), ...pop(2, 1)];
    const wrong = [...push(0, 1), ...push(0, 2), ...pop(1, 1), ...pop(2, 2)];
    expect(judge.follow(runOf(problem, right))).toBeUndefined();
    const broken = judge.follow(runOf(problem, wrong));
    expect(broken).toMatchObject({ kind: 'unsafe', rule: RULE, process: 1, step: 5 });
    expect(judge.follow(runOf(problem, right))).toBeUndefined();
  });
  it('says who called what, what would have been right, and where to look', () => {
    const problem = made();
    const broken = specificationJudge(problem, {}).follow(
      runOf(problem, [...push(0, 1), ...push(0, 2), ...pop(1, 1)]),
    );
    const players = playersOf(problem, {});
    const context = {
      problem,
      players,
      waiting: [],
      cycle: undefined,
      object: undefined,
      objectKind: undefined,
    };
    expect(messageOf(broken as NonNullable<typeof broken>, context)).toBe(
      `worker 1 broke the rule '${RULE}': push(1) → true by worker 0 (events 1 to 2), push(2) → true by worker 0 ` +
        '(events 3 to 4) and pop() → 1 by worker 1 (events 5 to 6). No order that fits these times explains them ' +
        'all: after push(1) → true and push(2) → true, a stack answers worker 1 with pop() → 2. Look for the one ' +
        'step at which a call takes effect for everybody, between its beginning and its end: what another process ' +
        'sees must not depend on anything after it.',
    );
  });
  it('takes calls that are under way when the run ends for what they are', () => {
    const problem = made();
    const judge = specificationJudge(problem, {});
    expect(judge.follow(runOf(problem, [called(0, 1), ...pop(1, 1)]))).toBeUndefined();
    expect(judge.follow(runOf(problem, [called(0, 1), ...pop(1, sequential.nothing)]))).toBeUndefined();
    expect(judge.follow(runOf(problem, [called(0, 1), ...pop(1, 2)]))?.rule).toBe(RULE);
  });
  it('comes second to a rule that was broken before', () => {
    const problem = made();
    const other = { other: { says: 'other', rules: { 'no other': () => false } } };
    const both = made({ events: { ...problem.specification.events, ...other } });
    const judge = specificationJudge(both, {});
    const wrong = pop(1, 7);
    const before: Seen[] = [[0, 'other', 0], ...wrong];
    const after: Seen[] = [...wrong, [0, 'other', 0]];
    expect(judge.follow(runOf(both, before))?.rule).toBe('no other');
    expect(judge.follow(runOf(both, after))?.rule).toBe(RULE);
  });
  it('is one of the sentences of its problem', () => {
    expect(sentencesOf(made()).rules).toEqual([RULE]);
  });
});

describe('a problem that brackets its operations wrongly', () => {
  it('is told so: a call within a call, an answer to another call, an answer without a call', () => {
    const problem = made();
    const judge = specificationJudge(problem, {});
    for (const seen of [
      [called(0, 1), called(0, 2)],
      [called(0, 1), [0, events.popped, 1]],
      [pushed(0)],
    ] as Seen[][])
      expect(() => judge.follow(runOf(problem, seen))).toThrow('out of turn');
  });
  it('is told of events that do not exist, or belong to two operations', () => {
    const bracketed = (called: string) =>
      made({
        linearizable: {
          rule: RULE,
          object: () => sequential.stack(),
          operations: { push: { called, returned: events.pushed } },
        },
      });
    expect(() => specificationJudge(bracketed('nowhere'), {})).toThrow('no such event');
    expect(() => specificationJudge(bracketed(events.pushed), {})).toThrow('belongs to');
  });
});
