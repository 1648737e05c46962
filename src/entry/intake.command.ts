/** `sipop intake load`: deliver supplies. */
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../kernel/app-error.ts';
import type { Database } from '../platform/db/pool.ts';
import { loadReference } from '../reference/load-reference.ts';
import { type Delivery, deliveryName } from '../services/intake/delivery.ts';
import { type IntakeResult, loadSupplies } from '../services/intake/intake.service.ts';
import type { CommandContext } from './command.ts';
import { openContext } from './context.ts';
import { deliveriesOf } from './deliveries.ts';
import { linkBehind } from './linkage-behind.ts';
import { writeOutcomeJson } from './outcome-json.ts';
import { IntakeProgress, sizesOf } from './progress.ts';

function usage(italian: string, english: string): AppError {
  return new AppError('usage', italian, english);
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
