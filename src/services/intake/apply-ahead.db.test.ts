/** Small supplies are applied several ahead of their turn, and come out as if each had waited (docs/adr/0020). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bundle, famiglia, legame, soggetto } from '../../../test/support/bundles.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { event, preparedEvents, RECEIVED } from '../../../test/support/events.ts';
import { loadBundles } from '../../../test/support/load-bundles.ts';
import { type AppliedAhead, writeEventSupply } from '../../registry/events/event-supply.service.ts';
import type { PreparedEvents } from '../../registry/events/supply-applier.ts';
import { reserveNumbers } from '../../registry/supplies/supplies.sql.ts';
import { ApplyAhead } from './apply-ahead.ts';

const COMUNI = ['036001', '036002', '036003'];
const folder = mkdtempSync(join(tmpdir(), 'sipop-some-ahead-'));
let test: TestDatabase;
let prepared: PreparedEvents[];
beforeEach(async () => {
  test = await testDatabase();
  prepared = [];
  for (const comune of COMUNI) {
    await loadBundles(test.db, {
      comune,
      households: [famiglia(1)],
      bundles: [bundle(soggetto(1), [legame(1, 'F1')]), bundle(soggetto(2), [legame(2, 'F1')])],
    });
    const death = event('1', 'MORTE', '2025-03-01', {
      id_soggetto: 'S1',
      data_morte: '2025-03-01',
      comune_morte: comune,
      stato_morte: null,
    } as never);
    prepared.push(await preparedEvents(test.db, mkdtempSync(`${folder}-`), comune, 2, [death]));
  }
});
afterEach(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

const bases = async (): Promise<number[]> =>
  (
    await test.db.query<{ event_base: number }>(
      `select event_base from supplies where progressivo = 2 order by recorded_at`,
    )
  ).rows.map((r) => r.event_base);

it('three are applied before the first is written, each on the numbers that those before it will have taken', async () => {
  const ahead = new ApplyAhead(test.db);
  const applied: (AppliedAhead | null)[] = [];
  for (const supply of prepared) applied.push(await ahead.apply(supply, Promise.resolve()));
  expect(applied.map((a) => ahead.mayGoOn(a))).toEqual([true, true, true]);
  for (const [i, supply] of prepared.entries())
    await ahead.whileWriting(applied[i]!, () => writeEventSupply(test.db, supply, RECEIVED, applied[i]!));
  const [first] = await bases();
  // What was foreseen held: nothing was applied again under other numbers.
  expect(applied.map((a) => a!.applied.numbered.base.event)).toEqual([first, first! + 1, first! + 2]);
  expect(await bases()).toEqual([first, first! + 1, first! + 2]);
});

it('where the first comes to nothing, those after it are applied again on the numbers that are really next', async () => {
  const ahead = new ApplyAhead(test.db);
  const applied: (AppliedAhead | null)[] = [];
  for (const supply of prepared) applied.push(await ahead.apply(supply, Promise.resolve()));
  const lost = ahead.whileWriting(applied[0]!, () => Promise.reject(new Error('lost')));
  await expect(lost).rejects.toThrow('lost');
  for (const i of [1, 2])
    await ahead.whileWriting(applied[i]!, () =>
      writeEventSupply(test.db, prepared[i]!, RECEIVED, applied[i]!),
    );
  const first = applied[0]!.applied.numbered.base.event;
  expect(await bases()).toEqual([first, first + 1]);
});

it('while something is written of which nobody can tell which numbers it takes, the next waits for it', async () => {
  const ahead = new ApplyAhead(test.db);
  const gate = Promise.withResolvers<void>();
  const writing = ahead.whileWriting(null, async () => {
    await gate.promise;
    await reserveNumbers(test.db, 'event', 5);
  });
  const next = ahead.apply(prepared[0]!, writing);
  expect(await Promise.race([next, wait(300, 'waits')])).toBe('waits');
  gate.resolve();
  const applied = await next;
  await ahead.whileWriting(applied, () => writeEventSupply(test.db, prepared[0]!, RECEIVED, applied));
  expect(await bases()).toEqual([applied!.applied.numbered.base.event]);
});
