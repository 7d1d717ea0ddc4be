/**
 * @finding deadlock
 * @misconception Everybody who comes says goodbye.
 * @smallest {"clients":2,"additions":1}
 */
import { type Reference, RemoteError, remote, solve } from 'interleave';
import problem from 'interleave/problems/remote-counter';

interface Listener {
  told(value: number): void;
}
interface Counter {
  listen(listener: Reference<Listener>): void;
  goodbye(): void;
  add(amount: number): number;
}

export default solve(problem, {
  share: (c) => ({ office: remote(), clients: c.clients }),

  client({ office }, me) {
    let isOver = false;
    const unreferenced = () => {
      isOver = true;
    };
    const listener = office.object<Listener>({ told: (value) => me.told(value) }, { unreferenced });
    const counter = office.lookup<Counter>('counter');
    counter.call('listen', listener);
    for (const amount of me.amounts) me.added(counter.call('add', amount));
    me.leave();
    counter.call('goodbye');
    office.serve(() => isOver);
  },

  server({ office, clients }, me) {
    let value = 0;
    let left = 0;
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
      goodbye() {
        left++;
      },
      add(amount) {
        value += amount;
        me.set(value);
        listeners = listeners.filter(tell);
        return value;
      },
    };
    office.export('counter', counter);
    office.serve(() => left === clients);
    me.close();
    for (const listener of listeners) listener.release();
  },
});
