/** Findings close by themselves when a later supply mends them, and say which supply did (tracciato.md 4, Outcome). */
import type { Client } from '../../platform/db/pool.ts';

export interface Mended {
  readonly comune: string;
  readonly supplyId: number;
  /** Lines that had waited and are applied now. */
  readonly events: readonly { readonly supplyId: number; readonly riga: number }[];
  /** Entries of which something changed. */
  readonly entries: readonly number[];
  /** Ids of the events applied: what stood set aside under them is mended. */
  readonly ids: readonly string[];
  /** Ids of events that had fallen and stand again. */
  readonly restored: readonly string[];
}

/** Closes what stands set aside and is applied now, with the findings on the same rows. */
export async function closeMended(db: Client, mended: Mended): Promise<void> {
  const { comune, supplyId, events, entries, ids, restored } = mended;
  await db.query(
    `with mended as (
       select s.supply_id, s.file, s.riga from set_aside s
        where s.comune = $1 and s.chiusa_da is null and s.supply_id <> $2
          and (s.id_evento = any($3::text[])
               or (s.file = 'soggetti.csv' and s.id_soggetto in
                    (select e.id_soggetto from entries e where e.entry_id = any($4::bigint[])
                      and exists (select from registrations r where r.entry_id = e.entry_id))))
       union
       select supply_id, 'eventi.jsonl', riga from unnest($5::bigint[], $6::integer[]) as w(supply_id, riga)
     ), aside as (
       update set_aside s set chiusa_da = $2 from mended m
        where s.supply_id = m.supply_id and s.file = m.file and s.riga = m.riga
     )
     update findings f set chiusa_da = $2 from mended m
      where f.supply_id = m.supply_id and f.file = m.file and f.riga = m.riga and f.gravita = 'E' and f.chiusa_da is null
        and f.codice <> 'SIP-206'`,
    [comune, supplyId, ids, entries, events.map((e) => e.supplyId), events.map((e) => e.riga)],
  );
  // SIP-206 stands on the row of the annulment and names what fell: that is told anew, or stands again.
  await db.query(
    `update findings set chiusa_da = $2
      where comune = $1 and codice = 'SIP-206' and chiusa_da is null and supply_id <> $2
        and dettaglio->>'id_evento_dipendente' = any($3::text[])`,
    [comune, supplyId, [...ids, ...restored]],
  );
}

/** Of these families, those of which it stands told that nobody heads them (EF008). */
export async function findHeadlessTold(
  db: Client,
  comune: string,
  families: readonly string[],
): Promise<string[]> {
  if (families.length === 0) return [];
  const { rows } = await db.query<{ id_famiglia: string }>(
    `select id_famiglia from findings
      where comune = $1 and codice = 'EF008' and chiusa_da is null and id_famiglia = any($2::text[])`,
    [comune, families],
  );
  return rows.map((r) => r.id_famiglia);
}

/** Closes what was said of residents missing from a full supply: they are told to have left (SIP-040). */
export async function closeMissing(
  db: Client,
  comune: string,
  supplyId: number,
  entries: readonly number[],
): Promise<void> {
  if (entries.length === 0) return;
  await db.query(
    `update findings f set chiusa_da = $2 from entries e
      where f.comune = $1 and f.codice = 'SIP-040' and f.chiusa_da is null and f.supply_id <> $2
        and e.entry_id = any($3::bigint[]) and e.id_soggetto = f.id_soggetto and e.comune = $1
        and not exists (select from registrations r where r.entry_id = e.entry_id and r.valid_to = 'infinity')`,
    [comune, supplyId, entries],
  );
}

/** Closes what was said of families that had nobody to head them (EF008), or two who did (EF009), and have no more. */
export async function closeHeaded(
  db: Client,
  comune: string,
  supplyId: number,
  codice: 'EF008' | 'EF009',
  families: readonly string[],
): Promise<void> {
  if (families.length === 0) return;
  await db.query(
    `update findings set chiusa_da = $2
      where comune = $1 and codice = $4 and chiusa_da is null and supply_id <> $2 and id_famiglia = any($3::text[])`,
    [comune, supplyId, families, codice],
  );
}
