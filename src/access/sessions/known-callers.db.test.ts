/** Who asks is kept from one request to the next, and yet every change of access holds with the commit that makes it (control 4). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { Clock, type Office, Offices, PASSWORD } from '../../../test/support/offices.ts';
import { romeDay } from '../../kernel/day.ts';
import { type Database, openDatabase } from '../../platform/db/pool.ts';
import { endAgreement, endBody } from '../accounts/bodies.service.ts';
import { stopUser } from '../accounts/users.service.ts';
import { KnownCallers } from './known-callers.ts';
import { callerOf, type SessionContext, signIn, signOut } from './sign-in.service.ts';

const MINUTE = 60_000;
let t: TestDatabase;
let owner: Database;
let offices: Offices;
let office: Office;
let word: string;
let callers: KnownCallers;
/** The context of the callers, with what its database was asked. */
let counted: { readonly context: SessionContext; readonly names: string[] };

function counting(context: SessionContext): typeof counted {
  const names: string[] = [];
  const { db } = context;
  const query: Database['query'] = (statement, values) => {
    names.push(typeof statement === 'string' ? statement : (statement.name ?? statement.text));
    return db.query(statement, values);
  };
  return { names, context: { ...context, db: Object.assign(Object.create(db) as Database, { query }) } };
}

beforeAll(async () => {
  t = await testDatabase();
  owner = await openDatabase({ url: t.ownerUrl, applicationName: 'test', poolSize: 1 });
  offices = new Offices(t.db, new Clock('2026-03-02T09:00:00Z'));
  await offices.begin();
});
afterAll(async () => {
  await owner.close();
  await t.drop();
});
beforeEach(async () => {
  office = await offices.open('police', 'polizia');
  ({ word } = await signIn(offices.sessions, {
    userId: office.user.user_id,
    password: PASSWORD,
    code: office.secret === null ? null : offices.code(office.secret),
    address: '10.0.0.1',
  }));
  counted = counting(offices.sessions);
  callers = new KnownCallers(counted.context);
  expect(await callers.of(word)).toEqual(await callerOf(offices.sessions, word));
});

it('a holder is read once, and sessions of requests that come together in one look', async () => {
  counted.names.length = 0;
  const asked = await Promise.all(Array.from({ length: 20 }, () => callers.of(word)));
  expect(asked.every((caller) => caller?.holder.id === office.user.user_id)).toBe(true);
  expect(counted.names).toEqual(['find-sessions']);
});

it('words that open nothing open nothing, beside one that does', async () => {
  const [none, own] = await Promise.all([callers.of('x'), callers.of(word)]);
  expect([none, own?.holder.id]).toEqual([null, office.user.user_id]);
});

describe('control 4: what was kept holds no longer than the access it was read of', () => {
  const day = () => romeDay(offices.clock.now());
  const changes: readonly [string, () => Promise<unknown>][] = [
    ['the end of an agreement', () => endAgreement(offices.access, office.agreementId, day())],
    ['the end of an account', () => stopUser(offices.access, office.user.user_id, 'end', 'prova')],
    ['the end of a body', () => endBody(offices.access, office.body.body_id)],
    ['sign-out', () => signOut(offices.sessions, word)],
    ['idleness', async () => offices.clock.pass(15 * MINUTE)],
  ];
  it.each(changes)('%s', async (_name, change) => {
    await change();
    expect(await callers.of(word)).toEqual(await callerOf(offices.sessions, word));
  });

  const byHand: readonly [string, string][] = [
    ['users', "update access.users set state = 'suspended' where user_id = $1"],
    ['grants', 'delete from access.grants where holder_id = $1'],
    [
      'bodies',
      'update access.bodies set ended = true where body_id = (select body_id from access.users where user_id = $1 limit 1)',
    ],
    [
      'agreements',
      "update access.agreements set network = '{10.9.0.0/16}' where body_id = (select body_id from access.users where user_id = $1 limit 1)",
    ],
    [
      'profiles',
      "update access.profiles set fields = '{}' where profile_id = (select profile_id from access.grants where holder_id = $1 limit 1)",
    ],
    ['last uses', "update access.last_uses set used_at = used_at - interval '200 days' where holder_id = $1"],
  ];
  it.each(byHand)('also one made by hand in the database: %s', async (_table, statement) => {
    const before = await callers.of(word);
    const changed = await owner.query(statement, [office.user.user_id]);
    expect(changed.rowCount).toBeGreaterThan(0);
    const after = await callers.of(word);
    expect(after).not.toEqual(before);
    expect(after).toEqual(await callerOf(offices.sessions, word));
  });

  it('with the commit, neither before nor after; two changes at once do not wait for each other until then', async () => {
    const suspend = "update access.users set state = 'suspended' where user_id = $1";
    const other = await offices.open('police', 'polizia');
    await owner.transaction(async (first) => {
      await first.query(suspend, [office.user.user_id]);
      await t.db.transaction(async (second) => {
        await second.query(
          "update access.users set recorded_to = now() where user_id = $1 and recorded_to = 'infinity'",
          [other.user.user_id],
        );
      });
      expect((await callers.of(word))?.holder.id).toBe(office.user.user_id);
    });
    expect(await callers.of(word)).toBeNull();
  });
});
