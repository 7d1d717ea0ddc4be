import type { Page } from '../report/page.ts';
import { palette } from '../report/palette.ts';

/** Where a command reads its surroundings and writes to. */
export interface Terminal {
  /** The current folder. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Columns of standard output; undefined where it is no terminal. */
  readonly columns: number | undefined;
  /** Columns of standard error; undefined where it is no terminal. */
  readonly errorColumns: number | undefined;
  /** Writes to standard output. */
  out(text: string): void;
  /** Writes to standard error. */
  error(text: string): void;
}

const PAPER = 80;

/** The terminal of this process. A reader of standard output that has gone away is no error. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    cwd: process.cwd(),
    env: process.env,
    columns: stdout.isTTY ? stdout.columns || PAPER : undefined,
    errorColumns: stderr.isTTY ? stderr.columns || PAPER : undefined,
    out: (text) => void stdout.write(text),
    error: (text) => void stderr.write(text),
  };
}

/** The page that a stream of `columns` gives; colours only on a terminal, and where nobody asked to leave them out. */
export function pageOf(
  terminal: Terminal,
  columns: number | undefined,
  noColor: boolean,
  source: Page['source'] = () => undefined,
): Page {
  const { NO_COLOR, TERM } = terminal.env;
  const colours = columns !== undefined && !noColor && (NO_COLOR ?? '') === '' && TERM !== 'dumb';
  return { width: columns ?? PAPER, palette: palette(colours), source };
}
