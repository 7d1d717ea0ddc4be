/**
 * @finding deadlock
 * @misconception What is sent by sigqueue is queued, whatever signal it is.
 */
import { signal, solve } from 'interleave';
import problem from 'interleave/problems/signal-handshake';

export default solve(problem, {
  share: (c) => ({ signals: signal(), helpers: c.helpers, most: c.open }),

  boss({ signals, helpers, most }, me) {
    let next = 0;
    let open = 0;
    for (const job of me.jobs) {
      signals.queue(signals.process('helper', next++ % helpers), 'SIGUSR1', job);
      if (++open < most) continue;
      me.note(signals.wait('SIGUSR1').value);
      open--;
    }
    for (; open > 0; open--) me.note(signals.wait('SIGUSR1').value);
    for (let n = 0; n < helpers; n++) signals.send(signals.process('helper', n), 'SIGUSR2');
  },

  helper({ signals }, me) {
    for (;;) {
      const { signal, value } = signals.wait('SIGUSR1', 'SIGUSR2');
      if (signal === 'SIGUSR2') return;
      me.work(value);
      signals.queue(signals.process('boss'), 'SIGUSR1', value);
    }
  },
});
