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
import { comuneOption } from './ask.ts';
import type { CommandContext } from './command.ts';
import { openContext } from './context.ts';
import { labelsOf } from './labels.ts';
import { SHOWN, writeFindings, writeOutcome } from './outcome-report.ts';
import { IntakeProgress, sizesOf } from './progress.ts';

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
    else {
      const told = results.find((r) => !('error' in r) && r.receipt.esito !== 'ACCETTATA');
      if (told !== undefined && 'receipt' in told)
        context.out.write(
          `Le segnalazioni di una fornitura / the findings of a supply: ${context.program} intake outcome ${told.receipt.ricevuta}\n`,
        );
    }
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
      context.out.write(`${JSON.stringify(await outcomeJson(app.db, ricevuta), null, 2)}\n`);
      return 0;
    }
    const outcome = await findOutcome(app.db, ricevuta);
    if (outcome === null) {
      await outcomeJson(app.db, ricevuta);
      return 1;
    }
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
    const limit = values.json ? 1_000_000 : SHOWN + 1;
    const findings = await listFindingsOfComune(app.db, comune, {
      codice: values.codice?.toUpperCase() ?? null,
      closedToo: values.chiuse,
      limit,
    });
    if (values.json) {
      context.out.write(`${JSON.stringify(findings.map(findingJson), null, 2)}\n`);
      return 0;
    }
    writeFindings(context, findings, values.en, (f) =>
      values.en
        ? `Supply ${f.progressivo}, receipt ${f.ricevuta}`
        : `Fornitura ${f.progressivo}, ricevuta ${f.ricevuta}`,
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
