/**
 * @finding deadlock
 * @misconception Who only reads from a pipe need not care about its writing end.
 * @smallest {"filters":1,"parcels":1}
 */
import { pipe, solve } from 'interleave';
import problem from 'interleave/problems/pipeline';

export default solve(problem, {
  share: () => ({ unsorted: pipe(), sound: pipe() }),

  source({ unsorted, sound }, me) {
    sound.writer.close();
    for (const parcel of me.parcels) unsorted.writer.write(parcel);
    unsorted.writer.close();
  },

  filter({ unsorted, sound }, me) {
    for (let n = unsorted.reader.readInt32(); n !== undefined; n = unsorted.reader.readInt32()) {
      if (me.inspect(n)) sound.writer.write(n);
    }
    sound.writer.close();
  },

  sink({ unsorted, sound }, me) {
    unsorted.writer.close();
    sound.writer.close();
    for (let n = sound.reader.readInt32(); n !== undefined; n = sound.reader.readInt32()) me.load(n);
    me.leave();
  },
});
