// Each process closes what it does not use before it reads, and what it used when it is done. So the end passes on by
// itself: the source's to the filters, and that of the last filter to the sink.
import { pipe, solve } from 'interleave';
import problem from 'interleave/problems/pipeline';

export default solve(problem, {
  share: () => ({ unsorted: pipe(), sound: pipe() }),

  source({ unsorted, sound }, me) {
    unsorted.reader.close();
    sound.reader.close();
    sound.writer.close();
    for (const parcel of me.parcels) unsorted.writer.write(parcel);
    unsorted.writer.close();
  },

  filter({ unsorted, sound }, me) {
    unsorted.writer.close();
    sound.reader.close();
    for (let n = unsorted.reader.readInt32(); n !== undefined; n = unsorted.reader.readInt32()) {
      if (me.inspect(n)) sound.writer.write(n);
    }
    sound.writer.close();
  },

  sink({ unsorted, sound }, me) {
    unsorted.reader.close();
    unsorted.writer.close();
    sound.writer.close();
    for (let n = sound.reader.readInt32(); n !== undefined; n = sound.reader.readInt32()) me.load(n);
    me.leave();
  },
});
