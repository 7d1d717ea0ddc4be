// A tick into every loop and every function: `while (…) { … }` becomes `while (…) { $tick(); … }`. Lines stay where
// they are. The rest of the syntax is checked on the way: what waits for promises has no place in a role.
import { randomBytes } from 'node:crypto';
import { type AnyNode, parse } from 'acorn';
import MagicString from 'magic-string';

const LOOPS = new Set([
  'WhileStatement',
  'DoWhileStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
]);
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** Source text of the program, and its map to `source` (one line less: the head). */
export interface Instrumented {
  readonly code: string;
  readonly map: string;
}

const waits = 'A role blocks: write wait() or lock() without await.';

/**
 * Puts ticks into `source`, an ES module without imports and exports, and makes a function expression of it.
 * @param refuse makes the error for something that may not be written, at a line and column from 1
 */
export function instrument(
  source: string,
  refuse: (line: number, column: number, why: string) => Error,
): Instrumented {
  const tree = parse(source, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
  const text = new MagicString(source);
  // A name that a solution cannot know.
  const tick = `$tick_${randomBytes(6).toString('hex')}`;
  const stop = (node: AnyNode, why: string): never => {
    const { line, column } = node.loc?.start ?? { line: 1, column: 0 };
    throw refuse(line, column + 1, why);
  };
  const intoBody = (body: AnyNode): void => {
    if (body.type === 'BlockStatement') text.appendRight(body.start + 1, `${tick}();`);
    else if (body.type.endsWith('Statement') || body.type.endsWith('Declaration')) {
      text.appendRight(body.start, `{${tick}();`);
      text.prependLeft(body.end, '}');
    } else {
      // An arrow's expression.
      text.appendRight(body.start, `(${tick}(),`);
      text.prependLeft(body.end, ')');
    }
  };
  let functions = 0; // those that have `arguments` of their own
  const visit = (node: AnyNode): void => {
    const own = FUNCTIONS.has(node.type) && node.type !== 'ArrowFunctionExpression';
    if (own) functions++;
    inspect(node);
    if (own) functions--;
  };
  const inspect = (node: AnyNode): void => {
    if (node.type === 'Identifier' && node.name === 'arguments' && functions === 0) {
      stop(node, 'arguments has no meaning outside a function.');
    }
    if (FUNCTIONS.has(node.type)) {
      if ((node as { async?: boolean }).async)
        stop(node, `there are no promises in the lab, so nothing can be async. ${waits}`);
    }
    if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await))
      stop(node, `await has no place in the lab. ${waits}`);
    if (node.type === 'ImportExpression')
      stop(node, "import() cannot be used. Import from 'interleave' at the top.");
    if (node.type === 'MetaProperty' && node.meta.name === 'import')
      stop(node, 'import.meta tells of the machine, which a solution must not know.');
    if (node.type === 'WithStatement') stop(node, 'with is not part of strict code.');
    if (LOOPS.has(node.type) || FUNCTIONS.has(node.type))
      intoBody((node as unknown as { body: AnyNode }).body);
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) {
        for (const inner of value) if (isNode(inner)) visit(inner);
      } else if (isNode(value)) visit(value);
    }
  };
  for (const node of tree.body) {
    if (node.type.startsWith('Export') || node.type.startsWith('Import')) continue;
    visit(node);
  }
  const map = text.generateMap({ hires: 'boundary' }).toString();
  return {
    code: `(function (__interleave, __problem, __deliver, ${tick}) {"use strict";\n${text.toString()}\n})`,
    map,
  };
}

function isNode(value: unknown): value is AnyNode {
  return (
    typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
  );
}
