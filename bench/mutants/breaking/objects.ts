// One thing in place of another of its kind: the wrong lock, the wrong hand, the wrong slot.
import type { AnyNode } from 'acorn';
import { namesIn } from '../../../harness/problem/twin/children.ts';
import type { Change, Family, Operator } from '../operator.ts';
import type { Program } from '../program.ts';

/** The kind of each shared object, by its name: the function that makes it. */
function kinds(program: Program): Map<string, string> {
  const found = new Map<string, string>();
  const made = (value: AnyNode): string =>
    // An array of objects is of the kind of what it holds.
    /Array\.from/.test(program.of(value)) ? `${program.of(value).replace(/^.*=>\s*/s, '')}[]` : callee(value);
  const callee = (value: AnyNode): string =>
    value.type === 'CallExpression' || value.type === 'NewExpression' ? program.of(value.callee) : '';
  for (const p of program.shared.properties) {
    if (p.type !== 'Property' || p.key.type !== 'Identifier') continue;
    let value: AnyNode = p.value;
    if (p.shorthand) {
      const declared = program
        .all('VariableDeclarator', program.share)
        .find((d) => program.of(d.id) === program.of(p.key));
      value = declared?.init ?? value;
    }
    const kind = made(value);
    if (kind !== '') found.set(p.key.name, kind);
  }
  return found;
}

const sharedObject: Operator = (program) => {
  const kindOf = kinds(program);
  return [...program.roles, program.share].flatMap((role) => {
    const [given] = role.params;
    const bound = given?.type === 'ObjectPattern' ? namesIn(given) : [];
    return program
      .all('Identifier', role.body)
      .filter((node) => kindOf.has(node.name) && program.parentOf(node)?.type !== 'Property')
      .flatMap((node): Change[] =>
        [...kindOf]
          .filter(([name, kind]) => name !== node.name && kind === kindOf.get(node.name))
          .map(([name]) => ({
            what: `${name} for ${node.name} in ${program.of(program.parentOf(node) ?? node)}`,
            at: node.start,
            edit: (text) => {
              text.overwrite(node.start, node.end, name);
              if (given?.type === 'ObjectPattern' && !bound.includes(name))
                text.appendLeft(given.start + 1, `${name}, `);
            },
          })),
      );
  });
};

/** Two names that index the same array in one function. */
const sharedIndex: Operator = (program) => {
  const members = program.all('MemberExpression').filter((m) => m.computed);
  return members.flatMap((node) => {
    const others = members.filter(
      (m) =>
        program.of(m.object) === program.of(node.object) &&
        program.functionOf(m) === program.functionOf(node) &&
        program.of(m.property) !== program.of(node.property),
    );
    return [...new Set(others.map((m) => program.of(m.property)))].map((by) => ({
      what: `${by} for ${program.of(node.property)} in ${program.of(node)}`,
      at: node.start,
      edit: (text) => text.overwrite(node.property.start, node.property.end, by),
    }));
  });
};

/** Two objects that are used in one function, by the text that leads to them: `forks[first]`, `forks[second]`. */
const sameReceiver: Operator = (program) => {
  const calls = program
    .all('CallExpression')
    .flatMap(({ callee }) => (callee.type === 'MemberExpression' ? [callee] : []))
    .filter(({ object }) => program.of(object) !== 'me');
  return calls.flatMap((callee) => {
    const others = calls.filter(
      (other) =>
        program.functionOf(other) === program.functionOf(callee) &&
        program.of(other.property) === program.of(callee.property) &&
        program.of(other.object) !== program.of(callee.object),
    );
    return [...new Set(others.map((other) => program.of(other.object)))].map((by) => ({
      what: `${by} for ${program.of(callee)}`,
      at: callee.start,
      edit: (text) => text.overwrite(callee.object.start, callee.object.end, by),
    }));
  });
};

/** Puts one thing in place of another. */
export const objects: Family = {
  'another object': sharedObject,
  'index of another': sharedIndex,
  'receiver of another': sameReceiver,
};
