/** `sipop intake operation`: take operations in the national form, and write their answers. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../kernel/app-error.ts';
import { loadReference } from '../reference/load-reference.ts';
import {
  type OperationResult,
  takeOperations,
} from '../services/intake/anpr/operations/operations.service.ts';
import type { CommandContext } from './command.ts';
import { openContext } from './context.ts';
import { linkBehind } from './linkage-behind.ts';

/** Where answers go: a folder, or one after the other to the output. */
type Written = { readonly folder: string } | null;

/** Of several requests of one name (in several ZIPs) each answer has a name of its own. */
function answerName(result: OperationResult, used: Set<string>): string {
  const stem = basename(result.file).replace(/\.xml$/i, '');
  const plain = `${stem}.risposta.xml`;
  const name = used.has(plain)
    ? `${stem}.${createHash('sha256').update(result.answer).digest('hex').slice(0, 8)}.risposta.xml`
    : plain;
  used.add(name);
  return name;
}

/** What programs read: the answer's document among the rest. */
function resultJson(result: OperationResult): object {
  const { file, kind, comune, idOperazione, receipt, findings, events, answer } = result;
  return {
    file,
    operazione: kind,
    comune,
    id_operazione: idOperazione,
    ricevuta: receipt.ricevuta,
    esito: receipt.esito,
    ripetuta: receipt.repeated,
    eventi: events,
    segnalazioni: findings,
    risposta: answer,
  };
}

const ESITI = {
  ACCETTATA: 'applicata / applied (esito 2)',
  ACCETTATA_CON_SEGNALAZIONI: 'applicata con avvisi / applied with warnings (esito 6)',
  RIFIUTATA: 'non applicata / not applied (esito 3)',
} as const;

function line(result: OperationResult, name: string): string {
  const { kind, idOperazione, receipt, findings } = result;
  const what = kind === null ? result.file : `${kind} n. ${idOperazione} (${result.file})`;
  const again = receipt.repeated ? ', già presa / taken before' : '';
  const why = findings.map((f) => `    ${f.codice} ${f.messaggio}\n`).join('');
  return `${what}: ${ESITI[receipt.esito]}, ricevuta ${receipt.ricevuta}${again}\n${why}    → ${name}\n`;
}

/** Exit status 0 when every operation was applied, or had been, 1 otherwise. */
export async function operationCommand(context: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...context.args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, out: { type: 'string' } },
  });
  if (positionals.length === 0)
    throw new AppError(
      'usage',
      'intake operation: indicare almeno un file, per esempio ./sipop intake operation richiesta.xml',
      'intake operation: name at least one file, for example ./sipop intake operation request.xml',
    );
  const written: Written = values.out === undefined ? null : { folder: resolve(values.out) };
  if (written !== null) await mkdir(written.folder, { recursive: true });
  const used = new Set<string>();
  const app = await openContext(context);
  try {
    const reference = loadReference({ dataFolder: app.dataFolder });
    const results = await takeOperations(
      app.db,
      positionals.map((path) => resolve(path)),
      {
        workFolder: join(app.dataFolder, 'intake'),
        now: app.now,
        reference,
        onResult: async (result) => {
          const name = answerName(result, used);
          if (written !== null) await writeFile(join(written.folder, name), result.answer);
          if (values.json) context.out.write(`${JSON.stringify(resultJson(result))}\n`);
          else context.out.write(written === null ? result.answer : line(result, join(written.folder, name)));
        },
      },
    );
    // Answers are what the output is for.
    await linkBehind(context, app, reference, true);
    return results.every((r) => r.receipt.esito !== 'RIFIUTATA') ? 0 : 1;
  } finally {
    await app.close();
  }
}
