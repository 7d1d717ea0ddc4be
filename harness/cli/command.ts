import type { Page } from '../report/page.ts';
import type { Engine } from './engine.ts';
import type { Terminal } from './terminal.ts';

/** An option of a command. One without `value` is a switch. */
export interface Option {
  /** What stands for its value in the help: `N`. */
  readonly value?: string;
  /** What it does, with unit and default. */
  readonly says: string;
}

/** One call of a command, with its arguments checked. */
export interface Call {
  readonly operands: readonly string[];
  /** The value of each option that was given; `true` for a switch. */
  readonly options: Readonly<Record<string, string | true | undefined>>;
  /** Whether one JSON object is asked for in place of text. */
  readonly json: boolean;
  readonly terminal: Terminal;
  readonly engine: Engine;
  /** The page for standard output, with the student's own lines. */
  readonly page: Page;
  /** Prints lines of text. */
  print(lines: readonly string[]): void;
  /** Prints the one JSON object. */
  printJson(value: object): void;
}

/** A command of the lab: one file each. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** `slug`, or `file?` where it may be left out. */
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  /** What else to know, in paragraphs. */
  readonly about: readonly string[];
  /** Commands to paste. */
  readonly examples: readonly string[];
  /** Does it and returns the exit code. */
  run(call: Call): Promise<number>;
}

/** Options that every command takes. */
export const common: Readonly<Record<string, Option>> = {
  json: { says: 'print one JSON object and nothing else' },
  'no-color': { says: 'no colours; they are off anyway where the output is no terminal, or NO_COLOR is set' },
  help: { says: 'print this help' },
};

/** How a command is called: `lab check <slug> [file] [options]`. */
export function usage(command: Command): string {
  const operands = command.operands.map((o) => (o.endsWith('?') ? `[${o.slice(0, -1)}]` : `<${o}>`));
  return ['lab', command.name, ...operands, '[options]'].filter(Boolean).join(' ');
}
