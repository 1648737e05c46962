/** Linkage beside those who write: a decision made while a run compares is kept, and what is compared by another's data follows them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { linkNew } from '../../src/registry/linkage/link-new.service.ts';
import { linkAll, linkShare } from '../../src/registry/linkage/linkage.service.ts';
import { lastLinked, listHeld } from '../../src/registry/linkage/linkage.sql.ts';
import { bundle, famiglia, legame, soggetto } from '../support/bundles.ts';
import { linkageRoom } from '../support/columns.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { decided } from '../support/decisions.ts';
import { applyEvents, event } from '../support/events.ts';
import { loadBundles } from '../support/load-bundles.ts';
import { line, Story } from '../support/story.ts';

const reference = loadReference();
let test: TestDatabase;
let story: Story;
beforeEach(async () => {
  test = await testDatabase({ reused: true });
  story = new Story(test.db);
});
afterEach(async () => test.drop());

const everything = () => linkAll(test.db, reference, linkageRoom);
/** The next increment, as `linkage run --since ultima` does it. */
const increment = async () => linkShare(test.db, reference, { since: (await lastLinked(test.db))! });
const born = (id: string, on: string) =>
  story.supplyOf(
    'B',
    line(id, 'GENERALITA', '2026-01-10', { id_soggetto: 'S6', motivo: 'RETTIFICA', data_nascita: on }),
  );

/** Waits until somebody in this database waits for another's lock. */
async function somebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await test.db.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
  }
}

describe('a decision that is made while the register is linked', () => {
  it.each([
    ['over the whole', everything],
    ['by an increment', increment],
  ])('stands, whatever the pair weighs by now: %s', async (_, link) => {
    await story.begin(`
    id  nome  sesso  nascita  famiglia  stato  citt  cf
    S1  ZOBOLI ELSA    F  1961-03-09  F1/1  1  100  -
    S2  FERRI OMERO    M  1948-02-03  F2/1  1  100  -
    S3  LUGLI DELIA    F  1972-08-30  F3/1  1  100  -
    S4  MESSORI IVANO  M  1985-12-12  F4/1  1  100  -`);
    await story.begin(
      `
    id  nome  sesso  nascita  famiglia  stato  citt  cf
    S6  ZOBOLI ELSA  F  1961-09-03  F1/1  1  100  -
    S7  COSTI ALMA   F  1955-04-04  F2/1  1  100  -`,
      'B',
    );
    await everything();
    expect((await listHeld(test.db, null)).map((c) => c.state)).toEqual(['open']);
    await born('1', '1961-03-09');
    let commit = (): void => undefined;
    const waited = new Promise<void>((done) => {
      commit = done;
    });
    let under = (): void => undefined;
    const begun = new Promise<void>((done) => {
      under = done;
    });
    const deciding = decided(test.db, 'different', 'A:S1 B:S6', {
      beforeCommit: () => {
        under();
        return waited;
      },
    });
    await begun;
    const linking = link();
    await somebodyWaits();
    commit();
    await Promise.all([deciding, linking]);
    expect((await listHeld(test.db, null)).map((c) => c.state)).toEqual(['different']);
  });
});

describe('a child who names the mother by number', () => {
  it('is compared again when she is given a code: that is what her children agree on', async () => {
    const MOTHER = 'ZBLLSE61C49F257A';
    const child = { id_soggetto: 'S2', cognome: 'CAVANI', nome: 'LODOVICO', data_nascita: day('1999-11-02') };
    await loadBundles(test.db, {
      comune: '036001',
      households: [famiglia(1)],
      bundles: [
        bundle(
          soggetto(1, { cognome: 'ZOBOLI', nome: 'ELSA', sesso: 'F', data_nascita: day('1961-03-09') }),
          [legame(1, 'F1')],
        ),
        bundle(soggetto(2, { ...child, id_madre: 'S1' }), [legame(2, 'F1', { relazione: '3' })]),
      ],
    });
    await loadBundles(test.db, {
      comune: '036002',
      households: [famiglia(1)],
      bundles: [bundle(soggetto(2, { ...child, cf_madre: MOTHER }), [legame(2, 'F1')])],
    });
    await everything();
    const parents = async () =>
      (await listHeld(test.db, null)).map((c) => c.fields.find((f) => f.field === 'genitori')?.level);
    expect(await parents()).toEqual([null]);
    await applyEvents(test.db, '036001', 2, [
      event('1', 'GENERALITA', '2025-03-01', {
        id_soggetto: 'S1',
        motivo: 'RETTIFICA',
        columns: { codice_fiscale: MOTHER, validita_cf: '1' },
      }),
    ]);
    await increment();
    expect(await parents()).toEqual(['gli stessi']);
  });
});

describe('what the job behind the loads does', () => {
  it('is decided when its turn has come: of two at once the second finds everything linked', async () => {
    await story.begin(`
    id  nome  sesso  nascita  famiglia  stato  citt  cf
    S1  ZOBOLI ELSA  F  1961-03-09  F1/1  1  100  -`);
    const linked = await Promise.all([
      linkNew(test.db, reference, linkageRoom),
      linkNew(test.db, reference, linkageRoom),
    ]);
    expect(linked.map((l) => l?.way ?? 'nothing').sort()).toEqual(['nothing', 'whole']);
  });

  it('is over the whole when the entries have grown by a quarter, however many former identities they have', async () => {
    const people = (n: number, century: number): string => `
    id  nome  sesso  nascita  famiglia  stato  citt  cf${Array.from(
      { length: n },
      (_, i) => `
    S${i + 1}  NERI ${'ABCDEFGHILMN'[i]!}DA  F  ${century}${60 + i}-03-09  F${i + 1}/1  1  100  -`,
    ).join('')}`;
    await story.begin(people(12, 19));
    await story.supply(
      line('1', 'GENERALITA', '2026-01-10', { id_soggetto: 'S1', motivo: 'ALTRO', cognome: 'BIANCHI' }),
    );
    expect((await everything()).records).toBe(13);
    // Four of sixteen: no more than a quarter is touched.
    await story.begin(people(4, 18), 'B');
    expect((await linkNew(test.db, reference, linkageRoom))?.way).toBe('whole');
  });
});
