// Ping-pong: your solution. The rules are in problems/ping-pong/README.md.
import { solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({}),

  server(_shared, me) {
    throw new Error(`implement server: hit the ball ${me.rallies} times, and wait for it in between`);
  },

  returner(_shared, me) {
    throw new Error(`implement returner: hit the ball back ${me.rallies} times`);
  },
});
