/** `sipop intake load|outcome|findings`: deliver supplies, read outcomes again, see what is still to mend. */
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../kernel/app-error.ts';
import type { Database } from '../platform/db/pool.ts';
import { loadReference } from '../reference/load-reference.ts';
import {
  findOutcome,
  listFindings,
  listFindingsOfComune,
  type StoredFinding,
} from '../registry/supplies/supplies.sql.ts';
import { type IntakeResult, loadSupplies } from '../services/intake/intake.service.ts';
import type { CommandContext } from './command.ts';
import { openContext } from './context.ts';
import { IntakeProgress, sizesOf } from './progress.ts';

const SHOWN = 200;

function usage(italian: string, english: string): AppError {
  return new AppError('usage', italian, english);
}

/** The whole outcome as programs read it: receipt, counts, every finding. */
async function outcomeJson(db: Database, ricevuta: string): Promise<object> {
  const outcome = await findOutcome(db, ricevuta);
  if (outcome === null)
    throw new AppError(
      'not-found',
      `nessuna ricevuta ${ricevuta}: si scrive AAAA/NNNNNNN, per esempio 2026/0000001.`,
      `no receipt ${ricevuta}: it is written YYYY/NNNNNNN, for example 2026/0000001.`,
    );
  const { supplyId, ...shown } = outcome;
  const segnalazioni = await listFindings(db, supplyId, 1_000_000);
  return { ...shown, segnalazioni: segnalazioni.map(findingJson) };
}

/** A finding with its details beside the rest: `id_evento_dipendente`, `facente_funzione`. */
function findingJson({ dettaglio, ...finding }: StoredFinding): object {
  return { ...finding, ...dettaglio };
}

async function resultJson(db: Database, result: IntakeResult): Promise<object> {
  if ('error' in result)
    return {
      file: result.file,
      errore: result.error.code,
      messaggio: result.error.italian,
      message: result.error.english,
    };
  return { ...(await outcomeJson(db, result.receipt.ricevuta)), ripetuta: result.receipt.repeated };
}

/** Exit status 0 when every supply was accepted, 1 otherwise. */
export async function loadCommand(context: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...context.args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      conferma: { type: 'string', multiple: true, default: [] },
    },
  });
  if (positionals.length === 0)
    throw usage(
      'intake load: indicare almeno un file, per esempio ./sipop intake load SIPOP_036023_000001_COMPLETA.zip',
      'intake load: name at least one file, for example ./sipop intake load SIPOP_036023_000001_COMPLETA.zip',
    );
  const paths = positionals.map((path) => resolve(path));
  const progress = new IntakeProgress(context.out, await sizesOf(paths), values.json);
  const app = await openContext(context);
  try {
    const results = await loadSupplies(app.db, paths, {
      workFolder: join(app.dataFolder, 'intake'),
      now: app.now,
      reference: loadReference({ dataFolder: app.dataFolder }),
      confirmed: new Set(values.conferma.map((name) => basename(name))),
      onEvent: progress.take,
    });
    if (values.json)
      for (const result of results)
        context.out.write(`${JSON.stringify(await resultJson(app.db, result))}\n`);
    else if (results.some((r) => !('error' in r) && r.receipt.esito !== 'ACCETTATA'))
      context.out.write(
        'Le segnalazioni di una fornitura / the findings of a supply: ./sipop intake outcome RICEVUTA\n',
      );
    return results.every((r) => !('error' in r) && r.receipt.esito !== 'RIFIUTATA') ? 0 : 1;
  } finally {
    await app.close();
  }
}

/** One finding as a clerk reads it: where, what, and what to do. */
function findingLines(f: StoredFinding, english: boolean): string {
  const where = [
    f.file === null ? 'fornitura' : f.file,
    f.riga === null ? '' : `riga ${f.riga}`,
    f.id_soggetto === '' ? '' : `soggetto ${f.id_soggetto}`,
    f.id_famiglia === null ? '' : `famiglia ${f.id_famiglia}`,
    f.id_evento === null ? '' : `evento ${f.id_evento}`,
  ].filter((part) => part !== '');
  const closed = f.chiusa_da === null ? '' : `  [chiusa dalla fornitura ${f.chiusa_da}]`;
  return `${f.gravita} ${f.codice.padEnd(8)} ${where.join(', ')}${closed}\n    ${english ? f.messaggio_en : f.messaggio}\n`;
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
      context.out.write(`${JSON.stringify(await outcomeJson(app.db, ricevuta), null, 2)}\n`);
      return 0;
    }
    const outcome = await findOutcome(app.db, ricevuta);
    if (outcome === null) {
      await outcomeJson(app.db, ricevuta);
      return 1;
    }
    const findings = await listFindings(app.db, outcome.supplyId, SHOWN + 1);
    context.out.write(
      `Ricevuta ${outcome.ricevuta}  ${outcome.file}\nEsito    ${outcome.esito}${outcome.situazione_al === null ? '' : `, situazione al ${outcome.situazione_al}`}\n\n`,
    );
    const files = [...new Set([...Object.keys(outcome.lette), ...Object.keys(outcome.scartate)])];
    if (files.length > 0)
      context.out.write(
        `${'file'.padEnd(20)}${'lette'.padStart(10)}${'applicate'.padStart(11)}${'scartate'.padStart(10)}${'segnalate'.padStart(11)}\n`,
      );
    for (const file of files)
      context.out.write(
        `${file.padEnd(20)}${String(outcome.lette[file] ?? 0).padStart(10)}${String(outcome.applicate[file] ?? 0).padStart(11)}${String(outcome.scartate[file] ?? 0).padStart(10)}${String(outcome.segnalate[file] ?? 0).padStart(11)}\n`,
      );
    context.out.write('\n');
    for (const finding of findings.slice(0, SHOWN)) context.out.write(findingLines(finding, values.en));
    if (findings.length === 0) context.out.write('Nessuna segnalazione / no findings\n');
    if (findings.length > SHOWN)
      context.out.write(`… le prime ${SHOWN}; tutte con --json / the first ${SHOWN}; all with --json\n`);
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
  if (values.comune === undefined || !/^\d{6}$/.test(values.comune))
    throw usage(
      'intake findings: indicare il comune con il codice ISTAT di 6 cifre, per esempio --comune 036023',
      'intake findings: name the comune by its 6-digit ISTAT code, for example --comune 036023',
    );
  const app = await openContext(context);
  try {
    const limit = values.json ? 1_000_000 : SHOWN + 1;
    const findings = await listFindingsOfComune(app.db, values.comune, {
      codice: values.codice ?? null,
      closedToo: values.chiuse,
      limit,
    });
    if (values.json) {
      context.out.write(`${JSON.stringify(findings.map(findingJson), null, 2)}\n`);
      return 0;
    }
    let ricevuta = '';
    for (const finding of findings.slice(0, SHOWN)) {
      if (finding.ricevuta !== ricevuta) {
        ricevuta = finding.ricevuta;
        context.out.write(`Fornitura ${finding.progressivo}, ricevuta ${ricevuta}\n`);
      }
      context.out.write(findingLines(finding, values.en));
    }
    if (findings.length === 0)
      context.out.write(
        `Nessuna segnalazione aperta per il comune ${values.comune} / no open findings for comune ${values.comune}\n`,
      );
    if (findings.length > SHOWN)
      context.out.write(`… le prime ${SHOWN}; tutte con --json / the first ${SHOWN}; all with --json\n`);
    return 0;
  } finally {
    await app.close();
  }
}
