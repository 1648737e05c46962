/** Bodies, agreements and accounts over their lives (security.md, "Who", 1 to 6 and 8). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { addDays, day, romeDay } from '../../kernel/day.ts';
import { openDatabase } from '../../platform/db/pool.ts';
import { authorise, type Demand } from '../rights/authorise.ts';
import { FIRST_PROFILES } from '../rights/profiles.ts';
import { listUserHistory, putLastUse } from './accounts.sql.ts';
import { addBody, addClient, endAgreement, endBody, endClient, makeAgreement } from './bodies.service.ts';
import type { AccessContext } from './change.service.ts';
import { firstAdministrator } from './first-administrator.service.ts';
import { grantProfile, reviewGrant, revokeGrant } from './grants.service.ts';
import { listNow } from './history.sql.ts';
import { findHolder } from './holder.ts';
import { BODIES, PROFILES, type UserRow } from './tables.ts';
import { acceptInvitation, type Invitation, inviteAgain, inviteUser, stopUser } from './users.service.ts';

const FIRST = {
  surname: 'Verdi',
  givenName: 'Luca',
  codiceFiscale: 'VRDLCU80A01F257X',
  bodyName: 'Provincia',
};

let t: TestDatabase;
let now = new Date('2026-03-02T09:00:00Z');
let context: AccessContext;
beforeAll(async () => {
  t = await testDatabase();
  context = { db: t.db, now: () => now, by: 'os:root' };
  await firstAdministrator(context, FIRST);
});
afterAll(() => t.drop());
beforeEach(() => {
  now = new Date('2026-03-02T09:00:00Z');
});

const PASSWORD = 'correttezza cavallo batteria';
const later = (days: number): void => {
  now = new Date(now.getTime() + days * 86_400_000);
};
const accept = (invitation: Invitation, password = PASSWORD) =>
  acceptInvitation(context, invitation.word, password, { secondFactor: false, address: '10.0.0.1' });

let persons = 0;
/** A comune with its agreement and an active clerk. */
async function comuneWithClerk(comune: string): Promise<{ agreement: string; user: UserRow; body: string }> {
  const body = await addBody(context, { name: `Comune ${comune}`, kind: 'comune', comune });
  const agreement = await makeAgreement(context, {
    body_id: body.body_id,
    legal_basis: 'convenzione 1/2026',
    delivers: 'VARIAZIONI',
    every_days: 1,
    services: ['lookup', 'verification', 'supplies'],
    profiles: ['comuneClerk'],
    purposes: ['anagrafe', 'certificazione'],
    network: ['10.0.0.0/8'],
    certificate: false,
    valid_from: day('2026-01-01'),
    valid_to: day('2031-01-01'),
  });
  const invitation = await inviteUser(context, person(body.body_id));
  await grantProfile(context, { holder_id: invitation.user.user_id, profile_id: 'comuneClerk', comuni: [] });
  const user = await accept(invitation);
  return { agreement: agreement.agreement_id, user, body: body.body_id };
}
const person = (bodyId: string, account: UserRow['account'] = 'ordinary') => ({
  body_id: bodyId,
  surname: 'Bianchi',
  given_name: 'Anna',
  codice_fiscale: `CF${String(persons++).padStart(14, '0')}`,
  office: 'anagrafe',
  account,
});

/** Whether the user may read a person of a comune, and why not. */
async function mayRead(userId: string, comune: string, given: Partial<Demand> = {}): Promise<string> {
  const holder = await findHolder(t.db, userId);
  if (holder === null) return 'nobody';
  const decision = authorise(holder, {
    operation: 'personRead',
    purpose: 'anagrafe',
    file: '1',
    comuni: [comune],
    person: 'P1',
    fields: null,
    address: '10.1.2.3',
    certificate: false,
    secondFactor: true,
    today: romeDay(now),
    ...given,
  });
  return decision.kind === 'granted' ? 'granted' : decision.reason;
}

describe('the first administrator', () => {
  it('is invited once, with the tables of profiles and purposes, and nobody after', async () => {
    const fresh = await testDatabase();
    const own = { ...context, db: fresh.db };
    const first = await firstAdministrator(own, FIRST);
    expect(first.user).toMatchObject({ state: 'invited', account: 'administration' });
    await expect(firstAdministrator(own, FIRST)).rejects.toMatchObject({ code: 'conflict' });
    expect(await listNow(fresh.db, PROFILES)).toHaveLength(FIRST_PROFILES.length);
    const options = { secondFactor: false, address: '10.0.0.1' };
    const admin = await acceptInvitation(own, first.word, PASSWORD, options);
    const holder = await findHolder(fresh.db, admin.user_id);
    await fresh.drop();
    const demand: Demand = {
      operation: 'userManage',
      purpose: 'amministrazione-accessi',
      file: null,
      comuni: null,
      person: null,
      fields: null,
      address: '10.0.0.1',
      certificate: false,
      secondFactor: true,
      today: romeDay(now),
    };
    expect(authorise(holder!, demand)).toMatchObject({ kind: 'granted', profile: 'securityAdministrator' });
    expect(authorise(holder!, { ...demand, operation: 'personRead' })).toMatchObject({
      reason: 'account-kind',
    });
  });

  it('of two who ask at once one becomes it', async () => {
    const fresh = await testDatabase();
    const both = await Promise.allSettled(
      [1, 2].map(() => firstAdministrator({ ...context, db: fresh.db }, FIRST)),
    );
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    await fresh.drop();
  });
});

describe('an account over its life', () => {
  it('opens nothing while it is only invited; the first use wants the word, once, and a good password (8)', async () => {
    const body = await addBody(context, { name: 'Scuola', kind: 'scuola', comune: null });
    const invitation = await inviteUser(context, person(body.body_id));
    expect(await mayRead(invitation.user.user_id, '036001')).toBe('account-not-active');
    await expect(accept({ ...invitation, word: 'guess' })).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(accept(invitation, 'BIANCHI-anna-2026')).rejects.toMatchObject({ code: 'invalid-request' });
    expect((await accept(invitation)).state).toBe('active');
    await expect(accept(invitation)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('an invitation lasts seven days, and a new one makes the old one worthless', async () => {
    const body = await addBody(context, { name: 'Scuola', kind: 'scuola', comune: null });
    const first = await inviteUser(context, person(body.body_id));
    const second = await inviteAgain(context, first.user.user_id, 'invite-again');
    await expect(accept(first)).rejects.toMatchObject({ code: 'unauthenticated' });
    later(7);
    await expect(accept(second)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('one account a person (1), and another one apart for who administers (5)', async () => {
    const body = await addBody(context, { name: 'Ente', kind: 'altro', comune: null });
    const given = person(body.body_id);
    const ordinary = await inviteUser(context, given);
    await expect(inviteUser(context, given)).rejects.toMatchObject({ code: 'conflict' });
    const admin = await inviteUser(context, { ...given, account: 'administration' });
    await expect(
      grantProfile(context, { holder_id: admin.user.user_id, profile_id: 'police', comuni: [] }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await expect(
      grantProfile(context, {
        holder_id: ordinary.user.user_id,
        profile_id: 'securityAdministrator',
        comuni: [],
      }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  it('a clerk who changed office: the account ends, its keys and profiles with it, and its number is never given again (2, 4)', async () => {
    const { user } = await comuneWithClerk('036001');
    expect(await mayRead(user.user_id, '036001')).toBe('granted');
    await stopUser(context, user.user_id, 'end', 'trasferita ad altro ufficio');
    expect(await mayRead(user.user_id, '036001')).toBe('account-not-active');
    expect((await findHolder(t.db, user.user_id))?.grants).toEqual([]);
    const { rows } = await t.db.query('select from access.passwords where user_id = $1', [user.user_id]);
    expect(rows).toEqual([]);
    await expect(inviteAgain(context, user.user_id, 'resume')).rejects.toMatchObject({ code: 'conflict' });
    const again = await inviteUser(context, { ...person(user.body_id), codice_fiscale: user.codice_fiscale });
    expect(again.user.user_id).not.toBe(user.user_id);
    expect((await listUserHistory(t.db, user.user_id)).map((row) => row['state'])).toEqual([
      'invited',
      'active',
      'ended',
    ]);
  });

  it('a suspended account opens nothing at once, and comes back by an invitation of somebody else (12)', async () => {
    const { user } = await comuneWithClerk('036002');
    await stopUser(context, user.user_id, 'suspend', 'in verifica');
    expect(await mayRead(user.user_id, '036002')).toBe('account-not-active');
    await expect(inviteAgain({ ...context, by: user.user_id }, user.user_id, 'resume')).rejects.toMatchObject(
      {
        code: 'conflict',
      },
    );
    await accept(await inviteAgain(context, user.user_id, 'resume'), 'tramonto libreria ventidue');
    expect(await mayRead(user.user_id, '036002')).toBe('granted');
  });

  it('a forgotten account: unused for six months it opens nothing; a use counts (6)', async () => {
    const { user } = await comuneWithClerk('036003');
    later(182);
    expect(await mayRead(user.user_id, '036003')).toBe('granted');
    later(1);
    expect(await mayRead(user.user_id, '036003')).toBe('account-unused');
    await putLastUse(t.db, user.user_id, now.toISOString(), '10.0.0.1');
    expect(await mayRead(user.user_id, '036003')).toBe('granted');
  });

  it('a profile that nobody reviews for a year expires; reviewed it goes on (3)', async () => {
    const { user } = await comuneWithClerk('036004');
    later(365);
    await putLastUse(t.db, user.user_id, now.toISOString(), '10.0.0.1');
    expect(await mayRead(user.user_id, '036004')).toBe('grant-unreviewed');
    await reviewGrant(context, user.user_id, 'comuneClerk');
    expect(await mayRead(user.user_id, '036004')).toBe('granted');
    await revokeGrant(context, user.user_id, 'comuneClerk');
    expect(await mayRead(user.user_id, '036004')).toBe('no-profile');
  });
});

describe('a body and its agreement', () => {
  it('an agreement that ended this morning opens nothing, for nobody of the body (4)', async () => {
    const { user, agreement } = await comuneWithClerk('036005');
    await endAgreement(context, agreement, addDays(romeDay(now), 1));
    expect(await mayRead(user.user_id, '036005')).toBe('granted');
    await endAgreement(context, agreement, romeDay(now));
    expect(await mayRead(user.user_id, '036005')).toBe('agreement-not-in-force');
  });

  it('a body that is no more opens nothing', async () => {
    const { user, body } = await comuneWithClerk('036006');
    await endBody(context, body);
    expect(await mayRead(user.user_id, '036006')).toBe('body-ended');
    await expect(inviteUser(context, person(body))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('a comune sees its own, from its own network, for what was agreed', async () => {
    const { user } = await comuneWithClerk('036007');
    expect(await mayRead(user.user_id, '036008')).toBe('territory');
    expect(await mayRead(user.user_id, '036007', { address: '192.168.1.1' })).toBe('network');
    expect(await mayRead(user.user_id, '036007', { purpose: 'autocertificazioni' })).toBe(
      'purpose-not-allowed',
    );
    expect(await mayRead(user.user_id, '036007', { operation: 'populationCount' })).toBe(
      'service-not-agreed',
    );
  });

  it('names what exists, has an end, and is of one body a comune', async () => {
    const body = await addBody(context, { name: 'AUSL', kind: 'sanita', comune: null });
    const given = {
      body_id: body.body_id,
      legal_basis: 'x',
      delivers: null,
      every_days: null,
      services: ['lookup'] as const,
      profiles: ['healthAuthority'],
      purposes: ['assistenza-sanitaria'],
      network: [],
      certificate: false,
      valid_from: day('2026-01-01'),
      valid_to: day('2027-01-01'),
    };
    await expect(makeAgreement(context, { ...given, profiles: ['doctor'] })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(makeAgreement(context, { ...given, purposes: ['x'] })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(makeAgreement(context, { ...given, valid_to: null })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(makeAgreement(context, { ...given, body_id: 'B999' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(addBody(context, { name: 'x', kind: 'comune', comune: '036007' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('a system of a body may what its profile says, until it ends', async () => {
    const { body } = await comuneWithClerk('036009');
    const client = await addClient(context, body, 'gestionale');
    expect(await mayRead(client.client_id, '036009')).toBe('no-profile');
    await grantProfile(context, { holder_id: client.client_id, profile_id: 'comuneClerk', comuni: [] });
    expect(await mayRead(client.client_id, '036009')).toBe('granted');
    await endClient(context, client.client_id, 'sostituito');
    expect(await mayRead(client.client_id, '036009')).toBe('account-not-active');
  });
});

describe('the history of access stays', () => {
  it('what held on a day is there after it changed, and the application cannot rewrite it', async () => {
    const body = await addBody(context, { name: 'Prima', kind: 'altro', comune: null });
    await endBody(context, body.body_id);
    const { rows } = await t.db.query<{ ended: boolean }>(
      'select ended from access.bodies where body_id = $1 order by recorded_from',
      [body.body_id],
    );
    expect(rows.map((row) => row.ended)).toEqual([false, true]);
    for (const statement of [
      "update access.bodies set name = 'x'",
      'delete from access.bodies',
      'update access.users set state = state',
      'delete from access.grants',
      "update access.profiles set territory = 'province'",
      'truncate access.agreements',
    ])
      await expect(t.db.query(statement)).rejects.toMatchObject({ code: '42501' });
    expect((await listNow(t.db, BODIES)).find((b) => b.body_id === body.body_id)?.ended).toBe(true);
  });

  it('the database keeps no password but by argon2id (9)', async () => {
    const put = (hash: string) =>
      t.db.query(
        'insert into access.passwords (user_id, hash, set_at, must_change) values ($1, $2, now(), false)',
        ['U999999', hash],
      );
    for (const hash of [
      'correttezza cavallo batteria',
      '$2b$10$abcdefghijklmnopqrstuv',
      '$argon2i$v=19$m=19456',
    ])
      await expect(put(hash)).rejects.toMatchObject({ code: '23514' });
  });

  it('control 33: the role of statistics reads no table of persons, of the audit or of access', async () => {
    const { rows } = await t.db.query<{ name: string; columns: string[] }>(
      `select format('%I.%I', n.nspname, c.relname) as name
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'v', 'm', 'p') and n.nspname in ('registry', 'access', 'audit', 'intake')
          and (has_any_column_privilege('sipop_stats', c.oid, 'select')
            or has_table_privilege('sipop_stats', c.oid, 'insert, update, delete, truncate'))`,
    );
    expect(rows).toEqual([]);
  });

  it('the role of statistics reads none of it, the auditor all but the keys', async () => {
    const owner = await openDatabase({ url: t.ownerUrl, applicationName: 'test', poolSize: 1 });
    const as = (role: string, statement: string) =>
      owner.transaction(async (client) => {
        await client.query(`set local role ${role}`);
        return client.query(statement);
      });
    await expect(as('sipop_stats', 'select * from access.users')).rejects.toMatchObject({ code: '42501' });
    await expect(as('sipop_auditor', 'select * from access.users')).resolves.toBeDefined();
    await expect(as('sipop_auditor', 'select * from access.passwords')).rejects.toMatchObject({
      code: '42501',
    });
    await owner.close();
  });
});
