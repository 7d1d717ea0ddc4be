/**
 * @finding lost
 * @rule every job is done and noted
 * @misconception A signal that does not come within a second has been lost.
 */
import { signal, solve } from 'interleave';
import problem from 'interleave/problems/signal-handshake';

export default solve(problem, {
  share: (c) => ({ signals: signal(), helpers: c.helpers, most: c.open }),

  boss({ signals, helpers, most }, me) {
    let next = 0;
    let open = 0;
    const hear = (): void => {
      const done = signals.timedWait(1_000, 'SIGRTMIN');
      if (done) me.note(done.value);
      open--;
    };
    for (const job of me.jobs) {
      signals.queue(signals.process('helper', next++ % helpers), 'SIGRTMIN', job);
      if (++open === most) hear();
    }
    while (open > 0) hear();
    for (let n = 0; n < helpers; n++) signals.send(signals.process('helper', n), 'SIGRTMIN+1');
  },

  helper({ signals }, me) {
    for (;;) {
      const { signal, value } = signals.wait('SIGRTMIN', 'SIGRTMIN+1');
      if (signal === 'SIGRTMIN+1') return;
      me.work(value);
      try {
        signals.queue(signals.process('boss'), 'SIGRTMIN', value);
      } catch {
        return; // the boss has gone home
      }
    }
  },
});
