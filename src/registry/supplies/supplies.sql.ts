/** Statements about supplies: the clock, numbers, receipts, positions, outcome and contents. */
import { type Day, romeDay } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { Esito, FileCounts, RegisterPosition, SupplyNumbers, SupplyRecord } from './supply-record.ts';

/** Takes the instant of this transaction, waiting for whoever is writing; the lock is held until the commit. */
export async function takeInstant(db: Client): Promise<string> {
  const { rows } = await db.query<{ at: string }>(
    `with taken as (select take_instant() as at)
     select at, set_config('sipop.recorded', at::text, true) from taken`,
  );
  return rows[0]!.at;
}

/** Gives out `count` numbers: they are `base + 1` to `base + count`. Unused ones are never given again. */
export async function reserveNumbers(
  db: Client,
  kind: 'entry' | 'household' | 'event' | 'supply',
  count: number,
): Promise<number> {
  const { rows } = await db.query<{ base: number }>(
    'update number_blocks set last = last + $2 where kind = $1 returning last - $2 as base',
    [kind, count],
  );
  return rows[0]!.base;
}

/** Of each kind: how many numbers, or those given out so far. */
export interface Numbers {
  readonly event: number;
  readonly entry: number;
  readonly household: number;
}

/** Gives out numbers of every kind at once. @returns those after which they begin */
export async function reserveRoom(db: Client, room: Numbers): Promise<Numbers> {
  const { rows } = await db.query<{ kind: keyof Numbers; base: number }>(
    `update number_blocks b set last = b.last + r.count
       from unnest(array['event', 'entry', 'household'], $1::bigint[]) as r (kind, count)
      where b.kind = r.kind returning b.kind, b.last - r.count as base`,
    [[room.event, room.entry, room.household]],
  );
  const base = (kind: keyof Numbers): number => rows.find((r) => r.kind === kind)!.base;
  return { event: base('event'), entry: base('entry'), household: base('household') };
}

/** The numbers given out so far. */
export async function findNumbers(db: Client): Promise<Numbers> {
  const { rows } = await db.query<Numbers>(
    `select max(last) filter (where kind = 'event') as event, max(last) filter (where kind = 'entry') as entry,
            max(last) filter (where kind = 'household') as household from number_blocks`,
  );
  return rows[0]!;
}

/** When something that a comune sent was last recorded; null where nothing was. */
export async function findLastRecorded(db: Client, comune: string): Promise<string | null> {
  const { rows } = await db.query<{ last: string | null }>(
    'select max(recorded_at) as last from supplies where comune = $1',
    [comune],
  );
  return rows[0]!.last;
}

/** The next receipt of the year in Rome, AAAA/NNNNNNN; given in the supply's own transaction, so that none is lost. */
export async function nextReceipt(db: Client, receivedAt: Date): Promise<string> {
  const year = Number(romeDay(receivedAt).slice(0, 4));
  const { rows } = await db.query<{ last: number }>(
    `insert into receipt_numbers (year, last) values ($1, 1)
     on conflict (year) do update set last = receipt_numbers.last + 1 returning last`,
    [year],
  );
  return `${year}/${String(rows[0]!.last).padStart(7, '0')}`;
}

/** The last accepted supply of a comune, operations apart; null before the first. */
export async function findPosition(db: Client, comune: string): Promise<RegisterPosition | null> {
  const { rows } = await db.query<RegisterPosition>(
    `select progressivo as "lastProgressivo", situazione_al as "situazioneAl",
            (select n.software_nome from supplies n
              where n.comune = $1 and n.esito <> 'RIFIUTATA' and n.software_nome is not null
              order by n.progressivo desc limit 1) as "softwareNome",
            (select max(situazione_al) from supplies o
              where o.comune = $1 and o.tipo = 'OPERAZIONE' and o.esito <> 'RIFIUTATA') as "operationsAl"
       from supplies where comune = $1 and esito <> 'RIFIUTATA' and tipo <> 'OPERAZIONE'
      order by progressivo desc limit 1`,
    [comune],
  );
  return rows[0] ?? null;
}

export interface AcceptedSupply {
  readonly supplyId: number;
  readonly sha256: string;
  readonly ricevuta: string;
  readonly esito: Esito;
}

/** The accepted supply that used a number up, if one has. */
export async function findAccepted(
  db: Client,
  comune: string,
  progressivo: number,
): Promise<AcceptedSupply | null> {
  const { rows } = await db.query<AcceptedSupply>(
    `select supply_id as "supplyId", sha256, ricevuta, esito from supplies
      where comune = $1 and progressivo = $2 and esito <> 'RIFIUTATA' and tipo <> 'OPERAZIONE'`,
    [comune, progressivo],
  );
  return rows[0] ?? null;
}

export async function insertSupply(
  db: Client,
  supply: SupplyRecord,
  numbers: SupplyNumbers,
  ricevuta: string,
  manifest: unknown,
  times: { readonly receivedAt: Date; readonly recordedAt: string | null },
): Promise<void> {
  await db.query(
    `insert into supplies (supply_id, comune, progressivo, tipo, file_name, sha256, situazione_al, generata,
       software_nome, software_versione, assenti, ricevuta, esito, lette, applicate, scartate, segnalate, manifest,
       entry_base, household_base, event_base, confirmed, received_at, recorded_at, door, richiesta, id_operazione)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
       $25, $26, $27)`,
    [
      numbers.supplyId,
      supply.comune,
      supply.progressivo,
      supply.tipo,
      supply.fileName,
      supply.sha256,
      supply.situazioneAl,
      supply.generata,
      supply.softwareNome,
      supply.softwareVersione,
      supply.assenti,
      ricevuta,
      supply.esito,
      JSON.stringify(supply.lette),
      JSON.stringify(supply.applicate),
      JSON.stringify(supply.scartate),
      JSON.stringify(supply.segnalate),
      manifest === null ? null : JSON.stringify(manifest),
      numbers.entryBase,
      numbers.householdBase,
      times.recordedAt === null ? null : numbers.eventId - 1,
      supply.confirmed,
      times.receivedAt.toISOString(),
      times.recordedAt,
      supply.door,
      supply.operation?.kind ?? null,
      supply.operation?.id ?? null,
    ],
  );
}

/**
 * The one event that a full supply is. A first one comes before whatever is registered; a later one is registered on the
 * day of which it tells, after all that the register knew of until then (timeline.ts, Rank).
 */
export async function insertSupplyEvent(
  db: Client,
  supply: SupplyRecord,
  numbers: SupplyNumbers,
): Promise<void> {
  await db.query(
    `insert into events (event_id, supply_id, comune, operazione, registrazione, rank_day, rank_event)
     values ($1, $2, $3, 'COMPLETA', $4, $5, $1)`,
    [
      numbers.eventId,
      numbers.supplyId,
      supply.comune,
      supply.situazioneAl,
      supply.progressivo === 1 ? null : supply.situazioneAl,
    ],
  );
}

/** A number refused before is accepted now: what had been found of the refused supplies is mended (tracciato.md 1, progressivo). */
export async function closeRefused(
  db: Client,
  comune: string,
  progressivo: number,
  supplyId: number,
): Promise<void> {
  await db.query(
    `update findings f set chiusa_da = $3 from supplies s
      where s.supply_id = f.supply_id and s.comune = $1 and s.progressivo = $2 and s.esito = 'RIFIUTATA'
        and s.tipo <> 'OPERAZIONE' and f.chiusa_da is null`,
    [comune, progressivo, supplyId],
  );
}

/** What this very transaction set aside of a supply that comes to be refused. */
export async function forgetSetAside(db: Client, supplyId: number): Promise<void> {
  await db.query('delete from set_aside where supply_id = $1', [supplyId]);
}

/** A piece of the archive, kept so that a replay needs nothing but the database. */
export async function insertContent(
  db: Client,
  supplyId: number,
  chunk: number,
  bytes: Buffer,
): Promise<void> {
  await db.query('insert into supply_contents (supply_id, chunk, bytes) values ($1, $2, $3)', [
    supplyId,
    chunk,
    bytes,
  ]);
}

/** An outcome as it is read again, findings apart. */
export interface StoredOutcome {
  readonly supplyId: number;
  readonly ricevuta: string;
  readonly comune: string;
  readonly progressivo: number;
  readonly tipo: string;
  /** Of an operation: what it asked (5008) and its idOperazioneComune; null of other supplies. */
  readonly richiesta: string | null;
  readonly id_operazione: string | null;
  readonly file: string;
  readonly esito: Esito;
  readonly situazione_al: Day | null;
  readonly ricevuta_il: string;
  readonly lette: FileCounts;
  readonly applicate: FileCounts;
  readonly scartate: FileCounts;
  readonly segnalate: FileCounts;
}

export async function findOutcome(db: Client, ricevuta: string): Promise<StoredOutcome | null> {
  const { rows } = await db.query<StoredOutcome>(
    `select supply_id as "supplyId", ricevuta, comune, progressivo, tipo, richiesta, id_operazione, file_name as file,
            esito, situazione_al,
            received_at as ricevuta_il, lette, applicate, scartate, segnalate
       from supplies where ricevuta = $1`,
    [ricevuta],
  );
  return rows[0] ?? null;
}

/** A finding as it is read again, with the progressivo of the supply that closed it. */
export interface StoredFinding {
  readonly ricevuta: string;
  readonly progressivo: number;
  readonly codice: string;
  readonly gravita: string;
  readonly file: string | null;
  readonly riga: number | null;
  readonly id_soggetto: string;
  readonly id_famiglia: string | null;
  readonly id_evento: string | null;
  readonly campo: string;
  readonly valore: string;
  readonly messaggio: string;
  readonly messaggio_en: string;
  /** Who acts as intestatario (EF008), which event fell (SIP-206); null where there is nothing more to tell. */
  readonly dettaglio: Readonly<Record<string, string | number | boolean>> | null;
  readonly chiusa_da: number | null;
  /** Where it is of an operation, and where one closed it: their idOperazioneComune; their progressivo is then 0. */
  readonly id_operazione: string | null;
  readonly chiusa_da_operazione: string | null;
  /** Of a person whose identity was sealed since: what was written may bear it, and is shown to nobody (services/intake/shown-findings.ts). */
  readonly sealed_since: boolean;
}

/**
 * Was a finding `f` of a supply `s` written before a seal of its person, or before who the person is reached the seal? Nothing that was
 * written then was held against it (registry.md, Sealed: it "covers every entry of the person").
 */
export const SEALED_SINCE = `exists (
  select from register_numbers r join person_entries l on l.entry_id = r.entry_id join person_entries q on q.person_id = l.person_id
    join identities z on z.entry_id = q.entry_id and z.sealed
   where r.comune = f.comune and r.id_soggetto = f.id_soggetto
     and greatest(z.recorded_from, q.recorded_from, l.recorded_from) >= coalesce(s.recorded_at, s.received_at))`;

export const FINDING = `s.ricevuta, s.progressivo, f.codice, f.gravita, f.file, f.riga, f.id_soggetto, f.id_famiglia, f.id_evento,
  f.campo, f.valore, f.messaggio, f.messaggio_en, f.dettaglio, c.progressivo as chiusa_da, s.id_operazione,
  c.id_operazione as chiusa_da_operazione, ${SEALED_SINCE} as sealed_since`;

/** The findings of a supply by file and row, at most `limit` of them. */
export async function listFindings(db: Client, supplyId: number, limit: number): Promise<StoredFinding[]> {
  const { rows } = await db.query<StoredFinding>(
    `select ${FINDING} from findings f join supplies s using (supply_id) left join supplies c on c.supply_id = f.chiusa_da
      where f.supply_id = $1 order by f.file nulls first, f.riga nulls first, f.codice, f.n limit $2`,
    [supplyId, limit],
  );
  return rows;
}

/** Findings of a comune's supplies that nothing has mended (or all), newest supply first. */
export async function listFindingsOfComune(
  db: Client,
  comune: string,
  options: { readonly codice: string | null; readonly closedToo: boolean; readonly limit: number },
): Promise<StoredFinding[]> {
  const { rows } = await db.query<StoredFinding>(
    `select ${FINDING} from findings f join supplies s using (supply_id) left join supplies c on c.supply_id = f.chiusa_da
      where f.comune = $1 and ($2::text is null or f.codice = $2) and ($3 or f.chiusa_da is null)
      order by f.supply_id desc, f.file nulls first, f.riga nulls first, f.codice, f.n limit $4`,
    [comune, options.codice, options.closedToo, options.limit],
  );
  return rows;
}

/** How many findings of each code a supply has. */
export async function countFindings(
  db: Client,
  supplyId: number,
): Promise<{ codice: string; gravita: string; n: number }[]> {
  const { rows } = await db.query<{ codice: string; gravita: string; n: number }>(
    'select codice, gravita, count(*) as n from findings where supply_id = $1 group by 1, 2 order by 3 desc, 1',
    [supplyId],
  );
  return rows;
}

/** How many findings of each code the accepted and refused supplies have, with one of them as an example. */
export interface FindingSummary {
  readonly codice: string;
  readonly gravita: string;
  readonly n: number;
  readonly messaggio: string;
}

export async function summariseFindings(db: Client): Promise<FindingSummary[]> {
  const { rows } = await db.query<FindingSummary>(
    `select codice, gravita, count(*) as n, (array_agg(messaggio order by supply_id, n))[1] as messaggio
       from findings group by codice, gravita order by gravita, count(*) desc, codice`,
  );
  return rows;
}

/** What came in, over all supplies. */
export interface SuppliesSummary {
  readonly forniture: number;
  readonly rifiutate: number;
  readonly lette: number;
  readonly scartate: number;
  readonly eventi: number;
}

export async function summariseSupplies(db: Client): Promise<SuppliesSummary> {
  const { rows } = await db.query<SuppliesSummary>(
    `select count(distinct supply_id) as forniture, count(distinct supply_id) filter (where esito = 'RIFIUTATA') as rifiutate,
            coalesce(sum(l.value::bigint), 0) as lette,
            coalesce(sum((scartate ->> l.key)::bigint), 0) as scartate,
            coalesce(sum(l.value::bigint) filter (where l.key = 'eventi.jsonl'), 0) as eventi
       from supplies left join lateral jsonb_each_text(lette) l on true`,
  );
  const row = rows[0]!;
  return {
    forniture: Number(row.forniture),
    rifiutate: Number(row.rifiutate),
    lette: Number(row.lette),
    scartate: Number(row.scartate),
    eventi: Number(row.eventi),
  };
}

/** An accepted supply that turns out, while it is applied, to have something said of it. */
export async function noteReported(db: Client, supplyId: number): Promise<void> {
  await db.query(
    `update supplies set esito = 'ACCETTATA_CON_SEGNALAZIONI' where supply_id = $1 and esito = 'ACCETTATA'`,
    [supplyId],
  );
}
