/** Audits for tests: a log on a database of its own, entries to append, and a superuser's hands. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditLog, type NewEntry } from '../../src/access/audit/append.service.ts';
import { type AuditKeys, makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { type Database, openDatabase } from '../../src/platform/db/pool.ts';
import { type TestDatabase, testDatabase } from './database.ts';

export interface TestAudit {
  readonly t: TestDatabase;
  readonly db: Database;
  /** As the superuser. */
  readonly owner: Database;
  readonly keys: AuditKeys;
  readonly log: AuditLog;
  /** A folder of the test's own, where the keys are too. */
  readonly folder: string;
  remove(): Promise<void>;
}

export async function testAudit(from?: TestAudit): Promise<TestAudit> {
  const folder = mkdtempSync(join(tmpdir(), 'sipop-audit-'));
  const t = from === undefined ? await testDatabase() : await from.t.clone();
  const keys = from?.keys ?? makeAuditKeys(join(folder, 'audit-keys.json'));
  const owner = await openDatabase({ url: t.ownerUrl, applicationName: 'test owner', poolSize: 1 });
  return {
    t,
    db: t.db,
    owner,
    keys,
    log: new AuditLog(t.db, keys),
    folder,
    remove: async () => {
      await owner.close();
      await t.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An ordinary consultation, with what the test says otherwise. */
export const entry = (n: number, given: Partial<NewEntry> = {}): NewEntry => ({
  at: new Date(Date.UTC(2026, 10, 24, 10, 0, 0, n)).toISOString(),
  caller: { user: `U${n % 3}`, client: null, body: 'B1', from: '10.0.0.1' },
  operation: 'person.read',
  kind: 'consulted',
  purpose: 'anagrafe',
  file: `2026/${n}`,
  subjects: [`P${n % 5}`],
  fields: ['cognome', 'nome'],
  count: 1,
  outcome: 'answered',
  reason: null,
  ...given,
});

export async function appendMany(log: AuditLog, count: number, from = 0): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, i) => log.append(entry(from + i))));
}
