/**
 * @finding over-synchronised
 * @rule two filters inspect at once
 * @misconception Two that read from one pipe need a lock, and it is safest to keep it until the parcel is passed on.
 */
import { mutex, pipe, solve } from 'interleave';
import problem from 'interleave/problems/pipeline';

export default solve(problem, {
  share: () => ({ unsorted: pipe(), sound: pipe(), turn: mutex() }),

  source({ unsorted, sound }, me) {
    sound.writer.close();
    for (const parcel of me.parcels) unsorted.writer.write(parcel);
  },

  filter({ unsorted, sound, turn }, me) {
    unsorted.writer.close();
    for (;;) {
      turn.lock();
      const n = unsorted.reader.readInt32();
      if (n !== undefined && me.inspect(n)) sound.writer.write(n);
      turn.unlock();
      if (n === undefined) return;
    }
  },

  sink({ unsorted, sound }, me) {
    unsorted.writer.close();
    sound.writer.close();
    for (let n = sound.reader.readInt32(); n !== undefined; n = sound.reader.readInt32()) me.load(n);
    me.leave();
  },
});
