// A connection over TCP. The returner listens and plays on until the end of the stream, so only the server counts.
import { solve, tcp } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ court: tcp() }),

  server({ court }, me) {
    const line = court.connect();
    let stroke = 0;
    for (let rally = 0; rally < me.rallies; rally++) {
      me.hit(stroke + 1);
      line.write(stroke + 1);
      stroke = line.readInt32() ?? 0;
    }
    line.close();
  },

  returner({ court }, me) {
    const line = court.accept();
    for (let stroke = line.readInt32(); stroke !== undefined; stroke = line.readInt32()) {
      me.hit(stroke + 1);
      line.write(stroke + 1);
    }
  },
});
