// Hand signals: your solution. The rules are in problems/signal-handshake/README.md.
//
// What you may import and create in share:
//   signal()                                send(to, 'SIGUSR1'), queue(to, 'SIGRTMIN', value), wait('SIGUSR1', …)
//   int32(0), int32Array(n), atomicInt32(0) memory that all processes see
import { signal, solve } from 'interleave';
import problem from 'interleave/problems/signal-handshake';

export default solve(problem, {
  // Creates what all processes share. c.helpers, c.jobs, and c.open, how many may be given and not noted.
  share: (_c) => ({ signals: signal() }),

  boss({ signals }, me) {
    for (const job of me.jobs) {
      const helper = signals.process('helper', 0);
      throw new Error(
        `implement boss: signal job ${job} to a helper (process ${helper}), wait for signals, and me.note(job) what is done`,
      );
    }
  },

  helper(_shared, me) {
    throw new Error(
      `implement helper ${me.number}: wait for a signal, me.work(job), signal that it is done, until there is no more work`,
    );
  },
});
