/** The yearly review of administrators as a report (security.md, control 32): who they are, what they did, what asks for a decision. */
import { addDays, type Day, romeDay } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { type AdministratorUse, listAdministratorUses } from '../audit/administrators.sql.ts';
import { type AccessPolicy, type AccountState, DEFAULT_POLICY } from '../rights/authorise.ts';
import { listLastUses } from './accounts.sql.ts';
import { listNow } from './history.sql.ts';
import { GRANTS, type GrantRow, USERS, type UserRow } from './tables.ts';

export type Question =
  /** A profile whose yearly review is due within thirty days, or past. */
  | 'review-due'
  /** Nobody used it for six months. */
  | 'unused'
  | 'no-profile'
  | 'suspended'
  /** Acts by a login of the machine, which no account stands behind. */
  | 'no-account';

export interface ReviewedAdministrator {
  readonly id: string;
  readonly name: string | null;
  readonly state: AccountState | null;
  readonly lastUse: string | null;
  readonly profiles: readonly { readonly profile: string; readonly reviewedOn: Day }[];
  readonly acts: readonly AdministratorUse[];
  readonly questions: readonly Question[];
}

const SOON_DAYS = 30;

function questionsOf(
  user: UserRow,
  grants: readonly GrantRow[],
  lastUse: string | null,
  today: Day,
  policy: AccessPolicy,
): Question[] {
  const questions: Question[] = [];
  if (grants.some((g) => addDays(g.reviewed_on, policy.reviewDays - SOON_DAYS) <= today))
    questions.push('review-due');
  if (
    user.state === 'active' &&
    (lastUse === null || addDays(romeDay(new Date(lastUse)), policy.unusedDays) <= today)
  )
    questions.push('unused');
  if (user.state === 'active' && grants.length === 0) questions.push('no-profile');
  if (user.state === 'suspended') questions.push('suspended');
  return questions;
}

/** @param period ISO instants, half-open */
export async function reviewAdministrators(
  db: Client,
  period: { readonly from: string; readonly to: string },
  today: Day,
  policy: AccessPolicy = DEFAULT_POLICY,
): Promise<ReviewedAdministrator[]> {
  const acts = Map.groupBy(await listAdministratorUses(db, period.from, period.to), (use) => use.user);
  const users = await listNow(db, USERS, { column: 'account', values: ['administration'] });
  const ids = users.map((u) => u.user_id);
  const grants = Map.groupBy(
    await listNow(db, GRANTS, { column: 'holder_id', values: ids }),
    (g) => g.holder_id,
  );
  const uses = new Map((await listLastUses(db, ids)).map((use) => [use.holder_id, use.used_at]));
  const accounts = users
    .filter((user) => user.state !== 'ended' || acts.has(user.user_id))
    .map((user): ReviewedAdministrator => {
      const own = grants.get(user.user_id) ?? [];
      const lastUse = uses.get(user.user_id) ?? null;
      return {
        id: user.user_id,
        name: `${user.surname} ${user.given_name}`,
        state: user.state,
        lastUse,
        profiles: own.map((g) => ({ profile: g.profile_id, reviewedOn: g.reviewed_on })),
        acts: acts.get(user.user_id) ?? [],
        questions: questionsOf(user, own, lastUse, today, policy),
      };
    });
  const others = [...acts]
    .filter(([id]) => id !== null && !ids.includes(id))
    .map(([id, own]): ReviewedAdministrator => {
      const machine = id.startsWith('os:');
      const questions: readonly Question[] = machine ? ['no-account'] : [];
      return {
        id,
        name: null,
        state: null,
        lastUse: own.at(-1)?.last ?? null,
        profiles: [],
        acts: own,
        questions,
      };
    });
  return [...accounts, ...others];
}
