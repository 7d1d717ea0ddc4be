/**
 * @finding unsafe | lost
 * @misconception A pipe leads from one process to the next: what the source writes, the filter reads, and nobody else.
 * @smallest {"filters":1,"parcels":1}
 */
import { pipe, solve } from 'interleave';
import problem from 'interleave/problems/pipeline';

const END = 0;

export default solve(problem, {
  share: (c) => ({ line: pipe(), filters: c.filters }),

  source({ line, filters }, me) {
    for (const parcel of me.parcels) line.writer.write(parcel);
    for (let i = 0; i < filters; i++) line.writer.write(END);
  },

  filter({ line }, me) {
    for (let n = line.reader.readInt32(); n; n = line.reader.readInt32()) {
      if (me.inspect(n)) line.writer.write(n);
    }
    line.writer.write(END);
  },

  sink({ line, filters }, me) {
    for (let ended = 0; ended < filters; ) {
      const n = line.reader.readInt32() ?? END;
      if (n === END) ended++;
      else me.load(n);
    }
    me.leave();
  },
});
