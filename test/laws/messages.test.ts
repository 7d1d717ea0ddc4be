import { afterAll, describe, expect, it } from 'vitest';
import { Stage } from '../ipc/stage.ts';
import { laws } from './message-laws.ts';
import { type MessageMechanism, mechanisms } from './message-mechanisms.ts';

const kinds = [...new Set(mechanisms.map(({ kind }) => kind))];
const stage = new Stage(...kinds);
const mortal = new Stage(...kinds, { besides: 'faults: { kills: 1 },' });
afterAll(async () => {
  await stage.close();
  await mortal.close();
});

const stageFor = (claim: string): Stage => (claim.includes('killed') ? mortal : stage);

describe.each(mechanisms.map((m) => [m.name, m] as const))('%s', (_, m) => {
  it.each(laws)('%s', (claim, law) => law(stageFor(claim), m));
});

const mailbox = mechanisms.find(({ name }) => name === 'mailbox') as MessageMechanism;
const channel = mechanisms.find(({ name }) => name === 'channel') as MessageMechanism;
const pipe = mechanisms.find(({ name }) => name === 'pipe') as MessageMechanism;
const sends = (how: string): Partial<MessageMechanism> => ({
  sends: `(o) => { let n = 0; let kept = []; const put = (data) => o.send(int32In(data)); return { send(data) { n++; ${how} }, close() {} }; }`,
});

/** What breaks a law, and the beginning of its claim. */
const wrong: readonly (readonly [what: string, MessageMechanism, law: string])[] = [
  ['loses one', { ...mailbox, ...sends('if (n !== 3) put(data);') }, 'loses nothing'],
  ['doubles one', { ...mailbox, ...sends('put(data); if (n === 3) put(data);') }, 'loses nothing'],
  [
    'lets one overtake another',
    {
      ...mailbox,
      ...sends('kept.unshift(data); if (n % 2 === 0) for (const one of kept.splice(0)) put(one);'),
    },
    'loses nothing',
  ],
  ['has boundaries, it says', { ...pipe, boundaries: 'kept' }, 'keeps boundaries'],
  [
    'has none, it says',
    {
      ...pipe,
      boundaries: 'none',
      ...{ receives: pipe.receives.replace('(most)', '(one)').replace('read(most)', 'read(1)') },
    },
    'keeps boundaries',
  ],
  [
    'takes more than it says',
    { ...pipe, limit: { ...pipe.limit, over: 'line.send(new Uint8Array(3))' } },
    'carries a message',
  ],
  ['holds more than it says', { ...mailbox, holds: 1 }, 'lets a sender wait'],
  ['holds less than it says', { ...mailbox, holds: 3 }, 'lets a sender wait'],
  ['ends, it says', { ...mailbox, ends: 'left' }, 'ends for its receivers'],
  ['does not end, it says', { ...pipe, ends: 'never' }, 'ends for its receivers'],
  ['breaks, it says', { ...mailbox, breaks: true }, 'breaks for its senders'],
  ['does not break, it says', { ...pipe, breaks: false }, 'breaks for its senders'],
  [
    'is closed by the first sender',
    { ...channel, sends: channel.sends.replace('=== 1', '=== 2') },
    'ends for its receivers',
  ],
  ['shows a death, it says', { ...mailbox, ends: 'left' }, 'shows that a peer'],
];

const lawThat = (beginning: string) =>
  laws.find(([claim]) => claim.startsWith(beginning)) as (typeof laws)[number];

describe('the laws', () => {
  it.each(wrong)('are broken by what %s', async (_, m, beginning) => {
    const [claim, law] = lawThat(beginning);
    await expect(law(stageFor(claim), m)).rejects.toThrow();
  });

  it('are broken by what is another one when it is replayed', async () => {
    const [claim, law] = lawThat('gives the same run');
    const { ran } = stage;
    stage.ran = (order) => ran.call(stage, { ...order, world: 1 }); // other random numbers than in the replay
    try {
      const m = { ...mailbox, ...sends('if (Math.random() < 0.5) o.trySend(0); put(data);') };
      await expect(law(stageFor(claim), m)).rejects.toThrow();
    } finally {
      stage.ran = ran;
    }
  });
});
