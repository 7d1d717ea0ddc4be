import type { Family, Operator } from '../operator.ts';
import { callOf, operations } from '../statements.ts';

const ifForWhile: Operator = (program) =>
  program.all('WhileStatement').map((node) => ({
    what: `if (${program.of(node.test)})`,
    at: node.start,
    edit: (text) => text.overwrite(node.start, node.start + 'while'.length, 'if'),
  }));

/** Waits first, then looks. */
const waitsFirst: Operator = (program) =>
  program.all('WhileStatement').map((node) => ({
    what: `do … while (${program.of(node.test)})`,
    at: node.start,
    edit: (text) =>
      text.overwrite(node.start, node.end, `do ${program.of(node.body)} while (${program.of(node.test)});`),
  }));

const givesUp: Operator = (program) =>
  program.all('WhileStatement').map((node) => ({
    what: `if (${program.of(node.test)}) return`,
    at: node.start,
    edit: (text) => text.overwrite(node.start, node.end, `if (${program.of(node.test)}) return;`),
  }));

/** `x.from()` becomes `x.to()`. */
const renamed =
  (names: Readonly<Record<string, string>>): Operator =>
  (program) =>
    program.all('MemberExpression').flatMap((node) => {
      const to = node.computed ? undefined : names[program.of(node.property)];
      if (to === undefined) return [];
      return [
        {
          what: `${to} for ${program.of(node)}`,
          at: node.start,
          edit: (text) => text.overwrite(node.property.start, node.property.end, to),
        },
      ];
    });

const twice: Operator = (program) =>
  operations(program)
    .filter((node) => callOf(program, node))
    .map((node) => ({
      what: `does twice ${program.of(node)}`,
      at: node.start,
      edit: (text) => text.overwrite(node.start, node.end, `{ ${program.of(node)} ${program.of(node)} }`),
    }));

const earlyReturn: Operator = (program) =>
  operations(program)
    .filter((node) => program.functionOf(node))
    .map((node) => ({
      what: `returns before ${program.of(node)}`,
      at: node.start,
      edit: (text) => text.overwrite(node.start, node.end, 'return;'),
    }));

/** Waits in another way. */
export const waiting: Family = {
  'if for while': ifForWhile,
  'wait first': waitsFirst,
  'give up': givesUp,
  'signal for broadcast': renamed({ broadcast: 'signal' }),
  'try, and never look': renamed({
    lock: 'tryLock',
    wait: 'tryWait',
    receive: 'tryReceive',
    send: 'trySend',
  }),
  'the other side': renamed({
    reader: 'writer',
    writer: 'reader',
    left: 'right',
    right: 'left',
    readLock: 'writeLock',
    writeLock: 'readLock',
    openReader: 'openWriter',
    openWriter: 'openReader',
    connect: 'accept',
    accept: 'connect',
    broadcast: 'wait',
  }),
  twice,
  'early return': earlyReturn,
};
