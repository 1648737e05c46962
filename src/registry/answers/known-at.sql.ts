/** The last committed instant, behind one place (scale.md, "One clock": over many machines only this would change). */
import type { Client } from '../../platform/db/pool.ts';
import type { KnownAt } from './known-at.ts';

/**
 * SQL for the instant at which a question is answered: the one asked for, never beyond the last committed one
 * (registry.md). `parameter` ($2, say) may be null: now.
 */
export const knownAtExpression = (parameter: string): string =>
  `(select least(coalesce(${parameter}::timestamptz, 'infinity'), last_recorded) from register_clock)`;

/** The instant at which a question with this `noto_al` is answered; null asks for now. */
export async function getKnownAt(db: Client, asked: KnownAt | null): Promise<KnownAt> {
  const { rows } = await db.query<{ known_at: KnownAt }>({
    name: 'known-at',
    text: `select ${knownAtExpression('$1')} as known_at`,
    values: [asked],
  });
  return rows[0]!.known_at;
}
