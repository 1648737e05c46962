/** Sign-in and sessions (security.md, "Keys" and "Sessions"): each control with what breaks it. */

import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { Clock, type Office, Offices, PASSWORD } from '../../../test/support/offices.ts';
import { stopUser } from '../accounts/users.service.ts';
import { beginTotp, confirmTotp, removeTotp } from './second-factor.service.ts';
import { findPassword, replaceHash, useTotpStep } from './sessions.sql.ts';
import { callerOf, forgetOver, repeatsCsrf, type SignIn, signIn, signOut } from './sign-in.service.ts';

const MINUTE = 60_000;
let t: TestDatabase;
let offices: Offices;
let office: Office;
beforeAll(async () => {
  t = await testDatabase();
  offices = new Offices(t.db, new Clock('2026-03-02T09:00:00Z'));
  await offices.begin();
});
afterAll(() => t.drop());
beforeEach(async () => {
  office = await offices.open('police', 'polizia');
});

const given = (more: Partial<SignIn> = {}): SignIn => ({
  userId: office.user.user_id,
  password: PASSWORD,
  code: office.secret === null ? null : offices.code(office.secret),
  address: '10.0.0.1',
  ...more,
});
const attempt = (more: Partial<SignIn> = {}) => signIn(offices.sessions, given(more));
const nextCode = (): void => offices.clock.pass(30_000);

it('password and code open a session, which says whose it is', async () => {
  const opened = await attempt();
  const caller = await callerOf(offices.sessions, opened.word);
  expect(caller?.holder).toMatchObject({ id: office.user.user_id, state: 'active' });
  expect(caller?.session).toMatchObject({ key_kind: 'password', second_factor: true });
});

it('only a digest of the session’s word is kept, and the secret of the code not in the open', async () => {
  const opened = await attempt();
  for (const table of ['sessions', 'second_factors']) {
    const { rows } = await t.db.query<{ row: string }>(
      `select row_to_json(t)::text as row from access.${table} t`,
    );
    const text = rows.map(({ row }) => row).join();
    expect(text).not.toContain(opened.word);
    expect(text).not.toContain(office.secret);
    expect(text).not.toContain(Buffer.from(office.secret ?? '').toString('hex'));
  }
});

describe('control 11: one error for all failures', () => {
  it('user unknown, password wrong, code wrong, missing or used: the same', async () => {
    const used = given();
    await signIn(offices.sessions, used);
    const said = new Set<string>();
    for (const more of [
      { userId: 'U999999' },
      { password: 'x' },
      { code: '000000' },
      { code: null },
      used,
      { code: 'abcdef' },
    ])
      said.add(
        await attempt(more).then(
          () => 'taken',
          (error: Error) => `${error.name} ${error.message}`,
        ),
      );
    expect(said.size).toBe(1);
    expect([...said][0]).toContain('AppError');
  });

  it('after five failures the right password does not open either, for a quarter of an hour', async () => {
    for (let i = 0; i < 5; i++)
      await expect(attempt({ password: 'x' })).rejects.toMatchObject({ code: 'unauthenticated' });
    nextCode();
    await expect(attempt()).rejects.toMatchObject({ code: 'unauthenticated' });
    offices.clock.pass(15 * MINUTE);
    await expect(attempt()).resolves.toHaveProperty('word');
  });

  it('an address that tries many users waits, whoever it tries', async () => {
    for (let i = 0; i < 50; i++) await attempt({ userId: `U9${i}`, address: '10.9.9.9' }).catch(() => {});
    nextCode();
    await expect(attempt({ address: '10.9.9.9' })).rejects.toMatchObject({ code: 'unauthenticated' });
    nextCode();
    await expect(attempt({ address: '10.9.9.8' })).resolves.toHaveProperty('word');
  });
});

describe('control 10: the second factor', () => {
  it('a code is taken once, also by two requests at the same time', async () => {
    const results = await Promise.allSettled([attempt(), attempt()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    // Also where both had read the same last step: the database gives it to one.
    const step = Math.floor(offices.clock.now().getTime() / 30_000) + 1;
    const taken = await Promise.all([1, 2].map(() => useTotpStep(t.db, office.user.user_id, step)));
    expect(taken.sort()).toEqual([false, true]);
  });

  it('a code that came with a wrong password is still good with the right one, and no answer tells which was wrong', async () => {
    const code = offices.code(office.secret ?? '');
    await expect(attempt({ code, password: 'x' })).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(attempt({ code })).resolves.toHaveProperty('word');
    await expect(attempt({ code })).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('a session without it says so; it cannot be enrolled twice, nor be taken away by oneself (12)', async () => {
    office = await offices.open('police', 'polizia', { secondFactor: false });
    const opened = await attempt();
    expect(opened.secondFactor).toBe(false);
    const { secret } = await beginTotp(offices.sessions, office.user.user_id);
    await expect(confirmTotp(offices.sessions, office.user.user_id, '000000')).rejects.toMatchObject({
      code: 'invalid-request',
    });
    await confirmTotp(offices.sessions, office.user.user_id, offices.code(secret));
    await expect(beginTotp(offices.sessions, office.user.user_id)).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(
      removeTotp(offices.sessions, office.user.user_id, office.user.user_id),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await removeTotp(offices.sessions, office.user.user_id, 'U1');
    await expect(beginTotp(offices.sessions, office.user.user_id)).resolves.toHaveProperty('uri');
  });
});

it('control 9: a hash with weaker settings is made anew at the next sign-in', async () => {
  const kept = async () => String((await findPassword(t.db, office.user.user_id))?.hash);
  const weak = await hash(PASSWORD.normalize('NFKC'), { memoryCost: 4096, timeCost: 2 });
  await replaceHash(t.db, office.user.user_id, await kept(), weak);
  await attempt();
  expect(await kept()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  nextCode();
  await expect(attempt()).resolves.toHaveProperty('word');
});

it('control 13: the last access is told at the next', async () => {
  expect((await attempt({ address: '10.0.0.7' })).lastUse).toMatchObject({ address: '127.0.0.1' });
  nextCode();
  expect((await attempt()).lastUse).toMatchObject({ address: '10.0.0.7' });
});

it('control 14: one session a key', async () => {
  const first = await attempt();
  nextCode();
  const second = await attempt();
  expect(await callerOf(offices.sessions, first.word)).toBeNull();
  expect(await callerOf(offices.sessions, second.word)).not.toBeNull();
});

describe('control 15: idle and absolute ends, and logout on the server', () => {
  it('fifteen minutes without a request', async () => {
    const { word } = await attempt();
    offices.clock.pass(15 * MINUTE - 1);
    expect(await callerOf(offices.sessions, word)).not.toBeNull();
    offices.clock.pass(15 * MINUTE);
    expect(await callerOf(offices.sessions, word)).toBeNull();
  });

  it('eight hours whatever is done', async () => {
    const { word } = await attempt();
    for (let i = 0; i < 47; i++) {
      offices.clock.pass(10 * MINUTE);
      expect(await callerOf(offices.sessions, word)).not.toBeNull();
    }
    offices.clock.pass(10 * MINUTE);
    expect(await callerOf(offices.sessions, word)).toBeNull();
    await forgetOver(offices.sessions);
    const { rows } = await t.db.query('select from access.sessions where holder_id = $1', [
      office.user.user_id,
    ]);
    expect(rows).toHaveLength(0);
  });

  it('logout', async () => {
    const { word } = await attempt();
    expect(await signOut(offices.sessions, word)).toBe(office.user.user_id);
    expect(await callerOf(offices.sessions, word)).toBeNull();
    expect(await signOut(offices.sessions, word)).toBeNull();
  });
});

it('control 17: the word against forged requests is the session’s own', async () => {
  const opened = await attempt();
  const session = (await callerOf(offices.sessions, opened.word))?.session;
  if (session === undefined) throw new Error('no session');
  expect(repeatsCsrf(session, opened.csrf)).toBe(true);
  for (const forged of [undefined, '', 'x', `${opened.csrf}x`, opened.word])
    expect(repeatsCsrf(session, forged)).toBe(false);
});

it('control 4: the end of an account closes its session in the same moment', async () => {
  const { word } = await attempt();
  await stopUser(offices.access, office.user.user_id, 'suspend', 'prova');
  expect(await callerOf(offices.sessions, word)).toBeNull();
  nextCode();
  await expect(attempt()).rejects.toMatchObject({ code: 'unauthenticated' });
});

it('words that were never given open nothing', async () => {
  await attempt();
  for (const word of ['', 'x', 'a'.repeat(10_000), '\u0000', office.user.user_id])
    expect(await callerOf(offices.sessions, word)).toBeNull();
});
