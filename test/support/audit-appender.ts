/**
 * A process to be killed: eight clients look, one question after another, and each answer that is handed out is written to the
 * standard output as the index and the hash of its leaf. Arguments: the database's address, the file of keys.
 */
import { writeSync } from 'node:fs';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { withAudit } from '../../src/access/audit/with-audit.ts';
import { openDatabase } from '../../src/platform/db/pool.ts';

const CLIENTS = 8;
const [url = '', keyFile = ''] = process.argv.slice(2);
const db = await openDatabase({ url, applicationName: 'to be killed', poolSize: 1 });
const audit = new AuditLog(db, makeAuditKeys(keyFile));

async function client(name: string): Promise<never> {
  for (let n = 0; ; n++) {
    const released = await withAudit(
      { audit, now: () => new Date() },
      {
        caller: { user: name, client: null, body: 'B1', from: '10.0.0.1' },
        operation: 'person.read',
        kind: 'consulted',
        purpose: 'anagrafe',
        file: String(n),
        sought: [],
      },
      async () => ({ answer: n, subjects: [`P${n % 50}`], fields: ['nome'], count: 1 }),
    );
    writeSync(1, `${released.leaf.index} ${released.leaf.hash.toString('hex')}\n`);
  }
}
await Promise.all(Array.from({ length: CLIENTS }, (_, i) => client(`U${i}`)));
