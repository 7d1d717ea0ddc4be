// What only TCP has: buffers of the kernel whose room nobody promises, against what controlled runs count.
import { afterAll, beforeEach, expect, it } from 'vitest';
import { Stage } from './stage.ts';

const stage = new Stage('tcp');
afterAll(() => stage.close());
beforeEach(() => stage.ready());

it.each([
  [4, 16_384],
  [1, 30_000],
  [1000, 65],
  [65_536, 1],
])('a connection holds 65,536 bytes unread and its end, in pieces of %d too', async (size, pieces) => {
  await stage.load(
    '{ s: tcp() }',
    `const line = me.number === 0 ? shared.s.connect() : shared.s.accept();
     if (me.number === 0) { for (let n = 0; n < ${pieces}; n++) line.write(new Uint8Array(${size})); return; }
     me.tell(line.read(65_536).length); me.tell(line.read(1).length);`,
  );
  const steps = stage.steps(`v1 a${pieces + 3} b9`);
  expect(steps.slice(0, pieces + 2)).not.toContain('a: s.client.write() has to wait');
  expect(steps.filter((step) => step.startsWith('b: tells'))).toEqual([
    `b: tells ${size * pieces}`,
    'b: tells 0',
  ]);
});

it('a connection of which one byte is too many lets its writer wait', async () => {
  await stage.load(
    '{ s: tcp({ capacity: 5 }) }',
    `const line = me.number === 0 ? shared.s.connect() : shared.s.accept();
     if (me.number === 0) { line.write('abcdef'); me.tell(1); } else me.tell(line.read(9).length);`,
  );
  expect(stage.steps('v1 a9').slice(0, 3)).toEqual([
    'a: s.connect() → connection 1',
    'a: s.client.write(6 bytes) → 5',
    'a: s.client.write() has to wait',
  ]);
});
