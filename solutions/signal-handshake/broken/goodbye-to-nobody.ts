/**
 * @finding crash
 * @misconception A signal can be sent to a process at any time.
 */
import { signal, solve } from 'interleave';
import problem from 'interleave/problems/signal-handshake';

export default solve(problem, {
  share: (c) => ({ signals: signal(), helpers: c.helpers, jobs: c.jobs, most: c.open }),

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

  helper({ signals, helpers, jobs }, me) {
    // It knows how many jobs will come, and goes home after the last.
    for (let job = me.number; job < jobs; job += helpers) {
      const { value } = signals.wait('SIGRTMIN');
      me.work(value);
      signals.queue(signals.process('boss'), 'SIGRTMIN', value);
    }
    if (me.number >= jobs) signals.wait('SIGUSR1');
  },
});
