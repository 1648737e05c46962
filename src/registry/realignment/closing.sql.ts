/**
 * What a later full supply mends of earlier ones (tracciato.md 4, Outcome): it tells its subjects and households again, so
 * whatever was found of them closes, unless it is found again. What was found of events is theirs to mend, but for a family
 * that they left without a head, or with two (EF008, EF009).
 */
import type { Client } from '../../platform/db/pool.ts';

/** Subqueries stand alone, so that each is hashed once: a supply may have as many findings as it has rows. */
const AGAIN = `(select codice, id_soggetto, coalesce(id_famiglia, '') from findings where supply_id = $2)`;

/** Closes findings of earlier supplies. A change of software (SIP-021) is news, not a fault: nothing mends it. */
export async function closeRetoldFindings(db: Client, comune: string, supplyId: number): Promise<void> {
  await db.query(
    `update findings f set chiusa_da = $2
      where f.comune = $1 and f.supply_id <> $2 and f.chiusa_da is null and f.gravita <> 'B'
        and (f.file is distinct from 'eventi.jsonl' or f.codice in ('EF008', 'EF009')) and f.codice <> 'SIP-021'
        and case
              when f.codice = 'SIP-020' then (f.file, f.campo) not in
                (select file, campo from findings where supply_id = $2 and codice = 'SIP-020')
              when (f.codice, f.id_soggetto, coalesce(f.id_famiglia, '')) in ${AGAIN} then false
              when f.codice = 'SIP-040' then true
              when f.id_soggetto <> '' then f.id_soggetto in (select id_soggetto from told_subjects)
              when f.id_famiglia is not null then f.id_famiglia in (select id_household from told_households)
              -- A row without an identifier: were it still there, it would have been found again.
              else f.riga is not null
            end`,
    [comune, supplyId],
  );
}

/** Closes the rows set aside by earlier full supplies: those of subjects that stand now, and of files told without fault. */
export async function closeRetoldRows(db: Client, comune: string, supplyId: number): Promise<void> {
  await db.query(
    `update set_aside s set chiusa_da = $2
      where s.comune = $1 and s.supply_id <> $2 and s.chiusa_da is null and s.file <> 'eventi.jsonl'
        and case
              when s.file = 'soggetti.csv' and s.id_soggetto <> '' then
                s.id_soggetto in (select id_soggetto from told_subjects)
              when s.id_soggetto <> '' then
                s.id_soggetto in (select id_soggetto from told_subjects)
                and (s.file, s.id_soggetto) not in (select file, id_soggetto from set_aside where supply_id = $2)
              else not exists (select from findings f
                                where f.supply_id = s.supply_id and f.file = s.file and f.riga = s.riga
                                  and f.gravita = 'E' and f.chiusa_da is null)
            end`,
    [comune, supplyId],
  );
}
