import { join } from 'node:path';
import { expect, it } from 'vitest';
import { home } from '../../harness/problem/catalogue.ts';

const { withConstants } = (await import(join(home, 'bin/constants.js'))) as {
  withConstants(text: string): string;
};

/** A bundle with `body`, which says what `it` is. */
const bundle = (body: string): string => `"use strict";\nvar it = (() => {\n${body}\n})();`;

it.each([
  ['a variable that never changes', 'var a = 1; return a;', 'const a = 1; return a;'],
  ['one that is assigned later', 'var a = 1; a = 2; return a;', undefined],
  ['one that counts', 'var a = 1; function f() { return ++a; } return f();', undefined],
  ['one that is given its value by a pattern', 'var a = 1; [a] = [2]; return a;', undefined],
  ['one without a value yet', 'var a; return a;', undefined],
  [
    'an element that is assigned, whose index is not',
    'var a = 1; var b = [0, 0]; b[a] = 2; return b[1];',
    'const a = 1; const b = [0, 0]; b[a] = 2; return b[1];',
  ],
  [
    'numbers in a table of names',
    'var T = { A: 1, B: -2 }; return 3 - T.B + T.A;',
    'const T = { A: 1, B: -2 }; return 3 - (-2) + 1;',
  ],
  ['a table that changes', 'var T = { A: 1 }; T.A++; return T.A;', 'const T = { A: 1 }; T.A++; return T.A;'],
  [
    'a name that means something else within',
    'var T = { A: 1 }; return ((T) => T.A)({ A: 2 });',
    'const T = { A: 1 }; return ((T) => T.A)({ A: 2 });',
  ],
  [
    'what is asked of a table by another name',
    'var T = { A: 1, toString: null }; return T.A + String(T.B);',
    'const T = { A: 1, toString: null }; return T.A + String(T.B);',
  ],
])('a bundle means the same with constants: %s', (_, body, expected = body) => {
  const written = withConstants(bundle(body));
  expect(written).toBe(bundle(expected));
  // biome-ignore lint/security/noGlobalEval: what is evaluated stands above
  const said = (text: string): unknown => globalThis.eval(`${text}; it`);
  expect(said(written)).toEqual(said(bundle(body)));
});
