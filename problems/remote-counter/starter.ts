// The counter that calls back: your solution. The rules are in problems/remote-counter/README.md.
//
// What you may import and create in share, besides all locks and cells:
//   remote()
//     in the process that has an object:  export('counter', { … }), object({ … }), serve()
//     in others:                          lookup('counter'), and of what that gives call('add', …), send('told', …), release()
//   A RemoteError says that a call has no result: the other process has ended, or the method threw.
import { solve } from 'interleave';
import problem from 'interleave/problems/remote-counter';

export default solve(problem, {
  // Creates what all processes share. c.clients is the number of clients, c.additions how many amounts each of them adds.
  share: (_c) => ({}),

  client(_shared, me) {
    for (const amount of me.amounts) {
      throw new Error(
        `implement client: have ${amount} added, then me.added(value); me.told(value) when called back`,
      );
    }
  },

  server(_shared, _me) {
    throw new Error(
      'implement server: me.set(value) for each addition, tell all clients, me.close() when nobody is left',
    );
  },
});
