// The other side of process.send: Node's own messages between a parent and a child, answered as trips.ts answers.
import { dieWith } from '../os/death.ts';

dieWith(process.ppid);
process.on('message', (message: { mark: number; data: string }) => {
  if (message.mark !== 2) process.send?.({ mark: 0, data: message.data });
});
