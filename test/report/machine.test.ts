import { describe, expect, it } from 'vitest';
import { machineJson, machineText } from '../../harness/report/machine.ts';
import { paper } from './made.ts';

const well = { name: 'Node', ok: true, found: '20.20.2' };
const lacking = { name: 'CPUs', ok: false, found: '1', advice: 'Give the container at least two.' };

describe('what the machine has and lacks', () => {
  it('is a line for each thing, with what to do below what is lacking', () => {
    expect(machineText([well, lacking], paper())).toEqual([
      '✓  Node  20.20.2',
      '✗  CPUs  1',
      '         → Give the container at least two.',
      '',
      'This machine lacks 1 thing.',
    ]);
  });
  it('is summed up where nothing is lacking', () => {
    expect(machineText([well], paper()).at(-1)).toBe('This machine has all that the lab needs.');
  });
  it('is well in JSON only where all is well', () => {
    expect(machineJson([well])).toMatchObject({ version: 1, ok: true, examined: [{ advice: null }] });
    expect(machineJson([well, lacking])).toMatchObject({
      ok: false,
      examined: [{}, { ok: false, advice: lacking.advice }],
    });
  });
});
