/**
 * What asks whoever administers for a decision (security.md, 3 and 6): profiles whose yearly review is due or past, accounts that nobody uses, agreements
 * that end soon. Pure.
 */
import { addDays, type Day, romeDay } from '../../kernel/day.ts';
import { type AccessPolicy, DEFAULT_POLICY } from '../rights/authorise.ts';
import type { LastUse } from './accounts.sql.ts';
import type { AgreementRow, ClientRow, GrantRow, UserRow } from './tables.ts';

export type DueKind =
  /** The yearly review is due within thirty days. */
  | 'review-due'
  /** It was not made: the profile opens nothing. */
  | 'review-past'
  /** Six months unused within thirty days. */
  | 'unused-soon'
  /** Six months unused: the account is disabled. */
  | 'unused'
  /** The agreement ends within sixty days. */
  | 'agreement-ending'
  /** No profile: it opens nothing. */
  | 'no-profile';

export interface Due {
  readonly kind: DueKind;
  /** Account or agreement. */
  readonly id: string;
  readonly body: string;
  readonly profile: string | null;
  /** The day on which it opens nothing any more. */
  readonly on: Day | null;
}

export interface Reviewed {
  readonly users: readonly UserRow[];
  readonly clients: readonly ClientRow[];
  readonly grants: readonly GrantRow[];
  readonly agreements: readonly AgreementRow[];
  readonly lastUses: readonly LastUse[];
}

const SOON_DAYS = 30;
const ENDING_DAYS = 60;

/** The most urgent first. */
export function dueReviews(given: Reviewed, today: Day, policy: AccessPolicy = DEFAULT_POLICY): Due[] {
  const due: Due[] = [];
  const uses = new Map(given.lastUses.map((use) => [use.holder_id, romeDay(new Date(use.used_at))]));
  const grants = Map.groupBy(given.grants, (grant) => grant.holder_id);
  const accounts = [
    ...given.users.map((u) => ({ id: u.user_id, body: u.body_id, state: u.state })),
    ...given.clients.map((c) => ({ id: c.client_id, body: c.body_id, state: c.state })),
  ];
  const soon = addDays(today, SOON_DAYS);
  for (const { id, body, state } of accounts) {
    if (state !== 'active') continue;
    const own = grants.get(id) ?? [];
    if (own.length === 0) due.push({ kind: 'no-profile', id, body, profile: null, on: null });
    for (const { profile_id, reviewed_on } of own) {
      const on = addDays(reviewed_on, policy.reviewDays);
      if (on > soon) continue;
      due.push({ kind: on <= today ? 'review-past' : 'review-due', id, body, profile: profile_id, on });
    }
    const used = uses.get(id);
    if (used === undefined) continue;
    const on = addDays(used, policy.unusedDays);
    if (on <= soon) due.push({ kind: on <= today ? 'unused' : 'unused-soon', id, body, profile: null, on });
  }
  for (const { agreement_id, body_id, valid_to } of given.agreements)
    if (valid_to !== null && today < valid_to && valid_to <= addDays(today, ENDING_DAYS))
      due.push({ kind: 'agreement-ending', id: agreement_id, body: body_id, profile: null, on: valid_to });
  return due.sort((a, b) => ((a.on ?? '9') < (b.on ?? '9') ? -1 : (a.on ?? '9') > (b.on ?? '9') ? 1 : 0));
}
