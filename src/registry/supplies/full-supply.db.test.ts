import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, famiglia, legame, soggetto } from '../../../test/support/bundles.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { later, loadBundles } from '../../../test/support/load-bundles.ts';
import { day } from '../../kernel/day.ts';
import type { EntryBundle, SoggettoRecord } from '../claims/records.ts';
import { findPosition } from './supplies.sql.ts';

const CF = 'RSSMRA80E04F257K';

/** One subject in a family of his own. */
function alone(riga: number, change: Partial<SoggettoRecord>): EntryBundle {
  return bundle(soggetto(riga, change), [legame(riga, `F${riga}`)]);
}

async function load(test: TestDatabase, comune: string, bundles: readonly EntryBundle[]) {
  const households = bundles.map((b) => famiglia(b.soggetto.riga));
  return loadBundles(test.db, { comune, households, bundles });
}

async function persons(test: TestDatabase): Promise<Record<string, string>> {
  const { rows } = await test.db.query<{ entry: string; person: string }>(
    `select e.comune || ':' || e.id_soggetto as entry, o.comune || ':' || o.id_soggetto as person
       from entries e join person_entries p using (entry_id) join entries o on o.entry_id = p.person_id`,
  );
  return Object.fromEntries(rows.map((r) => [r.entry, r.person]));
}

describe('entries of two comuni are one person when the validated code agrees (registry.md, People, not rows)', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase();
    await load(test, '036001', [
      alone(1, { codice_fiscale: CF, validita_cf: '1' }),
      alone(2, { codice_fiscale: 'VRDLCU70A01F257X', validita_cf: '9' }),
      alone(3, { codice_fiscale: 'BNCLRA75A41F257W', validita_cf: '1', sesso: 'F' }),
      alone(4, { codice_fiscale: 'NREGNN60A01F257T', validita_cf: '1', data_nascita: day('1960-01-01') }),
      alone(5, { codice_fiscale: 'GLLPLA50A01F257Q', validita_cf: '1' }),
    ]);
    await load(test, '036002', [
      alone(1, { codice_fiscale: CF, validita_cf: '1' }),
      alone(2, { codice_fiscale: 'VRDLCU70A01F257X', validita_cf: '1' }),
      alone(3, { codice_fiscale: 'BNCLRA75A41F257W', validita_cf: '1', sesso: 'M' }),
      alone(4, { codice_fiscale: 'NREGNN60A01F257T', validita_cf: '1', data_nascita: day('1960-01-02') }),
      alone(5, { codice_fiscale: 'GLLPLA50A01F257Q', validita_cf: '1' }),
      alone(6, { codice_fiscale: 'GLLPLA50A01F257Q', validita_cf: '1' }),
    ]);
  });
  afterAll(() => test.drop());

  it('joins them on a code validated on both sides', async () => {
    expect((await persons(test))['036002:S1']).toBe('036001:S1');
  });
  it.each([
    ['the code is not validated on one side', '036002:S2'],
    ['sex disagrees', '036002:S3'],
    ['birth disagrees', '036002:S4'],
    ['one register has the code on two entries', '036002:S5'],
  ])('does not when %s', async (_, entry) => {
    expect((await persons(test))[entry]).toBe(entry);
  });
});

describe('a supply is written whole, once (tracciato.md 1, progressivo)', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase();
  });
  afterAll(() => test.drop());

  it('gives receipts AAAA/NNNNNNN in order, and the first one again for the same bytes', async () => {
    const first = await load(test, '036001', [alone(1, {})]);
    expect(first).toEqual({ ricevuta: '2025/0000001', esito: 'ACCETTATA', repeated: false });
    expect(await load(test, '036001', [alone(1, {})])).toEqual({ ...first, repeated: true });
    expect((await load(test, '036002', [alone(1, {})])).ricevuta).toBe('2025/0000002');
    const { rows } = await test.db.query('select count(*) as n from entries');
    expect(rows).toEqual([{ n: 2 }]);
  });

  it('keeps nothing of a supply whose rows break an invariant', async () => {
    const broken = bundle(soggetto(1), [legame(1, 'F1', { dal: day('2000-01-01') })]);
    await expect(load(test, '036003', [broken])).rejects.toThrow(/membership outside household/);
    expect((await test.db.query("select 1 from supplies where comune = '036003'")).rowCount).toBe(0);
  });

  it('keeps the archive, so that a replay needs nothing but the database', async () => {
    const { rows } = await test.db.query<{ bytes: Buffer }>(
      'select bytes from supply_contents order by supply_id',
    );
    expect(rows.map((r) => r.bytes.toString())).toContain('bytes of 036001');
  });
});

describe('the position of a comune', () => {
  it('names the last software that was named: a subentro names none, and does not hide a change (SIP-021)', async () => {
    const test = await testDatabase();
    const comune = '036001';
    const bundles = [alone(1, {})];
    const households = [famiglia(1)];
    await loadBundles(test.db, { comune, households, bundles, change: { softwareNome: 'PRIMO' } });
    const unnamed = { ...later(comune, 2, day('2025-01-01')), softwareNome: null, door: 'ANPR' as const };
    await loadBundles(test.db, { comune, households, bundles, change: unnamed });
    expect(await findPosition(test.db, comune)).toMatchObject({ lastProgressivo: 2, softwareNome: 'PRIMO' });
    await test.drop();
  });
});
