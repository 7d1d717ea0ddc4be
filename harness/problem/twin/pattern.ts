// Patterns, taken apart by hand where that may step: `[a, b] = shared`, `const { value } = cell`.
import type { AnyNode } from 'acorn';
import { propertyAssignment, target } from './access.ts';
import { nameOf } from './survey.ts';
import { Refused, type Rules, type Writer } from './writer.ts';

/** Where the pieces of a pattern go: declarators, or expressions between commas. */
interface Pieces {
  readonly declares: boolean;
  readonly list: string[];
}

function hold(w: Writer, pieces: Pieces, value: string): string {
  const name = pieces.declares ? w.name() : w.temp();
  pieces.list.push(`${name}=${value}`);
  return name;
}

/** Whether nothing but a step can happen between one element and the next. */
const isSimple = (elements: readonly (AnyNode | null)[]): boolean =>
  elements.every(
    (e) =>
      e === null || e.type === 'Identifier' || (e.type === 'RestElement' && e.argument.type === 'Identifier'),
  );

function take(w: Writer, pieces: Pieces, pattern: AnyNode, value: string): void {
  const { id } = w;
  switch (pattern.type) {
    case 'Identifier':
      pieces.list.push(`${pattern.name}=${value}`);
      return;
    case 'MemberExpression': {
      const code = `${target(w, pattern)}=${value}`;
      pieces.list.push(w.steps.write(pattern) ? w.assigned(code) : code);
      return;
    }
    case 'AssignmentPattern': {
      if (pattern.left.type === 'MemberExpression')
        throw new Refused('a default value for a property that a pattern assigns', pattern);
      const given = hold(w, pieces, value);
      take(w, pieces, pattern.left, `(${given}===undefined?${w.item(pattern.right)}:${given})`);
      return;
    }
    case 'ObjectPattern': {
      const from = hold(w, pieces, `${id}.object(${value})`);
      const taken: string[] = [];
      for (const p of pattern.properties) {
        if (p.type === 'RestElement') {
          take(w, pieces, p.argument, `${id}.others(${from},[${taken.join(',')}])`);
          continue;
        }
        const name = nameOf(p.key, p.computed);
        const key =
          name === undefined ? hold(w, pieces, `${id}.key(${w.item(p.key)})`) : JSON.stringify(name);
        taken.push(key);
        take(w, pieces, p.value, w.site(`${from}[${key}]`));
      }
      return;
    }
    case 'ArrayPattern': {
      const walks = isSimple(pattern.elements) ? 'walk' : 'elements';
      const from = hold(w, pieces, w.site(`${id}.${walks}(${value})`));
      let rest = false;
      for (const e of pattern.elements) {
        if (e === null) hold(w, pieces, w.site(`${from}.take()`));
        else if (e.type === 'RestElement') {
          rest = true;
          take(w, pieces, e.argument, w.site(`${from}.rest()`));
        } else take(w, pieces, e, w.site(`${from}.take()`));
      }
      if (!rest) hold(w, pieces, w.site(`${from}.close()`));
    }
  }
}

/** Declarators that bind `pattern` to `value`. */
export function declarators(w: Writer, pattern: AnyNode, value: string): string {
  const pieces: Pieces = { declares: true, list: [] };
  take(w, pieces, pattern, value);
  return pieces.list.join(',');
}

/** An expression that assigns `value` to `pattern`, and is it. */
export function assignment(w: Writer, pattern: AnyNode, value: string): string {
  const pieces: Pieces = { declares: false, list: [] };
  const all = hold(w, pieces, value);
  take(w, pieces, pattern, all);
  return `(${pieces.list.join(',')},${all})`;
}

/** The targets in a pattern that the engine takes apart. */
const asTarget = (w: Writer, node: AnyNode): string =>
  node.type === 'MemberExpression' ? target(w, node) : w.write(node);

export const patternRules: Rules = {
  AssignmentExpression(w, node) {
    const { left, right } = node;
    if (left.type === 'MemberExpression') return propertyAssignment(w, node, left);
    if (left.type === 'Identifier' || !w.steps.pattern(left, right)) return w.parts(node);
    return w.scope.co ? assignment(w, left, w.item(right)) : `${w.id}.sure(${w.parts(node)})`;
  },
  VariableDeclarator(w, node) {
    if (!node.init || !w.steps.at(node)) return w.parts(node);
    if (!w.scope.co) throw new Refused('a pattern here', node);
    return declarators(w, node.id, w.item(node.init));
  },
  ArrayPattern(w, node) {
    return w.parts(node, new Map(node.elements.flatMap((e) => (e ? [[e, asTarget(w, e)] as const] : []))));
  },
  AssignmentPattern: (w, node) => w.parts(node, new Map([[node.left, asTarget(w, node.left)]])),
  RestElement: (w, node) => w.parts(node, new Map([[node.argument, asTarget(w, node.argument)]])),
  ObjectPattern: (w, node) =>
    w.parts(
      node,
      new Map(
        node.properties.flatMap((p) =>
          p.type === 'Property' ? [[p, w.parts(p, new Map([[p.value, asTarget(w, p.value)]]))] as const] : [],
        ),
      ),
    ),
};
