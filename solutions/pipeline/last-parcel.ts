// Nobody closes anything: the end is a parcel of its own, number 0. The source sends one for each filter, each filter passes
// on the one that it took, and when the sink has as many as there are filters nothing more can come.
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

  sink({ sound, filters }, me) {
    for (let ended = 0; ended < filters; ) {
      const n = sound.reader.readInt32() ?? END;
      if (n === END) ended++;
      else me.load(n);
    }
    me.leave();
  },
});
