/**
 * @finding over-synchronised
 * @rule the lines of two writers mix
 * @misconception Who writes to what others write to as well has to lock them out until it is done.
 */
import { fifo, mutex, solve, textIn } from 'interleave';
import problem from 'interleave/problems/log-service';

export default solve(problem, {
  share: (c) => ({ log: fifo(), turn: mutex(), writers: c.writers }),

  keeper({ log, writers }, me) {
    const reader = log.openReader();
    log.openWriter();
    let rest = '';
    for (let gone = 0; gone < writers; ) {
      const pieces = (rest + textIn(reader.read(512))).split('\n');
      rest = pieces.pop() ?? '';
      for (const line of pieces) {
        if (line === '') gone++;
        else me.keep(line);
      }
    }
  },

  writer({ log, turn }, me) {
    const writer = log.openWriter();
    turn.lock();
    for (const line of me.lines) writer.write(`${line}\n`);
    writer.write('\n');
    turn.unlock();
  },
});
