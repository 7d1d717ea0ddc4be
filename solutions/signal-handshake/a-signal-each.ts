// Each helper has a signal of its own for the way back, and one job at a time: of each number at most one is ever on its way,
// so that nothing can become one. The jobs lie in memory; a signal says that the place may be read.
import { int32Array, type Signal, signal, solve } from 'interleave';
import problem from 'interleave/problems/signal-handshake';

const DONE: readonly Signal[] = ['SIGUSR1', 'SIGUSR2', 'SIGRTMIN'];
const NO_MORE = 0;

export default solve(problem, {
  share: (c) => ({ signals: signal(), desk: int32Array(c.helpers), helpers: c.helpers, most: c.open }),

  boss({ signals, desk, helpers, most }, me) {
    const idle = Array.from({ length: helpers }, (_, n) => n);
    const hear = (): number => {
      const { signal } = signals.wait('SIGUSR1', 'SIGUSR2', 'SIGRTMIN');
      const helper = DONE.indexOf(signal);
      me.note(desk[helper]);
      return helper;
    };
    const tell = (helper: number, job: number): void => {
      desk[helper] = job;
      signals.send(signals.process('helper', helper), 'SIGUSR1');
    };
    for (const job of me.jobs) {
      tell(idle.pop() as number, job);
      if (idle.length === 0 || helpers - idle.length === most) idle.push(hear());
    }
    while (idle.length < helpers) idle.push(hear());
    for (const helper of idle) tell(helper, NO_MORE);
  },

  helper({ signals, desk }, me) {
    const boss = signals.process('boss');
    for (;;) {
      signals.wait('SIGUSR1');
      const job = desk[me.number];
      if (job === NO_MORE) return;
      me.work(job);
      signals.send(boss, DONE[me.number]);
    }
  },
});
