// A pipeline: your solution. The rules are in problems/pipeline/README.md.
//
// What you may import and create in share:
//   pipe()                a pipe that every process has open, both ends: p.reader and p.writer
//     writer.write(data)    a whole number (4 bytes), text or bytes; waits while the pipe is full
//     reader.read(most)     1 to `most` bytes, as many as are there; none at the end
//     reader.readInt32()    a whole number; undefined at the end
//     close()               of either end, in this process
//   textIn(bytes)         bytes as text
import { solve } from 'interleave';
import problem from 'interleave/problems/pipeline';

export default solve(problem, {
  // Creates what all processes share. c.filters is the number of filters, c.parcels how many parcels there are at most.
  share: (_c) => ({}),

  source(_shared, me) {
    for (const parcel of me.parcels) {
      throw new Error(
        `implement source: send parcel ${parcel} to the filters, and the end behind the last one`,
      );
    }
  },

  filter(_shared, _me) {
    throw new Error(
      'implement filter: me.inspect(parcel) each that comes, and pass it on where that is true',
    );
  },

  sink(_shared, _me) {
    throw new Error('implement sink: me.load(parcel) each that comes, and me.leave() behind the last one');
  },
});
