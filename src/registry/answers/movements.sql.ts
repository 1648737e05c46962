/** Registrations of a comune that begin or end in a period, as known at an instant. */
import type { Client } from '../../platform/db/pool.ts';
import { type FactRow, factFrom, type RegistrationFact } from './facts.ts';
import type { KnownAt } from './known-at.ts';
import type { Period } from './movements.ts';

// A partial date reaches beyond its first day, a year at the most: the rules decide (movements.ts).
const MOVED = `f.comune = $1 and f.recorded_from <= $2::timestamptz
   and ((f.valid_from < $4::date and f.valid_from >= $3::date - 366) or (f.valid_to < $4::date and f.valid_to >= $3::date - 366))`;

const REGISTRATIONS = `
  select row_to_json(f) as fact from registrations f where ${MOVED}
  union all
  select row_to_json(f) from registrations_past f where ${MOVED} and $2::timestamptz < f.recorded_to`;

/** Those that may have begun or ended in the period, with the entry of each. */
export async function listRegistrationsMoved(
  db: Client,
  comune: string,
  period: Period,
  knownAt: KnownAt,
): Promise<{ readonly entryId: number; readonly registration: RegistrationFact }[]> {
  const { rows } = await db.query<{ fact: FactRow }>({
    name: 'registrations-moved',
    text: REGISTRATIONS,
    values: [comune, knownAt, period.from, period.to],
  });
  return rows.map(({ fact }) => ({
    entryId: fact.entry_id ?? 0,
    registration: factFrom<RegistrationFact>(fact),
  }));
}
