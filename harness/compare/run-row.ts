// Plays one row of the comparison: two processes with a segment between them, and the kernel objects that they ask for.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { allowedProcessors } from '../os/affinity.ts';
import { socketPair } from '../os/descriptors.ts';
import { builtFolder } from '../problem/built.ts';
import { boardAlone } from '../process/board.ts';
import { Run, SEGMENT_BYTES } from '../process/control.ts';
import { Free } from '../process/free.ts';
import { KernelDesk } from '../process/kernel-desk.ts';
import { KernelObjects } from '../process/kernel-objects.ts';
import { openArena } from '../shared/arena.ts';
import type { Wanted } from '../shared/kernel.ts';
import { createSegment, openSegment } from '../shared/segment.ts';
import type { Row } from './line.ts';
import type { Sample } from './samples.ts';

/** The kernel objects that a row asks for. */
function wantedBy(row: Row): readonly Wanted[] {
  const board = boardAlone();
  const kernel = new KernelDesk(board.host);
  openArena({
    words: board.data,
    doubles: board.dataDoubles,
    next: 0,
    objects: [],
    processes: 2,
    me: 0,
    cast: [['peer', 2]],
    first: true,
    way: new Free(board),
    kernel,
    handles: undefined,
  });
  try {
    row.share();
  } finally {
    openArena(undefined);
  }
  return kernel.wanted;
}

/**
 * Measures a row, on two processors where there are two.
 * @param milliseconds of round trips, and of messages one way, for each size
 */
export async function runRow(row: Row, milliseconds: number): Promise<Sample[]> {
  const wanted = wantedBy(row);
  const fd = createSegment(SEGMENT_BYTES);
  const { words } = openSegment(fd, SEGMENT_BYTES);
  words[Run.MODE] = 1;
  words[Run.PROCESSES] = 2;
  words[Run.GRANTS] = wanted.length === 0 ? 0 : 1;
  const [here, there] = [socketPair(), socketPair()];
  const processors = allowedProcessors();
  const file = join(await builtFolder(), 'compare-peer.js');
  const start = (side: 0 | 1, socket: number): ChildProcess =>
    spawn(
      process.execPath,
      [
        '--no-warnings',
        file,
        row.name,
        String(side),
        String(process.pid),
        String(milliseconds),
        String(processors[side % processors.length]),
      ],
      { stdio: ['ignore', side === 0 ? 'pipe' : 'ignore', 'inherit', fd, socket] },
    );
  const peers = [start(0, here[1]), start(1, there[1])];
  let objects: KernelObjects | undefined;
  try {
    const pids = peers.map(({ pid }) => pid as number);
    objects = new KernelObjects(wanted, true, 2, pids);
    for (const end of [here[1], there[1]]) closeSync(end);
    objects.sendTo([here[0], there[0]]);
    let text = '';
    peers[0].stdout?.on('data', (part) => {
      text += part;
    });
    const codes = await Promise.all(
      peers.map((p) => new Promise<number | null>((done) => p.once('close', (code) => done(code)))),
    );
    if (codes.some((code) => code !== 0))
      throw new Error(`${row.name} could not be measured (${codes.join(', ')})`);
    return JSON.parse(text) as Sample[];
  } finally {
    for (const p of peers) p.kill('SIGKILL');
    for (const end of [here[0], there[0], fd]) closeSync(end);
    objects?.remove();
  }
}
