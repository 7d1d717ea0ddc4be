// biome-ignore-all lint/suspicious/noTemplateCurlyInString: programs are text here
// One program for each construct of the language that a step can stand in: [what it shows, the role's body, above it].
export const programs: readonly (readonly [name: string, body: string, above?: string])[] = [
  ['steps with results', 'said.push(a.value, n.add(2), s.tryWait(), list[2], flag.isSet);'],
  [
    'steps without',
    's.wait(); s.post(); a.value = 4; list[1] = 5; sleep(3); me.consume(7); said.push(a.value);',
  ],
  ['a wait on a condition', 'm.lock(); while (a.value < 3) { c.wait(m); a.value++; } m.unlock();'],
  ['a timed wait', 'm.lock(); said.push(c.timedWait(m, 5)); m.unlock();'],
  ['++ and --', 'said.push(++a.value, a.value++, --b.value, b.value--, list[0]++, ++list[a.value % 4]);'],
  ['compound assignment', 'said.push(a.value += b.value, list[a.value % 4] *= 3, a.value -= n.add(1));'],
  [
    'compound assignment within itself',
    'a.value += (b.value += a.value) * (list[1] += list[2]++); said.push(a.value);',
  ],
  [
    'the order of object, key, read, right side',
    'const at = (i) => { said.push(i); me.consume(i); return list; }; at(1)[(said.push("key"), n.add(1)) % 4] += (said.push("right"), b.value);',
  ],
  [
    'logical assignment',
    'a.value ||= b.value; a.value &&= n.add(1); b.value ??= n.add(2); list[n.load() % 4] ||= 9; said.push(a.value);',
  ],
  ['an assigned name within a key', 'let l = list; l[(l = [1, 2], a.value)] += 1; said.push(l);'],
  [
    'closures',
    'const inc = () => { a.value++; return a.value; }; const twice = (f) => [f(), f()]; said.push(twice(inc));',
  ],
  [
    'closures over a loop',
    'const all = []; for (let i = 0; i < 3; i++) all.push(() => list[i] + i); for (const f of all) said.push(f());',
  ],
  ['recursion', 'const f = (n) => n <= 0 ? a.value : f(n - 1) + b.value++; said.push(f(5));'],
  [
    'functions of each other',
    'said.push(even(5));',
    'var cell; function even(n) { return n === 0 ? true : odd(n - 1); } function odd(n) { return n === 0 ? false : even(n - 1); }',
  ],
  ['hoisted functions', 'said.push(later(2)); function later(x) { return x + a.value; }'],
  [
    'forEach over items',
    'me.items.forEach((i) => me.consume(i)); me.items.forEach((i, at) => { list[at] = i; });',
  ],
  [
    'map, filter, reduce',
    'said.push(me.items.map((i) => i + a.value++), me.items.filter((i) => i > b.value), me.items.reduce((so, i) => so + i * n.load(), 1), me.items.reduce((x, y) => x - y - a.value));',
  ],
  [
    'some, every, find',
    'said.push(me.items.some((i) => list[i] === 32), me.items.every((i) => i < a.value), me.items.find((i) => n.load() > i), me.items.findIndex((i) => a.value > i), me.items.findLast((i) => a.value < i));',
  ],
  [
    'flatMap and Array.from',
    'said.push(me.items.flatMap((i) => [i, a.value]), Array.from({ length: 3 }, (_, i) => list[i]), Array.from(list), Array.from(list, (v) => v + a.value));',
  ],
  [
    'sort by steps',
    'const order = [3, 1, 2, 5, 4]; order.sort((x, y) => (x - y) * (1 + a.value)); said.push(order, order.toSorted((x, y) => (a.value, y - x)));',
  ],
  [
    'sort by what is compared once converted',
    'let n2 = 0; const order = [3, 1, 2]; order.sort((x, y) => (n.add(1), { valueOf: () => (n2++, x - y) })); said.push(order, n2, n.load());',
  ],
  [
    'a comparison that throws, and one that empties the list',
    'const o = [3, 1, 2, 9, 4]; try { o.sort((x, y) => { if (n.add(1) > 1) throw 1; return x - y; }); } catch { said.push(o); } let k = 0; o.sort((x, y) => { if (a.value && ++k === 2) o.length = 0; return x - y; }); said.push(o);',
  ],
  [
    'lists that grow, shrink and only look like lists',
    'const o = [1, 2, 3]; const r = o.map((x, i) => { if (i === 0) o.length = 2; a.value++; return x; }); said.push(r.length, 2 in r); const like = (length) => ({ length, 0: 5, 1: 6, map: Array.prototype.map }); for (const l of ["2", 2.7, -1, NaN, undefined]) said.push(like(l).map((x) => x + a.value).length);',
  ],
  [
    'where to look from',
    'said.push(list.indexOf(12, 2), list.indexOf(10, 1), list.includes(11, -2), list.indexOf(13, -1), list.indexOf(10, "0"));',
  ],
  [
    'replaced by what is converted once',
    'let k = 0; said.push("abc".replace(/./g, () => (a.value, { toString: () => `${++k}` })), k);',
  ],
  [
    'replace',
    'said.push("a-b-c".replace(/[a-z]/g, (l) => l + a.value++), "xx".replaceAll("x", () => n.load()));',
  ],
  [
    'Map and Set',
    'const m2 = new Map([[1, 2], [3, 4]]); m2.forEach((v, k) => said.push(v + k + a.value)); new Set(list).forEach((v) => said.push(v)); for (const [k, v] of m2) said.push(k, v, a.value);',
  ],
  ['a step given as a callback', 'me.items.forEach(me.consume);'],
  [
    'methods of shared arrays',
    'list.fill(3, 1, 3); list.fill(b.value); list[1] = 8; said.push(list.indexOf(8), list.includes(9), list.every((v) => v > 0), list.some((v) => v === 8), list.map((v) => v * 2), list.reduce((x, y) => x + y, 0), list.join("-"), list.length); list.forEach((v, i) => { said.push(v, i); });',
  ],
  ['shared truths', 'truths[0] = true; said.push(truths[1], truths.includes(true), [...truths]);'],
  ['spread of a shared array', 'said.push([...list, ...me.items], Math.max(...list), [0, ...list].length);'],
  [
    'for…of over a shared array',
    'for (const v of list) { said.push(v); if (v > 21) break; } for (const v of list) list[3] = v;',
  ],
  [
    'for…of over plain things',
    'for (const ch of "añ😀") { said.push(ch); s.post(); } for (const x of new Set([1, 2])) { a.value = x; if (x > 5) continue; } for (const [i, v] of me.items.entries()) said.push(i, v, a.value);',
  ],
  [
    'destructuring a cell',
    'const { value } = a; let { value: v2, other = n.add(1) } = b; said.push(value, v2, other);',
  ],
  [
    'destructuring a shared array',
    'const [x, , y = 3, ...rest] = list; said.push(x, y, rest); let p, q; [p, q] = list; said.push(p, q);',
  ],
  [
    'a swap of elements',
    '[list[0], list[1]] = [list[1], list[0]]; [a.value, b.value] = [b.value, a.value]; said.push(list[0], a.value);',
  ],
  [
    'destructuring with defaults that step',
    'const { k = a.value, l: [z = b.value] = [], ...others } = { t: 1, u: 2 }; said.push(k, z, others);',
  ],
  [
    'destructuring parameters',
    'const f = ({ value }, [x, y], z = n.add(value)) => [value, x, y, z]; said.push(f(a, list), f.length, f.name);',
  ],
  [
    'default values that step',
    'const f = (x = a.value, y = x + b.value) => x + y; said.push(f(), f(1), f(1, 2), f(undefined, 3));',
  ],
  [
    'rest parameters',
    'const f = (x, ...rest) => { a.value = x; return [x, rest, b.value]; }; said.push(f(...list), f(1));',
  ],
  [
    'destructuring in a loop',
    'for (const { value } of [a, b]) said.push(value); for (const [x, y] of [list, [1, 2]]) said.push(x + y); let w; for ({ value: w } of [b]) said.push(w);',
  ],
  [
    'try, catch and finally',
    'try { said.push(a.value); throw new Error("x" + b.value); } catch (e) { said.push(e.message, n.add(1)); } finally { s.post(); said.push(a.value); }',
  ],
  [
    'return through finally',
    'const f = () => { try { return a.value; } finally { b.value = 9; said.push(n.add(1)); } }; said.push(f(), b.value); const g = () => { for (;;) { try { return a.value; } finally { if (n.load() >= 0) break; } } return "out"; }; said.push(g());',
  ],
  [
    'an exception from a function that has stepped',
    'const f = () => { a.value++; throw new TypeError("no " + a.value); }; try { f(); } catch ({ message }) { said.push(message); }',
  ],
  ['a crash', 'a.value = 5; throw new RangeError(`at ${a.value}`);'],
  ['a crash by nothing', 'const o = { p: undefined }; a.value = 5; o.p.q;'],
  ['a crash by calling nothing', 'const o = {}; a.value++; o.nothing(a.value);'],
  [
    'labelled loops',
    'outer: for (const i of me.items) { for (const v of list) { if (v === 20) continue outer; if (i === 2) break outer; said.push(i, v); } } two: one: for (;;) { while (n.add(1) >= 0) break two; } done: { if (a.value) break done; said.push("never"); }',
  ],
  [
    'switch',
    'switch (a.value) { case b.value: said.push(1); case n.load(): said.push(2); break; default: said.push(a.value); }',
  ],
  [
    'conditions',
    'said.push(a.value ? b.value : n.add(1), a.value && b.value, a.value || b.value, a.value ?? 3, (a.value, b.value)); if (a.value > 100) s.wait(); else s.post();',
  ],
  [
    'loops of each kind',
    'for (let i = a.value, j = b.value; i < j + n.load(); i++) said.push(i); let k = 0; do { k++; } while (k < a.value - 5 && k < 4); for (const key in { x: 1, y: 2 }) said.push(key, a.value); while (s.tryWait()) if (n.add(1) > 1) break;',
  ],
  [
    'optional chaining',
    'const o = { get() { a.value++; return { cell: b, list }; }, none: null }; said.push(o?.get?.()?.cell?.value, o.none?.cell.value.x.y, o.no?.(n.add(1)), o.get().list?.[a.value % 4].toFixed(1), a?.value, o?.["get"]().cell.value);',
  ],
  [
    'an optional call keeps its this',
    'const o = { k: 3, f() { return this?.k + a.value; } }; said.push(o.f?.(), o?.f(), (o?.f)());',
  ],
  [
    'tagged templates',
    'const tag = (parts, ...given) => { a.value++; return parts.raw.join("|") + given.join(); }; said.push(tag`x${a.value}y${b.value}`, `${a.value}-${n.add(1)}`);',
  ],
  [
    'a generator',
    'const g = function* (k) { for (let i = 0; i < k; i++) { const got = yield a.value + i; said.push(["got", got]); b.value++; } return n.load(); }; const it = g(3); said.push(it.next(), it.next(a.value), it.next("v"), it.next(), it.next()); for (const v of g(2)) said.push(v); said.push([...g(2)]); const [x] = g(3); said.push(x);',
  ],
  [
    'a generator that is left early',
    'const g = function* () { try { yield a.value; yield 2; } finally { s.post(); said.push("closed", n.add(1)); } }; for (const v of g()) { said.push(v); break; } const it = g(); it.next(); said.push(it.return(7), it.next()); const t = g(); t.next(); try { t.throw(new Error("e")); } catch (e) { said.push(e.message); } out: for (const v of g()) for (const w of g()) { said.push(w); break out; }',
  ],
  [
    'yield* of a generator',
    'const g = function* () { const r = yield* h(); said.push(r); yield* list; yield* [1, 2]; }; const h = function* () { yield a.value; return b.value; }; said.push([...g()]); for (const v of g()) { if (v === 1) break; }',
  ],
  [
    'a generator without steps',
    'const g = function* (k) { for (let i = 0; i < k; i++) yield i; }; for (const i of g(3)) { list[i] = i; said.push(list[i]); } said.push([...g(2)], Array.from(g(2)));',
  ],
  [
    'an iterable of its own',
    'const it = { left: 2, [Symbol.iterator]() { a.value++; return { next: () => ({ done: b.value++ > 4, value: n.add(1) }), return: () => { s.post(); return {}; } }; } }; for (const v of it) said.push(v); b.value = 0; for (const v of it) { said.push(v); break; } b.value = 0; const [x, y] = it; said.push(x, y);',
  ],
  [
    'a class',
    'const q = new Queue(list, a); q.put(5); q.put(6); said.push(q.take(), q.size, q.size = 2, q.last, Queue.made, q instanceof Queue);',
    `var Queue = class { #cells; #count; static made = 0; constructor(cells, count) { this.#cells = cells; this.#count = count; this.#count.value = 0; Queue.made++; }
 put(x) { this.#cells[this.#count.value] = x; this.#grow(1); } take() { this.#grow(-1); return this.#cells[this.#count.value]; } #grow(n) { this.#count.value += n; }
 get size() { return this.#count.value; } set size(n) { this.#count.value = n; } get last() { return this.size - 1; } };`,
  ],
  [
    'classes that extend',
    'const kid = new Child(a, b); said.push(kid.get(1), kid.both, kid instanceof Base, new Leaf(a).get(2), new Leaf(b).cell === b);',
    `var Base = class { constructor(cell) { this.cell = cell; this.first = cell.value; } get(n) { return this.cell.value + n; } get both() { return this.cell.value; } };
 var Child = class extends Base { constructor(x, y) { super(x); this.y = y; this.second = y.value + this.first; } get(n) { return super.get(n) * this.y.value + this.second; } get both() { return super.both + this.y.value; } };
 var Leaf = class extends Base {};`,
  ],
  [
    'a constructor that returns something else',
    'const o = new Other(a); said.push(o.k, o instanceof Other);',
    'var Other = class { constructor(c) { c.value++; if (c.value > 1) return { k: c.value }; } };',
  ],
  [
    'new of a function',
    'const P = function (c) { this.v = c.value; }; P.prototype.more = function () { return this.v + a.value; }; const p = new P(b); said.push(p.v, p.more(), p instanceof P); const F = (function () { return new.target === undefined ? a.value : { t: b.value }; }); said.push(F(), new F());',
  ],
  [
    'objects with getters and methods',
    'const o = { n: 1, get now() { return a.value + this.n; }, set now(v) { a.value = v; said.push("set"); }, inc() { return this.now++; }, [`k${a.value}`]: b.value, *each() { yield this.now; yield b.value; } }; said.push(o.now, o.inc(), o.now += 2, o.now, Object.keys(o), [...o.each()]); const { now } = o; said.push(now, { ...{ z: 1 }, y: a.value });',
  ],
  [
    'this and arguments',
    'const o = { k: 2, f() { const g = () => this.k + arguments[0] + a.value; return [g(), arguments.length, (() => arguments[1])()]; } }; said.push(o.f(1, 5), o.f.call({ k: 9 }, 1), o.f.apply({ k: 7 }, [2]), o.f.bind({ k: 1 })(3));',
  ],
  [
    'calls through call, apply, bind',
    'function f(x) { return x + a.value; } said.push(f.call(null, 1), f.apply(null, [2]), f.bind(null, 3)(), Reflect.apply(f, null, [4]), f.length, f.name);',
  ],
  [
    'var redeclared',
    'function f(x) { var x; a.value++; return x; } said.push(f(4)); var z = a.value; { var z = b.value; } said.push(z);',
  ],
  [
    'an array of semaphores',
    'sems[a.value % 3].wait(); sems[b.value].post(); for (const one of sems) one.post(); sems.forEach((one) => one.wait()); said.push(sems.map((one) => one.value), sems[(a.value + 1) % sems.length].tryWait());',
  ],
  [
    'comma, void, typeof, delete, in',
    'const o = { x: a.value }; said.push(void a.value, typeof a.value, typeof b, (delete o[`x${"".repeat(a.value)}`]), "x" in o, a.value in list, -a.value, !b.value);',
  ],
  [
    'block functions and names',
    'if (a.value) { function inner() { return b.value; } said.push(inner(), inner.name); } const named = function own(k) { return k <= 0 ? own.name : own(k - 1 - a.value); }; said.push(named(2));',
  ],
  [
    'exceptions in loops over iterables',
    'const g = function* () { try { yield 1; yield a.value; } finally { said.push(n.add(1)); } }; try { for (const v of g()) { if (v) throw new Error("in"); } } catch (e) { said.push(e.message); }',
  ],
  [
    'a crash in a callback',
    'me.items.map((i) => { a.value = i; if (i === 1) throw new Error("one"); return i; });',
  ],
  [
    'private accessors and statics',
    'const k = new K(a); said.push(k.v, K.of(b).v, k.has(k), k.has({})); k.bump(); said.push(a.value);',
    'var K = class _K { #c; constructor(c) { this.#c = c; } get #v() { return this.#c.value; } set #v(x) { this.#c.value = x; } get v() { return this.#v; } bump() { this.#v++; this.#v += 2; } static of(c) { return new _K(c); } has(o) { return #c in o; } };',
  ],
  [
    'arrows in fields',
    'const k = new K(a); said.push(k.get(2), k.later()); ',
    'var K = class { c; get = (n) => this.c.value + n; later = () => { this.c.value++; return this.get(1); }; constructor(c) { this.c = c; } };',
  ],
  [
    'a field from a function that does not wait',
    'const k = new K(a); said.push(k.x); ',
    'function make(n) { return [n].map((x) => x + 1); } var K = class { x = make(3); constructor(c) { this.y = c.value; } };',
  ],
  [
    'iterators by hand',
    'const it = list[Symbol.iterator] ? me.items[Symbol.iterator]() : null; said.push(it.next(), a.value, it.next());',
  ],
  [
    'many steps without a result',
    'for (let i = 0; i < 40; i++) { s.post(); me.consume(i); list[i % 4] = i; } said.push(list[3]);',
  ],
];

/** What a twin cannot do, and says so. */
export const beyond: readonly (readonly [name: string, body: string, above?: string])[] = [
  ['a step in a built-in that calls back', 'said.push(JSON.stringify({ toJSON: () => a.value }));'],
  ['a step in a conversion', 'const o = { valueOf: () => a.value }; said.push(o + 1);'],
  ['a step in a conversion to a string', 'const o = { toString: () => `v${a.value}` }; said.push(`${o}`);'],
  [
    'a step in a field',
    'said.push(new K(a).x);',
    'var K = class { constructor(c) { K.last = c; } x = [1].map(() => K.last.value); static last = { value: 1 }; }; var J = class extends K { y = this.x; };',
  ],
  ['endless recursion', 'const f = (k) => f(k + 1) + a.value; f(0);'],
  [
    'a field of a class that extends one whose constructor steps',
    'const kid = new Child(a, b); said.push(kid.get(1), kid.both, kid.name, kid instanceof Base, new Leaf(a).get(2), new Fault("f").message);',
    `var Base = class { constructor(cell) { this.cell = cell; this.first = cell.value; } get(n) { return this.cell.value + n; } get both() { return this.cell.value; } };
 var Child = class extends Base { constructor(x, y) { super(x); this.y = y; this.second = y.value + this.first; } get(n) { return super.get(n) * this.y.value + this.second; } get both() { return super.both + this.y.value; } name = undefined; };
 var Leaf = class extends Base {}; var Fault = class extends Error { constructor(m) { super(m); this.name = "Fault"; } };`,
  ],
  ['a message that names what is written', 'const o = { list: [a] }; o.list[0].value.no();'],
  ['a shared array given to a built-in', 'said.push(Math.max.apply(null, list));'],
  [
    'values sent through yield*',
    'const g = function* () { yield* h(); }; const h = function* () { said.push(yield a.value); }; const it = g(); it.next(); it.next(5);',
  ],
  ['new of a generator', 'const g = function* () { yield a.value; }; new g();'],
  ['instanceof a generator', 'const g = function* () { yield a.value; }; said.push(g() instanceof g);'],
  ['Proxy', 'const p = new Proxy({}, {}); p.x = 1;'],
  [
    'a comparison by steps in a built-in that is not done anew',
    'said.push(Object.groupBy ? Object.groupBy([1], () => a.value) : [1].concat({ get length() { return a.value; }, [Symbol.isConcatSpreadable]: true }));',
  ],
  [
    'super() within an expression',
    'new B(a);',
    'var A = class { constructor(c) { this.c = c.value; } }; var B = class extends A { constructor(c) { const me = super(c); this.d = c.value; } };',
  ],
  [
    'a constructor that returns another object, extended',
    'new E(a).q;',
    'var D = class { constructor(c) { return { z: c.value }; } }; var E = class extends D { constructor(c) { super(c); this.q = 5; } };',
  ],
  [
    'a list that says itself what is made of it',
    'const o = [1]; o.constructor = class { static [Symbol.species] = Array }; o.map((x) => a.value);',
  ],
  [
    'a length that is a step',
    'const o = { get length() { return a.value; }, 0: 1, map: Array.prototype.map }; o.map((x) => x);',
  ],
  [
    'a generator whose parameters step',
    'const g = function* (x = n.add(1)) { yield x; }; said.push(g().next().value);',
  ],
  [
    'the prototype of a generator',
    'const g = function* () { yield a.value; }; said.push(Object.getPrototypeOf(g) === Function.prototype);',
  ],
  [
    'a constructor of generators',
    'const g = function* () { yield a.value; }; said.push(g["constructor"].name);',
  ],
  [
    'a method taken off a generator',
    'const g = function* () { yield a.value; }; const { next } = g(); said.push(next.call(g()).value);',
  ],
  [
    'instanceof what may be a generator',
    'const o = { *g() { yield a.value; } }; const k = o.g; said.push(k() instanceof k);',
  ],
  ['an iteration by hand over a shared array', 'const it = list[Symbol.iterator](); said.push(it.next());'],
];

/** Bodies that throw: what is thrown says the same in the twin, or the twin says that it cannot. */
export const crashes: readonly string[] = [
  'const { q } = a.value ? undefined : null;',
  'const { q } = me.f?.();',
  'const f = ({ q }) => a.value; f();',
  'const f = ({ q }) => a.value; f(list[0] ? null : undefined);',
  'new (a.value)();',
  'const C = a.value; new C();',
  'for (const x of a.value) ;',
  'const [x] = a.value;',
  'const [x, y = 1] = undefined;',
  '[...a.value];',
  'Math.max(...b.value);',
  'a.value();',
  'list[1]();',
  'list[0].x.y;',
  'me.items.map(3, a.value);',
  'me.nothing.map(() => a.value);',
  'me.items.nope(a.value);',
  'undefinedName;',
  'a.value = undefinedName;',
  'const k = 1; k = a.value;',
  'null[a.value];',
  '({}).x.value++;',
  'let u; u.value += 1;',
  'u; let u = a.value;',
  'me.items.reduce((x) => a.value, ...[]); [].reduce((x) => a.value);',
  'x instanceof 5; var x = {};',
  '"a" in a.value;',
  'me.items.sort(3);',
  'new Set(b.value);',
  'new Map([a.value]);',
  'Symbol() + 1;',
  '`${Symbol()}`;',
  'class X { #p; static t(o) { return o.#p; } } X.t({}); ',
  'list[9];',
  'list[-1] = 3;',
  'BigInt(1) + a.value;',
  'a.value = 1n;',
  'me.items.length = -1;',
  '(() => { throw a.value; })();',
  'const g = function* () { yield a.value; }; g().nope();',
  'const g = function* () { yield a.value; }; new g();',
  '(() => a.value).x.y;',
  'new (() => a.value)();',
  'class Y { constructor() { a.value; } } Y();',
  'me.consume.call(null, 3)()',
  'super_;',
  'sems[0].value.foo.bar',
  'a?.b.c.value',
  'sems[4].wait()',
  'sems[list[2]].wait()',
  'sems[1].nope()',
  'const {value: {z}} = a; z.y',
  'const {nope: {z}} = a;',
];
