/**
 * @finding unsafe
 * @rule the counter is not closed while a client needs it
 * @misconception Where one goes, all go.
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
  share: () => ({ office: remote() }),

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
    counter.send('goodbye');
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
      goodbye() {
        isOver = true;
      },
      add(amount) {
        value += amount;
        me.set(value);
        listeners = listeners.filter(tell);
        return value;
      },
    };
    office.export('counter', counter);
    office.serve(() => isOver);
    me.close();
    for (const listener of listeners) listener.release();
  },
});
