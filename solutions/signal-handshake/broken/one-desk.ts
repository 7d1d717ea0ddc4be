/**
 * @finding lost
 * @rule every job is one that was given, and done once
 * @misconception Who is signalled looks at once, so the next job can be put in the same place.
 */
import { atomicInt32, signal, solve } from 'interleave';
import problem from 'interleave/problems/signal-handshake';

export default solve(problem, {
  share: (c) => ({ signals: signal(), desk: atomicInt32(0), helpers: c.helpers, most: c.open }),

  boss({ signals, desk, helpers, most }, me) {
    let next = 0;
    let open = 0;
    for (const job of me.jobs) {
      desk.store(job);
      signals.send(signals.process('helper', next++ % helpers), 'SIGRTMIN');
      if (++open < most) continue;
      me.note(signals.wait('SIGRTMIN').value);
      open--;
    }
    for (; open > 0; open--) me.note(signals.wait('SIGRTMIN').value);
    for (let n = 0; n < helpers; n++) signals.send(signals.process('helper', n), 'SIGUSR1');
  },

  helper({ signals, desk }, me) {
    for (;;) {
      if (signals.wait('SIGRTMIN', 'SIGUSR1').signal === 'SIGUSR1') return;
      const job = desk.load();
      me.work(job);
      signals.queue(signals.process('boss'), 'SIGRTMIN', job);
    }
  },
});
