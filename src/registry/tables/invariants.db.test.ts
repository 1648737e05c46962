/** What no constraint says is refused before the commit (registry.md, Invariants 1 and 2; docs/adr/0007). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundle, famiglia, legame, soggetto } from '../../../test/support/bundles.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { loadBundles } from '../../../test/support/load-bundles.ts';
import type { Client } from '../../platform/db/pool.ts';
import { findViolations, type Violation, type Written } from './invariants.sql.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await loadBundles(test.db, {
    comune: '036001',
    households: [famiglia(1), famiglia(2)],
    bundles: [bundle(soggetto(1), [legame(1, 'F1')]), bundle(soggetto(2), [legame(2, 'F2')])],
  });
});
afterAll(() => test.drop());

/** Changes the register by hand, asks, and takes the change back. */
async function brokenBy(statement: string, scope: (client: Client) => Promise<Written>): Promise<string[]> {
  const seen: Violation[] = [];
  const undo = new Error('undo');
  await test.db
    .transaction(async (client) => {
      await client.query(statement);
      seen.push(...(await findViolations(client, await scope(client))));
      throw undo;
    })
    .catch((error) => {
      if (error !== undo) throw error;
    });
  return seen.map((v) => v.rule);
}

async function listEntries(client: Client): Promise<number[]> {
  const { rows } = await client.query<{ entry_id: number }>('select entry_id from entries');
  return rows.map((r) => r.entry_id);
}

const everybody = [0, 1_000_000] as const;
const scopes = {
  'a full supply': async (): Promise<Written> => ({
    kind: 'blocks',
    entries: everybody,
    households: everybody,
  }),
  'a later full supply': async (client: Client): Promise<Written> => ({
    kind: 'listed',
    entries: await listEntries(client),
  }),
  'a supply of changes': async (client: Client): Promise<Written> => {
    const entries = await listEntries(client);
    return { kind: 'moved', cameIn: () => entries, tied: entries };
  },
};

/** A second, closed spell beside the open one: no unique index sees it. */
const doubled = (table: string, columns: string): string =>
  `insert into ${table} (entry_id, valid_from, valid_to, event_id, source_row, recorded_from, ${columns})
   select entry_id, valid_from + 1, date '2024-06-01', event_id, source_row + 1, recorded_from, ${columns} from ${table}`;

const BREAKS: readonly (readonly [rule: string, statement: string])[] = [
  ['registrations overlap', doubled('registrations', 'comune, motivo_iscrizione')],
  ['civil_statuses overlap', doubled('civil_statuses', 'stato_civile')],
  ['citizenships overlap', doubled('citizenships', 'stato')],
  ['dwellings overlap', doubled('dwellings', 'comune, street_key, civico_key')],
  ['memberships overlap', doubled('memberships', 'household_id, relazione')],
  ['membership outside household', "update households set valid_to = date '2024-01-01'"],
  ['membership outside household', 'update households set valid_from = valid_from + 30000'],
  ['membership outside household', 'delete from households'],
];

for (const [name, scope] of Object.entries(scopes)) {
  it(`finds nothing in what ${name} wrote and the rules allow`, async () => {
    expect(await brokenBy('select 1', scope)).toEqual([]);
  });
  it.each(BREAKS)(`refuses of ${name}: %s (%s)`, async (rule, statement) => {
    expect(await brokenBy(statement, scope)).toContain(rule);
  });
}
