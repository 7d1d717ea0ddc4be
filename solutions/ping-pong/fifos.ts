// Two FIFOs, one for each way. Both open the way there first, one each end of it, and then the way back: to open an end is to
// wait for the other process.
import { fifo, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ there: fifo(), back: fifo() }),

  server({ there, back }, me) {
    const out = there.openWriter();
    const home = back.openReader();
    let stroke = 0;
    for (let rally = 0; rally < me.rallies; rally++) {
      me.hit(stroke + 1);
      out.write(stroke + 1);
      stroke = home.readInt32() ?? 0;
    }
  },

  returner({ there, back }, me) {
    const home = there.openReader();
    const out = back.openWriter();
    for (let rally = 0; rally < me.rallies; rally++) {
      const stroke = home.readInt32() ?? 0;
      me.hit(stroke + 1);
      out.write(stroke + 1);
    }
  },
});
