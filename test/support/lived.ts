/** A life delivered to a database by the road of the intake. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadReference } from '../../src/reference/load-reference.ts';
import { getKnownAt } from '../../src/registry/answers/known-at.sql.ts';
import type { KnownAt } from '../../src/registry/answers/known-at.ts';
import { type IntakeResult, loadSupplies } from '../../src/services/intake/intake.service.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { archive } from './lives-supplies.ts';
import { type SupplyParts, supplyName } from './supply-zip.ts';

export const reference = loadReference();

export interface Lived {
  readonly test: TestDatabase;
  /** Delivers supplies in the order given. @returns the results, none of them an error or a refusal */
  deliver(supplies: readonly SupplyParts[], onResult?: () => void): Promise<IntakeResult[]>;
  knownAt(): Promise<KnownAt>;
  end(): Promise<void>;
}

export async function beginLife(): Promise<Lived> {
  const test = await testDatabase({ poolSize: 3 });
  const folder = mkdtempSync(join(tmpdir(), 'sipop-life-'));
  return {
    test,
    deliver: async (supplies, onResult) => {
      const results = await loadSupplies(
        test.db,
        supplies.map((supply) => archive(folder, supply)),
        {
          workFolder: join(folder, 'intake'),
          now: () => new Date('2026-02-01T09:00:00Z'),
          reference,
          threads: 1,
          // Of so few residents one to be cancelled is too many (SIP-014).
          confirmed: new Set(supplies.map(supplyName)),
          ...(onResult === undefined ? {} : { onResult }),
        },
      );
      for (const result of results) {
        if ('error' in result) throw result.error;
        if (result.receipt.esito === 'RIFIUTATA') throw new Error(`${result.file} was refused`);
      }
      return results;
    },
    knownAt: () => getKnownAt(test.db, null),
    end: async () => {
      await test.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
