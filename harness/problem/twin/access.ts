// Properties: read, assigned to, both, and along optional chains.
import type { AnyNode, AssignmentExpression, ChainExpression, MemberExpression } from 'acorn';
import { visit } from './children.ts';
import { Refused, type Rules, type Writer } from './writer.ts';

/** Words of the alias for `super[key]`; see function.ts. */
export const superName = (w: Writer): string => `${w.id}super`;

/** `node` as something that is assigned to, called or deleted: its parts may step, it itself does not. */
export function target(w: Writer, node: MemberExpression): string {
  if (node.object.type !== 'Super') return w.parts(node);
  if (w.scope.co) throw new Refused('this use of super', node);
  return w.parts(node);
}

/** The key of `super.key`, as an expression. */
export const keyOf = (w: Writer, node: MemberExpression): string =>
  node.computed ? w.item(node.property) : JSON.stringify((node.property as { name: string }).name);

/** `node` without its step. */
export function bare(w: Writer, node: MemberExpression): string {
  if (node.object.type !== 'Super' || !w.scope.aliases) return target(w, node);
  return `${superName(w)}(${keyOf(w, node)})`;
}

/** `node` for the first use, where its parts are evaluated, and for those that follow. */
function twice(w: Writer, node: MemberExpression): { first: string; again: string } {
  if (node.object.type === 'Super') throw new Refused('an assignment to a property of super', node);
  let object = w.write(node.object);
  let held = object;
  if (node.object.type !== 'ThisExpression' && node.object.type !== 'Identifier') {
    held = w.temp();
    object = `(${held}=${w.item(node.object)})`;
  }
  if (!node.computed) {
    const name = w.source.slice(node.property.start, node.property.end);
    return { first: `${object}.${name}`, again: `${held}.${name}` };
  }
  if (node.property.type === 'Literal') {
    const { raw } = node.property;
    return { first: `${object}[${raw}]`, again: `${held}[${raw}]` };
  }
  const key = w.temp();
  // An object whose name is assigned in the key has been read before.
  if (held === object && node.object.type === 'Identifier') {
    held = w.temp();
    object = `(${held}=${object})`;
  }
  return { first: `${object}[${key}=${w.id}.key(${w.item(node.property)})]`, again: `${held}[${key}]` };
}

const stepsIn = (w: Writer, node: AnyNode): boolean => {
  let found = false;
  visit(node, (inner) => {
    if (inner !== node && w.steps.at(inner)) found = true;
    return !found && !/Function|Class/.test(inner.type);
  });
  return found;
};

/** A chain, link by link, so that what is after `?.` can be suspended and left out. */
function chain(w: Writer, { expression }: ChainExpression): string {
  const links: AnyNode[] = [];
  let root: AnyNode = expression;
  while (root.type === 'MemberExpression' || root.type === 'CallExpression') {
    links.unshift(root);
    root = root.type === 'MemberExpression' ? root.object : root.callee;
  }
  if (root.type === 'Super') throw new Refused('an optional chain on super', expression);
  let code = root.type === 'ChainExpression' ? `(${w.write(root)})` : w.operand(root);
  let open = '';
  let close = '';
  let self = 'undefined';
  for (const [i, link] of links.entries()) {
    if (link.type !== 'MemberExpression' && link.type !== 'CallExpression') continue;
    const held = w.temp();
    open += `(${held}=${code},`;
    close += ')';
    if (link.optional) {
      open += `${held}===undefined||${held}===null?undefined:`;
    }
    if (link.type === 'MemberExpression') {
      const key = link.computed
        ? `[${w.item(link.property)}]`
        : `.${w.source.slice(link.property.start, link.property.end)}`;
      const called = links[i + 1]?.type === 'CallExpression';
      code = w.steps.read(link) ? w.site(`${held}${key}`) : `${held}${key}`;
      if (called) self = held;
    } else {
      code = w.site(`${w.id}.apply(${held},${self},[${link.arguments.map((a) => w.item(a)).join(',')}])`);
      self = 'undefined';
    }
  }
  return `${open}${code}${close}`;
}

/** `left = right` and its like, where `left` is a property. */
export function propertyAssignment(w: Writer, node: AssignmentExpression, left: MemberExpression): string {
  const { right, operator } = node;
  const writes = w.steps.write(left);
  const reads = operator !== '=' && w.steps.read(left);
  if (!writes && !reads) return w.parts(node, new Map([[left, target(w, left)]]));
  if (operator === '=' && w.scope.co && left.computed && left.object.type !== 'Super')
    return w.assigned(`${w.id}.put(${w.item(left.object)},${w.item(left.property)},${w.item(right)})`);
  if (operator === '=' || !w.scope.co) return w.assigned(w.parts(node, new Map([[left, target(w, left)]])));
  const { first, again } = twice(w, left);
  const op = operator.slice(0, -1);
  if (op === '&&' || op === '||' || op === '??')
    return `(${w.site(first)}${op}${w.assigned(`${again}=${w.item(right)}`)})`;
  return w.assigned(`${first}=${w.site(again)}${op}(${w.write(right)})`);
}

export const accessRules: Rules = {
  MemberExpression(w, node) {
    const { object, property } = node;
    // A shared array is a proxy to the engine, and going by its traps is slow.
    if (w.scope.co && object.type !== 'Super' && !node.optional) {
      if (node.computed && w.steps.read(node))
        return w.site(`${w.id}.at(${w.item(object)},${w.item(property)})`);
      if (object.type === 'Identifier' && isLength(node) && !w.steps.survey.isArray(object))
        return w.steps.read(node) ? w.site(lengthOf(w, object)) : lengthOf(w, object);
    }
    return w.steps.read(node) && !isPlainSuper(w, node) ? w.site(bare(w, node)) : bare(w, node);
  },
  ChainExpression(w, node) {
    if (!w.scope.co) return w.steps.within(node) ? `${w.id}.sync(${plainly(w, node)})` : w.parts(node);
    return stepsIn(w, node) ? chain(w, node) : w.parts(node);
  },
  UpdateExpression(w, node) {
    const { argument, prefix, operator } = node;
    if (argument.type !== 'MemberExpression') return w.parts(node);
    if (!w.steps.write(argument) && !w.steps.read(argument))
      return w.parts(node, new Map([[argument, target(w, argument)]]));
    if (!w.scope.co) return `${w.id}.sync(${w.parts(node, new Map([[argument, target(w, argument)]]))})`;
    const { first, again } = twice(w, argument);
    const value = w.temp();
    const read = `${value}=${w.site(again)}`;
    if (prefix) return w.assigned(`${first}=(${read},${operator}${value})`);
    const before = w.temp();
    return `(${w.assigned(`${first}=(${read},${before}=${value}${operator},${value})`)},${before})`;
  },
  UnaryExpression(w, node) {
    if (node.operator !== 'delete') return w.parts(node);
    if (node.argument.type === 'MemberExpression')
      return w.parts(node, new Map([[node.argument, target(w, node.argument)]]));
    if (node.argument.type === 'ChainExpression' && w.steps.within(node.argument))
      throw new Refused('delete of an optional chain', node);
    return w.parts(node);
  },
};

const isLength = ({ computed, property }: MemberExpression): boolean =>
  !computed && property.type === 'Identifier' && property.name === 'length';

const lengthOf = (w: Writer, object: AnyNode): string => `${w.id}.length(${w.write(object)})`;

/** Where nothing can be suspended: as it is written, looked at afterwards. */
function plainly(w: Writer, node: AnyNode): string {
  visit(node, (inner) => {
    if (/Function|Class/.test(inner.type)) throw new Refused('a function in an optional chain here', node);
  });
  return w.source.slice(node.start, node.end);
}

const isPlainSuper = (w: Writer, node: MemberExpression): boolean =>
  node.object.type === 'Super' && !w.scope.aliases;
