/**
 * @finding lost
 * @rule every parcel is inspected
 * @misconception One read gives what one write put in.
 * @smallest {"filters":1,"parcels":2}
 */
import { pipe, solve, textIn } from 'interleave';
import problem from 'interleave/problems/pipeline';

export default solve(problem, {
  share: () => ({ unsorted: pipe(), sound: pipe() }),

  source({ unsorted, sound }, me) {
    sound.writer.close();
    for (const parcel of me.parcels) unsorted.writer.write(`${parcel}\n`);
  },

  filter({ unsorted, sound }, me) {
    unsorted.writer.close();
    for (let got = unsorted.reader.read(64); got.length > 0; got = unsorted.reader.read(64)) {
      const parcel = Number.parseInt(textIn(got), 10);
      if (me.inspect(parcel)) sound.writer.write(parcel);
    }
  },

  sink({ unsorted, sound }, me) {
    unsorted.writer.close();
    sound.writer.close();
    for (let n = sound.reader.readInt32(); n !== undefined; n = sound.reader.readInt32()) me.load(n);
    me.leave();
  },
});
