/** Arguments of the commands that ask the register: the same options, and the same refusals, for all of them. */
import { parseArgs } from 'node:util';
import { AppError } from '../kernel/app-error.ts';
import { type Day, parseDay } from '../kernel/day.ts';
import { type KnownAt, parseKnownAt } from '../registry/answers/known-at.ts';

/** Options of every command that shows persons, or decides of them: for whom, what for, for which file (audited.ts). */
export const ACTING = ['operator', 'purpose', 'pratica'] as const;

/** What a command may be given beside the common options: names of options with a value, and of switches. */
export interface OptionSpec {
  readonly values?: readonly string[];
  readonly switches?: readonly string[];
  /** Common options that mean nothing to the command: refused, rather than taken and not heeded. */
  readonly without?: readonly ('al' | 'noto-al')[];
}

export interface AskOptions {
  readonly words: readonly string[];
  /** null: today. */
  readonly al: Day | null;
  /** null: now. */
  readonly notoAl: KnownAt | null;
  readonly json: boolean;
  value(name: string): string | undefined;
  has(name: string): boolean;
}

/** How the arguments of a command are wrong, with where to read how they are written. */
export function usageError(command: string, italian: string, english: string): AppError {
  return new AppError(
    'usage',
    `${command}: ${italian} (./sipop ${command} --help)`,
    `${command}: ${english} (./sipop ${command} --help)`,
  );
}

/** What `node:util`'s parseArgs refused, in both languages; null for another error. */
export function refusedArgument(
  error: unknown,
): { readonly italian: string; readonly english: string } | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const english = error.message.split('. ')[0] ?? '';
  const named = /'(-[^' <]*)|'([^']*)'/.exec(english);
  const name = named?.[1] ?? named?.[2] ?? '';
  switch (error.code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return { italian: `l’opzione ${name} non c’è`, english: `there is no option ${name}` };
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return /does not take/.test(english)
        ? { italian: `l’opzione ${name} non vuole un valore`, english: `the option ${name} takes no value` }
        : { italian: `all’opzione ${name} manca il valore`, english: `the option ${name} lacks its value` };
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return { italian: `«${name}» è di troppo`, english: `"${name}" is one word too many` };
    default:
      return null;
  }
}

/** The day given under an option. @throws AppError usage */
export function dayOption(command: string, name: string, text: string): Day {
  const day = parseDay(text);
  if (day !== null) return day;
  throw usageError(
    command,
    `--${name} «${text}» non è un giorno del calendario: si scrive AAAA-MM-GG`,
    `--${name} "${text}" is not a day of the calendar: it is written YYYY-MM-DD`,
  );
}

function knownAtOption(command: string, text: string): KnownAt {
  const instant = parseKnownAt(text);
  if (instant !== null) return instant;
  throw usageError(
    command,
    `--noto-al «${text}» non è un giorno (AAAA-MM-GG, la sua fine) né un istante (AAAA-MM-GGThh:mm, ora italiana, o con Z)`,
    `--noto-al "${text}" is neither a day (YYYY-MM-DD, its end) nor an instant (YYYY-MM-DDThh:mm, Italian time, or with Z)`,
  );
}

/** @throws AppError usage for an option that the command does not have, or a date that does not exist */
export function parseOptions(command: string, args: readonly string[], spec: OptionSpec = {}): AskOptions {
  const options: Record<string, { type: 'string' | 'boolean' }> = {
    al: { type: 'string' },
    'noto-al': { type: 'string' },
    json: { type: 'boolean' },
  };
  for (const name of spec.without ?? []) delete options[name];
  for (const name of spec.values ?? []) options[name] = { type: 'string' };
  for (const name of spec.switches ?? []) options[name] = { type: 'boolean' };
  let parsed: { values: Record<string, string | boolean | undefined>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    const known = Object.keys(options)
      .map((name) => `--${name}`)
      .join(' ');
    const refused = refusedArgument(error);
    if (refused === null) throw error;
    throw usageError(
      command,
      `${refused.italian}; le opzioni sono ${known}`,
      `${refused.english}; the options are ${known}`,
    );
  }
  const text = (name: string): string | undefined => {
    const value = parsed.values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const al = text('al');
  const notoAl = text('noto-al');
  return {
    words: parsed.positionals,
    al: al === undefined ? null : dayOption(command, 'al', al),
    notoAl: notoAl === undefined ? null : knownAtOption(command, notoAl),
    json: parsed.values['json'] === true,
    value: text,
    has: (name) => parsed.values[name] === true,
  };
}
