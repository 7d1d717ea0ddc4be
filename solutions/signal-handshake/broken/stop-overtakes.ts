/**
 * @finding deadlock
 * @misconception Signals arrive in the order in which they were sent.
 */
import { signal, solve } from 'interleave';
import problem from 'interleave/problems/signal-handshake';

export default solve(problem, {
  share: (c) => ({ signals: signal(), helpers: c.helpers, jobs: c.jobs, most: c.open }),

  boss({ signals, helpers, jobs, most }, me) {
    let given = 0;
    let open = 0;
    for (const job of me.jobs) {
      signals.queue(signals.process('helper', given % helpers), 'SIGRTMIN', job);
      // The last job of each helper: it can be told right away that there will be no more.
      if (given++ >= jobs - helpers)
        signals.send(signals.process('helper', (given - 1) % helpers), 'SIGUSR1');
      if (++open < most) continue;
      me.note(signals.wait('SIGRTMIN').value);
      open--;
    }
    for (; open > 0; open--) me.note(signals.wait('SIGRTMIN').value);
    for (let n = jobs; n < helpers; n++) signals.send(signals.process('helper', n), 'SIGUSR1');
  },

  helper({ signals }, me) {
    for (;;) {
      const { signal, value } = signals.wait('SIGRTMIN', 'SIGUSR1');
      if (signal === 'SIGUSR1') return;
      me.work(value);
      signals.queue(signals.process('boss'), 'SIGRTMIN', value);
    }
  },
});
