/**
 * @finding unsafe
 * @rule a job is noted when it is done, once
 * @misconception Who has taken a job has as good as done it.
 */
import { signal, solve } from 'interleave';
import problem from 'interleave/problems/signal-handshake';

export default solve(problem, {
  share: (c) => ({ signals: signal(), helpers: c.helpers, most: c.open }),

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
    for (let n = 0; n < helpers; n++) signals.send(signals.process('helper', n), 'SIGRTMIN+1');
  },

  helper({ signals }, me) {
    for (;;) {
      const { signal, value } = signals.wait('SIGRTMIN', 'SIGRTMIN+1');
      if (signal === 'SIGRTMIN+1') return;
      signals.queue(signals.process('boss'), 'SIGRTMIN', value);
      me.work(value);
    }
  },
});
