/** Arguments of the commands that ask the register: the same options, and the same refusals, for all of them. */
import { parseArgs } from 'node:util';
import { AppError } from '../kernel/app-error.ts';
import { type Day, parseDay } from '../kernel/day.ts';
import { type KnownAt, parseKnownAt } from '../registry/answers/known-at.ts';

/** What a command may be given beside the common options: names of options with a value, and of switches. */
export interface OptionSpec {
  readonly values?: readonly string[];
  readonly switches?: readonly string[];
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
  for (const name of spec.values ?? []) options[name] = { type: 'string' };
  for (const name of spec.switches ?? []) options[name] = { type: 'boolean' };
  let parsed: { values: Record<string, string | boolean | undefined>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    const known = Object.keys(options)
      .map((name) => `--${name}`)
      .join(' ');
    const detail = error instanceof Error ? (error.message.split('. ')[0] ?? '') : '';
    throw usageError(command, `${detail}; le opzioni sono ${known}`, `${detail}; the options are ${known}`);
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
