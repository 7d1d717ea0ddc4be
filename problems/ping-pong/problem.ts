// A ball between two processes. Any mechanism will do: what is asked for is only that the players take turns, and that
// the number on the ball goes along.
import { between, problem } from 'interleave';

interface State {
  /** Strokes so far. */
  strokes: number;
}

/** Players by role, in the order in which they hit. */
const players = ['server', 'returner'] as const;

export default problem({
  id: 'ping-pong',
  title: 'Ping-pong',
  level: 1,
  summary: 'Two processes send a ball to and fro, over any mechanism there is.',
  parameters: { rallies: between(1, 3, { free: 10_000 }) },
  roles: { server: () => 1, returner: () => 1 },
  mechanisms: [
    'fifo',
    'pipe',
    'socketPair',
    'unixSocket',
    'unixDatagram',
    'tcp',
    'udp',
    'posixSemaphore',
    'sysvSemaphore',
    'eventCounter',
    'signal',
    'pthreadMutex',
    'pthreadCondition',
    'pthreadBarrier',
    'channel',
    'mailbox',
    'direct',
  ],
  specification: {
    start: (): State => ({ strokes: 0 }),
    events: {
      hit: {
        says: (e) => `hits the ball for the ${e.value}. time`,
        rules: {
          'the players hit by turns, the server first': {
            holds: (s, e) => s.strokes % 2 === e.process,
            because: (s) => `it was the ${players[s.strokes % 2]}'s turn`,
          },
          'each stroke counts one more than the one before': {
            holds: (s, e) => e.value === s.strokes + 1,
            because: (s) => `the ball had been hit ${s.strokes} times`,
          },
        },
        then: (s) => {
          s.strokes++;
        },
      },
    },
    ends: { 'every rally came to its end': (s, c) => s.strokes === 2 * c.rallies },
  },
  me: {
    server: (c, _number, world) => {
      world.remembers(() => []);
      return {
        /** How many rallies there are: times that the ball goes to and fro. */
        rallies: c.rallies,
        /** Hits the ball; `stroke` is how often it was hit then, by both, counted from 1. */
        hit: (stroke: number) => world.event('hit', stroke),
      };
    },
    returner: (c, _number, world) => {
      world.remembers(() => []);
      return {
        rallies: c.rallies,
        hit: (stroke: number) => world.event('hit', stroke),
      };
    },
  },
  speed: { case: { rallies: 10_000 }, unit: 'rallies', count: (c) => c.rallies },
});
