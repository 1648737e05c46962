/** Loading many supplies through a few threads (docs/adr/0003). */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { goldenSupply } from '../../../test/support/golden-case.ts';
import type { AppError } from '../../kernel/app-error.ts';
import { loadReference } from '../../reference/load-reference.ts';
import { type IntakeResult, loadSupplies } from './intake.service.ts';

const GOLDEN = join(import.meta.dirname, '../../../test/golden/intake');
const scratch = mkdtempSync(join(tmpdir(), 'sipop-intake-'));
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
  rmSync(scratch, { recursive: true });
});

/** Archives of the sound little register, delivered by several comuni (their manifests agree with the names). */
function archives(comuni: readonly string[], progressivo = 1): string[] {
  return comuni.map((comune) => {
    const folder = mkdtempSync(join(scratch, 'case-'));
    writeFileSync(join(folder, 'case.json'), JSON.stringify({ rule: 'sound', comune, progressivo }));
    const supply = goldenSupply(folder, join(GOLDEN, '_base'));
    const path = join(scratch, supply.fileName);
    writeFileSync(path, supply.archive);
    return path;
  });
}

const esiti = (results: readonly IntakeResult[]): string[] =>
  results.map((r) => ('error' in r ? r.error.italian : r.receipt.esito));

const COMUNI = ['036001', '036002', '036003', '036004', '036005', '036006', '036007'];

it('loads more supplies than there are threads: a thread is used again', async () => {
  const paths = archives(COMUNI);
  const results = await loadSupplies(database.db, paths, {
    workFolder: join(scratch, 'work'),
    now: () => new Date('2025-02-10T08:00:00Z'),
    reference: loadReference(),
    threads: 2,
  });
  expect(esiti(results)).toEqual(COMUNI.map(() => 'ACCETTATA'));
});

const OTHERS = ['036008', '036009', '036010', '036011', '036012'];

it('a thread that dies is an error of its supply alone: each of the others is tried, with a thread of its own', async () => {
  const paths = archives(OTHERS);
  const options = {
    workFolder: join(scratch, 'dying'),
    now: () => new Date('2025-02-10T08:00:00Z'),
    reference: loadReference(),
    threads: 2,
  };
  // Less than the reference data alone take.
  const limits = { maxOldGenerationSizeMb: 10, maxYoungGenerationSizeMb: 4 };
  const died = await loadSupplies(database.db, paths, { ...options, threadLimits: limits });
  expect(died.map((r) => ('error' in r ? r.error.code : r.receipt.esito))).toEqual(
    OTHERS.map(() => 'check-died'),
  );
  expect(readdirSync(options.workFolder)).toEqual([]);
  expect(esiti(await loadSupplies(database.db, paths, options))).toEqual(OTHERS.map(() => 'ACCETTATA'));
});

it('a supply behind one that came to nothing is not checked, and says why: SIP-006 would blame the comune', async () => {
  const paths = [...archives(['036013'], 1), ...archives(['036013'], 2), ...archives(['036013'], 3)];
  const options = {
    workFolder: join(scratch, 'behind'),
    now: () => new Date('2025-02-10T08:00:00Z'),
    reference: loadReference(),
    threads: 1,
  };
  const limits = { maxOldGenerationSizeMb: 10, maxYoungGenerationSizeMb: 4 };
  const results = await loadSupplies(database.db, paths, { ...options, threadLimits: limits });
  const first = results[0]!.file;
  expect(results.map((r) => 'error' in r && r.error.code)).toEqual([
    'check-died',
    'check-died',
    'check-died',
  ]);
  for (const result of results.slice(1)) {
    const { italian, english } = (result as { error: AppError }).error;
    expect(italian).toContain(`perché non lo è stata ${first}, che viene prima`);
    expect(english).toContain('its check broke off');
  }
  const { rows } = await database.db.query("select from supplies where comune = '036013'");
  expect(rows).toEqual([]);
  expect(esiti(await loadSupplies(database.db, paths, options))).toEqual(paths.map(() => 'ACCETTATA'));
});
