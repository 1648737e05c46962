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

/** Each condition is there only where it is asked, so that its index is used. */
export async function listLeaves(db: Client, query: LeafQuery): Promise<FoundLeaf[]> {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const where = (condition: (parameter: string) => string, value: unknown): void => {
    if (value === null) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  where((p) => `body ->> 'at' >= ${p}`, query.from);
  where((p) => `body ->> 'at' < ${p}`, query.to);
  where((p) => `body ->> 'user' = ${p}`, query.user);
  where((p) => `body ->> 'body' = ${p}`, query.body);
  where((p) => `body ->> 'operation' = ${p}`, query.operation);
  where((p) => `body ->> 'outcome' = ${p}`, query.outcome);
  where((p) => `body::jsonb -> 'subjects' ?| ${p}::text[]`, query.subjects);
  values.push(query.limit);
  const { rows } = await db.query<{ index: number; body: LeafBody }>(
    `select leaf_index as index, body from audit.leaves
     ${conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`}
     order by leaf_index desc limit $${values.length}`,
    values,
  );
  return rows.map(({ index, body }) => ({ index, ...body }));
}
