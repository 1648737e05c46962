/** Supplies of changes through the whole intake: a COMPLETA and what follows it, into a real database, and what comes of them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../src/platform/db/pool.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { findOutcome, listFindings } from '../../src/registry/supplies/supplies.sql.ts';
import { loadSupplies } from '../../src/services/intake/intake.service.ts';
import { type Json, supplyName, supplyZip } from './supply-zip.ts';

const REFERENCE = loadReference();

export interface Delivery {
  readonly tipo: 'COMPLETA' | 'VARIAZIONI';
  readonly comune: string;
  readonly progressivo: number;
  readonly situazione_al: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

/** What the comune reads of a supply, the sentences apart. */
export interface DeliveredOutcome {
  readonly ricevuta: string;
  readonly repeated: boolean;
  readonly esito: string;
  readonly lette: Json;
  readonly applicate: Json;
  readonly scartate: Json;
  readonly segnalazioni: readonly Json[];
}

/** Day 28 of the month of a supply of changes: 2 is January 2025. */
export function situazioneOf(progressivo: number): string {
  const month = progressivo - 1;
  return `2025-${String(month).padStart(2, '0')}-28`;
}

/** @throws AppError where a supply could not be read or written at all */
export async function deliver(
  db: Database,
  deliveries: readonly Delivery[],
  today = '2025-12-31T09:00:00Z',
): Promise<DeliveredOutcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sipop-deliver-'));
  try {
    const paths = deliveries.map((d) => {
      const parts = { ...d };
      const path = join(folder, supplyName(parts));
      writeFileSync(path, supplyZip(parts));
      return path;
    });
    const results = await loadSupplies(db, paths, {
      workFolder: join(folder, 'work'),
      now: () => new Date(today),
      reference: REFERENCE,
      threads: 1,
    });
    const outcomes: DeliveredOutcome[] = [];
    for (const result of results) {
      if ('error' in result) throw result.error;
      const outcome = (await findOutcome(db, result.receipt.ricevuta))!;
      const found = await listFindings(db, outcome.supplyId, 10_000);
      outcomes.push({
        ricevuta: outcome.ricevuta,
        repeated: result.receipt.repeated,
        esito: outcome.esito,
        lette: outcome.lette,
        applicate: outcome.applicate,
        scartate: outcome.scartate,
        segnalazioni: found.map(({ ricevuta: _r, progressivo: _p, messaggio: _m, messaggio_en: _e, ...f }) =>
          withoutEmpty(f),
        ),
      });
    }
    return outcomes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The keys that say something: expected files are read by people. */
function withoutEmpty({ dettaglio, ...finding }: Json): Json {
  const all = { ...finding, ...((dettaglio ?? {}) as Json) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '' && value !== null));
}
