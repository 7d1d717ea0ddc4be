/**
 * @finding lost
 * @rule only parcels that were inspected and are sound are loaded, each once
 * @misconception Whoever inspects also takes out what is damaged.
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
      me.inspect(n);
      sound.writer.write(n);
    }
  },

  sink({ unsorted, sound }, me) {
    unsorted.writer.close();
    sound.writer.close();
    for (let n = sound.reader.readInt32(); n !== undefined; n = sound.reader.readInt32()) me.load(n);
    me.leave();
  },
});
