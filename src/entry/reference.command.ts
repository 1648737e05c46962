/** `sipop reference import|status`: bring in the official files, and see which reference data are in use. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type FileReport, type ImportReport, importReference } from '../reference/import-reference.ts';
import { loadReference } from '../reference/load-reference.ts';
import { type ReferenceStatus, referenceStatus } from '../reference/reference-status.ts';
import type { CommandContext } from './command.ts';
import { readConfig } from './config.ts';
import { PROVINCE } from './labels.ts';
import { usageError } from './options.ts';
import { fields, table } from './table.ts';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The first few rows that a file adds (+), removes (-) and changes (~). */
function exampleLines({ file, added, removed, changed, examples }: FileReport): string {
  const rest = (count: number, shown: readonly unknown[], mark: string): string[] =>
    count > shown.length ? [`  ${mark} … altre / more: ${count - shown.length}`] : [];
  return [
    file,
    ...examples.added.map((text) => `  + ${text}`),
    ...rest(added, examples.added, '+'),
    ...examples.removed.map((text) => `  - ${text}`),
    ...rest(removed, examples.removed, '-'),
    ...examples.changed.map(({ before, after }) => `  ~ ${before} → ${after}`),
    ...rest(changed, examples.changed, '~'),
    '',
  ].join('\n');
}

function importWords(report: ImportReport, context: CommandContext): string {
  const files = table(
    report.files,
    [
      { title: 'file', text: (f) => f.file },
      { title: 'righe', text: (f) => f.rows, right: true },
      { title: 'aggiunte', text: (f) => f.added, right: true },
      { title: 'tolte', text: (f) => f.removed, right: true },
      { title: 'cambiate', text: (f) => f.changed, right: true },
      { title: 'aggiornato al', text: (f) => f.sourceDate },
    ],
    context.out,
  );
  const examples = report.files
    .filter(({ added, removed, changed }) => added + removed + changed > 0)
    .map((file) => `${exampleLines(file)}\n`);
  const missing = report.missing.map(
    (name) => `${name}: non c’è, resta ciò che c’era / not there: what was held goes on\n`,
  );
  const end = report.changed
    ? 'Importato: vale da adesso per ogni comando. / Imported: every command uses it from now on.\n'
    : 'Niente è cambiato. / Nothing changed.\n';
  return `${files}\n${examples.join('')}${missing.join('')}${end}`;
}

export async function importReferenceCommand(context: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...context.args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0)
    throw usageError(
      'reference import',
      'indicare una cartella con i file ufficiali',
      'name one folder with the official files',
    );
  const { dataFolder } = readConfig(context.env, context.root);
  const report = importReference(resolve(folder), dataFolder, new Date());
  context.out.write(values.json ? json(report) : importWords(report, context));
  return 0;
}

function statusWords(status: ReferenceStatus, context: CommandContext): string {
  const { comuni, states, tables } = status;
  const gaps = comuni.complete
    ? 'archivio completo dal 1861 / complete archive since 1861'
    : 'completi per la provincia; altrove solo i codici del 2020 (./sipop reference import li completa) / complete for the province; elsewhere the codes of 2020 alone';
  const held = fields(
    [
      ['comuni', `${comuni.present} di oggi, ${comuni.province} in provincia; ${gaps}`],
      [
        'stati',
        `${states.present}, e ${states.former} che non ci sono più / and ${states.former} that are no more`,
      ],
      [
        'tabelle',
        Object.entries(tables)
          .map(([name, codes]) => `${name} ${codes}`)
          .join(', '),
      ],
      ['CAP', `${status.postcodes} comuni della provincia`],
      ['confini', status.boundaries ?? 'non importati / not imported'],
      ['importati', status.importedAt ?? 'mai: dati del programma / never: data of the program'],
    ],
    context.out,
  );
  if (status.sources.length === 0) return held;
  const sources = table(
    status.sources,
    [
      { title: 'file', text: (s) => s.file },
      { title: 'byte', text: (s) => s.bytes, right: true },
      { title: 'aggiornato al', text: (s) => s.sourceDate },
      { title: 'sha256', text: (s) => s.sha256.slice(0, 16) },
    ],
    context.out,
  );
  return `${held}\n${sources}`;
}

export async function referenceStatusCommand(context: CommandContext): Promise<number> {
  const { values } = parseArgs({
    args: [...context.args],
    options: { json: { type: 'boolean', default: false } },
  });
  const { dataFolder } = readConfig(context.env, context.root);
  const status = referenceStatus(loadReference({ dataFolder }), PROVINCE);
  context.out.write(values.json ? json(status) : statusWords(status, context));
  return 0;
}
