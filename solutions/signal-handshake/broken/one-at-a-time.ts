/**
 * @finding over-synchronised
 * @rule two helpers are at work at once
 * @misconception If I wait for the answer to each signal, none can be lost, and nothing else is.
 */
import { signal, solve } from 'interleave';
import problem from 'interleave/problems/signal-handshake';

export default solve(problem, {
  share: (c) => ({ signals: signal(), helpers: c.helpers }),

  boss({ signals, helpers }, me) {
    let next = 0;
    for (const job of me.jobs) {
      signals.queue(signals.process('helper', next++ % helpers), 'SIGRTMIN', job);
      me.note(signals.wait('SIGRTMIN').value);
    }
    for (let n = 0; n < helpers; n++) signals.send(signals.process('helper', n), 'SIGUSR1');
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
