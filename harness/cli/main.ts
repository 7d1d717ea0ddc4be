import { engine } from './engine.ts';
import { report, run } from './run.ts';
import { processTerminal } from './terminal.ts';

/** As the shell counts an interrupted command: 128 and the number of SIGINT. */
const INTERRUPTED = 130;

/**
 * The command `lab`. Everything that it starts ends with it, so an interrupt needs no more than to leave.
 * @param argv the words after the command's own name.
 * @returns the exit code: 0 accepted, 1 rejected, 2 bad usage or input, 3 the fault of the lab or of the machine.
 */
export async function main(argv: string[]): Promise<number> {
  const terminal = processTerminal();
  process.once('SIGINT', () => {
    if (terminal.errorColumns !== undefined) terminal.error('\r\u001b[2K');
    process.exit(INTERRUPTED);
  });
  process.on('uncaughtException', (error) => process.exit(report(error, terminal, argv)));
  return run(argv, terminal, engine);
}
