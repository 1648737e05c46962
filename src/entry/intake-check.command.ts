/** `sipop intake check`: what would become of a delivery, as far as its file alone tells; no database is opened. */
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { romeDay } from '../kernel/day.ts';
import type { Severity } from '../kernel/findings.ts';
import { loadReference } from '../reference/load-reference.ts';
import { checkFile, type FileReport, NEEDS_THE_REGISTER } from '../services/intake/check/check-file.ts';
import { checkReport } from './check-report.ts';
import type { CommandContext } from './command.ts';
import { readConfig } from './config.ts';
import { deliveriesOf, SAID, type Said } from './deliveries.ts';
import { parseOptions, usageError } from './options.ts';
import { sizesOf } from './progress.ts';
import { thousands } from './table.ts';

const COMMAND = 'intake check';

/** Exit statuses, the worst of all files; 1 and 2 are those of every command (refusal.ts). */
const STATUS: Readonly<Record<Severity | 'none', number>> = { none: 0, W: 3, E: 4, B: 5 };

const EXAMPLES = 3;
const MOST_EXAMPLES = 1000;

function examplesOption(text: string | undefined): number {
  if (text === undefined) return EXAMPLES;
  const n = /^\d{1,4}$/.test(text) ? Number(text) : -1;
  if (n >= 0 && n <= MOST_EXAMPLES) return n;
  throw usageError(
    COMMAND,
    `--esempi «${text}» non è un numero da 0 a ${MOST_EXAMPLES}`,
    `--esempi "${text}" is not a number from 0 to ${MOST_EXAMPLES}`,
  );
}

const withoutNone = (said: Said): Said =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));

/** What the command's table says of its exit status, too. */
export const statusOf = (reports: readonly FileReport[]): number =>
  Math.max(0, ...reports.map(({ gravita }) => STATUS[gravita ?? 'none']));

/** @throws AppError usage, not-found, disk-full */
export async function checkCommand(context: CommandContext): Promise<number> {
  const options = parseOptions(COMMAND, context.args, {
    values: ['esempi', ...SAID],
    without: ['al', 'noto-al'],
  });
  if (options.words.length === 0)
    throw usageError(
      COMMAND,
      'indicare almeno un file, per esempio ./sipop intake check SIPOP_036023_000001_COMPLETA.zip',
      'name at least one file, for example ./sipop intake check SIPOP_036023_000001_COMPLETA.zip',
    );
  const examples = examplesOption(options.value('esempi'));
  const paths = options.words.map((path) => resolve(path));
  await sizesOf(paths);
  const said = Object.fromEntries(SAID.map((name) => [name, options.value(name)]));
  // A number is of no account here, unless it is that of a later supply.
  const numbered = SAID.some((name) => said[name] !== undefined) ? { progressivo: '1' } : {};
  const supplies = deliveriesOf(context, COMMAND, paths, { ...numbered, ...withoutNone(said) });
  const { dataFolder } = readConfig(context.env, context.root);
  const reference = loadReference({ dataFolder });
  const shown = context.err.isTTY && !options.json;
  const reports: FileReport[] = [];
  for (const supply of supplies) {
    const report = await checkFile(supply, {
      reference,
      today: romeDay(new Date()),
      tempFolder: tmpdir(),
      examples,
      ...(shown
        ? { onProgress: (done, total) => context.err.write(`\r${thousands(done)} / ${thousands(total)}`) }
        : {}),
    });
    if (shown) context.err.write('\r\x1b[K');
    reports.push(report);
    if (options.json) context.out.write(`${JSON.stringify(report)}\n`);
    else context.out.write(`${reports.length > 1 ? '\n' : ''}${checkReport(report, context.out)}`);
  }
  if (!options.json)
    context.out.write(
      `\nSi vede soltanto al caricamento, perché serve il registro / seen only by the load, for it takes the register: ${NEEDS_THE_REGISTER.join(', ')}.\n`,
    );
  return statusOf(reports);
}
