// A token that goes round (Le Lann, "Distributed systems: towards a formal approach", 1977; IEEE 802.5): mutual exclusion
// without shared memory. Nodes only have sockets, each to its neighbours, so the right to go on is itself a message.
import { between, problem } from 'interleave';

interface State {
  /** The node that uses the token; -1 while none does. */
  inside: number;
  /** How often it was used, by all. */
  uses: number;
}

const NO_MEMORY = 'nodes of a ring are machines of their own: they share sockets, no memory';

export default problem({
  id: 'token-ring',
  title: 'Token ring',
  level: 2,
  summary: 'Nodes in a ring pass one token on over sockets, and only who has it may go on.',
  parameters: { nodes: between(2, 4), rounds: between(1, 2, { free: 1_000 }) },
  roles: { node: (c) => c.nodes },
  mechanisms: ['socketPair', 'unixSocket', 'unixDatagram', 'tcp', 'udp'],
  forbidden: Object.fromEntries(
    [
      ...['semaphore', 'mutex', 'condition', 'rwlock', 'barrier', 'latch', 'event', 'atomicInt32'],
      ...['int32', 'uint32', 'float64', 'bool', 'int32Array', 'uint32Array', 'float64Array', 'boolArray'],
    ].map((kind) => [kind, NO_MEMORY]),
  ),
  specification: {
    start: (): State => ({ inside: -1, uses: 0 }),
    events: {
      useBegins: {
        says: 'has the token',
        rules: {
          'only one node has the token': {
            holds: (s) => s.inside < 0,
            because: (s) => `node ${s.inside} had it too`,
          },
          'the token goes round the ring, from node 0 on': {
            holds: (s, e, c) => s.uses % c.nodes === e.by,
            because: (s, _e, c) => `node ${s.uses % c.nodes} was to have it next`,
          },
        },
        then: (s, e) => {
          s.inside = e.by;
        },
      },
      useEnds: {
        says: 'is done with the token',
        then: (s) => {
          s.inside = -1;
          s.uses++;
        },
      },
    },
    ends: {
      'every node had the token once in each round': (s, c) => s.uses === c.nodes * c.rounds,
    },
  },
  me: {
    node: (c, number, world) => ({
      /** Which node this is, from 0. */
      number,
      /** The node to which this one passes the token on. */
      next: (number + 1) % c.nodes,
      /** How often the token goes round. */
      rounds: c.rounds,
      /** Does what only who has the token may do. */
      use: () => world.during('useBegins', 'useEnds'),
    }),
  },
  speed: { case: { nodes: 3, rounds: 1_000 }, unit: 'passes', count: (c) => c.nodes * c.rounds },
});
