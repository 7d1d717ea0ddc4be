// The counter calls nobody back. It hands each caller references to all listeners, and the caller tells the others. Those may hear
// of a later value first, and drop the earlier one. A client that is killed may have told nobody, so the counter says the last value
// once more, when nobody holds it any more.
// Source: references to third parties (Birrell et al., "Network objects", 1993); last writer wins (Thomas, ACM TODS 4(2), 1979).
import { type Reference, RemoteError, remote, solve } from 'interleave';
import problem from 'interleave/problems/remote-counter';

interface Listener {
  told(value: number): void;
}
interface Counter {
  listen(listener: Reference<Listener>): void;
  add(amount: number): { value: number; listeners: Reference<Listener>[] };
}

const tell = (listeners: readonly Reference<Listener>[], value: number): void => {
  for (const listener of listeners) {
    try {
      listener.send('told', value);
    } catch (e) {
      if (!(e instanceof RemoteError)) throw e; // it was killed, and needs no news
    }
  }
};

export default solve(problem, {
  share: () => ({ office: remote() }),

  client({ office }, me) {
    let isOver = false;
    let last = 0;
    const unreferenced = () => {
      isOver = true;
    };
    const told = (value: number): void => {
      if (value <= last) return;
      last = value;
      me.told(value);
    };
    const listener = office.object<Listener>({ told }, { unreferenced });
    const counter = office.lookup<Counter>('counter');
    counter.call('listen', listener);
    const others = new Set<Reference<Listener>>();
    for (const amount of me.amounts) {
      const { value, listeners } = counter.call('add', amount);
      me.added(value);
      tell(listeners, value);
      for (const other of listeners) others.add(other);
    }
    me.leave();
    counter.release();
    for (const other of others) other.release();
    office.serve(() => isOver);
  },

  server({ office }, me) {
    let value = 0;
    let isOver = false;
    const listeners: Reference<Listener>[] = [];
    const counter: Counter = {
      listen(listener) {
        listeners.push(listener);
      },
      add(amount) {
        value += amount;
        me.set(value);
        return { value, listeners };
      },
    };
    const unreferenced = () => {
      isOver = true;
    };
    office.export('counter', counter, { unreferenced });
    office.serve(() => isOver);
    me.close();
    tell(listeners, value);
    for (const listener of listeners) listener.release();
  },
});
