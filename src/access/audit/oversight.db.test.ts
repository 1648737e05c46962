/** Who watches: a citizen who asks who looked, an auditor who finds a curious clerk, the yearly review (security.md, 30 to 32). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entry, type TestAudit, testAudit } from '../../../test/support/audit.ts';
import { day } from '../../kernel/day.ts';
import { reviewAdministrators } from '../accounts/administrators.ts';
import { addBody } from '../accounts/bodies.service.ts';
import { firstAdministrator } from '../accounts/first-administrator.service.ts';
import { acceptInvitation } from '../accounts/users.service.ts';
import { putAlertRule } from './alert-rules.service.ts';
import { listOwnAccesses } from './own-accesses.ts';
import { readAlerts } from './read-alerts.ts';

const NOW = new Date('2026-11-25T10:00:00Z');
const PERIOD = { from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' };
const ALWAYS = { from: null, to: null };
const context = () => ({ db: a.t.db, now: () => NOW, by: 'os:root' });

let a: TestAudit;
let admin: string;
beforeAll(async () => {
  a = await testAudit();
  const given = {
    surname: 'Verdi',
    givenName: 'Luca',
    codiceFiscale: 'VRDLCU80A01F257X',
    bodyName: 'Provincia',
  };
  const invitation = await firstAdministrator(context(), given);
  admin = invitation.user.user_id;
  await acceptInvitation(context(), invitation.word, 'correttezza cavallo batteria', {
    secondFactor: false,
    address: '10.0.0.1',
  });
  await addBody(context(), { name: 'Comune di Modena', kind: 'comune', comune: '036023' });
});
afterAll(() => a.remove());

const look = (subject: string, purpose: string | null, given: Parameters<typeof entry>[1] = {}) =>
  a.log.append(
    entry(0, {
      at: '2026-11-24T09:00:00.000Z',
      caller: { user: 'U9', client: null, body: 'B2', from: '10.0.0.1' },
      subjects: [subject],
      purpose,
      ...given,
    }),
  );

describe('a citizen who asks who looked (31)', () => {
  it('is told the body, when and why, and nothing that the law hides, nor that it was left out', async () => {
    await look('P1', 'anagrafe');
    await look('P1', 'polizia-giudiziaria');
    await look('P1', 'giustizia');
    await look('P1', 'altro');
    await look('P1', null);
    await look('P2', 'anagrafe');
    await look('P1', 'certificazione', { at: '2026-10-02T09:00:00.000Z', kind: 'listed' });
    await look('P1', 'anagrafe', { outcome: 'refused', reason: 'forbidden' });
    const told = await listOwnAccesses(a.db, a.keys, ['P1'], ALWAYS, NOW);
    expect(
      told.map((t) => ({ at: t.at.slice(0, 10), body: t.body, purpose: t.purpose, kind: t.kind })),
    ).toEqual([
      {
        at: '2026-10-02',
        body: 'Comune di Modena',
        purpose: 'certificazione allo sportello',
        kind: 'listed',
      },
      { at: '2026-11-24', body: 'Comune di Modena', purpose: 'tenuta dell’anagrafe', kind: 'consulted' },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/U9|polizia|giustizia/);
  });
});

describe('an auditor who finds a curious clerk (30)', () => {
  it('by the rules in force, by name where the rule knows the person', async () => {
    await look('P7', 'anagrafe', { at: '2026-11-24T23:00:00.000Z' });
    await look('P8', 'anagrafe');
    await putAlertRule(context(), {
      rule_id: 'noti',
      kind: 'well-known',
      parameters: { subjects: ['P8'] },
      active: true,
    });
    const circles = new Map([['U9', { colleagues: ['P7'], neighbours: ['P99'] }]]);
    const { alerts, rules } = await readAlerts(a.db, a.keys, PERIOD, circles);
    expect(rules.map((r) => r.id).sort()).toEqual([
      'colleghi',
      'molti',
      'noti',
      'orari',
      'rifiuti',
      'vicini',
      'volume',
    ]);
    expect(alerts.map(({ kind, user, subject }) => ({ kind, user, subject }))).toEqual([
      { kind: 'well-known', user: 'U9', subject: 'P8' },
      { kind: 'odd-hours', user: 'U9', subject: null },
      { kind: 'colleagues', user: 'U9', subject: 'P7' },
    ]);
  });

  it('a rule switched off tells nothing; one that is none is refused', async () => {
    for (const rule_id of ['noti', 'orari', 'colleghi'])
      await putAlertRule(context(), {
        rule_id,
        kind: 'refusals',
        parameters: { minutes: 60, most: 10 },
        active: false,
      });
    expect((await readAlerts(a.db, a.keys, PERIOD, new Map())).alerts).toEqual([]);
    await expect(
      putAlertRule(context(), { rule_id: 'x', kind: 'volume', parameters: { most: -1 }, active: true }),
    ).rejects.toMatchObject({ code: 'invalid-request' });
  });
});

describe('the yearly review of administrators (32)', () => {
  it('tells who they are, what they did and what there is to decide', async () => {
    const act = (user: string, operation: string, at: string, given: Parameters<typeof entry>[1] = {}) =>
      a.log.append(
        entry(0, {
          at,
          caller: { user, client: user.startsWith('os:') ? 'cli' : null, body: null, from: '10.0.0.1' },
          operation,
          kind: 'administered',
          subjects: [],
          ...given,
        }),
      );
    await act(admin, 'userManage', '2026-11-02T09:00:00.000Z');
    await act(admin, 'userManage', '2026-11-03T09:00:00.000Z', { outcome: 'refused', reason: 'forbidden' });
    await act('os:anna', 'auditKeysRotate', '2026-11-04T09:00:00.000Z');
    await act(admin, 'userManage', '2025-11-02T09:00:00.000Z');
    const review = (today: string) => reviewAdministrators(a.db, PERIOD, day(today));
    const [first, second, ...rest] = await review('2026-11-25');
    expect(rest).toEqual([]);
    expect(first).toMatchObject({
      id: admin,
      name: 'Verdi Luca',
      state: 'active',
      profiles: [{ profile: 'securityAdministrator', reviewedOn: '2026-11-25' }],
      acts: [{ operation: 'userManage', answered: 1, refused: 1 }],
      questions: [],
    });
    expect(second).toMatchObject({ id: 'os:anna', questions: ['no-account'] });
    expect((await review('2027-11-01'))[0]?.questions).toEqual(['review-due', 'unused']);
  });
});
