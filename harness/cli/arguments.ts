import { parseArgs } from 'node:util';
import { nearest } from '../problem/nearest.ts';
import { type Command, common, usage } from './command.ts';
import { UsageError } from './usage-error.ts';

/** What a command was given. */
export interface Arguments {
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, string | true | undefined>>;
}

/**
 * The operands and options of a command, checked against what it takes. The last of several equal options counts;
 * after `--` everything is an operand.
 * Throws UsageError, with what was probably meant.
 */
export function argumentsOf(command: Command, argv: readonly string[]): Arguments {
  const known = { ...command.options, ...common };
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    options: {
      ...Object.fromEntries(
        Object.entries(known).map(([name, o]) => [
          name,
          { type: o.value ? ('string' as const) : ('boolean' as const) },
        ]),
      ),
      help: { type: 'boolean', short: 'h' },
    },
  });
  const how = `Usage: npx ${usage(command)}; \`npx lab help${command.name && ` ${command.name}`}\` explains it.`;
  const operands: string[] = [];
  const options: Record<string, string | true> = {};
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (option === undefined) {
      const meant = nearest(token.name, Object.keys(known));
      const next = meant ? `Did you mean '--${meant}'?` : how;
      throw new UsageError(`unknown option '${token.rawName}'. ${next}`);
    }
    if (option.value === undefined && token.value !== undefined) {
      throw new UsageError(`${token.rawName} takes no value, and was given '${token.value}'. ${how}`);
    }
    // `--seed --json`: the next option was swallowed as a value.
    const swallowed = token.value?.startsWith('--') && !token.inlineValue;
    if (option.value !== undefined && (token.value === undefined || token.value === '' || swallowed)) {
      throw new UsageError(`${token.rawName} needs a value: ${token.rawName} ${option.value}. ${how}`);
    }
    options[token.name] = token.value ?? true;
  }
  // Whoever asks for help need not give the operands.
  if (options.help) return { operands, options };
  const needed = command.operands.filter((o) => !o.endsWith('?'));
  if (operands.length < needed.length)
    throw new UsageError(`<${needed[operands.length]}> is missing. ${how}`);
  if (operands.length > command.operands.length) {
    throw new UsageError(`'${operands[command.operands.length]}' is one argument too many. ${how}`);
  }
  return { operands, options };
}
