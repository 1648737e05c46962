/** A little register that is told again by later full supplies: a married couple with a child in F1, and S4 alone in F2. */
import { type Day, day } from '../../src/kernel/day.ts';
import type { EntryBundle, HouseholdRecord, SoggettoRecord } from '../../src/registry/claims/records.ts';
import type { EventRecord } from '../../src/registry/events/event-records.ts';
import { FACT_TABLES } from '../../src/registry/tables/tables.ts';
import { address, bundle, famiglia, legame, soggetto } from './bundles.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { applyEvents } from './events.ts';
import { type BundleSupply, later, loadSupply } from './load-bundles.ts';

export const COMUNE = '036001';
/** situazione_al of the later supplies. */
export const AL = day('2025-03-31');

export const HOMES: readonly HouseholdRecord[] = [
  famiglia(1, { motivo: '1', id_intestatario: 'S1' }),
  famiglia(2, { indirizzo: address({ toponimo: 'VERDI', civico: '2' }) }),
];

export const of = (
  riga: number,
  family: string,
  relazione: string,
  change: Partial<SoggettoRecord>,
): EntryBundle => bundle(soggetto(riga, change), [legame(riga, family, { relazione, progressivo: riga })]);

const S1 = { stato_civile: '2', stato_civile_dal: day('2005-06-01'), id_coniuge: 'S2' };
const S2 = {
  ...S1,
  sesso: 'F' as const,
  nome: 'LIA',
  id_coniuge: 'S1',
  titolo_studio: '3',
  data_nascita: day('1982-02-02'),
};
const S3 = { nome: 'UGO', data_nascita: day('2006-01-01'), id_padre: 'S1', id_madre: 'S2' };
const S4 = { sesso: 'F' as const, nome: 'ADA', data_nascita: day('1980-01-01') };

export const PEOPLE: readonly EntryBundle[] = [
  of(1, 'F1', '1', S1),
  of(2, 'F1', '2', S2),
  of(3, 'F1', '3', S3),
  of(4, 'F2', '1', S4),
];

/** The people with one of them told otherwise. */
export const butFor = (riga: number, change: Partial<SoggettoRecord>, more: Partial<EntryBundle> = {}) =>
  PEOPLE.map((b) =>
    b.soggetto.riga === riga ? { ...b, ...more, soggetto: { ...b.soggetto, ...change } } : b,
  );

export const without = (...rows: number[]) => PEOPLE.filter((b) => !rows.includes(b.soggetto.riga));

/** Rows of every fact table, past ones too. */
export type Everything = Readonly<Record<string, string>>;

export class RealignedRegister {
  readonly test: TestDatabase;
  /** The next progressivo. */
  next = 1;

  private constructor(test: TestDatabase) {
    this.test = test;
  }

  /** With the first full supply loaded. */
  static async open(people = PEOPLE): Promise<RealignedRegister> {
    const register = new RealignedRegister(await testDatabase({ reused: true }));
    await register.complete(people, HOMES, { change: { situazioneAl: day('2024-12-31') } });
    return register;
  }

  drop(): Promise<void> {
    return this.test.drop();
  }

  complete(
    bundles: readonly EntryBundle[],
    households: readonly HouseholdRecord[] = HOMES,
    more: Partial<BundleSupply> = {},
    on: Day = AL,
  ) {
    const progressivo = this.next++;
    const change = { ...(progressivo === 1 ? {} : later(COMUNE, progressivo, on)), ...more.change };
    return loadSupply(this.test.db, { comune: COMUNE, households, bundles, ...more, change });
  }

  deliver(...events: EventRecord[]) {
    return applyEvents(this.test.db, COMUNE, this.next++, events, AL);
  }

  async everything(): Promise<Everything> {
    const rows: Record<string, string> = {};
    for (const table of [...FACT_TABLES, ...FACT_TABLES.map((t) => `${t}_past`), 'person_entries'])
      rows[table] = JSON.stringify(
        (await this.test.db.query(`select * from ${table} f order by f::text`)).rows,
      );
    return rows;
  }

  /** The tables of which rows came, or went to the past. */
  async movedSince(before: Everything): Promise<string[]> {
    const after = await this.everything();
    return Object.keys(after).filter((t) => after[t] !== before[t]);
  }

  /** The spells held of one kind of a subject: "from/to what". */
  async spells(id: string, table: string, what: string): Promise<string[]> {
    const { rows } = await this.test.db.query<{ spell: string }>(
      `select valid_from || '/' || valid_to || ' ' || coalesce((${what})::text, '-') as spell
         from ${table} f join entries e using (entry_id)
        where e.id_soggetto = $1 and e.comune = $2 and valid_from < valid_to order by valid_from`,
      [id, COMUNE],
    );
    return rows.map((r) => r.spell);
  }

  residence(id: string): Promise<string[]> {
    return this.spells(id, 'registrations', 'motivo_cancellazione');
  }
  status(id: string): Promise<string[]> {
    return this.spells(id, 'civil_statuses', "stato_civile || ' ' || coalesce(id_coniuge, '-')");
  }
  home(id: string): Promise<string[]> {
    return this.spells(id, 'dwellings', "toponimo || ' ' || coalesce(interno, '-')");
  }
  tie(id: string): Promise<string[]> {
    return this.spells(
      id,
      'memberships',
      '(select min(id_household) from households h where h.household_id = f.household_id)',
    );
  }

  /** "F1 from/to" of every household. */
  async families(): Promise<string[]> {
    const { rows } = await this.test.db.query<{ life: string }>(
      "select id_household || ' ' || valid_from || '/' || valid_to as life from households order by 1",
    );
    return rows.map((r) => r.life);
  }

  /** "progressivo code subject closed by progressivo" of every finding. */
  async findings(): Promise<string[]> {
    const { rows } = await this.test.db.query<{ finding: string }>(
      `select s.progressivo || ' ' || codice || ' ' || id_soggetto || coalesce(' closed by ' || c.progressivo, '') as finding
         from findings f join supplies s using (supply_id) left join supplies c on c.supply_id = f.chiusa_da
        order by s.supply_id, n`,
    );
    return rows.map((r) => r.finding);
  }
}
