/** Statements about operations in the national form: those sent, what they were answered, what they had applied. */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { Esito } from './supply-record.ts';

/** An accepted operation, with what it was answered. */
export interface AcceptedOperation {
  readonly supplyId: number;
  readonly sha256: string;
  readonly ricevuta: string;
  readonly esito: Esito;
  /** What it asked (5008). */
  readonly richiesta: string;
  readonly answer: string;
}

export async function findOperation(
  db: Client,
  comune: string,
  idOperazione: string,
): Promise<AcceptedOperation | null> {
  const { rows } = await db.query<AcceptedOperation>({
    name: 'operation-by-id',
    text: `select supply_id as "supplyId", sha256, ricevuta, esito, richiesta, answer
             from supplies join operation_answers using (supply_id)
            where comune = $1 and id_operazione = $2 and esito <> 'RIFIUTATA' and tipo = 'OPERAZIONE'`,
    values: [comune, idOperazione],
  });
  return rows[0] ?? null;
}

/** How far operations of a comune have come. */
export interface OperationsSent {
  /** The greatest idOperazioneComune accepted, of those that are numbers; null where there is none. */
  readonly last: string | null;
  /** Was this one sent before, and refused for another reason than its number? Not by who may not speak for the comune (SIP-004): the comune has not sent it. */
  readonly refused: boolean;
  /** The latest situazione_al of any accepted supply; null before the first. */
  readonly situazioneAl: Day | null;
}

export async function findOperationsSent(
  db: Client,
  comune: string,
  idOperazione: string,
): Promise<OperationsSent> {
  const { rows } = await db.query<OperationsSent>({
    name: 'operations-sent',
    text: `select (select max(id_operazione::numeric)::text from supplies
                    where comune = $1 and tipo = 'OPERAZIONE' and esito <> 'RIFIUTATA' and id_operazione ~ '^[0-9]+$') as last,
                  exists (select from supplies s
                           where comune = $1 and tipo = 'OPERAZIONE' and esito = 'RIFIUTATA' and id_operazione = $2
                             and not exists (select from findings f where f.supply_id = s.supply_id and f.codice in ('SIP-004', 'SIP-006'))
                  ) as refused,
                  (select max(situazione_al) from supplies
                    where comune = $1 and esito <> 'RIFIUTATA') as "situazioneAl"`,
    values: [comune, idOperazione],
  });
  return rows[0]!;
}

export async function insertAnswer(db: Client, supplyId: number, answer: string): Promise<void> {
  await db.query('insert into operation_answers (supply_id, answer) values ($1, $2)', [supplyId, answer]);
}

/** An operation refused before is accepted now: what had been found of it is mended. */
export async function closeRefusedOperation(
  db: Client,
  comune: string,
  idOperazione: string,
  supplyId: number,
): Promise<void> {
  await db.query(
    `update findings f set chiusa_da = $3 from supplies s
      where s.supply_id = f.supply_id and s.comune = $1 and s.id_operazione = $2 and s.tipo = 'OPERAZIONE'
        and s.esito = 'RIFIUTATA' and f.chiusa_da is null
        and not exists (select from findings o where o.supply_id = s.supply_id and o.codice = 'SIP-004')`,
    [comune, idOperazione, supplyId],
  );
}

/** An event that an operation brought. */
export interface OperationEvent {
  readonly event_id: number;
  readonly id_evento: string;
  readonly operazione: string;
  readonly tipo: 'N' | 'R' | 'A';
  readonly decorrenza: Day;
}

/** The events of an operation that was accepted, in the order in which they were applied. */
export async function findOperationEvents(db: Client, supplyId: number): Promise<OperationEvent[]> {
  const { rows } = await db.query<OperationEvent>({
    name: 'operation-events',
    text: `select event_id, id_evento, operazione, tipo, decorrenza from events
            where supply_id = $1 and id_evento is not null order by event_id`,
    values: [supplyId],
  });
  return rows;
}

/** The entries of a comune that are called so and were born so, among the identities held now. */
export async function findByIdentity(
  db: Client,
  comune: string,
  who: {
    readonly surnameKey: string;
    readonly givenKey: string;
    readonly birthFrom: Day;
    readonly birthTo: Day;
  },
): Promise<number[]> {
  const { rows } = await db.query<{ entry_id: number }>({
    name: 'entries-by-identity',
    text: `select distinct i.entry_id from identities i join entries e using (entry_id)
            where i.surname_key = $2 and i.given_key = $3 and i.birth_from = $4 and i.birth_to = $5 and e.comune = $1
              and not i.sealed order by i.entry_id`,
    values: [comune, who.surnameKey, who.givenKey, who.birthFrom, who.birthTo],
  });
  return rows.map((r) => r.entry_id);
}

/** Where what is held of somebody's death comes from. */
export interface DeathSource {
  readonly id_evento: string | null;
  readonly operazione: string;
  readonly progressivo: number;
}

export async function findDeathSource(db: Client, entryId: number): Promise<DeathSource | null> {
  const { rows } = await db.query<DeathSource>({
    name: 'death-source',
    text: `select e.id_evento, e.operazione, s.progressivo
             from deaths d join events e using (event_id) join supplies s using (supply_id)
            where d.entry_id = $1 order by d.valid_from desc, d.event_id desc limit 1`,
    values: [entryId],
  });
  return rows[0] ?? null;
}
