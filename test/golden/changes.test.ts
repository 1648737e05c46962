/**
 * Every folder of test/golden/changes is a COMPLETA with the supplies of changes that follow it, loaded into a real database,
 * and what comes of them: one for each finding that a VARIAZIONI can have (tracciato.md 4).
 *
 * `eventi.jsonl` is supply 2, `eventi.3.jsonl` supply 3, and so on; tables that a folder leaves out are those of `_base`.
 * `chiuse` are the findings that a later supply closed.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Delivery, deliver, situazioneOf } from '../support/changes.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { expectedOf, readCase, writeChanged } from '../support/golden-case.ts';
import type { Json } from '../support/supply-zip.ts';

const ROOT = join(import.meta.dirname, 'changes');
const BASE = join(ROOT, '_base');
const COMUNE = '036042';
const folders = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== '_base')
  .map(({ name }) => name);

function deliveriesOf(folder: string): Delivery[] {
  const tables = new Map<string, Buffer>();
  for (const name of readdirSync(BASE)) tables.set(name, readFileSync(join(BASE, name)));
  for (const name of readdirSync(folder))
    if (name.endsWith('.csv')) tables.set(name, readFileSync(join(folder, name)));
  const changes = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => ({ name, progressivo: Number(/^eventi\.(\d+)\.jsonl$/.exec(name)?.[1] ?? 2) }))
    .sort((a, b) => a.progressivo - b.progressivo);
  return [
    { tipo: 'COMPLETA', comune: COMUNE, progressivo: 1, situazione_al: '2024-12-31', files: tables },
    ...changes.map(
      ({ name, progressivo }): Delivery => ({
        tipo: 'VARIAZIONI',
        comune: COMUNE,
        progressivo,
        situazione_al: situazioneOf(progressivo),
        files: new Map([['eventi.jsonl', readFileSync(join(folder, name))]]),
      }),
    ),
  ];
}

let test: TestDatabase;
beforeEach(async () => {
  test = await testDatabase({ reused: true });
});
afterEach(() => test.drop());

async function outcomeOf(folder: string): Promise<Json> {
  const [, ...forniture] = await deliver(test.db, deliveriesOf(folder));
  const { rows: chiuse } = await test.db.query<Json>(
    `select s.progressivo, f.codice, f.riga, c.progressivo as chiusa_da
       from findings f join supplies s using (supply_id) join supplies c on c.supply_id = f.chiusa_da
      order by f.supply_id, f.n`,
  );
  return {
    forniture: forniture.map(({ ricevuta: _r, repeated: _p, ...outcome }) => ({
      ...outcome,
      // Closed findings are told once, below; the mark of a sealing never leaves (outcome-json.ts).
      segnalazioni: outcome.segnalazioni.map(({ chiusa_da: _c, sealed_since: _s, ...f }) => f),
    })),
    ...(chiuse.length === 0 ? {} : { chiuse }),
  };
}

describe('golden folders of changes', () => {
  it.each(folders.map((name) => [name, readCase(join(ROOT, name)).rule]))('%s: %s', async (name) => {
    const folder = join(ROOT, name);
    expect(existsSync(join(folder, 'eventi.jsonl'))).toBe(true);
    const outcome = await outcomeOf(folder);
    const expected = expectedOf(folder);
    if (!isDeepStrictEqual(outcome, expected)) writeChanged(folder, outcome);
    expect(outcome).toEqual(expected);
  });
});
