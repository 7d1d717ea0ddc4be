import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('..', import.meta.url));

/**
 * Seconds from pressing return to the prompt, of `node bin/lab.js …` in the package's folder.
 * @param exit the exit code that it must come to; another one throws, with what the command said.
 */
export function wallTime(command: readonly string[], exit: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = process.hrtime.bigint();
    const lab = spawn(process.execPath, ['bin/lab.js', ...command], {
      cwd: home,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 120_000,
      killSignal: 'SIGKILL',
    });
    let said = '';
    const listen = (text: Buffer): void => {
      said += text;
    };
    lab.stdout.on('data', listen);
    lab.stderr.on('data', listen);
    lab.on('error', reject);
    lab.on('close', (code, signal) => {
      const seconds = Number(process.hrtime.bigint() - began) / 1e9;
      if (code === exit) resolve(seconds);
      else
        reject(
          new Error(
            `lab ${command.join(' ')} ended with ${code ?? signal}, not ${exit}: ${said.slice(-400)}`,
          ),
        );
    });
  });
}
