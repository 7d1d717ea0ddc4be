// Parcels as lines of text. Lines have no fixed length, so two filters cannot read from one pipe: each has one of its own,
// and the source deals them out. One write is one line, so those of several filters do not mix in the pipe to the sink.
import { type PipeReader, pipe, solve, textIn } from 'interleave';
import problem from 'interleave/problems/pipeline';

/** The numbers in the lines that come from `reader`, up to the end. */
function* lines(reader: PipeReader): Generator<number> {
  let rest = '';
  for (let got = reader.read(64); got.length > 0; got = reader.read(64)) {
    const pieces = (rest + textIn(got)).split('\n');
    rest = pieces.pop() ?? '';
    for (const piece of pieces) yield Number(piece);
  }
}

export default solve(problem, {
  share: (c) => ({ unsorted: Array.from({ length: c.filters }, () => pipe()), sound: pipe() }),

  source({ unsorted, sound }, me) {
    sound.writer.close();
    let next = 0;
    for (const parcel of me.parcels) {
      unsorted[next].writer.write(`${parcel}\n`);
      next = (next + 1) % unsorted.length;
    }
  },

  filter({ unsorted, sound }, me) {
    for (const { writer } of unsorted) writer.close();
    for (const parcel of lines(unsorted[me.number].reader)) {
      if (me.inspect(parcel)) sound.writer.write(`${parcel}\n`);
    }
  },

  sink({ unsorted, sound }, me) {
    for (const { writer } of unsorted) writer.close();
    sound.writer.close();
    for (const parcel of lines(sound.reader)) me.load(parcel);
    me.leave();
  },
});
