/**
 * @finding deadlock
 * @misconception Once the answer is on its way, its caller waits for nobody.
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
    let listeners: Reference<Listener>[] = [];
    // What is sent to oneself runs behind the answer.
    const self = office.object({
      tellAll: () => {
        listeners = listeners.filter(tell);
      },
    });
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
        self.send('tellAll');
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
