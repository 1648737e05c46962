/** What is no fact of the register is kept for its term and no longer (security.md, 36; GDPR art. 5(1)(e)). */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listNow } from '../../src/access/accounts/history.sql.ts';
import { applyRetention, BY_ITSELF, putRetentionRule } from '../../src/access/retention/retention.service.ts';
import { listRuleHistory } from '../../src/access/retention/retention.sql.ts';
import { RETENTION_KINDS, RETENTION_RULES, retentionRule } from '../../src/access/retention/retention.ts';
import { retentionContext } from '../../src/entry/retention.ts';
import { type TestAudit, testAudit } from '../support/audit.ts';

const NOW = new Date('2026-11-25T10:00:00Z');
const DAY = 86_400_000;
const OLD = randomUUID();
const YOUNG = randomUUID();

/** A thing of each kind whose days count from an instant. @param n tells one from another */
const THINGS: Readonly<Record<(typeof RETENTION_KINDS)[number], string>> = {
  drafts: `insert into access.drafts (user_id, name, box, written_at) values ('U1', $1, '\\x00', $2)`,
  uploads: `insert into intake.uploads (upload_id, body_id, holder_id, comune, file_name, door, size, created_at, changed_at)
            values ($1::uuid, 'B1', 'U1', '036023', 'a.zip', 'SIPOP', 10, $2, $2)`,
  'verification-batches': `insert into verification.batches (batch_id, user_id, body_name, address, certificate, second_factor, al, known_at,
              columns, rows, input_digest, made_at, expires_at)
            values ($1, 'U1', 'Ente', '::1', false, true, '2026-01-01', $2, '{}', 1, '', $2, 'infinity')`,
  'used-tokens': `insert into access.used_tokens (digest, expires_at) values (sha256($1::bytea), $2)`,
  'sign-in-failures': `insert into access.sign_in_failures (digest, at) values (sha256($1::bytea), $2)`,
  sessions: `insert into access.sessions (digest, holder_id, key_kind, second_factor, certificate, must_change, csrf, address, made_at, seen_at)
            values (sha256($1::bytea), $1, 'password', true, false, false, '', '::1', $2, $2)`,
  'pending-steps': `insert into access.pending_steps (digest, kind, content, expires_at) values (sha256($1::bytea), 'oidc', '', $2)`,
  invitations: `insert into access.invitations (digest, user_id, expires_at) values (sha256($1::bytea), 'U1', $2)`,
  recoveries: `insert into access.recoveries (digest, user_id, number, address, asked_at, expires_at, state)
            values (sha256($1::bytea), 'U1', '00000000', '::1', $2, $2, 'waiting')`,
  'quota-uses': `insert into access.quota_uses (holder_id, day, taken) values ($1, ($2::timestamptz)::date, 1)`,
  'audit-verifications': `insert into audit.verifications (run_id, started_by, started_at, changed_at) values ($1::uuid, 'U1', $2, $2)`,
};

let a: TestAudit;
beforeAll(async () => {
  a = await testAudit();
});
afterAll(() => a.remove());

const context = (log: Parameters<typeof retentionContext>[1]['audit'] = a.log) =>
  retentionContext(a.db, { audit: log, now: () => NOW }, a.folder, BY_ITSELF);
const leaves = async () =>
  (
    await a.db.query<{ count: string; fields: string; outcome: string }>(
      `select body ->> 'count' as count, body ->> 'fields' as fields, body ->> 'outcome' as outcome
         from audit.leaves where body ->> 'operation' = 'retentionApply' order by leaf_index`,
    )
  ).rows;
const access = { db: undefined as never, now: () => NOW, by: 'os:root' };
const rules = async () => new Map((await listNow(a.db, RETENTION_RULES)).map((rule) => [rule.rule_id, rule]));
/** One that is past its term by two days, and one that has two days still. */
async function twoOf(kind: (typeof RETENTION_KINDS)[number], days: number): Promise<void> {
  const at = (age: number) => new Date(NOW.getTime() - age * DAY);
  await a.owner.query(THINGS[kind], [OLD, at(days + 2)]);
  await a.owner.query(THINGS[kind], [YOUNG, at(days - 2)]);
}

it('every kind of thing has its term, with its source of law, and there are no others', async () => {
  const held = await rules();
  expect([...held.keys()].sort()).toEqual([...RETENTION_KINDS].sort());
  for (const rule of held.values()) expect(rule.law).not.toBe('');
});

it('where the leaf cannot be written nothing is taken away', async () => {
  await twoOf('drafts', 7);
  const full = { append: () => Promise.reject(new Error('full')) };
  await expect(applyRetention(context(full))).rejects.toThrow();
  expect((await a.owner.query('select from access.drafts')).rowCount).toBe(2);
  await a.owner.query('delete from access.drafts');
});

it('a rule that is off takes nothing away', async () => {
  await twoOf('drafts', 7);
  const rule = (await rules()).get('drafts')!;
  await putRetentionRule({ ...access, db: a.db }, { ...rule, active: false });
  await applyRetention(context());
  expect((await a.owner.query('select from access.drafts')).rowCount).toBe(2);
  await putRetentionRule({ ...access, db: a.db }, rule);
  await a.owner.query('delete from access.drafts');
});

it.each(RETENTION_KINDS)(
  '%s: what is past its term goes, what is not stays, and a leaf says so',
  async (kind) => {
    await twoOf(kind, (await rules()).get(kind)!.term_days);
    const file = (id: string) => join(a.folder, 'uploads', id, 'a.zip');
    if (kind === 'uploads')
      for (const id of [OLD, YOUNG]) {
        mkdirSync(join(a.folder, 'uploads', id), { recursive: true });
        writeFileSync(file(id), 'bytes');
      }
    const applied = await applyRetention(context());
    expect(applied.filter((one) => one.removed > 0).map((one) => [one.rule.rule_id, one.removed])).toEqual([
      [kind, 1],
    ]);
    expect((await leaves()).at(-1)).toEqual({ count: '1', fields: `["${kind}=1"]`, outcome: 'answered' });
    if (kind === 'uploads') expect([existsSync(file(OLD)), existsSync(file(YOUNG))]).toEqual([false, true]);
    // Once is enough: the other is still there, and stays.
    expect((await applyRetention(context())).every((one) => one.removed === 0)).toBe(true);
  },
);

it('a term that is made shorter holds at the next time, and what it was stays to be read', async () => {
  await putRetentionRule(
    { ...access, db: a.db },
    retentionRule({ id: 'drafts', days: 1, law: 'regolamento 4/2026', active: true }),
  );
  const applied = await applyRetention(context());
  expect(applied.find((one) => one.rule.rule_id === 'drafts')?.removed).toBe(1);
  const history = (await listRuleHistory(a.db)).filter((rule) => rule.rule_id === 'drafts');
  expect(history[0]).toMatchObject({ term_days: 1, recorded_to: null, changed_by: 'os:root' });
  expect(history.at(-1)).toMatchObject({ term_days: 7, changed_by: 'sipop' });
});

it('no rule is without a term, a source of law, or of an unknown kind', () => {
  const rule = { id: 'drafts', days: 7, law: 'GDPR', active: true };
  for (const wrong of [{ id: 'persons' }, { days: -1 }, { days: 1.5 }, { law: ' ' }])
    expect(() => retentionRule({ ...rule, ...wrong })).toThrow(/./);
});
