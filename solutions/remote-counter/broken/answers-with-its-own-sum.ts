/**
 * @finding unsafe
 * @rule an addition returns what it came to
 * @misconception A client knows by its listener what the counter says, so it can work out what its addition comes to.
 * @smallest {"clients":1,"additions":2}
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
    let value = 0;
    const unreferenced = () => {
      isOver = true;
    };
    const told = (now: number) => {
      value = now;
      me.told(now);
    };
    const listener = office.object<Listener>({ told }, { unreferenced });
    const counter = office.lookup<Counter>('counter');
    counter.call('listen', listener);
    for (const amount of me.amounts) {
      const before = value;
      counter.call('add', amount);
      me.added(before + amount);
    }
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
        listener.send('told', value);
        return true;
      } catch (e) {
        if (e instanceof RemoteError && e.code === 'GONE') return false;
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
