/**
 * Both samples with their VARIAZIONI come out as expected.json says, in either order of the two comuni: outcomes and every
 * finding, month-end counts, what closes, corrections, and the answers to every question (issue 3, "Shown by").
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { askPopulation } from '../../src/registry/answers/population.ts';
import type { KnownAt } from '../../src/registry/answers/known-at.ts';
import { findOutcome, listFindings, type StoredFinding } from '../../src/registry/supplies/supplies.sql.ts';
import { loadSupplies } from '../../src/services/intake/intake.service.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { Asker, type Json, type MonthEnd, readExpected, SAMPLES, samplesPresent } from '../support/samples.ts';

if (!samplesPresent) console.log(`skipped: ${SAMPLES} is not here`);

const reference = loadReference();
const expected = readExpected();
const inOrder = expected.ordine_di_caricamento;
const comuneOf = (file: string): string => file.slice(6, 12);
const progressivoOf = (file: string): string => file.slice(13, 19);
/** The comuni swapped, month by month. */
const swapped = [...inOrder].sort((a, b) =>
  progressivoOf(a) + comuneOf(b) < progressivoOf(b) + comuneOf(a) ? -1 : 1,
);
/** The later comune first, with all its supplies. */
const apart = [...inOrder].sort((a, b) =>
  comuneOf(b) + progressivoOf(a) < comuneOf(a) + progressivoOf(b) ? -1 : 1,
);

const ORDERS = [
  ['in the order of expected.json', inOrder],
  ['with the two comuni swapped', swapped],
  ['one comune after the other', apart],
] as const;

const numberOf = (file: string): string => `${comuneOf(file)}/${Number(progressivoOf(file))}`;

/** A finding with the keys that the expected one has; nothing else is compared. */
function shown(found: StoredFinding): Json {
  const { dettaglio, ...rest } = found;
  return { ...rest, ...dettaglio };
}

const placed = (f: Json): string =>
  [f['file'], String(f['riga'] ?? 0).padStart(6, '0'), f['codice'], f['campo'] ?? ''].join(' ');
const byPlace = (a: Json, b: Json): number => (placed(a) < placed(b) ? -1 : 1);
const head = (f: Json): string => [f['file'], f['riga'], f['codice']].join(' ');

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, n) => sum + n, 0);

describe.skipIf(!samplesPresent).each(ORDERS)('samples with their changes, %s', (_, order) => {
  let test: TestDatabase;
  const folder = mkdtempSync(join(tmpdir(), 'sipop-samples-'));
  const receipts = new Map<string, string>();
  const known = new Map<string, KnownAt>();

  const load = async () =>
    loadSupplies(
      test.db,
      order.map((file) => join(SAMPLES, file)),
      { workFolder: folder, now: () => new Date('2025-03-10T09:00:00Z'), reference },
    );

  beforeAll(async () => {
    test = await testDatabase();
    for (const result of await load()) {
      if ('error' in result) throw result.error;
      receipts.set(result.file, result.receipt.ricevuta);
    }
    const { rows } = await test.db.query<{ supply: string; at: KnownAt }>(
      `select comune || '/' || progressivo as supply, recorded_at as at from supplies where recorded_at is not null`,
    );
    for (const { supply, at } of rows) known.set(supply, at);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await test.drop();
  });

  it.each(expected.forniture.map((f) => [f.file, f] as const))('%s: outcome and findings', async (file, f) => {
    const outcome = (await findOutcome(test.db, receipts.get(file)!))!;
    expect(outcome.esito).toBe(f.esito);
    expect(outcome.lette).toEqual(f.lette);
    expect(outcome.scartate).toEqual(f.scartate);
    expect([total(outcome.lette), total(outcome.scartate)]).toEqual([f.totale_lette, f.totale_scartate]);
    const found = (await listFindings(test.db, outcome.supplyId, 10_000)).map(shown).sort(byPlace);
    const wanted = [...f.segnalazioni].sort(byPlace);
    expect(found.map(head)).toEqual(wanted.map(head));
    expect(found).toMatchObject(wanted);
  });

  const counts = async (comune: string, { al }: MonthEnd, notoAl: KnownAt | null) => {
    const { residenti, famiglie } = await askPopulation(test.db, comune, day(al), notoAl);
    const { maschi, femmine, stranieri } = residenti;
    return { maschi, femmine, stranieri, famiglie };
  };
  const months = Object.entries(expected.residenti).flatMap(([comune, { mesi, alla_fine }]) => [
    ...mesi.map((m) => [comune, m.al, `as known after supply ${m.noto_dopo_progressivo}`, m] as const),
    ...alla_fine.map((m) => [comune, m.al, 'as known at the end', m] as const),
  ]);
  it.each(months)('%s: residents at the end of %s, %s', async (comune, _al, _known, month) => {
    const after = month.noto_dopo_progressivo;
    const { maschi, femmine, stranieri, famiglie } = month;
    const found = await counts(
      comune,
      month,
      after === undefined ? null : known.get(`${comune}/${after}`)!,
    );
    expect(found).toEqual({ maschi, femmine, stranieri, famiglie });
  });

  it('every finding that a later supply mends is closed by it, and no other', async () => {
    const { rows } = await test.db.query<Json>(
      `select f.comune, s.progressivo, f.codice, f.id_soggetto, f.id_famiglia, f.id_evento, c.progressivo as chiusa_da
         from findings f join supplies s using (supply_id) join supplies c on c.supply_id = f.chiusa_da`,
    );
    const key = (f: Json): string => [f['comune'], f['progressivo'], f['codice'], f['id_evento'] ?? f['id_soggetto']].join();
    const sorted = (list: readonly Json[]) => [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1));
    const wanted = sorted(expected.segnalazioni_chiuse as unknown as Json[]);
    expect(sorted(rows).map(key)).toEqual(wanted.map(key));
    expect(sorted(rows)).toMatchObject(wanted);
  });

  it.each(expected.rettifiche.map((r) => [r.comune, r.id_evento, r.effetto, r] as const))(
    '%s, %s: %s',
    async (comune, idEvento, _effetto, r) => {
      const { rows } = await test.db.query<Json & { event_id: number; supply: string }>(
        `select e.event_id, e.tipo, e.operazione, e.riferimento, s.comune || '/' || s.progressivo as supply
           from events e join supplies s using (supply_id)
          where e.comune = $1 and e.id_evento = $2
            and not exists (select from fallen_events f where f.event_id = e.event_id)`,
        [comune, idEvento],
      );
      expect(rows).toHaveLength(1);
      const [row] = rows;
      const riferimento = typeof r.riferimento === 'string' ? { id_evento: r.riferimento } : r.riferimento;
      expect(row).toMatchObject({ tipo: r.tipo, operazione: r.operazione });
      if (riferimento === null) expect(row!['riferimento']).toBeNull();
      else expect(row!['riferimento']).toMatchObject(riferimento);
    },
  );

  it.each(expected.prove.map((p) => [p.n, p.tipo, p.regola ?? '', p] as const))(
    'question %i, %s %s',
    async (_n, _tipo, _regola, probe) => {
      const answer = await new Asker(test.db, known).ask(probe);
      expect(answer).toEqual(probe.atteso);
    },
  );

  it('a supply sent again returns its first outcome and changes nothing', async () => {
    const state = async () => {
      const { rows } = await test.db.query<{ n: string }>(
        `select (select count(*) from supplies) || ' ' || (select count(*) from events) || ' ' ||
                (select count(*) from findings) || ' ' || (select last_recorded from register_clock) as n`,
      );
      return rows[0]!.n;
    };
    const before = await state();
    for (const result of await load()) {
      if ('error' in result) throw result.error;
      expect(result.receipt).toMatchObject({ ricevuta: receipts.get(result.file), repeated: true });
    }
    expect(await state()).toBe(before);
    expect([...known.keys()].sort()).toEqual([...order].map(numberOf).sort());
  });
});
