// One of the two processes between which `lab compare` sends messages: no student code, so no realm; the handles and the
// way to wait are those of free runs.
import { pin } from '../os/affinity.ts';
import { dieWith } from '../os/death.ts';
import { allowReopening } from '../os/reopen.ts';
import { blockSignals } from '../os/signal.ts';
import { makeBoard } from '../process/board.ts';
import { Run, SEGMENT_BYTES } from '../process/control.ts';
import { Free } from '../process/free.ts';
import { hostOn, SEGMENT_FD } from '../process/host.ts';
import { KernelDesk } from '../process/kernel-desk.ts';
import type { Wasm } from '../process/shift.ts';
import { openArena } from '../shared/arena.ts';
import { openSegment } from '../shared/segment.ts';
import { rows } from './rows.ts';
import { SIZES } from './samples.ts';
import { answer, finish, measure } from './trips.ts';

const [, , name, side, parent, milliseconds, processor] = process.argv;
const me = Number(side) as 0 | 1;
dieWith(Number(parent));
blockSignals();
allowReopening(SEGMENT_FD);
if (processor !== '') pin([Number(processor)]);
const segment = openSegment(SEGMENT_FD, SEGMENT_BYTES);
const now = (): number => Number(process.hrtime.bigint()) / 1e6;
const instance = (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly.Instance;
const host = hostOn(segment, me, instance, { now, date: Date.now, exit: () => process.exit(1) });
const board = makeBoard(host);
const way = new Free(board);
const kernel = new KernelDesk(host);
const row = rows.find((r) => r.name === name);
if (row === undefined) throw new Error(`no mechanism '${name}'`);
if (board.control[Run.GRANTS] !== 0) kernel.begin(host.receive());
openArena({
  words: board.data,
  doubles: board.dataDoubles,
  next: 0,
  objects: [],
  processes: 2,
  me,
  cast: [['peer', 2]],
  first: me === 0,
  way,
  kernel,
  handles: undefined,
});
const shared = row.share();
openArena(undefined);
way.begin();
const sizes = SIZES.filter((bytes) => bytes <= (row.most ?? Number.POSITIVE_INFINITY));
if (me === 1 && row.serve !== undefined) row.serve(shared as never);
else {
  const line = row.line(shared as never, me);
  const samples = [];
  for (const bytes of sizes) {
    if (me === 1) answer(line, bytes);
    else {
      samples.push(measure(line, bytes, Number(milliseconds), now, row.lossy));
      finish(line, bytes);
    }
  }
  line.end?.();
  if (me === 0) process.stdout.write(JSON.stringify(samples));
}
