/**
 * @finding deadlock
 * @misconception As often as a signal is sent, so often it arrives.
 */
import { signal, solve } from 'interleave';
import problem from 'interleave/problems/signal-handshake';

export default solve(problem, {
  share: (c) => ({ signals: signal(), helpers: c.helpers, most: c.open }),

  boss({ signals, helpers, most }, me) {
    const given = new Map<number, number[]>();
    let next = 0;
    let open = 0;
    const hear = (): void => {
      const { from } = signals.wait('SIGUSR1');
      me.note(given.get(from)?.shift() ?? 0);
      open--;
    };
    for (const job of me.jobs) {
      const helper = signals.process('helper', next++ % helpers);
      given.set(helper, [...(given.get(helper) ?? []), job]);
      signals.queue(helper, 'SIGRTMIN', job);
      if (++open === most) hear();
    }
    while (open > 0) hear();
    for (let n = 0; n < helpers; n++) signals.send(signals.process('helper', n), 'SIGUSR2');
  },

  helper({ signals }, me) {
    for (;;) {
      const { signal, value } = signals.wait('SIGRTMIN', 'SIGUSR2');
      if (signal === 'SIGUSR2') return;
      me.work(value);
      signals.send(signals.process('boss'), 'SIGUSR1');
    }
  },
});
