// Programs that nobody would write: constructs of the language within each other, with steps at every place. Values
// are numbers; loops and calls end, since depth is paid for with fuel.
import fc from 'fast-check';

export const aboveGenerated = `
let fuel = 300;
const spend = () => { if (fuel-- <= 0) throw new Error("out of fuel"); };
const at = (i) => Math.abs(Math.trunc(Number(i)) || 0) % 4;
var Box = class { #cell; constructor(cell, start) { this.#cell = cell; if (start !== undefined) this.#cell.value = start; }
  get now() { return this.#cell.value; } set now(v) { this.#cell.value = v; } add(k = this.now) { this.now += k; return this.now; }
  *each(k) { for (let i = 0; i < at(k); i++) yield this.now + i; } };`;

const { expression } = fc.letrec<{ expression: string; small: string }>((tie) => {
  const e = tie('expression');
  const form = (...parts: string[]): fc.Arbitrary<string> =>
    fc
      .tuple(...parts.slice(1).map(() => e))
      .map((inner) => parts.map((p, i) => p + (inner[i] ?? '')).join(''));
  return {
    small: fc.constantFrom(
      '1',
      '2',
      '3',
      'a.value',
      'b.value',
      'n.load()',
      'x',
      'list[2]',
      'box.now',
      's.value',
    ),
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      tie('small'),
      form('list[at(', ')]'),
      form('n.add(', ')'),
      form('f(', ')'),
      form('g(', ', ', ')'),
      form('(', ' + ', ')'),
      form('(', ' - ', ' * ', ')'),
      form('(a.value = ', ')'),
      form('(b.value += ', ')'),
      form('(list[at(', ')] -= ', ')'),
      form('(box.now *= ', ')'),
      form('(x += ', ')'),
      form('(a.value &&= ', ')'),
      form('++list[at(', ')]'),
      form('list[at(', ')]--'),
      fc.constant('++a.value'),
      fc.constant('box.now++'),
      form('(', ' ? ', ' : ', ')'),
      form('(', ' || ', ')'),
      form('(', ', ', ')'),
      form('o?.get?.(', ')'),
      form('(o.none?.[', '].value ?? ', ')'),
      form('[', ', ', '].map((y) => y + ', ').length'),
      form('[', ', ', '].reduce((y, z) => y + z - ', ')'),
      form('[3, 1, 2].sort((y, z) => (y - z) * ', ')[0]'),
      form('list.indexOf(', ')'),
      form('Math.max(', ', ...list)'),
      form('box.add(', ')'),
      form('new Box(b, ', ').add()'),
      form('[...box.each(', ')].length'),
      form('((y = ', ') => y + ', ')()'),
      form('(({ value }, [y, z] = list) => value + y + z + ', ')(a)'),
      form('(function () { return arguments[0] + this.k + ', '; }).call({ k: 1 }, ', ')'),
      form('Number(`${', '}`)'),
      form('(s.tryWait() ? ', ' : ', ')'),
      form('(([a.value, list[at(', ')]] = [', ', b.value]), x)'),
    ),
  };
});

const { statement } = fc.letrec<{ statement: string; block: string }>((tie) => {
  const s = tie('block');
  return {
    block: fc.array(tie('statement'), { minLength: 1, maxLength: 3 }).map((all) => all.join('\n')),
    statement: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      expression.map((e) => `said.push(${e});`),
      expression.map((e) => `x = ${e};`),
      fc.constantFrom('s.post();', 'a.value++;', 'sleep(1);', 'me.consume(x);', 'list.fill(x);'),
      fc.tuple(expression, s, s).map(([e, y, z]) => `if (at(${e}) > 1) { ${y} } else { ${z} }`),
      fc.tuple(expression, s).map(([e, y]) => `for (let i = 0; i < at(${e}); i++) { spend(); x += i; ${y} }`),
      fc
        .tuple(fc.constantFrom('list', 'me.items', 'box.each(2)', 'new Set([1, 2])', '"ab"'), s, expression)
        .map(
          ([of, y, e]) => `for (const v of ${of}) { spend(); said.push(v); ${y} if (at(${e}) === 3) break; }`,
        ),
      fc
        .tuple(s, expression)
        .map(
          ([y, e]) =>
            `(() => { up: for (const v of list) { for (const w of [1, 2]) { spend(); ${y} if (at(${e}) === w) continue up; if (v > 50) break up; } } })();`,
        ),
      fc
        .tuple(s, expression, s)
        .map(
          ([y, e, z]) =>
            `try { ${y} if (at(${e}) === 2) throw new Error("e" + x); } catch (e) { said.push(e.message); ${z} }`,
        ),
      fc.tuple(s, s).map(([y, z]) => `try { ${y} } finally { ${z} }`),
      fc
        .tuple(expression, s, s)
        .map(([e, y, z]) => `switch (at(${e})) { case 1: ${y} case at(b.value): ${z} break; default: x++; }`),
      fc
        .tuple(expression, expression)
        .map(
          ([e, d]) => `{ const [p, q = ${d}] = list, { value: r, k = ${e} } = b; said.push(p, q, r, k); }`,
        ),
      s.map((y) => `me.items.forEach((v, i) => { spend(); x += v; ${y} });`),
      s.map((y) => `{ const inner = () => { spend(); ${y} return x; }; said.push(inner()); }`),
    ),
  };
});

/** The body of a role. */
export const generated: fc.Arbitrary<string> = fc
  .tuple(expression, expression, fc.array(statement, { minLength: 1, maxLength: 4 }))
  .map(
    ([f, g, body]) => `
    let x = 1;
    const box = new Box(a), o = { get(y) { return this.none === undefined ? y + a.value : y; }, none: undefined };
    const f = (x) => { spend(); return at(x) > 2 ? x : ${f}; };
    function g(x, y) { spend(); return x - y + ${g}; }
${body.join('\n')}`,
  );
