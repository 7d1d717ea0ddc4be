// One standard signal, which may stand for many: it says that there is something to look at, and what there is lies in memory. Who
// is woken looks at everything, so that it does not matter how many signals have become one.
import { type AtomicInt32, atomicInt32, signal, solve } from 'interleave';
import problem from 'interleave/problems/signal-handshake';

const FREE = 0;
const NO_MORE = -1;

export default solve(problem, {
  // On each desk lies nothing, a job above 0, or below -1 what was done: minus its number, minus 1.
  share: (c) => ({
    signals: signal(),
    desks: Array.from({ length: c.helpers }, () => atomicInt32(FREE)),
    most: c.open,
  }),

  boss({ signals, desks, most }, me) {
    let open = 0;
    const look = (): void => {
      signals.wait('SIGUSR1');
      for (const desk of desks) {
        const found = desk.load();
        if (found >= NO_MORE) continue;
        me.note(-found - 1);
        desk.store(FREE);
        open--;
      }
    };
    const put = (desk: AtomicInt32, helper: number, what: number): void => {
      desk.store(what);
      signals.send(signals.process('helper', helper), 'SIGUSR1');
    };
    for (const job of me.jobs) {
      let helper = desks.findIndex((desk) => desk.load() === FREE);
      while (helper < 0) {
        look();
        helper = desks.findIndex((desk) => desk.load() === FREE);
      }
      put(desks[helper], helper, job);
      open++;
      while (open === most) look();
    }
    while (open > 0) look();
    desks.forEach((desk, helper) => {
      put(desk, helper, NO_MORE);
    });
  },

  helper({ signals, desks }, me) {
    const desk = desks[me.number];
    for (;;) {
      signals.wait('SIGUSR1');
      const job = desk.load();
      if (job === NO_MORE) return;
      me.work(job);
      desk.store(-job - 1);
      try {
        signals.send(signals.process('boss'), 'SIGUSR1');
      } catch {
        return; // ESRCH: another signal has made the boss look, it was the last job, and the boss has gone home
      }
    }
  },
});
