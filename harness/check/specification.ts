// The problem's own rules over the events of a run: unsafe events, what got lost, and which witnesses it reached.
import type { Happening, Rule } from '../problem/model.ts';
import type { AnyProblem, Case } from '../problem/problem.ts';
import type { Judgement } from './judgement.ts';
import { linearizabilityJudge } from './linearizability-judge.ts';
import { castOf, eachEvent, KILLED, type RunView } from './run-view.ts';

interface PreparedRule {
  readonly sentence: string;
  readonly rule: Rule<unknown, Case>;
}

interface PreparedEvent {
  readonly rules: readonly PreparedRule[];
  readonly then: ((state: unknown, happening: Happening, c: Case) => void) | undefined;
}

export interface SpecificationJudge {
  /** Follows the events of a run. Returns the first rule that one of them breaks. */
  follow(view: RunView): Judgement | undefined;
  /** After `follow` of a run in which all processes ended: the first end rule that does not hold. */
  atEnd(): Judgement | undefined;
  /** The witnesses that must be possible in this case. */
  readonly wanted: readonly string[];
  /** Those that some run has reached. */
  readonly seen: Set<string>;
}

export function specificationJudge(problem: AnyProblem, c: Case): SpecificationJudge {
  const { start, events, whenKilled, ends = {}, witnesses = {} } = problem.specification;
  const prepared: PreparedEvent[] = Object.values(events).map(({ rules = {}, then }) => ({
    rules: Object.entries(rules).map(([sentence, rule]) => ({
      sentence,
      rule: typeof rule === 'function' ? { holds: rule } : rule,
    })),
    then,
  }));
  const atEnds = Object.entries(ends).map(([sentence, holds]) => ({ sentence, holds }));
  const numbers = castOf(problem, c).map(({ number }) => number);
  const calls = linearizabilityJudge(problem, c);
  const seen = new Set<string>();
  let unseen = Object.entries(witnesses).filter(([, w]) => w.given?.(c) ?? true);
  const wanted = unseen.map(([sentence]) => sentence);
  let state: unknown;

  /** Which witnesses the state shows. */
  const look = (): void => {
    if (unseen.length === 0) return;
    const reached = unseen.filter(([, w]) => w.seen(state, c));
    if (reached.length === 0) return;
    for (const [sentence] of reached) seen.add(sentence);
    unseen = unseen.filter((w) => !reached.includes(w));
  };

  let broken: Judgement | undefined;

  /** Takes one event; true where it breaks a rule. */
  const take = (process: number, event: number, value: number, step: number): boolean => {
    const happening: Happening = { by: numbers[process], process, value };
    if (event === KILLED) {
      whenKilled?.(state, happening, c);
      look();
      return false;
    }
    calls?.take(process, event, value, step);
    const { rules, then } = prepared[event];
    for (let i = 0; i < rules.length; i++) {
      const { sentence, rule } = rules[i];
      if (rule.holds(state, happening, c)) continue;
      const detail = rule.because?.(state, happening, c);
      broken = {
        kind: rule.breach ?? 'unsafe',
        rule: sentence,
        process,
        step,
        ...(detail !== undefined && { detail }),
      };
      return true;
    }
    then?.(state, happening, c);
    look();
    return false;
  };

  const follow = (view: RunView): Judgement | undefined => {
    state = start(c);
    calls?.begin();
    broken = undefined;
    eachEvent(view, take);
    const found = broken as Judgement | undefined; // by `take`
    return calls?.judge(view, found?.step) ?? found;
  };

  const atEnd = (): Judgement | undefined => {
    for (const { sentence, holds } of atEnds) {
      if (!holds(state, c)) return { kind: 'lost', rule: sentence };
    }
    return undefined;
  };
  return { follow, atEnd, wanted, seen };
}
