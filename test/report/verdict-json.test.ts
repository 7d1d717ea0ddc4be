import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Finding, kinds } from '../../harness/check/finding.ts';
import { failureJson } from '../../harness/report/failure.ts';
import { verdictJson } from '../../harness/report/verdict-json.ts';
import * as made from './made.ts';

const schema = JSON.parse(readFileSync(new URL('../../docs/check.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);
const printed = (value: unknown) => JSON.parse(JSON.stringify(value));
const faults = (value: unknown) => (validate(value) ? [] : validate.errors);

describe('the JSON of a verdict', () => {
  it.each(kinds)('satisfies the schema with a finding of the kind %s', (kind) => {
    expect(faults(printed(verdictJson({ ...made.rejected, findings: [made.ofKind(kind)] })))).toEqual([]);
  });
  it('satisfies the schema where the solution is accepted, and where the lab failed', () => {
    expect(faults(printed(verdictJson(made.accepted)))).toEqual([]);
    expect(faults(printed(verdictJson(made.failed)))).toEqual([]);
  });
  it('satisfies the schema whatever the verdict holds', () => {
    fc.assert(
      fc.property(made.verdicts, (verdict) => {
        expect(faults(printed(verdictJson(verdict)))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
  it('loses nothing of the verdict', () => {
    fc.assert(
      fc.property(made.verdicts, (verdict) => {
        const json = printed(verdictJson(verdict));
        expect(json.findings.map((f: { trace: unknown[] }) => f.trace.length)).toEqual(
          verdict.findings.map((f) => f.trace.length),
        );
        json.findings.forEach((f: Finding, i: number) => {
          const { kind, message, schedule, steps, switches } = verdict.findings[i];
          expect({
            kind: f.kind,
            message: f.message,
            schedule: f.schedule,
            steps: f.steps,
            switches: f.switches,
          }).toEqual({ kind, message, schedule, steps, switches });
          expect(f.case).toEqual(verdict.findings[i].case);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('the schema', () => {
  it('knows the kinds that the judges know', () => {
    expect(schema.$defs.finding.properties.kind.enum).toEqual([...kinds]);
  });
  it('describes every field', () => {
    const bare: string[] = [];
    const walk = (node: Record<string, unknown>, path: string): void => {
      if (node.$ref === undefined && node.description === undefined) bare.push(path);
      for (const [name, child] of Object.entries((node.properties ?? {}) as Record<string, never>))
        walk(child, `${path}.${name}`);
      if (node.items) walk(node.items as never, `${path}[]`);
    };
    for (const [name, node] of Object.entries(schema.$defs)) walk(node as never, name);
    expect(bare).toEqual([]);
  });
  it('describes a failure', () => {
    expect(faults(failureJson({ kind: 'usage', message: "unknown option '--sed'." }))).toEqual([]);
  });

  const good = printed(verdictJson(made.rejected));
  it.each([
    ['a field nobody documented', { ...good, extra: 1 }],
    ['a kind that there is not', { ...good, findings: [{ ...good.findings[0], kind: 'slow' }] }],
    ['a rejection without a finding', { ...good, findings: [] }],
    ['an acceptance with a finding', { ...good, verdict: 'accepted' }],
    ['an error without its reason', { ...printed(verdictJson(made.failed)), error: null }],
    ['a step without its text', { ...good, findings: [{ ...good.findings[0], trace: [{ step: 1 }] }] }],
    ['another version', { ...good, version: 2 }],
  ])('refuses %s', (_, value) => {
    expect(faults(value)).not.toEqual([]);
  });
});
