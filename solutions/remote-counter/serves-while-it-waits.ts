// The counter waits for each listener, and a client that waits for the counter serves whoever calls it. The counter itself serves
// nothing while it waits, so that no addition comes between another one and its news.
// Source: single-threaded apartments (COM), which serve calls while they wait for one; Andrews and Olsson, "The SR programming
// language", 1993, on operations that are called while their process calls.
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
    let isOver = false;
    let listeners: Reference<Listener>[] = [];
    const tell = (listener: Reference<Listener>): boolean => {
      try {
        listener.call('told', value);
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
        value += amount;
        me.set(value);
        listeners = listeners.filter(tell);
        return value;
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
