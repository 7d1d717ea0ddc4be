/**
 * @finding lost
 * @rule each amount is added once, and nothing else
 * @misconception Between two lines of a method nothing else of the object can run.
 * @smallest {"clients":2,"additions":1}
 */
import { type Reference, RemoteError, remote, solve } from 'interleave';
import problem from 'interleave/problems/remote-counter';

interface Listener {
  told(value: number): void;
}
interface Counter {
  listen(listener: Reference<Listener>): void;
  add(amount: number): number;
}

export default solve(problem, {
  share: () => ({ office: remote() }),

  client({ office }, me) {
    let isOver = false;
    const unreferenced = () => {
      isOver = true;
    };
    const listener = office.object<Listener>({ told: (value) => me.told(value) }, { unreferenced });
    const counter = office.lookup<Counter>('counter');
    office.serveWhileWaiting('everything');
    counter.call('listen', listener);
    for (const amount of me.amounts) me.added(counter.call('add', amount));
    me.leave();
    counter.release();
    office.serve(() => isOver);
  },

  server({ office }, me) {
    let value = 0;
    office.serveWhileWaiting('everything');
    let isOver = false;
    let listeners: Reference<Listener>[] = [];
    const tell = (listener: Reference<Listener>, now: number): boolean => {
      try {
        listener.call('told', now);
        return true;
      } catch (e) {
        if (e instanceof RemoteError && (e.code === 'GONE' || e.code === 'NO_ANSWER')) return false;
        throw e;
      }
    };
    const counter: Counter = {
      listen(listener) {
        listeners.push(listener);
      },
      add(amount) {
        const now = value + amount;
        me.set(now);
        listeners = listeners.filter((listener) => tell(listener, now));
        value = now;
        return now;
      },
    };
    const unreferenced = () => {
      isOver = true;
    };
    office.export('counter', counter, { unreferenced });
    office.serve(() => isOver);
    me.close();
    for (const listener of listeners) listener.release();
  },
});
