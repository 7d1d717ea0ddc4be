import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../harness/compare/compare.ts';
import { comparisonJson, comparisonText } from '../../harness/report/comparison.ts';
import { comparisonPage } from '../../harness/report/comparison-page.ts';
import { palette } from '../../harness/report/palette.ts';
import { width } from '../../harness/report/width.ts';

const samples = (trip: number) =>
  [16, 4096, 65_536].map((bytes) => ({
    bytes,
    median: trip * bytes,
    p99: trip * bytes * 9,
    rate: 1e6 / trip,
  }));
const made: Comparison = {
  rows: [
    { name: 'slow', real: 'x', samples: samples(5), c: samples(2.5) },
    { name: 'fast', real: 'x', samples: samples(0.5) },
    { name: '</script><b>', real: 'x', samples: [], lacks: 'no <b> here' },
  ],
};
const page = { width: 80, palette: palette(false), source: () => undefined };

describe('what lab compare prints', () => {
  it('has the fastest round trip first, and what it costs in C', () => {
    const lines = comparisonText(made, page);
    expect(lines.findIndex((l) => l.startsWith('fast'))).toBeLessThan(
      lines.findIndex((l) => l.startsWith('slow')),
    );
    expect(lines.find((l) => l.startsWith('slow'))).toMatch(/2 ×$/);
    expect(lines.find((l) => l.startsWith('fast'))).toMatch(/–$/);
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(80);
  });
  it('says what could not be measured, and why there is no C', () => {
    const text = comparisonText({ ...made, noC: 'no compiler' }, page).join('\n');
    expect(text).toContain('no <b> here');
    expect(text).toContain('no compiler');
  });
  it('is plain JSON with every size', () => {
    expect(JSON.parse(JSON.stringify(comparisonJson(made)))).toMatchObject({
      noC: null,
      rows: [{ name: 'slow', samples: samples(5), c: samples(2.5) }, { c: null }, { lacks: 'no <b> here' }],
    });
  });
  it('is a page that takes names for names', () => {
    const html = comparisonPage(made, { script: '/* uPlot */', style: '' });
    expect(html).not.toContain('</script><b>');
    expect(html).not.toContain('no <b> here');
    expect(html.match(/<script>/g)).toHaveLength(2);
    const data = /const page = (.*);\n/.exec(html)?.[1] ?? '';
    const { sizes, series, plots } = JSON.parse(data);
    expect(sizes).toEqual([16, 4096, 65_536]);
    expect(series.map((s: { label: string }) => s.label)).toEqual(['fast', 'slow', 'slow in C']);
    for (const plot of plots) expect(plot.data).toHaveLength(1 + series.length);
  });
});
