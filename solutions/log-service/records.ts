// Records of one length instead of lines: 16 bytes, filled up with spaces, and a whole one in each read. The keeper knows how
// many will come, and has the writing end open itself until then.
import { fifo, solve, textIn } from 'interleave';
import problem from 'interleave/problems/log-service';

const LENGTH = 16;

export default solve(problem, {
  share: (c) => ({ log: fifo(), all: c.writers * c.lines }),

  keeper({ log, all }, me) {
    const reader = log.openReader();
    log.openWriter();
    for (let i = 0; i < all; i++) me.keep(textIn(reader.read(LENGTH)).trimEnd());
  },

  writer({ log }, me) {
    const writer = log.openWriter();
    for (const line of me.lines) writer.write(line.padEnd(LENGTH));
  },
});
