// What this machine has and lacks, looked at and not guessed.
import { closeSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { allowedProcessors } from '../os/affinity.ts';
import { unsupported } from '../os/machine.ts';
import { workerConfinement } from './confinement.ts';
import { selfTest } from './self-test.ts';

export interface Examined {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  readonly advice?: string;
}

/** Examines the machine. Throws nothing: what fails is a line of the answer. */
export async function examine(): Promise<Examined[]> {
  const lines: Examined[] = [];
  const look = async (name: string, advice: string, probe: () => string | Promise<string>): Promise<void> => {
    try {
      lines.push({ name, ok: true, found: await probe() });
    } catch (e) {
      lines.push({ name, ok: false, found: (e as Error).message, advice });
    }
  };
  await look('platform', 'Run the lab on Linux: WSL 2 on Windows, a container on a Mac.', () => {
    const why = unsupported();
    if (why) throw new Error(why);
    return `${process.platform} on ${process.arch}`;
  });
  await look('Node', 'Install Node 20.19 or newer.', () => {
    const [major, minor] = process.versions.node.split('.').map(Number);
    if (major < 20 || (major === 20 && minor < 19)) throw new Error(`${process.versions.node} is too old`);
    return process.versions.node;
  });
  await look('C library', 'Install koffi (npm ci), on a system with glibc or musl.', async () => {
    (await import('../os/libc.ts')).libc();
    return 'opened';
  });
  await look('shared memory', 'Allow memfd_create(2); some sandboxes forbid it.', async () => {
    closeSync((await import('../os/memfd.ts')).memfd('doctor', 4096));
    return 'memfd works';
  });
  await look(
    'atomics and futex between processes',
    'This processor and Node do not fit together; try another Node.',
    selfTest,
  );
  await look(
    'worker processes',
    'Look at how many processes, and how much memory, you may use (ulimit -a).',
    async () => {
      const { filtered, memory } = await workerConfinement();
      const limit = memory === undefined ? 'no limit' : `${memory / 2 ** 20} MB at most`;
      const lacking = [
        ...(filtered ? [] : ['this kernel offers no filter of system calls']),
        ...(memory === undefined ? ['memory cannot be limited'] : []),
      ];
      const warning =
        lacking.length > 0 ? `; ${lacking.join(', ')}: check only solutions that you trust` : '';
      return `start; system calls ${filtered ? 'filtered' : 'not filtered'}, memory ${limit}${warning}`;
    },
  );
  await look('message queues', 'Problems that need them cannot be checked here.', async () => {
    closeSync((await import('../os/posix-queue.ts')).createPosixQueue(10, 256, true));
    const { createSysvQueue, removeSysvQueue } = await import('../os/sysv-queue.ts');
    removeSysvQueue(createSysvQueue(1024));
    return 'POSIX and System V';
  });
  await look('sockets', 'Problems that need them cannot be checked here.', async () => {
    const sockets = await import('../os/socket.ts');
    const { listener, clients } = sockets.createTcpService(1, 1, false);
    const made = [listener, ...clients.flat(), ...sockets.createUdpPort(0, false)];
    const unix = sockets.createUnixService(1, 0, 0, false);
    for (const fd of [...made, unix.listener]) closeSync(fd);
    return 'Unix-domain, TCP and UDP on loopback';
  });
  await look('signals', '', async () => {
    try {
      closeSync((await import('../os/signal.ts')).signalDescriptor(process.pid) as number);
      return 'can be sent to one thread';
    } catch (e) {
      // Older kernels are still common, and few problems need it: that is no reason to say that the machine will not do.
      return `problems that need them cannot be checked here: ${(e as Error).message}`;
    }
  });
  await look('processors', '', () => {
    const allowed = allowedProcessors();
    const rest = allowed.length === 1 ? '; free runs need two to really overlap' : '';
    return `${allowed.length} of ${availableParallelism()} may be used (${allowed.join(', ')})${rest}`;
  });
  return lines;
}
