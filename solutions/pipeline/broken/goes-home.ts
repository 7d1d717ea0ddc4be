/**
 * @finding lost
 * @rule the lorry has gone, with every sound parcel on it
 * @misconception The end of the stream is the end of the process: there is nothing left to do.
 * @smallest {"filters":1,"parcels":1}
 */
import { pipe, solve } from 'interleave';
import problem from 'interleave/problems/pipeline';

export default solve(problem, {
  share: () => ({ unsorted: pipe(), sound: pipe() }),

  source({ unsorted, sound }, me) {
    sound.writer.close();
    for (const parcel of me.parcels) unsorted.writer.write(parcel);
  },

  filter({ unsorted, sound }, me) {
    unsorted.writer.close();
    for (let n = unsorted.reader.readInt32(); n !== undefined; n = unsorted.reader.readInt32()) {
      if (me.inspect(n)) sound.writer.write(n);
    }
  },

  sink({ unsorted, sound }, me) {
    unsorted.writer.close();
    sound.writer.close();
    for (;;) {
      const n = sound.reader.readInt32();
      if (n === undefined) return;
      me.load(n);
      if (n === 0) me.leave();
    }
  },
});
