/** `sipop intake load|outcome|findings`: deliver supplies, read outcomes again, see what is still to mend. */
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../kernel/app-error.ts';
import type { Database } from '../platform/db/pool.ts';
import { loadReference } from '../reference/load-reference.ts';
import { everyFinding } from '../registry/supplies/every-finding.sql.ts';
import {
  findOutcome,
  listFindings,
  listFindingsOfComune,
  type StoredFinding,
} from '../registry/supplies/supplies.sql.ts';
import { type Delivery, deliveryName } from '../services/intake/delivery.ts';
import { type IntakeResult, loadSupplies } from '../services/intake/intake.service.ts';
import { comuneOption } from './ask.ts';
import type { CommandContext } from './command.ts';
import { openContext } from './context.ts';
import { deliveriesOf } from './deliveries.ts';
import { labelsOf } from './labels.ts';
import { linkBehind } from './linkage-behind.ts';
import { SHOWN, writeFindings, writeOutcome } from './outcome-report.ts';
import { IntakeProgress, sizesOf } from './progress.ts';

function usage(italian: string, english: string): AppError {
  return new AppError('usage', italian, english);
}

async function outcomeOf(db: Database, ricevuta: string) {
  const outcome = await findOutcome(db, ricevuta);
  if (outcome !== null) return outcome;
  throw new AppError(
    'not-found',
    `nessuna ricevuta ${ricevuta}: si scrive AAAA/NNNNNNN, per esempio 2026/0000001.`,
    `no receipt ${ricevuta}: it is written YYYY/NNNNNNN, for example 2026/0000001.`,
  );
}

/** Writes findings a piece at a time: there may be a million, and none is left out. @param gap between two of them */
async function writeFindingsJson(
  context: CommandContext,
  findings: AsyncIterable<StoredFinding>,
  gap: '' | '\n',
): Promise<void> {
  let before = '[';
  for await (const finding of findings) {
    // Who reads more slowly than the register answers is waited for: else all of them would lie in memory.
    if (!context.out.write(`${before}${gap}${JSON.stringify(findingJson(finding))}`))
      await new Promise((resolve) => context.out.once('drain', resolve));
    before = ',';
  }
  context.out.write(before === '[' ? '[]' : `${gap}]`);
}

/** Writes the whole outcome as programs read it: receipt, counts, every finding. @param more beside it */
async function writeOutcomeJson(
  context: CommandContext,
  db: Database,
  ricevuta: string,
  { more, gap }: { readonly more: object; readonly gap: '' | '\n' },
): Promise<void> {
  const { supplyId, ...shown } = await outcomeOf(db, ricevuta);
  const head = JSON.stringify({ ...shown, ...more });
  context.out.write(`${head.slice(0, -1)},"segnalazioni":`);
  const wanted = { supplyId, comune: null, codice: null, closedToo: true };
  await writeFindingsJson(context, everyFinding(db, wanted), gap);
  context.out.write('}\n');
}

/** A finding with its details beside the rest: `id_evento_dipendente`, `facente_funzione`. */
function findingJson({ dettaglio, ...finding }: StoredFinding): object {
  return { ...finding, ...dettaglio };
}

/** A line for each result. */
async function writeResultJson(context: CommandContext, db: Database, result: IntakeResult): Promise<void> {
  if ('error' in result) {
    const { code: errore, italian: messaggio, english: message } = result.error;
    context.out.write(`${JSON.stringify({ file: result.file, errore, messaggio, message })}\n`);
    return;
  }
  const { ricevuta, repeated } = result.receipt;
  await writeOutcomeJson(context, db, ricevuta, { more: { ripetuta: repeated }, gap: '' });
}

/** Sizes by the name that each supply goes by. */
function deliverySizes(
  deliveries: readonly Delivery[],
  sizes: ReadonlyMap<string, number>,
): Map<string, number> {
  return new Map(
    deliveries.map((delivery) => [
      deliveryName(delivery),
      delivery.paths.reduce((sum, path) => sum + (sizes.get(basename(path)) ?? 0), 0),
    ]),
  );
}

/** Exit status 0 when every supply was accepted, 1 otherwise. */
export async function loadCommand(context: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...context.args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      conferma: { type: 'string', multiple: true, default: [] },
      mappa: { type: 'string' },
      comune: { type: 'string' },
      progressivo: { type: 'string' },
      'situazione-al': { type: 'string' },
    },
  });
  if (positionals.length === 0)
    throw usage(
      'intake load: indicare almeno un file, per esempio ./sipop intake load SIPOP_036023_000001_COMPLETA.zip',
      'intake load: name at least one file, for example ./sipop intake load SIPOP_036023_000001_COMPLETA.zip',
    );
  const paths = positionals.map((path) => resolve(path));
  const deliveries = deliveriesOf(context, 'intake load', paths, values);
  const progress = new IntakeProgress(
    context.out,
    deliverySizes(deliveries, await sizesOf(paths)),
    values.json,
  );
  const app = await openContext(context);
  try {
    const reference = loadReference({ dataFolder: app.dataFolder });
    const results = await loadSupplies(app.db, deliveries, {
      workFolder: join(app.dataFolder, 'intake'),
      now: app.now,
      reference,
      confirmed: new Set(values.conferma.map((name) => basename(name))),
      onEvent: progress.take,
    });
    if (values.json) for (const result of results) await writeResultJson(context, app.db, result);
    else {
      const told = results.find((r) => !('error' in r) && r.receipt.esito !== 'ACCETTATA');
      if (told !== undefined && 'receipt' in told)
        context.out.write(
          `Le segnalazioni di una fornitura / the findings of a supply: ${context.program} intake outcome ${told.receipt.ricevuta}\n`,
        );
    }
    await linkBehind(context, app, reference, values.json);
    return results.every((r) => !('error' in r) && r.receipt.esito !== 'RIFIUTATA') ? 0 : 1;
  } finally {
    await app.close();
  }
}

export async function outcomeCommand(context: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...context.args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, en: { type: 'boolean', default: false } },
  });
  const [ricevuta] = positionals;
  if (ricevuta === undefined)
    throw usage(
      'intake outcome: indicare la ricevuta, per esempio 2026/0000001',
      'intake outcome: name the receipt, for example 2026/0000001',
    );
  const app = await openContext(context);
  try {
    if (values.json) {
      await writeOutcomeJson(context, app.db, ricevuta, { more: {}, gap: '\n' });
      return 0;
    }
    const outcome = await outcomeOf(app.db, ricevuta);
    const findings = await listFindings(app.db, outcome.supplyId, SHOWN + 1);
    writeOutcome(context, outcome, values.en);
    writeFindings(context, findings, values.en);
    if (findings.length === 0) context.out.write('Nessuna segnalazione / no findings\n');
    return 0;
  } finally {
    await app.close();
  }
}

export async function findingsCommand(context: CommandContext): Promise<number> {
  const { values } = parseArgs({
    args: [...context.args],
    options: {
      comune: { type: 'string' },
      codice: { type: 'string' },
      chiuse: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      en: { type: 'boolean', default: false },
    },
  });
  if (values.comune === undefined)
    throw usage(
      'intake findings: indicare il comune, per nome o con il codice ISTAT, per esempio --comune 036023',
      'intake findings: name the comune, by its name or its ISTAT code, for example --comune 036023',
    );
  const labels = labelsOf(context);
  const comune = comuneOption(labels, 'intake findings', values.comune);
  const app = await openContext(context);
  try {
    const wanted = { codice: values.codice?.toUpperCase() ?? null, closedToo: values.chiuse };
    if (values.json) {
      await writeFindingsJson(context, everyFinding(app.db, { supplyId: null, comune, ...wanted }), '\n');
      context.out.write('\n');
      return 0;
    }
    const findings = await listFindingsOfComune(app.db, comune, { ...wanted, limit: SHOWN + 1 });
    writeFindings(context, findings, values.en, (f) =>
      values.en
        ? `${f.id_operazione === null ? `Supply ${f.progressivo}` : `Operation ${f.id_operazione}`}, receipt ${f.ricevuta}`
        : `${f.id_operazione === null ? `Fornitura ${f.progressivo}` : `Operazione ${f.id_operazione}`}, ricevuta ${f.ricevuta}`,
    );
    if (findings.length === 0) {
      const code = values.codice === undefined ? '' : ` ${values.codice}`;
      context.out.write(
        `Nessuna segnalazione${code} ${values.chiuse ? '' : 'aperta '}per ${labels.comune(comune)} / no ${values.chiuse ? '' : 'open '}findings${code}\n`,
      );
    }
    return 0;
  } finally {
    await app.close();
  }
}
