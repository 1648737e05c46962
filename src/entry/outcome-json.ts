/** Outcomes and findings as programs read them: whole, a piece at a time. */
import { AppError } from '../kernel/app-error.ts';
import type { Database } from '../platform/db/pool.ts';
import { everyFinding } from '../registry/supplies/every-finding.sql.ts';
import { findOutcome, type StoredFinding } from '../registry/supplies/supplies.sql.ts';
import { withheldWhereSealed } from '../services/intake/shown-findings.ts';
import type { CommandContext } from './command.ts';

export async function outcomeOf(db: Database, ricevuta: string) {
  const outcome = await findOutcome(db, ricevuta);
  if (outcome !== null) return outcome;
  throw new AppError(
    'not-found',
    `nessuna ricevuta ${ricevuta}: si scrive AAAA/NNNNNNN, per esempio 2026/0000001.`,
    `no receipt ${ricevuta}: it is written YYYY/NNNNNNN, for example 2026/0000001.`,
  );
}

/** Writes findings a piece at a time: there may be a million, and none is left out. @param gap between two of them */
export async function writeFindingsJson(
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
export async function writeOutcomeJson(
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
function findingJson(found: StoredFinding): object {
  const { dettaglio, sealed_since: _, ...finding } = withheldWhereSealed(found);
  return { ...finding, ...dettaglio };
}
