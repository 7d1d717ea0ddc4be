// The twin of a program: the same, with every function that may take a step turned into one that leaves a coroutine
// behind, and every expression that may be a step into one that can be suspended. So one process can play all roles.
//
// What an expression looks like afterwards, and why a difference to the original cannot go unseen, is written down
// in harness/model/twin/runtime.ts. Where something cannot be written so, there is a reason instead of a twin.
import { randomBytes } from 'node:crypto';
import { parse } from 'acorn';
import { accessRules } from './twin/access.ts';
import { classRules } from './twin/class.ts';
import { expressionRules } from './twin/expression.ts';
import { functionRules } from './twin/function.ts';
import { Moments } from './twin/moments.ts';
import { patternRules } from './twin/pattern.ts';
import { Places } from './twin/places.ts';
import { reusable } from './twin/reusable.ts';
import { statementRules } from './twin/statement.ts';
import { Steps } from './twin/steps.ts';
import { Survey } from './twin/survey.ts';
import { coroutine, Refused, Writer } from './twin/writer.ts';

/** Why there is no twin. */
export interface Reason {
  readonly reason: string;
  /** In the compiled text, from 1. */
  readonly line: number;
}

const rules = {
  ...expressionRules,
  ...accessRules,
  ...patternRules,
  ...functionRules,
  ...classRules,
  ...statementRules,
};

/**
 * The twin of `source`, an ES module without imports and exports that `instrument` takes: the text of a function
 * expression with the same parameters and one more, the runtime (TwinRuntime in harness/model/twin/). Line n of
 * `source` is line n + 1 of it.
 */
export function twin(source: string): string | Reason {
  const id = `$${randomBytes(6).toString('hex')}_`;
  try {
    const tree = parse(source, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
    const steps = new Steps(new Survey(tree));
    const moments = new Moments(tree, steps, id);
    const w = new Writer(source, steps, new Places(tree, steps), moments, id, rules);
    const body = w.within(coroutine(false, false), () => {
      const text = w.write(tree);
      return `${w.declared()}${w.kept(tree)}\n${text}`;
    });
    const head = `(function (__interleave, __problem, __deliver, ${w.tick}, ${id}) {"use strict";`;
    const names = reusable(tree);
    const fixed = names ? `;${id}.fixed([${[...names].join(',')}]);` : '';
    return `${head}${id}.program("${id}",${names !== undefined},function*(){${body}\n${fixed}});})`;
  } catch (e) {
    if (!(e instanceof Refused)) throw e;
    return { reason: e.message, line: e.line };
  }
}
