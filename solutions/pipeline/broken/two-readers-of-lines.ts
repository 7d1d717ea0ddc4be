/**
 * @finding lost
 * @misconception Several processes can share a pipe of lines: each reads on to the end of its line.
 * @smallest {"filters":2,"parcels":1}
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
    let line = '';
    // One character after the other, so as not to read into the next line.
    for (let got = unsorted.reader.read(1); got.length > 0; got = unsorted.reader.read(1)) {
      line += textIn(got);
      if (!line.endsWith('\n')) continue;
      if (me.inspect(Number(line))) sound.writer.write(Number(line));
      line = '';
    }
  },

  sink({ unsorted, sound }, me) {
    unsorted.writer.close();
    sound.writer.close();
    for (let n = sound.reader.readInt32(); n !== undefined; n = sound.reader.readInt32()) me.load(n);
    me.leave();
  },
});
