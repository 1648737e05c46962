/** `npm run docs`: writes docs/generated anew. A database of its own, made in a folder that goes away, tells the schema. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureRunning, stopServer } from '../../src/platform/db/embedded.ts';
import { migrate, readMigrations } from '../../src/platform/db/migrate.ts';
import { openDatabase } from '../../src/platform/db/pool.ts';
import { anprSubentroPage } from './anpr-page.ts';
import { contractPage, operationNamesPage } from './contract.ts';
import { mappingPage } from './mapping-page.ts';
import { operationsPage } from './operations-page.ts';
import { accessPage, commandsPage, errorsPage, MADE, openApiPage } from './pages.ts';
import { schemaPage } from './schema.sql.ts';

const root = resolve(import.meta.dirname, '../..');
const target = join(root, 'docs/generated');

async function schema(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'sipop-docs-'));
  chmodSync(folder, 0o711);
  try {
    const server = await ensureRunning({ dataFolder: folder, durable: false });
    const db = await openDatabase({
      url: server.url('sipop_owner'),
      applicationName: 'sipop docs',
      poolSize: 1,
    });
    try {
      await migrate(db, readMigrations(join(root, 'migrations')));
      return await schemaPage(db);
    } finally {
      await db.close();
    }
  } finally {
    await stopServer(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

writeFileSync(join(target, 'errors.md'), errorsPage());
writeFileSync(join(target, 'mappature.md'), mappingPage(MADE));
writeFileSync(join(target, 'commands.md'), commandsPage());
writeFileSync(join(target, 'access.md'), accessPage());
writeFileSync(join(target, 'anpr-operations.md'), operationsPage());
writeFileSync(join(target, 'anpr-subentro.md'), anprSubentroPage(MADE));
writeFileSync(join(target, 'openapi.json'), openApiPage());
writeFileSync(join(root, 'web/api/contract.ts'), await contractPage(JSON.parse(openApiPage())));
writeFileSync(join(root, 'web/api/operation-names.ts'), operationNamesPage(JSON.parse(openApiPage())));
writeFileSync(join(target, 'schema.sql'), await schema());
