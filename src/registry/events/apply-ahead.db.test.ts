/** What is applied ahead of its turn comes out as if it had waited for it (intake/apply-ahead.ts; registry.md, Three dates and two times). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bundle, famiglia, legame, soggetto } from '../../../test/support/bundles.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { event, preparedEvents, RECEIVED } from '../../../test/support/events.ts';
import { loadBundles } from '../../../test/support/load-bundles.ts';
import type { EventRecord } from './event-records.ts';
import { applyAhead, numbersAfter, writeEventSupply } from './event-supply.service.ts';
import type { PreparedEvents } from './supply-applier.ts';

const [A, B] = ['036001', '036002'];
const folder = mkdtempSync(join(tmpdir(), 'sipop-ahead-'));
let test: TestDatabase;
beforeEach(async () => {
  test = await testDatabase();
  for (const comune of [A, B])
    await loadBundles(test.db, {
      comune,
      households: [famiglia(1)],
      bundles: [bundle(soggetto(1), [legame(1, 'F1')]), bundle(soggetto(2), [legame(2, 'F1')])],
    });
});
afterEach(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

const death = (id: string, id_soggetto: string): EventRecord =>
  event(id, 'MORTE', '2025-03-01', {
    id_soggetto,
    data_morte: '2025-03-01',
    comune_morte: A,
    stato_morte: null,
  } as never);

const prepare = (comune: string, ...events: EventRecord[]): Promise<PreparedEvents> =>
  preparedEvents(test.db, mkdtempSync(`${folder}-`), comune, 2, events);

/** The deaths held, with the event and the supply's numbers. */
async function held(): Promise<string[]> {
  const { rows } = await test.db.query<{ row: string }>(
    `select v.comune || ' ' || v.id_evento || ' ' || n.id_soggetto || ' ' || (v.event_id - s.event_base) as row
       from deaths d join events v using (event_id) join entries n on n.entry_id = d.entry_id join supplies s using (supply_id)
      order by 1`,
  );
  return rows.map((r) => r.row);
}

it('a supply applied while another is written takes the numbers after those of the other', async () => {
  const [first, second] = [await prepare(A, death('1', 'S1')), await prepare(B, death('2', 'S2'))];
  const one = await applyAhead(test.db, first, null);
  const two = await applyAhead(test.db, second, numbersAfter(one!));
  await writeEventSupply(test.db, first, RECEIVED, one);
  await writeEventSupply(test.db, second, RECEIVED, two);
  expect(two!.applied.numbered.base.event).toBe(one!.applied.numbered.base.event + 1);
  expect(await held()).toEqual([`${A} 1 S1 1`, `${B} 2 S2 1`]);
});

it('numbers that were given to somebody else meanwhile are not taken twice: the supply is applied again', async () => {
  const [first, second] = [await prepare(A, death('1', 'S1')), await prepare(B, death('2', 'S2'))];
  const late = await applyAhead(test.db, second, null);
  await writeEventSupply(test.db, first, RECEIVED);
  await writeEventSupply(test.db, second, RECEIVED, late);
  expect(await held()).toEqual([`${A} 1 S1 1`, `${B} 2 S2 1`]);
});

it('a comune of which something was recorded meanwhile is looked at again: what was applied ahead is forgotten', async () => {
  const [first, other] = [await prepare(A, death('1', 'S1')), await prepare(A, death('2', 'S2'))];
  const ahead = await applyAhead(test.db, first, null);
  await writeEventSupply(test.db, other, RECEIVED);
  await expect(writeEventSupply(test.db, first, RECEIVED, ahead)).rejects.toMatchObject({ code: 'conflict' });
  expect(await held()).toEqual([`${A} 2 S2 1`]);
});

it('only the next supply of a comune is applied ahead', async () => {
  const { supply, ...rest } = await prepare(A, death('1', 'S1'));
  expect(await applyAhead(test.db, { ...rest, supply: { ...supply, progressivo: 3 } }, null)).toBeNull();
  expect(await applyAhead(test.db, { ...rest, supply: { ...supply, esito: 'RIFIUTATA' } }, null)).toBeNull();
});
