/** `sipop intake map`: what a mapping does with the files of a package, or a mapping proposed for one. */
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { type Day, romeDay } from '../kernel/day.ts';
import { loadReference } from '../reference/load-reference.ts';
import { checkFile } from '../services/intake/check/check-file.ts';
import { listPackages } from '../services/intake/mapped/packages.ts';
import { type Preview, previewMapping, type ShownRow } from '../services/intake/mapped/preview.ts';
import { suggestForFile } from '../services/intake/mapped/suggest-file.ts';
import { comuneOption } from './ask.ts';
import { checkReport } from './check-report.ts';
import type { CommandContext } from './command.ts';
import { readConfig } from './config.ts';
import { mappingPath } from './deliveries.ts';
import { statusOf } from './intake-check.command.ts';
import { labelsOf } from './labels.ts';
import { type AskOptions, dayOption, parseOptions, usageError } from './options.ts';
import { foldWords, table } from './table.ts';

const COMMAND = 'intake map';
const ROWS = 3;
const EXAMPLES = 3;
/** A mapping that is wrong, or files that are not its own: like a supply refused (intake check). */
const WRONG = 5;
/** A proposal from which something is missing: like rows set aside. */
const UNFINISHED = 4;

/** Modena: of a look at a mapping the comune is of no account. */
const ANY_COMUNE = '036023';

function rowLines(row: ShownRow, lead: string): string {
  const values = Object.entries(row.valori).map(([name, value]) => `${name}=${value}`);
  const lines = foldWords(values.join('  '), 100);
  return [`  ${lead} ${row.file}, riga ${row.riga}`, ...lines.map((line) => `      ${line}`), ''].join('\n');
}

function previewWords(preview: Preview): string {
  const parts: string[] = [];
  for (const { nome, righe, non_letti } of preview.sorgenti) {
    parts.push(`\nsorgente ${nome}\n${righe.map((row) => rowLines(row, 'prima / before:')).join('')}`);
    if (non_letti.length > 0)
      parts.push(`  campi che la mappatura non legge / fields not read: ${non_letti.join(', ')}\n`);
  }
  for (const { nome, righe } of preview.tabelle)
    parts.push(`\n${nome}\n${righe.map((row) => rowLines(row, 'dopo / after:')).join('')}`);
  return parts.join('');
}

function problemWords(preview: Preview, context: CommandContext): string {
  const problems = preview.problemi.map(({ line, column, path, what }) => ({ line, column, path, what }));
  if (problems.length > 0)
    return table(
      problems,
      [
        { title: 'riga', text: (p) => p.line, right: true },
        { title: 'colonna', text: (p) => p.column, right: true },
        { title: 'dove', text: (p) => p.path },
        { title: 'che cosa', text: (p) => `${p.what[0]} / ${p.what[1]}` },
      ],
      context.out,
    );
  return preview.rifiuti.map((f) => `${f.codice}  ${f.messaggio} / ${f.messaggio_en}\n`).join('');
}

async function checkMapping(context: CommandContext, options: AskOptions, mappa: string): Promise<number> {
  const files = options.words.map((path) => resolve(path));
  if (files.length === 0)
    throw usageError(COMMAND, 'indicare anche i file da leggere', 'name the files to be read, too');
  const { dataFolder } = readConfig(context.env, context.root);
  const reference = loadReference({ dataFolder });
  const said = options.value('comune');
  const day = options.value('situazione-al');
  const today = romeDay(new Date());
  const situazioneAl: Day = day === undefined ? today : dayOption(COMMAND, 'situazione-al', day);
  const mapping = mappingPath(COMMAND, mappa);
  const look = { mapping, files, situazioneAl, reference, tempFolder: tmpdir(), rows: ROWS };
  const preview = await previewMapping(look);
  if (preview.problemi.length > 0 || preview.rifiuti.length > 0) {
    context.out.write(
      options.json ? `${JSON.stringify(preview, null, 2)}\n` : problemWords(preview, context),
    );
    return WRONG;
  }
  const comune = said === undefined ? ANY_COMUNE : comuneOption(labelsOf(context), COMMAND, said);
  const report = await checkFile(
    {
      paths: [mapping, ...files],
      door: 'MAPPATA',
      declared: { tipo: 'COMPLETA', comune, progressivo: 1, situazioneAl },
    },
    { reference, today, tempFolder: tmpdir(), examples: EXAMPLES },
  );
  if (options.json) context.out.write(`${JSON.stringify({ ...preview, controllo: report }, null, 2)}\n`);
  else
    context.out.write(
      `${previewWords(preview)}\nChe cosa si troverebbe / what would be found\n${checkReport(report, context.out)}`,
    );
  return statusOf([report]);
}

async function suggest(context: CommandContext, options: AskOptions, file: string): Promise<number> {
  const made = await suggestForFile(resolve(file), tmpdir());
  const out = options.value('out');
  if (out !== undefined) await writeFile(resolve(out), made.yaml, { flag: 'wx' });
  if (options.json)
    context.out.write(
      `${JSON.stringify({ mappatura: made.yaml, mancano: made.missing, problemi: made.problems }, null, 2)}\n`,
    );
  else {
    if (out === undefined) context.out.write(made.yaml);
    if (made.missing.length > 0) context.err.write(`mancano / missing: ${made.missing.join(', ')}\n`);
    for (const { line, what } of made.problems)
      context.err.write(`riga / line ${line}: ${what[0]} / ${what[1]}\n`);
  }
  return made.problems.length === 0 ? 0 : UNFINISHED;
}

/** @throws AppError usage, not-found, disk-full */
export async function mapCommand(context: CommandContext): Promise<number> {
  const options = parseOptions(COMMAND, context.args, {
    values: ['check', 'suggest', 'comune', 'situazione-al', 'out'],
    without: ['al', 'noto-al'],
  });
  const [mappa, file] = [options.value('check'), options.value('suggest')];
  if (mappa !== undefined && file === undefined) return checkMapping(context, options, mappa);
  if (file !== undefined && mappa === undefined) return suggest(context, options, file);
  const names = listPackages().join(', ');
  throw usageError(
    COMMAND,
    `indicare --check MAPPATURA FILE… oppure --suggest FILE; le mappature del programma sono ${names}`,
    `give --check MAPPING FILE… or --suggest FILE; the mappings of the program are ${names}`,
  );
}
