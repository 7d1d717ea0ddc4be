/**
 * @finding unsafe
 * @rule the lorry goes when all sound parcels are on it
 * @misconception One end is as good as another: when a filter says that it has done, all have.
 * @smallest {"filters":2,"parcels":1}
 */
import { pipe, solve } from 'interleave';
import problem from 'interleave/problems/pipeline';

const END = 0;

export default solve(problem, {
  share: (c) => ({ unsorted: pipe(), sound: pipe(), filters: c.filters }),

  source({ unsorted, filters }, me) {
    for (const parcel of me.parcels) unsorted.writer.write(parcel);
    for (let i = 0; i < filters; i++) unsorted.writer.write(END);
  },

  filter({ unsorted, sound }, me) {
    for (let n = unsorted.reader.readInt32(); n; n = unsorted.reader.readInt32()) {
      if (me.inspect(n)) sound.writer.write(n);
    }
    sound.writer.write(END);
  },

  sink({ sound }, me) {
    for (let n = sound.reader.readInt32(); n; n = sound.reader.readInt32()) me.load(n);
    me.leave();
  },
});
