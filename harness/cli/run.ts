// From the words of the command line to the exit code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadInput, LabError } from '../check/verdict.ts';
import { type Failure, failureJson, failureText } from '../report/failure.ts';
import { argumentsOf } from './arguments.ts';
import { check } from './check.ts';
import { clean } from './clean.ts';
import type { Call, Command } from './command.ts';
import { compare } from './compare.ts';
import { doctor } from './doctor.ts';
import type { Engine } from './engine.ts';
import { free } from './free.ts';
import { commandHelp, commandNamed, generalHelp, helpFor, helpJson } from './help.ts';
import { hunt } from './hunt.ts';
import { list } from './list.ts';
import { replay } from './replay.ts';
import { sourceIn } from './source.ts';
import { standing } from './standing.ts';
import { start } from './start.ts';
import { pageOf, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { verify } from './verify.ts';

/** All commands, as the help lists them. */
export const commands: readonly Command[] = [
  standing,
  list,
  start,
  check,
  replay,
  free,
  hunt,
  compare,
  doctor,
  clean,
  verify,
  helpFor(() => commands),
];

/** The failure that an exception stands for, and its exit code. */
export function failureOf(error: unknown, debug: boolean): { failure: Failure; code: 2 | 3 } {
  if (error instanceof BadInput) {
    return {
      failure: { kind: error instanceof UsageError ? 'usage' : 'input', message: error.message },
      code: 2,
    };
  }
  const known = error instanceof LabError;
  const message = error instanceof Error ? error.message : String(error);
  const name = error instanceof Error && !known && error.name !== 'Error' ? `${error.name}: ` : '';
  const stack = debug && error instanceof Error ? `\n${error.stack}` : '';
  return {
    failure: { kind: 'lab', message: `${known ? '' : 'unexpected: '}${name}${message}${stack}` },
    code: 3,
  };
}

/** Prints a failure, and returns its exit code. */
export function report(error: unknown, terminal: Terminal, argv: readonly string[]): 2 | 3 {
  const { failure, code } = failureOf(error, terminal.env.LAB_DEBUG === '1');
  const end = argv.indexOf('--');
  const options = end < 0 ? argv : argv.slice(0, end);
  if (options.includes('--json')) terminal.out(`${JSON.stringify(failureJson(failure))}\n`);
  else {
    const page = pageOf(terminal, terminal.errorColumns, options.includes('--no-color'));
    terminal.error(`${failureText(failure, page).join('\n')}\n`);
  }
  return code;
}

async function version(engine: Engine): Promise<string> {
  return JSON.parse(readFileSync(join(await engine.home(), 'package.json'), 'utf8')).version;
}

async function dispatch(argv: readonly string[], terminal: Terminal, engine: Engine): Promise<number> {
  const [first, ...rest] = argv;
  const named = first !== undefined && !first.startsWith('-');
  const general = !named && argv.find((word) => ['--help', '-h', '--version', '-v', '-V'].includes(word));
  const command = named ? commandNamed(first, commands) : standing;
  const known = general ? argv.filter((word) => word !== general) : named ? rest : argv;
  const { operands, options } = argumentsOf(command, known);

  const page = pageOf(terminal, terminal.columns, options['no-color'] === true, sourceIn(terminal.cwd));
  const print = (lines: readonly string[]) => terminal.out(`${lines.join('\n')}\n`);
  const json = options.json === true;
  const printJson = (value: object) => terminal.out(`${JSON.stringify(value)}\n`);
  const call: Call = { operands, options, json, terminal, engine, page, print, printJson };

  if (general && /v/i.test(general)) {
    const found = await version(engine);
    if (json) printJson({ version: 1, lab: found });
    else print([found]);
  } else if (general) {
    if (json) printJson(helpJson(commands));
    else print(generalHelp(commands, page));
  } else if (options.help) {
    if (json) printJson(helpJson([command]));
    else print(commandHelp(command, page));
  } else return command.run(call);
  return 0;
}

/** Does what `argv` asks for, and returns the exit code. Does not throw. */
export async function run(argv: readonly string[], terminal: Terminal, engine: Engine): Promise<number> {
  try {
    return await dispatch(argv, terminal, engine);
  } catch (error) {
    return report(error, terminal, argv);
  }
}
