/**
 * @finding deadlock
 * @misconception The pipe behind me is no business of mine, and the one before me ends when all others have closed it.
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
    unsorted.writer.close();
    for (let n = unsorted.reader.readInt32(); n !== undefined; n = unsorted.reader.readInt32()) {
      if (me.inspect(n)) sound.writer.write(n);
    }
    sound.writer.close();
  },

  // The filters wait for the end of the first pipe too, and this process has that open as well.
  sink({ sound }, me) {
    for (let n = sound.reader.readInt32(); n !== undefined; n = sound.reader.readInt32()) me.load(n);
    sound.writer.close();
    me.leave();
  },
});
