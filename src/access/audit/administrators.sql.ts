/** What administrators did, for the yearly review (security.md, control 32). */
import type { Client } from '../../platform/db/pool.ts';

export interface AdministratorUse {
  readonly user: string;
  readonly operation: string;
  readonly answered: number;
  readonly refused: number;
  readonly first: string;
  readonly last: string;
  /** Places it was done from. */
  readonly addresses: number;
}

/** Every administrative act of a period, by who did it. @param from, to ISO instants, half-open */
export async function listAdministratorUses(
  db: Client,
  from: string,
  to: string,
): Promise<AdministratorUse[]> {
  const { rows } = await db.query<AdministratorUse>(
    `select body ->> 'user' as user, body ->> 'operation' as operation,
            count(*) filter (where body ->> 'outcome' = 'answered') as answered,
            count(*) filter (where body ->> 'outcome' <> 'answered') as refused,
            min(body ->> 'at') as first, max(body ->> 'at') as last,
            count(distinct body ->> 'from') as addresses
       from audit.leaves
      where body ->> 'at' >= $1 and body ->> 'at' < $2
        and (body ->> 'kind' = 'administered' or body ->> 'client' = 'cli')
      group by 1, 2 order by 1, 2`,
    [from, to],
  );
  return rows;
}
