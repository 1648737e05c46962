/** Invariant 4 of registry.md: the events, replayed from nothing in recorded order, give the same state as the tables. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { deciding } from '../../../test/support/decisions.ts';
import { replayOf, unequal } from '../../../test/support/replay.ts';
import { readExpected, SAMPLES, samplesPresent } from '../../../test/support/samples.ts';
import { supplyName, supplyZip } from '../../../test/support/supply-zip.ts';
import { generateProvince } from '../../../tools/generator/province.ts';
import { AppError } from '../../kernel/app-error.ts';
import { addDays, type Day, romeDay } from '../../kernel/day.ts';
import { loadReference } from '../../reference/load-reference.ts';
import { putOff } from '../../registry/reconciliation/put-off.service.ts';
import { askFindings } from '../../registry/reconciliation/reconciliation.service.ts';
import { DECISION_KINDS } from '../../registry/review/decisions.ts';
import { decide, undoDecision } from '../../registry/review/review.service.ts';
import { type IntakeResult, loadSupplies } from './intake.service.ts';
import type { ReplayEvent } from './replay.service.ts';

if (!samplesPresent) console.log(`skipped: ${SAMPLES} is not here`);

const reference = loadReference();
let test: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), 'sipop-replayed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function load(paths: readonly string[], confirmed: readonly string[] = []): Promise<IntakeResult[]> {
  const results = await loadSupplies(test.db, paths, {
    workFolder: join(folder, 'intake'),
    now: () => new Date('2025-03-10T09:00:00Z'),
    reference,
    confirmed: new Set(confirmed),
  });
  for (const result of results) if ('error' in result) throw result.error;
  return results;
}

describe.skipIf(!samplesPresent)('replay of both samples with their changes', () => {
  beforeAll(async () => {
    test = await testDatabase();
    await load(readExpected().ordine_di_caricamento.map((file) => join(SAMPLES, file)));
  });
  afterAll(() => test.drop());

  it('gives every table row by row, past ones too, tells how far it is, and leaves nothing behind', async () => {
    const progress: string[] = [];
    let second: Promise<unknown> | undefined;
    const report = await replayOf(test, reference, {
      onEvent: (event: ReplayEvent) => {
        if (event.kind === 'supply') progress.push(`${event.progress.done}/${event.progress.total}`);
        // One at a time: the other is refused, and disturbs nothing.
        second ??= expect(replayOf(test, reference)).rejects.toMatchObject({ code: 'conflict' });
      },
    });
    await second;
    expect(unequal(report)).toEqual([]);
    expect(report).toMatchObject({ equal: true, supplies: 6, refusals: 0 });
    const rows = Object.fromEntries(report.tables.map((t) => [t.table, t.second]));
    for (const table of ['supplies', 'events', 'entries', 'person_entries', 'findings', 'set_aside'])
      expect(rows[table]).toBeGreaterThan(0);
    for (const table of ['identities_past', 'registrations_past', 'household_addresses_past'])
      expect(rows[table]).toBeGreaterThan(0);
    expect(progress).toEqual(['1/6', '2/6', '3/6', '4/6', '5/6', '6/6']);
    expect(await schemas(test)).toBe(0);
  });

  it('finds each row changed, taken away or put in by hand, and nothing else; the second schema may be kept', async () => {
    const clone = await test.clone();
    try {
      for (const change of CHANGES) await clone.db.query(change.statement);
      const report = await replayOf(clone, reference, { keep: true });
      expect(report.equal).toBe(false);
      expect(unequal(report)).toMatchObject(CHANGES.map(({ statement: _, ...expected }) => expected));
      expect(await schemas(clone)).toBe(1);
    } finally {
      await clone.drop();
    }
  });

  it('has every finding with who put it off and who took it up again, at the instants at which they did', async () => {
    const clone = await test.clone();
    try {
      const query = { comune: null, side: 'mine', state: 'aperte', kind: null } as const;
      const { segnalazioni } = await askFindings(clone.db, query, null, (code) => code);
      // Of two kinds: a move is put off with everybody in it.
      const kinds = [...new Map(segnalazioni.map((f) => [f.genere, f])).values()].slice(0, 2);
      const rows = kinds.map(({ persone, genere }) => ({ ...persone[0]!.schede[0]!, kind: genere }));
      expect(rows).toHaveLength(2);
      const off = (n: 0 | 1, until: Day | null) =>
        putOff(clone.db, rows[n]!, { until, operator: 'U1', reason: 'attesa la pratica' }, (code) => code);
      const until = addDays(romeDay(new Date()), 20);
      await off(0, until);
      await off(1, until);
      await off(1, null);
      const report = await replayOf(clone, reference);
      expect(unequal(report)).toEqual([]);
      const acts = report.tables.find(({ table }) => table === 'reconciliation_postponements');
      const states =
        'select (until is null) as resumed from reconciliation_postponements group by 1 order by 1';
      expect((await clone.db.query(states)).rows).toEqual([{ resumed: false }, { resumed: true }]);
      expect(acts!.second).toBe(acts!.first);
      expect(acts!.second).toBeGreaterThanOrEqual(3);
    } finally {
      await clone.drop();
    }
  });

  it('compares with the register as it stood when it began, whatever is loaded meanwhile', async () => {
    const path = join(folder, supplyName(threeSubjects(0)));
    await writeFile(path, supplyZip(threeSubjects(0)));
    let loading: Promise<unknown> | undefined;
    const report = await replayOf(test, reference, {
      onEvent: () => {
        loading ??= load([path]);
      },
    });
    await loading;
    expect(unequal(report)).toEqual([]);
    expect(report.supplies).toBe(6);
  });
});

async function schemas({ db }: TestDatabase): Promise<number> {
  return (await db.query("select from pg_namespace where nspname = 'registry_replay'")).rowCount;
}

const first = (table: string, key: string): string =>
  `(${key}) = (select ${key} from ${table} order by ${key} limit 1)`;

/** One change a table, in the order of their names. */
const CHANGES = [
  {
    table: 'deaths_past',
    statement: 'insert into deaths_past select * from deaths_past order by entry_id limit 1',
    firstOnly: 1,
    secondOnly: 0,
    differences: [{ kind: 'first-only' }],
  },
  {
    table: 'dwellings',
    statement: `delete from dwellings where ${first('dwellings', 'entry_id, valid_from, event_id, source_row')}`,
    firstOnly: 0,
    secondOnly: 1,
    differences: [{ kind: 'second-only' }],
  },
  {
    table: 'households',
    statement: `update households set recorded_from = recorded_from + interval '1 microsecond'
       where ${first('households', 'household_id, valid_from, event_id, source_row')}`,
    firstOnly: 1,
    secondOnly: 1,
    differences: [{ kind: 'changed', columns: [{ column: 'recorded_from' }] }],
  },
  {
    table: 'identities',
    statement: `update identities set cognome = 'ALTRO'
       where ${first('identities', 'entry_id, valid_from, event_id, source_row')}`,
    firstOnly: 1,
    secondOnly: 1,
    differences: [{ kind: 'changed', columns: [{ column: 'cognome', first: 'ALTRO' }] }],
  },
] as const;

/** A first full supply with three subjects in families of their own; `homeless` more have none, and are set aside. */
function threeSubjects(homeless: number) {
  const rows = Array.from({ length: 3 + homeless }, (_, i) => i + 1);
  const housed = rows.slice(0, 3);
  const file = (header: string, lines: readonly string[]) => Buffer.from([header, ...lines, ''].join('\n'));
  return {
    tipo: 'COMPLETA' as const,
    comune: '036005',
    progressivo: 1,
    situazione_al: '2024-12-31',
    files: new Map([
      [
        'soggetti.csv',
        file(
          'id_soggetto;cognome;nome;sesso;data_nascita;comune_nascita;stato_civile;cittadinanza;posizione;iscritto_dal;motivo_iscrizione;data_aggiornamento',
          rows.map((n) => `S${n};ROSSI;MARIO;M;1980-05-04;036023;1;100;RESIDENTE;2010-01-01;3;2024-12-31`),
        ),
      ],
      [
        'famiglie.csv',
        file(
          'id_famiglia;dal;al;id_intestatario;specie;toponimo;civico',
          housed.map((n) => `F${n};2010-01-01;;S${n};VIA;ROMA;${n}`),
        ),
      ],
      [
        'legami.csv',
        file(
          'id_soggetto;id_famiglia;relazione;dal;al',
          housed.map((n) => `S${n};F${n};1;2010-01-01;`),
        ),
      ],
    ]),
  };
}

describe('replay of what an operator confirmed, and of what was refused (SIP-014)', () => {
  beforeAll(async () => {
    test = await testDatabase();
  });
  afterAll(() => test.drop());

  it('confirms again what was confirmed, and carries refusals over in their place', async () => {
    const supply = threeSubjects(30);
    const name = supplyName(supply);
    const path = join(folder, name);
    await writeFile(path, supplyZip(supply));
    const esito = (results: IntakeResult[]) =>
      results.map((r) => ('receipt' in r ? r.receipt.esito : r.error));
    expect(esito(await load([path]))).toEqual(['RIFIUTATA']);
    expect(esito(await load([path], [name]))).toEqual(['ACCETTATA_CON_SEGNALAZIONI']);
    const report = await replayOf(test, reference);
    expect(unequal(report)).toEqual([]);
    expect(report).toMatchObject({ equal: true, supplies: 1, refusals: 1 });
  });

  it('says which supply comes out otherwise than it had', async () => {
    await test.db.query('update supplies set confirmed = false');
    const report = await replayOf(test, reference);
    expect(report.equal).toBe(false);
    expect(report.otherwise).toMatchObject([{ ricevuta: '2025/0000002' }]);
    expect(report.otherwise[0]!.italian).toMatch(/rifatta è RIFIUTATA/);
  });
});

/** Two entries of one register, of two, and others; each decided of in the order of the list. */
async function pairs(): Promise<(readonly [number, number])[]> {
  const { rows } = await test.db.query<{ a: number; b: number }>(
    `select min(entry_id) as a, max(entry_id) as b from entries group by comune having count(*) > 1
      union all
     select entry_id, other from (select entry_id, lead(entry_id, 40) over (order by entry_id) as other from entries) o
      where other is not null and entry_id % 9 = 0
      union all
     select person_id, entry_id from person_entries where entry_id <> person_id order by 1, 2`,
  );
  return rows.map(({ a, b }) => [a, b]);
}

/** Decides of pairs, one way and another, and takes some of it back. */
async function decideOfMany(): Promise<number> {
  let decided = 0;
  for (const [i, pair] of (await pairs()).entries()) {
    const kind = DECISION_KINDS[i % 4 === 0 ? 1 : i % 7 === 0 ? 2 : 0]!;
    try {
      const { decisione } = await decide(test.db, kind, pair, null, deciding());
      decided++;
      if (i % 5 === 2) decided += await undoDecision(test.db, decisione!, deciding()).then(() => 1);
    } catch (error) {
      // Against what was decided before, or of two forms of one code.
      if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
    }
  }
  return decided;
}

describe('replay of a generated province, in which operators decided who is one person between its supplies', () => {
  let decided = 0;
  beforeAll(async () => {
    test = await testDatabase();
    const out = join(folder, 'province');
    await generateProvince({ persons: 400, months: 2, seed: 7, defects: 0.03, out }, () => undefined);
    const zips = readdirSync(out)
      .filter((name) => name.endsWith('.zip'))
      // Month by month, as they are delivered.
      .sort((a, b) => (a.slice(13, 19) + a < b.slice(13, 19) + b ? -1 : 1))
      .map((name) => join(out, name));
    const half = Math.floor(zips.length / 2);
    await load(zips.slice(0, half));
    decided += await decideOfMany();
    await load(zips.slice(half));
    decided += await decideOfMany();
  });
  afterAll(() => test.drop());

  it('gives every table row by row', async () => {
    const report = await replayOf(test, reference);
    expect(unequal(report)).toEqual([]);
    expect(decided).toBeGreaterThan(20);
    expect(report.decisions).toBe(decided);
    for (const table of ['linkage_decisions', 'person_entries_past'])
      expect(report.tables.find((t) => t.table === table)!.second).toBeGreaterThan(5);
    expect(report.tables.find((t) => t.table === 'entries')!.second).toBeGreaterThan(350);
  });
});
