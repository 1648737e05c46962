/**
 * Sentences of tracciato.md 3, through the whole intake: lines of JSON in, facts held out. The register is that of
 * test/golden/changes/_base: S1 and S2, married, with S3 in F1; S4 alone in F2; S5 gone, S6 dead, S8 set aside.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Database } from '../../src/platform/db/pool.ts';
import { deliver, situazioneOf } from './changes.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import type { Json } from './supply-zip.ts';

export const BASE = join(import.meta.dirname, '../golden/changes/_base');
export const COMUNE = '036042';

let test: TestDatabase;
let next: number;

/** Rows of CSV added to, or put in place of, those of the base. */
export async function begin(tables: Readonly<Record<string, string>> = {}): Promise<void> {
  const files = new Map<string, Buffer>();
  for (const name of readdirSync(BASE)) files.set(name, readFileSync(join(BASE, name)));
  for (const [name, text] of Object.entries(tables)) files.set(name, Buffer.from(text));
  await deliver(test.db, [
    { tipo: 'COMPLETA', comune: COMUNE, progressivo: 1, situazione_al: '2024-12-31', files },
  ]);
}

/** A register of its own for each story of the file. */
export function eachAnew(): void {
  beforeEach(async () => {
    test = await testDatabase({ reused: true });
    next = 2;
  });
  afterEach(() => test.drop());
}

export const database = (): Database => test.db;

let made = 0;
export const event = (operazione: string, decorrenza: string, dati: Json, more: Json = {}): Json => ({
  id_evento: `E${made++}`,
  operazione,
  tipo: 'N',
  data_evento: decorrenza,
  decorrenza,
  registrazione: '2025-01-28',
  dati,
  ...more,
});
export const correction = (of: Json, decorrenza: string, dati: Json): Json =>
  event(of['operazione'] as string, decorrenza, dati, { tipo: 'R', riferimento: of['id_evento'] });
export const annulment = (of: Json): Json => ({
  ...event(of['operazione'] as string, of['decorrenza'] as string, {}),
  tipo: 'A',
  riferimento: of['id_evento'],
});

/** Delivers a supply of changes. @returns the codes of its findings, with their lines */
export async function changes(...events: Json[]): Promise<string[]> {
  const progressivo = next++;
  const lines = events.map((e) => `${JSON.stringify(e)}\n`).join('');
  const [outcome] = await deliver(test.db, [
    {
      tipo: 'VARIAZIONI',
      comune: COMUNE,
      progressivo,
      situazione_al: situazioneOf(progressivo),
      files: new Map([['eventi.jsonl', Buffer.from(lines)]]),
    },
  ]);
  return outcome!.segnalazioni.map((f) => `${f['codice']} ${f['riga'] ?? '-'}`);
}

/** The spells held of one kind: "from/to what". */
export async function spells(id: string, table: string, what: string): Promise<string[]> {
  const { rows } = await test.db.query<{ spell: string }>(
    `select valid_from || '/' || valid_to || ' ' || coalesce((${what})::text, '-') as spell
       from ${table} f join entries e using (entry_id)
      where e.id_soggetto = $1 and valid_from < valid_to order by valid_from`,
    [id],
  );
  return rows.map((r) => r.spell);
}
export async function lives(id: string): Promise<string[]> {
  const { rows } = await test.db.query<{ life: string }>(
    `select min(valid_from) || '/' || max(valid_to) as life from households
      where id_household = $1 and valid_from < valid_to group by household_id`,
    [id],
  );
  return rows.map((r) => r.life);
}
export const residence = (id: string) => spells(id, 'registrations', 'motivo_cancellazione');
export const home = (id: string) =>
  spells(id, 'dwellings', "toponimo || ' ' || civico || coalesce('/' || esponente, '')");
export const status = (id: string) => spells(id, 'civil_statuses', 'stato_civile');
export const named = (id: string) => spells(id, 'identities', 'nome');

export const row = (id: string, born: string, more: Json = {}): Json => ({
  id_soggetto: id,
  cognome: 'ROSSI',
  nome: 'EVA',
  sesso: 'F',
  data_nascita: born,
  comune_nascita: '036023',
  stato_civile: '1',
  cittadinanza: '100',
  posizione: 'RESIDENTE',
  data_aggiornamento: '2025-01-28',
  ...more,
});
export const birth = (day: string, more: Json = {}): Json =>
  event('NASCITA', day, { soggetto: row('S9', day, more), legame: { id_famiglia: 'F1', relazione: '3' } });
export const death = (who: string, day: string, more: Json = {}): Json =>
  event('MORTE', day, { id_soggetto: who, comune_morte: '036023', ...more });
export const leaving = (day: string, ...who: string[]): Json =>
  event('CANCELLAZIONE', day, { motivo: '3', id_soggetti: who, destinazione: { comune: '037006' } });
export const fact = (id: string, fatto: string, more: Json = {}): Json => ({
  fornitura: 1,
  id_soggetto: id,
  fatto,
  ...more,
});
