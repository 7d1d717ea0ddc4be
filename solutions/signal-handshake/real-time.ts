// Real-time signals carry the job, there and back: none is lost, and each says which job it is and who has sent it. Work
// ends by another signal, once nothing is open: before that it could overtake no job, and after that there is none.
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
