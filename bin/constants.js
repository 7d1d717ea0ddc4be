// esbuild declares all that is at the top of a bundle with `var`. The engine reads such a variable anew wherever it is
// used; of a constant it knows the value when it compiles. Numbers out of tables of names (`Slot.STATUS`) it would know
// too, but code that asks for them is longer, and only short code is compiled into its callers. Measured: a quarter more
// modelled runs a second.
import { parse } from 'acorn';
import MagicString from 'magic-string';

/** Calls `each` for `node` and all inside it, save what it returns false for. */
function visit(node, each) {
  if (typeof node?.type === 'string' && each(node) === false) return;
  for (const part of Object.values(node ?? {})) {
    if (typeof part === 'object' && part !== null) visit(part, each);
  }
}

/** Names in what is assigned to or declared; of a property, which has no name of its own, none. */
function namesIn(target) {
  const names = [];
  visit(target, ({ type, name }) => {
    if (type === 'Identifier') names.push(name);
    return type !== 'MemberExpression';
  });
  return names;
}

/** Names that `program` gives a value after their declaration, whatever they mean there. */
function assigned(program) {
  const names = [];
  visit(program, (node) => {
    if (node.type === 'AssignmentExpression') names.push(...namesIn(node.left));
    else if (node.type === 'UpdateExpression') names.push(...namesIn(node.argument));
    else if (node.type === 'ForInStatement' || node.type === 'ForOfStatement')
      names.push(...namesIn(node.left));
  });
  return new Set(names);
}

/** How often `program` declares each name, whatever it means there. */
function declarations(program) {
  const times = new Map();
  const declare = (target) => {
    for (const name of target ? namesIn(target) : []) times.set(name, (times.get(name) ?? 0) + 1);
  };
  visit(program, (node) => {
    if (node.type === 'VariableDeclarator' || /^(Function|Class)/.test(node.type)) declare(node.id);
    if (node.type === 'CatchClause') declare(node.param);
    for (const parameter of node.params ?? []) declare(parameter);
  });
  return times;
}

/** The numbers in a table of names, by name; undefined where `node` is none. */
function tableOf(node) {
  if (node?.type !== 'ObjectExpression' || node.properties.length === 0) return undefined;
  const table = new Map();
  for (const { type, computed, key, value } of node.properties) {
    const number = value?.type === 'UnaryExpression' && value.operator === '-' ? value.argument : value;
    if (type !== 'Property' || computed || key.type !== 'Identifier') return undefined;
    if (typeof number?.value !== 'number') return undefined;
    table.set(key.name, number === value ? `${number.value}` : `(-${number.value})`);
  }
  return table;
}

/**
 * The bundle `text`, one function that is called at once, with constants for variables that never change, and the numbers
 * themselves for those in tables of names.
 */
export function withConstants(text) {
  const program = parse(text, { ecmaVersion: 2024 });
  const changing = assigned(program);
  const times = declarations(program);
  const written = new MagicString(text);
  const tables = new Map();
  let body = [];
  visit(program, (node) => {
    if (body.length === 0 && node.type === 'ArrowFunctionExpression') body = node.body.body ?? [];
  });
  for (const node of body) {
    if (node.type !== 'VariableDeclaration' || node.kind !== 'var') continue;
    const changes = ({ id, init }) => init === null || namesIn(id).some((name) => changing.has(name));
    if (node.declarations.some(changes)) continue;
    written.update(node.start, node.start + 3, 'const');
    for (const { id, init } of node.declarations) {
      const table = id.type === 'Identifier' && times.get(id.name) === 1 ? tableOf(init) : undefined;
      if (table) tables.set(id.name, table);
    }
  }
  visit(program, ({ type, left, argument }) => {
    const changed =
      type === 'AssignmentExpression' ? left : type === 'UpdateExpression' ? argument : undefined;
    if (changed?.type === 'MemberExpression') tables.delete(changed.object.name); // less constant than it looks
  });
  visit(program, ({ type, object, property, computed, start, end }) => {
    const number =
      type === 'MemberExpression' && !computed && object.type === 'Identifier'
        ? tables.get(object.name)?.get(property.name)
        : undefined;
    if (number !== undefined) written.update(start, end, number);
  });
  return written.toString();
}
