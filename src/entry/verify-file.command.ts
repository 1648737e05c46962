/** `sipop verify --file`: a file of declarations, answered row by row, with progress; a run that was stopped goes on with --lotto. */
import { readFileSync, writeFileSync } from 'node:fs';
import { AppError } from '../kernel/app-error.ts';
import { decodeText } from '../platform/csv/read-csv.ts';
import {
  beginBatch,
  getBatch,
  MOST_CHUNKS,
  readResults,
} from '../services/verification/batches/batches.service.ts';
import { TEMPLATE } from '../services/verification/batches/columns.ts';
import { runBatches, tidyBatches } from '../services/verification/batches/run-batches.service.ts';
import { commandLineCaller, onAudit } from './audit-context.ts';
import { batchContext } from './batch-context.ts';
import type { CommandContext } from './command.ts';
import type { AppContext } from './context.ts';
import { type AskOptions, usageError } from './options.ts';

/** `--scopo` is what `--purpose` was called here at first. */
export const FILE_OPTIONS = ['file', 'lotto', 'esiti', 'ricevuta', 'purpose', 'scopo', 'pratica'] as const;

function readInput(path: string): string {
  try {
    return decodeText(readFileSync(path));
  } catch (error) {
    throw new AppError(
      'usage',
      `verify: «${path}» non si legge: controllare il nome del file`,
      `verify: "${path}" cannot be read: check the name of the file`,
      error,
    );
  }
}

async function begin(app: AppContext, options: AskOptions, path: string): Promise<string> {
  const caller = commandLineCaller();
  const { batchId } = await beginBatch(
    app.db,
    {
      user: caller.user ?? '',
      body: { id: null, name: 'SIPOP, riga di comando' },
      address: caller.from,
      certificate: false,
      secondFactor: false,
      purpose: options.value('purpose') ?? options.value('scopo') ?? null,
      file: options.value('pratica') ?? null,
    },
    { csv: readInput(path), al: options.al, notoAl: options.notoAl },
    app.now(),
  );
  return batchId;
}

/** The whole file of outcomes, as far as it has come. */
async function written(app: AppContext, batchId: string): Promise<string> {
  const batch = await getBatch(app.db, batchId, null);
  const parts: string[] = [];
  for (let from: number | null = 0; from !== null; ) {
    const { csv, next } = await readResults(app.db, batch, from);
    parts.push(csv);
    // Where the batch goes on, what is not there yet is not waited for.
    from = next === null || next - from < MOST_CHUNKS ? null : next;
  }
  return parts.join('');
}

/** Exit status 0 where every row was answered, 4 where some were wrong, 1 where it was stopped. */
export async function verifyFileCommand(context: CommandContext, options: AskOptions): Promise<number> {
  const [file, lotto] = [options.value('file'), options.value('lotto')];
  if ((file === undefined) === (lotto === undefined) || options.words.length > 0)
    throw usageError(
      'verify',
      `indicare --file FILE.csv, oppure --lotto per riprenderne uno; le colonne sono: ${TEMPLATE}`,
      `give --file FILE.csv, or --lotto to go on with one; the columns are: ${TEMPLATE}`,
    );
  return onAudit(context, async (app, audit) => {
    const batchId = lotto ?? (await begin(app, options, file ?? ''));
    const work = await batchContext(app, audit);
    const ending = new AbortController();
    const stop = () => ending.abort();
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    try {
      await getBatch(app.db, batchId, null);
      await runBatches(work, ending.signal, batchId, async () => {
        if (!context.err.isTTY) return;
        const { done, rows } = await getBatch(app.db, batchId, null);
        context.err.write(`\r${batchId}: ${done}/${rows}`);
      });
      await tidyBatches(work);
    } finally {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    }
    if (context.err.isTTY) context.err.write('\n');
    const batch = await getBatch(app.db, batchId, null);
    const csv = await written(app, batchId);
    const output = options.value('esiti');
    if (output === undefined) context.out.write(csv);
    else writeFileSync(output, csv);
    const receipt = options.value('ricevuta');
    if (receipt !== undefined && batch.receipt !== null)
      writeFileSync(receipt, `${batch.receipt}~${batch.disclosure}~\n`);
    const { S, N, A, errori, done, rows } = batch;
    context.err.write(
      `${batchId}: ${done}/${rows} righe / rows; S ${S}, N ${N}, A ${A}, errori / errors ${errori}\n`,
    );
    if (done < rows) {
      context.err.write(
        `interrotto: riprendere con / stopped: go on with  ./sipop verify --lotto ${batchId}\n`,
      );
      return 1;
    }
    return errori > 0 ? 4 : 0;
  });
}
