/**
 * @finding crash
 * @misconception Who asks to be called back is there to be called.
 * @smallest {"clients":2,"additions":1}
 */
import { type Reference, remote, solve } from 'interleave';
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
    counter.call('listen', listener);
    for (const amount of me.amounts) me.added(counter.call('add', amount));
    me.leave();
    counter.release();
    office.serve(() => isOver);
  },

  server({ office }, me) {
    let value = 0;
    let isOver = false;
    const listeners: Reference<Listener>[] = [];
    const tell = (listener: Reference<Listener>): void => listener.send('told', value);
    const counter: Counter = {
      listen(listener) {
        listeners.push(listener);
      },
      add(amount) {
        value += amount;
        me.set(value);
        listeners.forEach(tell);
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
