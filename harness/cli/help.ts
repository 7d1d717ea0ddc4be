import { nearest } from '../problem/nearest.ts';
import { type Page, proseWidth } from '../report/page.ts';
import { table } from '../report/table.ts';
import { indented } from '../report/wrap.ts';
import { type Command, common, usage } from './command.ts';
import { UsageError } from './usage-error.ts';

const optionRows = (options: Command['options'], page: Page) =>
  Object.entries(options).map(([name, { value, says }]) => [
    { text: `--${name}${value ? ` ${value}` : ''}`, paint: page.palette.strong },
    { text: says },
  ]);

/** The help of one command. */
export function commandHelp(command: Command, page: Page): string[] {
  const { strong, command: paint, faint } = page.palette;
  const { summary } = command;
  return [
    ...indented(`npx ${usage(command)}`, 0, proseWidth(page)).map(strong),
    ...indented(`${summary[0].toUpperCase()}${summary.slice(1)}.`, 0, proseWidth(page)),
    ...command.about.flatMap((paragraph) => ['', ...indented(paragraph, 0, proseWidth(page))]),
    '',
    faint('Options'),
    ...table(optionRows({ ...command.options, ...common }, page), page),
    '',
    faint(command.examples.length === 1 ? 'Example' : 'Examples'),
    ...command.examples.map((example) => `  ${paint(example)}`),
  ];
}

/** The list of commands. */
export function generalHelp(commands: readonly Command[], page: Page): string[] {
  const { strong, faint } = page.palette;
  const rows = commands.map((command) => [
    { text: ['lab', command.name].join(' ').trim(), paint: strong },
    { text: command.summary },
  ]);
  return [
    ...indented(
      'npx lab: a lab for concurrency. You write the roles of a classical problem; the lab runs them as real processes and hunts for the interleaving that breaks them.',
      0,
      proseWidth(page),
    ),
    '',
    faint('Commands'),
    ...table(rows, page),
    '',
    faint('Options of every command'),
    ...table(optionRows(common, page), page),
    '',
    ...indented(
      'Exit code: 0 accepted, 1 rejected, 2 bad usage or input, 3 the fault of the lab or of the machine.',
      0,
      proseWidth(page),
    ),
    ...indented(
      'More about a command: npx lab help <command>. The version: npx lab --version.',
      0,
      proseWidth(page),
    ),
  ];
}

const commandJson = ({ name, summary, operands, options, about, examples }: Command) => ({
  name,
  summary,
  operands: [...operands],
  options: Object.entries({ ...options, ...common }).map(([option, { value, says }]) => ({
    name: option,
    value: value ?? null,
    says,
  })),
  about: [...about],
  examples: [...examples],
});

/** Help as plain JSON. */
export const helpJson = (commands: readonly Command[]) => ({
  version: 1,
  commands: commands.map(commandJson),
});

/** The command of that name. Throws UsageError with what was probably meant. */
export function commandNamed(name: string, commands: readonly Command[]): Command {
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  const names = commands.map((command) => command.name).filter(Boolean);
  const meant = nearest(name, names);
  throw new UsageError(
    `unknown command '${name}'. ${meant ? `Did you mean \`npx lab ${meant}\`?` : `The commands are ${names.join(', ')}.`}`,
  );
}

/** `lab help [command]`; `commands` are all that there are, this one included. */
export const helpFor = (commands: () => readonly Command[]): Command => ({
  name: 'help',
  summary: 'what a command does and takes',
  operands: ['command?'],
  options: {},
  about: [],
  examples: ['npx lab help check'],
  async run({ operands: [name], json, page, print, printJson }) {
    const all = commands();
    const chosen = name === undefined ? all : [commandNamed(name, all)];
    if (json) printJson(helpJson(chosen));
    else print(name === undefined ? generalHelp(all, page) : commandHelp(chosen[0], page));
    return 0;
  },
});
