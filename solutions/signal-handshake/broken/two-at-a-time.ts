/**
 * @finding over-synchronised
 * @rule all helpers are at work at once
 * @misconception More than two jobs in the air are asking for trouble.
 */
import { signal, solve } from 'interleave';
import problem from 'interleave/problems/signal-handshake';

export default solve(problem, {
  share: (c) => ({ signals: signal(), helpers: c.helpers, most: Math.min(c.open, 2) }),

  boss({ signals, helpers, most }, me) {
    let next = 0;
    let open = 0;
    for (const job of me.jobs) {
      signals.queue(signals.process('helper', next++ % helpers), 'SIGRTMIN', job);
      if (++open < most) continue;
      me.note(signals.wait('SIGRTMIN').value);
      open--;
    }
    for (; open > 0; open--) me.note(signals.wait('SIGRTMIN').value);
    for (let n = 0; n < helpers; n++) signals.send(signals.process('helper', n), 'SIGUSR1');
  },

  helper({ signals }, me) {
    const boss = signals.process('boss');
    for (;;) {
      const { signal, value } = signals.wait('SIGRTMIN', 'SIGUSR1');
      if (signal === 'SIGUSR1') return;
      me.work(value);
      signals.queue(boss, 'SIGRTMIN', value);
    }
  },
});
