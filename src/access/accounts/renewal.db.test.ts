/** A system of an older version takes what a newer one brings to its profiles, and keeps what is its own (security.md, "Who"). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { Clock, Offices } from '../../../test/support/offices.ts';
import { FIRST_PROFILES } from '../rights/profiles.ts';
import { change, changeOf } from './change.service.ts';
import { closeNow, findNow, putNow } from './history.sql.ts';
import { findRenewals, takeRenewals } from './renewal.service.ts';
import { PROFILES, type ProfileRow, PURPOSES } from './tables.ts';

/** As the first version that had profiles left them: what came since is not there. */
const SINCE: Readonly<Record<string, readonly string[]>> = {
  securityAdministrator: [
    'keyList',
    'keyBind',
    'keyRevoke',
    'recoveryList',
    'recoveryApprove',
    'recoveryRefuse',
    'retentionManage',
    'processingManage',
    'breachManage',
  ],
  auditor: ['alertRules', 'auditWitness'],
  registryOfficer: ['auditWitness', 'reconciliationPutOff'],
  coordinator: ['reconciliationPutOff'],
};
const NEW_PROFILES = ['reconciler', 'keyCustodian'];

let t: TestDatabase;
let offices: Offices;
beforeEach(async () => {
  t = await testDatabase();
  offices = new Offices(t.db, new Clock('2026-03-02T09:00:00Z'));
  await offices.begin();
  const by = changeOf(offices.access);
  await change(offices.access, async (db) => {
    for (const id of NEW_PROFILES) await closeNow(db, PROFILES, [id], by);
    for (const [id, operations] of Object.entries(SINCE)) {
      const held = await profile(id);
      await putNow(
        db,
        PROFILES,
        { ...held, operations: held.operations.filter((one) => !operations.includes(one)) },
        by,
      );
    }
    // The province’s own: clerks that see no civil status, and may list supplies.
    const clerk = await profile('comuneClerk');
    await putNow(
      db,
      PROFILES,
      { ...clerk, italian: 'sportello', operations: [...clerk.operations, 'supplyList'] },
      by,
    );
  });
  offices.clock.pass(1000);
});
afterEach(() => t.drop());

async function profile(id: string): Promise<ProfileRow> {
  const held = await findNow(t.db, PROFILES, [id]);
  if (held === null) throw new Error(`no profile ${id}`);
  return held;
}

describe('an older system', () => {
  it('is told which profiles and operations are new, and nothing of them holds before it takes them', async () => {
    const { profiles, purposes } = await findRenewals(t.db);
    const told = profiles.map(({ profile: { id }, whole, operations }) => [id, whole ? 'new' : operations]);
    expect(Object.fromEntries(told)).toEqual({
      ...Object.fromEntries(NEW_PROFILES.map((id) => [id, 'new'])),
      ...Object.fromEntries(
        Object.entries(SINCE).map(([id, operations]) => [id, expect.arrayContaining([...operations])]),
      ),
    });
    expect(purposes).toEqual([]);
    expect((await profile('auditor')).operations).not.toContain('alertRules');
    expect(await findNow(t.db, PROFILES, ['keyCustodian'])).toBeNull();
  });

  it('takes those that it names, and keeps what is its own', async () => {
    await takeRenewals(offices.access, ['auditor', 'keyCustodian']);
    expect((await profile('auditor')).operations).toContain('alertRules');
    expect(await profile('keyCustodian')).toMatchObject({
      account: 'administration',
      operations: ['recoveryList', 'recoveryApprove', 'recoveryRefuse'],
    });
    const left = (await findRenewals(t.db)).profiles.map(({ profile: { id } }) => id);
    expect(left.sort()).toEqual(['coordinator', 'reconciler', 'registryOfficer', 'securityAdministrator']);
    await expect(takeRenewals(offices.access, ['auditor'])).rejects.toMatchObject({ code: 'not-found' });
  });

  it('takes all of them at once, purposes too, with what was before in the history; then nothing is new', async () => {
    await change(offices.access, async (db) => {
      await closeNow(db, PURPOSES, ['coordinamento'], changeOf(offices.access));
    });
    offices.clock.pass(1000);
    await takeRenewals(offices.access, null);
    expect(await findRenewals(t.db)).toEqual({ profiles: [], purposes: [] });
    expect(await findNow(t.db, PURPOSES, ['coordinamento'])).toMatchObject({
      italian: 'coordinamento provinciale',
    });
    expect(await profile('comuneClerk')).toMatchObject({
      italian: 'sportello',
      operations: expect.arrayContaining(['supplyList']),
    });
    for (const first of FIRST_PROFILES)
      expect((await profile(first.id)).operations).toEqual(expect.arrayContaining([...first.operations]));
    const { rows } = await t.db.query<{ operations: string[] }>(
      `select operations from access.profiles where profile_id = 'auditor' and recorded_to < 'infinity' order by recorded_from desc limit 1`,
    );
    expect(rows[0]?.operations).not.toContain('alertRules');
  });

  it('takes nothing where the leaf cannot be written (26)', async () => {
    const access = { ...offices.access, beforeCommit: () => Promise.reject(new Error('no leaf')) };
    await expect(takeRenewals(access, null)).rejects.toThrow('no leaf');
    expect((await profile('auditor')).operations).not.toContain('alertRules');
  });
});

it('before the first administrator there is nothing to renew: the tables come with them', async () => {
  const empty = await testDatabase();
  try {
    expect(await findRenewals(empty.db)).toEqual({ profiles: [], purposes: [] });
  } finally {
    await empty.drop();
  }
});
