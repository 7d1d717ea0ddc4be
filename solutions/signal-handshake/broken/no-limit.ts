/**
 * @finding unsafe
 * @rule no more jobs are open than may be
 * @misconception Real-time signals queue, so nobody has to keep count.
 */
import { signal, solve } from 'interleave';
import problem from 'interleave/problems/signal-handshake';

export default solve(problem, {
  share: (c) => ({ signals: signal(), helpers: c.helpers }),

  boss({ signals, helpers }, me) {
    let given = 0;
    for (const job of me.jobs) signals.queue(signals.process('helper', given++ % helpers), 'SIGRTMIN', job);
    for (; given > 0; given--) me.note(signals.wait('SIGRTMIN').value);
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
