/** Looking for leaves: by time, user, body, operation, outcome, subject. The newest first. */
import type { Client } from '../../platform/db/pool.ts';
import type { LeafBody } from './leaf.ts';

export interface LeafQuery {
  /** ISO instants, half-open. */
  readonly from: string | null;
  readonly to: string | null;
  readonly user: string | null;
  readonly body: string | null;
  readonly operation: string | null;
  readonly outcome: string | null;
  /** Commitments of one person; null: of anybody. */
  readonly subjects: readonly string[] | null;
  readonly limit: number;
}

export interface FoundLeaf extends LeafBody {
  readonly index: number;
}

/**
 * Each condition is there only where it is asked, so that its index is used. The leaves of a person, and those of a period that has
 * ended, are gathered first: the planner knows nothing of how rare they are, and would look for them from the newest leaf
 * backwards, through all the others.
 */
export async function listLeaves(db: Client, query: LeafQuery): Promise<FoundLeaf[]> {
  const first: string[] = [];
  const then: string[] = [];
  const values: unknown[] = [];
  const where = (list: string[], condition: (parameter: string) => string, value: unknown): void => {
    if (value === null) return;
    values.push(value);
    list.push(condition(`$${values.length}`));
  };
  const gathered = query.subjects !== null || query.to !== null;
  const period = query.subjects === null && gathered ? first : then;
  where(first, (p) => `body::jsonb -> 'subjects' ?| ${p}::text[]`, query.subjects);
  where(period, (p) => `body ->> 'at' >= ${p}`, query.from);
  where(period, (p) => `body ->> 'at' < ${p}`, query.to);
  where(then, (p) => `body ->> 'user' = ${p}`, query.user);
  where(then, (p) => `body ->> 'body' = ${p}`, query.body);
  where(then, (p) => `body ->> 'operation' = ${p}`, query.operation);
  where(then, (p) => `body ->> 'outcome' = ${p}`, query.outcome);
  values.push(query.limit);
  const all = (conditions: readonly string[]): string =>
    conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  const { rows } = await db.query<{ index: number; body: LeafBody }>(
    `with gathered as ${gathered ? 'materialized' : 'not materialized'} (
       select leaf_index, body from audit.leaves ${all(first)}
     )
     select leaf_index as index, body from gathered ${all(then)}
      order by leaf_index desc limit $${values.length}`,
    values,
  );
  return rows.map(({ index, body }) => ({ index, ...body }));
}
