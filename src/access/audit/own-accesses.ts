/**
 * The list a person may be given: who looked, when and why (security.md, control 31). Told are the body, the purpose and its legal
 * basis, never the clerk; left out is what the law hides: accesses for a purpose that may not be disclosed, and for one that
 * is not known. Nothing in the list shows that something was left out.
 */
import type { Client } from '../../platform/db/pool.ts';
import { listNow } from '../accounts/history.sql.ts';
import { BODIES, PURPOSES } from '../accounts/tables.ts';
import type { AuditKeys } from './audit-keys.ts';
import type { AccessKind } from './leaf.ts';
import { searchLeaves } from './search.ts';

export interface OwnAccess {
  readonly at: string;
  /** The name of the body; null for who runs the system. */
  readonly body: string | null;
  readonly operation: string;
  readonly kind: AccessKind;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly fields: readonly string[];
}

/** More are answered in parts, by time. */
const MOST = 10_000;

/** @param subjects every name of the person (P123) */
export async function listOwnAccesses(
  db: Client,
  keys: AuditKeys,
  subjects: readonly string[],
  period: { readonly from: string | null; readonly to: string | null },
  now: Date,
): Promise<OwnAccess[]> {
  const purposes = new Map((await listNow(db, PURPOSES)).map((p) => [p.purpose_id, p]));
  const bodies = new Map((await listNow(db, BODIES)).map((b) => [b.body_id, b.name]));
  const leaves = await searchLeaves(
    db,
    keys,
    { ...period, user: null, body: null, operation: null, outcome: 'answered', subjects, limit: MOST },
    now,
  );
  return leaves.flatMap((leaf): OwnAccess[] => {
    const purpose = leaf.purpose === null ? undefined : purposes.get(leaf.purpose);
    if (purpose?.disclosed !== true) return [];
    return [
      {
        at: leaf.at,
        body: leaf.body === null ? null : (bodies.get(leaf.body) ?? leaf.body),
        operation: leaf.operation,
        kind: leaf.kind,
        purpose: purpose.italian,
        legalBasis: purpose.legal_basis,
        fields: leaf.fields,
      },
    ];
  });
}
