import type { AnyNode } from 'acorn';
import { childrenOf } from '../../harness/problem/twin/children.ts';
import type { Operator } from './operator.ts';
import type { Program } from './program.ts';

/** Another text for a node; undefined where it stays. `inner` gives the text of a part, rewritten as well. */
export type Rule = (node: AnyNode, inner: (part: AnyNode) => string) => string | undefined;

/** The text of `node` with `rule` applied to all that is in it. */
export function rewritten(program: Program, rule: Rule, node: AnyNode = program.tree): string {
  const of = (n: AnyNode): string => rule(n, of) ?? inside(n);
  const inside = (n: AnyNode): string => {
    let text = '';
    let at = n.start;
    for (const child of childrenOf(n)) {
      if (child.start < at) continue; // `import { a }` has the name twice, in one place
      text += program.text.slice(at, child.start) + of(child);
      at = child.end;
    }
    return text + program.text.slice(at, n.end);
  };
  return of(node);
}

/** An operator that applies a rule everywhere at once. `head` is put before the program. */
export const everywhere =
  (what: string, ruleOf: (program: Program) => Rule | undefined, head = ''): Operator =>
  (program) => {
    const rule = ruleOf(program);
    if (rule === undefined) return [];
    const text = rewritten(program, rule);
    // Nothing but the head: there is no place for it.
    if (text === program.text.slice(program.tree.start, program.tree.end)) return [];
    return [{ what, at: 0, edit: (s) => s.overwrite(0, program.text.length, head + text) }];
  };
