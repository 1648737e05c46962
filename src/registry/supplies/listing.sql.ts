/** Supplies and their findings in pages, of the comuni that somebody may see. */
import type { Client } from '../../platform/db/pool.ts';
import { FINDING, SEALED_SINCE, type StoredFinding, type StoredOutcome } from './supplies.sql.ts';

export interface ListedSupply extends Omit<StoredOutcome, 'lette' | 'applicate' | 'scartate' | 'segnalate'> {
  readonly sha256: string;
  readonly door: string;
  readonly software_nome: string | null;
  readonly aperte: number;
}

export interface SupplyQuery {
  /** Null: the whole province. */
  readonly comuni: readonly string[] | null;
  readonly esito: string | null;
  /** Those that came before this one; null: from the newest. */
  readonly before: number | null;
  readonly limit: number;
}

/** The newest first, each with how many findings are open. */
export async function listSupplies(db: Client, query: SupplyQuery): Promise<ListedSupply[]> {
  const { rows } = await db.query<ListedSupply>(
    `select s.supply_id as "supplyId", s.ricevuta, s.comune, s.progressivo, s.tipo, s.richiesta, s.id_operazione, s.file_name as file,
            s.esito, s.situazione_al, s.received_at as ricevuta_il, s.sha256, s.door, s.software_nome,
            (select count(*) from findings f where f.supply_id = s.supply_id and f.chiusa_da is null) as aperte
       from supplies s
      where ($1::text[] is null or s.comune = any($1)) and ($2::text is null or s.esito = $2)
        and ($3::bigint is null or s.supply_id < $3)
      order by s.supply_id desc limit $4`,
    [query.comuni, query.esito, query.before, query.limit],
  );
  return rows;
}

export interface FindingPageQuery {
  /** Of one supply; null: of all. */
  readonly supplyId: number | null;
  readonly comuni: readonly string[] | null;
  readonly codice: string | null;
  readonly gravita: string | null;
  readonly closedToo: boolean;
}

export interface FindingPlace {
  readonly supply: number;
  readonly n: number;
}

export interface PagedFinding extends StoredFinding {
  readonly comune: string;
  readonly key_supply: number;
  readonly key_n: number;
}

const WHERE = `($1::bigint is null or f.supply_id = $1) and ($2::text[] is null or f.comune = any($2))
  and ($3::text is null or f.codice = $3) and ($4::text is null or f.gravita = $4) and ($5 or f.chiusa_da is null)`;
const wanted = (q: FindingPageQuery): unknown[] => [q.supplyId, q.comuni, q.codice, q.gravita, q.closedToo];

/** The newest supply first, in the order in which they were found. @param after the last of the page before */
export async function pageFindings(
  db: Client,
  query: FindingPageQuery,
  after: FindingPlace | null,
  limit: number,
): Promise<PagedFinding[]> {
  const { rows } = await db.query<PagedFinding>(
    `select ${FINDING}, f.comune, f.supply_id as key_supply, f.n as key_n
       from findings f join supplies s using (supply_id) left join supplies c on c.supply_id = f.chiusa_da
      where ${WHERE} and ($6::bigint is null or (-f.supply_id, f.n) > (-$6::bigint, $7::integer))
      order by -f.supply_id, f.n limit $8`,
    [...wanted(query), after?.supply ?? null, after?.n ?? 0, limit],
  );
  return rows;
}

/** How many findings there are. */
export async function countFindingsOf(db: Client, query: FindingPageQuery): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from findings f where ${WHERE}`,
    wanted(query),
  );
  return rows[0]?.n ?? 0;
}

/** The persons whom findings are about, by the number of each entry. */
export async function listFindingSubjects(db: Client, query: FindingPageQuery): Promise<string[]> {
  const { rows } = await db.query<{ entry_id: number }>(
    `select distinct r.entry_id from findings f
       join register_numbers r on r.comune = f.comune and r.id_soggetto = f.id_soggetto
      where ${WHERE} order by r.entry_id`,
    wanted(query),
  );
  return rows.map(({ entry_id }) => `P${entry_id}`);
}

export interface CodeCount {
  readonly codice: string;
  readonly gravita: string;
  readonly numero: number;
  readonly aperte: number;
  /** Whom or what they are about: so many different subjects, in so many supplies. */
  readonly soggetti: number;
  readonly forniture: number;
  /** The sentences of one of them, and whom it is about; null where it was written before a seal. */
  readonly esempio: string | null;
  readonly esempio_en: string | null;
  readonly comune: string;
  readonly id_soggetto: string;
}

/** Findings by code, the gravest and most first. */
export async function countByCode(db: Client, query: FindingPageQuery): Promise<CodeCount[]> {
  const { rows } = await db.query<CodeCount>(
    `select c.codice, c.gravita, c.numero, c.aperte, c.soggetti, c.forniture, f.comune, f.id_soggetto,
            case when not ${SEALED_SINCE} then f.messaggio end as esempio,
            case when not ${SEALED_SINCE} then f.messaggio_en end as esempio_en
       from (select f.codice, f.gravita, count(*) as numero, count(*) filter (where f.chiusa_da is null) as aperte,
                    count(distinct f.id_soggetto) filter (where f.id_soggetto <> '') as soggetti,
                    count(distinct f.supply_id) as forniture,
                    (array_agg(array[f.supply_id, f.n] order by f.supply_id desc, f.n))[1:1] as one
               from findings f where ${WHERE} group by f.codice, f.gravita) c
       join findings f on f.supply_id = c.one[1][1] and f.n = c.one[1][2]
       join supplies s on s.supply_id = f.supply_id
      order by c.gravita, c.numero desc, c.codice`,
    wanted(query),
  );
  return rows;
}
