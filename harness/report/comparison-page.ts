// The page of `lab compare`: one file that needs nothing but itself. Two plots with logarithmic axes, and the figures.
import type { Compared, Comparison } from '../compare/compare.ts';
import { byRoundTrip } from './comparison.ts';
import { number } from './number.ts';

/** uPlot, to be put into the page. */
export interface Plotting {
  readonly script: string;
  readonly style: string;
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** Colours that can be told apart in this order, also by the colour-blind (Okabe and Ito, 2008), then their darker kin. */
const COLOURS = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#000000',
  '#8c564b',
  '#7f7f7f',
  '#17becf',
  '#9467bd',
  '#bcbd22',
  '#1f4e79',
  '#7f3300',
  '#00593f',
  '#6b2c4e',
  '#7a5200',
  '#2b5f7f',
  '#555555',
  '#a52a2a',
];

const bytesInWords = (bytes: number): string =>
  bytes >= 1_048_576 ? `${bytes / 1_048_576} MiB` : bytes >= 1024 ? `${bytes / 1024} KiB` : `${bytes} B`;

/** The numbers of one plot: the sizes, then a line for each mechanism, and one for each in C. */
interface Plot {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly data: readonly (readonly (number | null)[])[];
}

const sizesOf = (rows: readonly Compared[]): number[] =>
  [...new Set(rows.flatMap(({ samples }) => samples.map((s) => s.bytes)))].sort((a, b) => a - b);

function plots(rows: readonly Compared[]): Plot[] {
  const sizes = sizesOf(rows);
  const line = (samples: Compared['samples'] | undefined, of: (s: Compared['samples'][number]) => number) =>
    sizes.map((bytes) => {
      const sample = samples?.find((s) => s.bytes === bytes);
      return sample === undefined ? null : of(sample);
    });
  const both = (of: (s: Compared['samples'][number]) => number): (number | null)[][] => [
    ...rows.map(({ samples }) => line(samples, of)),
    ...rows.filter(({ c }) => c !== undefined).map(({ c }) => line(c, of)),
  ];
  return [
    {
      id: 'trips',
      title: 'Round trip by size of the message',
      unit: 'µs, the median',
      data: [sizes, ...both((s) => s.median)],
    },
    {
      id: 'throughput',
      title: 'Throughput by size of the message',
      unit: 'MB/s, one way',
      data: [sizes, ...both((s) => (s.rate * s.bytes) / 1e6)],
    },
  ];
}

function figures(rows: readonly Compared[]): string {
  const sizes = sizesOf(rows);
  const head = sizes.map((bytes) => `<th>${bytesInWords(bytes)}</th>`).join('');
  const cells = ({ samples }: Compared): string =>
    sizes
      .map((bytes) => {
        const s = samples.find((one) => one.bytes === bytes);
        return s === undefined ? '<td>–</td>' : `<td>${number(s.median)}<small>${number(s.p99)}</small></td>`;
      })
      .join('');
  const body = rows.map((r) => `<tr><th>${escaped(r.name)}</th>${cells(r)}</tr>`).join('\n');
  return `<table><thead><tr><th></th>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2rem }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.9rem; width: 100% }
td, th { padding: 0.25rem 0.6rem; text-align: right; border-bottom: 1px solid #ddd } tbody th { text-align: left; font-weight: 600 }
td small { display: block; color: #666 } .u-legend { text-align: left; font-size: 0.8rem } p.faint { color: #555 }
.plot { overflow-x: auto }
`;

// Runs in the page: plain JavaScript.
const DRAW = `
const size = (b) => b >= 1048576 ? b / 1048576 + ' MiB' : b >= 1024 ? b / 1024 + ' KiB' : b + ' B';
const short = (n) => n == null ? '–' : n >= 100 ? Math.round(n).toLocaleString('en') : String(+n.toPrecision(2));
for (const plot of page.plots) {
  const at = document.getElementById(plot.id);
  const width = Math.max(320, Math.min(960, at.clientWidth || 960));
  new uPlot({
    title: plot.title, width, height: 420,
    cursor: { focus: { prox: 24 } }, focus: { alpha: 0.25 },
    scales: { x: { time: false, distr: 3 }, y: { distr: 3 } },
    axes: [
      { label: 'bytes of a message', filter: (u, all) => all, splits: () => page.sizes, values: (u, all) => all.map(size) },
      { label: plot.unit, size: 70, values: (u, all) => all.map((n) => n == null ? '' : Math.log10(n) % 1 ? '' : short(n)) },
    ],
    series: [
      { label: 'size', value: (u, n) => n == null ? '–' : size(n) },
      ...page.series.map((s) => ({
        label: s.label, stroke: s.colour, width: s.dashed ? 1 : 2, dash: s.dashed ? [6, 4] : undefined,
        show: !s.dashed, spanGaps: true, points: { show: true, size: 5 }, value: (u, n) => short(n),
      })),
    ],
  }, plot.data, at);
}
`;

/** The page. What is measured in C is drawn in dashes, once it is chosen in the legend. */
export function comparisonPage({ rows, noC }: Comparison, { script, style }: Plotting): string {
  const measured = byRoundTrip(rows).filter(({ samples }) => samples.length > 0);
  const lacking = rows.flatMap(({ name, lacks }) => (lacks === undefined ? [] : [`${name}: ${lacks}`]));
  const series = [
    ...measured.map(({ name }, i) => ({ label: name, colour: COLOURS[i % COLOURS.length], dashed: false })),
    ...measured.flatMap(({ name, c }, i) =>
      c === undefined ? [] : [{ label: `${name} in C`, colour: COLOURS[i % COLOURS.length], dashed: true }],
    ),
  ];
  const page = { sizes: sizesOf(measured), series, plots: plots(measured) };
  const data = JSON.stringify(page).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>What messages between processes cost</title><style>${style}${STYLE}</style></head><body>
<h1>What messages between processes cost</h1>
<p>Two processes on one machine send each other messages over every mechanism that the system offers. Shared memory is fast because
nobody copies anything, and because a semaphore whose turn has come needs no system call. Everything else goes through the kernel: each message
costs two system calls, each round trip two changes of process, and each byte is copied twice. Sockets add the layers of a protocol, TCP most
of all. From some 16 KiB on the copying is most of it, and the mechanisms come together.</p>
<div class="plot" id="trips"></div><div class="plot" id="throughput"></div>
<p class="faint">Click a name in the legend to hide or show it. ${
    noC === undefined
      ? 'What the same costs in C is there too, in dashes; it is hidden at first.'
      : `Without C beside it: ${escaped(noC)}.`
  }</p>
<h2>Microseconds of a round trip</h2>
<p class="faint">Half of all round trips took no longer than the upper number, 99 of 100 no longer than the lower one.</p>
${figures(measured)}
${lacking.map((line) => `<p>Not measured: ${escaped(line)}</p>`).join('\n')}
<script>${script}</script><script>const page = ${data};${DRAW}</script></body></html>
`;
}
