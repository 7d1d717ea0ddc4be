/**
 * @finding lost
 * @rule each writer's lines are kept in the order in which it said them, each once
 * @misconception What was read is gone from the text as well.
 * @smallest {"writers":1,"lines":1}
 */
import { fifo, solve, textIn } from 'interleave';
import problem from 'interleave/problems/log-service';

export default solve(problem, {
  share: (c) => ({ log: fifo(), writers: c.writers }),

  keeper({ log, writers }, me) {
    const reader = log.openReader();
    log.openWriter();
    let text = '';
    for (let gone = 0; gone < writers; ) {
      text += textIn(reader.read(512));
      for (const line of text.split('\n').slice(0, -1)) {
        if (line === '') gone++;
        else me.keep(line);
      }
    }
  },

  writer({ log }, me) {
    const writer = log.openWriter();
    for (const line of me.lines) writer.write(`${line}\n`);
    writer.write('\n');
  },
});
