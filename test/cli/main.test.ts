// The command as a process of its own: what only a real process can show.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/lab.js', import.meta.url));
const lab = (...argv: string[]) => spawnSync(process.execPath, [bin, ...argv], { encoding: 'utf8' });

describe('the command', { timeout: 60_000 }, () => {
  it('hands its exit code to the shell', () => {
    expect(lab('help').status).toBe(0);
    expect(lab('chekc').status).toBe(2);
  });
  it('keeps stdout for results, and stderr for what went wrong', () => {
    const { stdout, stderr } = lab('chekc');
    expect({ stdout, stderr }).toEqual({
      stdout: '',
      stderr: "error: unknown command 'chekc'. Did you mean `npx lab check`?\n",
    });
  });
  it('does not mind a reader that has gone away', async () => {
    const child = spawn(process.execPath, [bin, 'help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let complaint = '';
    child.stderr.on('data', (chunk) => {
      complaint += chunk;
    });
    const [code] = await once(child, 'close');
    expect({ code, complaint }).toEqual({ code: 0, complaint: '' });
  });
  it('prints no colours into a pipe', () => {
    expect(lab('help').stdout).not.toContain('\u001b');
  });
});
