/** The access matrix: every operation with every profile, and whatever may be wrong with each (house.md, habit 9). */
import { describe, expect, it } from 'vitest';
import { addDays, day } from '../../kernel/day.ts';
import {
  type Agreement,
  authorise,
  closest,
  type Demand,
  type Grant,
  type Holder,
  isWithin,
  REFUSALS,
  type RefusalReason,
} from './authorise.ts';
import { OPERATION_IDS, OPERATION_RIGHTS, type OperationId, type Service } from './operations.ts';
import { FIELDS, FIRST_PROFILES, FIRST_PURPOSES, type Profile } from './profiles.ts';

const TODAY = day('2026-11-24');
const HERE = '036023';
const THERE = '036042';
const SERVICES = [...new Set(OPERATION_IDS.map((id) => OPERATION_RIGHTS[id].service))] as Service[];

const agreementFor = (profile: Profile): Agreement => ({
  id: 'A1',
  services: SERVICES,
  profiles: [profile.id],
  purposes: FIRST_PURPOSES.map((p) => p.id),
  network: ['10.20.0.0/16'],
  certificate: true,
  validFrom: day('2026-01-01'),
  validTo: day('2027-01-01'),
});
const grantOf = (profile: Profile): Grant => ({ profile, comuni: [HERE], reviewedOn: day('2026-03-01') });
const holderOf = (profile: Profile): Holder => ({
  id: 'U1',
  account: profile.account,
  state: 'active',
  usedOn: day('2026-11-20'),
  body: { id: 'B1', name: 'Ente', comune: HERE, ended: false },
  agreements: [agreementFor(profile)],
  grants: [grantOf(profile)],
  self: 'P1',
});
/** All that the profile asks for is there. */
const demandOf = (profile: Profile, operation: string): Demand => ({
  operation,
  purpose: profile.purposes[0] ?? null,
  file: '2026/1',
  comuni: [HERE],
  person: 'P1',
  fields: null,
  address: '10.20.3.4',
  certificate: true,
  secondFactor: true,
  today: TODAY,
});

const pairs = FIRST_PROFILES.flatMap((profile) => OPERATION_IDS.map((id) => ({ profile, id })));
const holds = (profile: Profile, id: OperationId): boolean => profile.operations.includes(id);
const granted = pairs.filter(({ profile, id }) => holds(profile, id));

describe('every operation with every profile: allowed where the table says so, refused everywhere else', () => {
  it.each(pairs)('$profile.id, $id', ({ profile, id }) => {
    const decision = authorise(holderOf(profile), demandOf(profile, id));
    if (holds(profile, id))
      expect(decision).toEqual({
        kind: 'granted',
        profile: profile.id,
        agreement: 'A1',
        fields: profile.fields,
      });
    else
      expect(decision).toEqual({
        kind: 'refused',
        reason: profile.account === OPERATION_RIGHTS[id].account ? 'no-profile' : 'account-kind',
      });
  });

  it('an operation that is not in the table is allowed to nobody', () => {
    for (const profile of FIRST_PROFILES)
      for (const operation of ['', 'personreads', 'toString', '__proto__', 'constructor'])
        expect(authorise(holderOf(profile), demandOf(profile, operation))).toEqual({
          kind: 'refused',
          reason: 'operation-unknown',
        });
  });
});

interface Spoil {
  readonly title: string;
  readonly reason: RefusalReason;
  readonly spoil: (h: Holder, d: Demand) => readonly [Holder, Demand];
  /** Whether it concerns the operation at all. */
  readonly concerns?: (profile: Profile, id: OperationId) => boolean;
}
const agreed =
  (change: Partial<Agreement>) =>
  (h: Holder, d: Demand): readonly [Holder, Demand] => [
    { ...h, agreements: h.agreements.map((a) => ({ ...a, ...change })) },
    d,
  ];
const held =
  (change: Partial<Holder>) =>
  (h: Holder, d: Demand): readonly [Holder, Demand] => [{ ...h, ...change }, d];
const asked =
  (change: Partial<Demand>) =>
  (h: Holder, d: Demand): readonly [Holder, Demand] => [h, { ...d, ...change }];
const needsFactor = (_: Profile, id: OperationId): boolean =>
  OPERATION_RIGHTS[id].persons || OPERATION_RIGHTS[id].account === 'administration';
const inTerritory = (territory: Profile['territory']) => (profile: Profile, id: OperationId) =>
  OPERATION_RIGHTS[id].territorial && profile.territory === territory;

const SPOILS: readonly Spoil[] = [
  { title: 'an account only invited', reason: 'account-not-active', spoil: held({ state: 'invited' }) },
  { title: 'a suspended account', reason: 'account-not-active', spoil: held({ state: 'suspended' }) },
  {
    title: 'a clerk who changed office: an ended account (4)',
    reason: 'account-not-active',
    spoil: held({ state: 'ended' }),
  },
  {
    title: 'a forgotten account, unused for six months (6)',
    reason: 'account-unused',
    spoil: held({ usedOn: addDays(TODAY, -183) }),
  },
  {
    title: 'an account of the other kind (5)',
    reason: 'account-kind',
    spoil: (h, d) => [{ ...h, account: h.account === 'ordinary' ? 'administration' : 'ordinary' }, d],
  },
  {
    title: 'a body that is no more',
    reason: 'body-ended',
    spoil: (h, d) => [{ ...h, body: { ...h.body, ended: true } }, d],
  },
  { title: 'no agreement', reason: 'agreement-not-in-force', spoil: held({ agreements: [] }) },
  {
    title: 'an agreement that ended this morning (4)',
    reason: 'agreement-not-in-force',
    spoil: agreed({ validTo: TODAY }),
  },
  {
    title: 'an agreement that begins tomorrow',
    reason: 'agreement-not-in-force',
    spoil: agreed({ validFrom: addDays(TODAY, 1) }),
  },
  { title: 'a service that was not agreed', reason: 'service-not-agreed', spoil: agreed({ services: [] }) },
  { title: 'another network (16)', reason: 'network', spoil: asked({ address: '10.21.3.4' }) },
  { title: 'no address', reason: 'network', spoil: asked({ address: '' }) },
  {
    title: 'no client certificate where one is agreed (42)',
    reason: 'certificate',
    spoil: asked({ certificate: false }),
  },
  {
    title: 'no second factor (10)',
    reason: 'second-factor',
    spoil: asked({ secondFactor: false }),
    concerns: needsFactor,
  },
  { title: 'no profile', reason: 'no-profile', spoil: held({ grants: [] }) },
  {
    title: 'a profile that the agreement does not name',
    reason: 'profile-not-agreed',
    spoil: agreed({ profiles: [] }),
  },
  {
    title: 'a profile that nobody reviewed for a year (3)',
    reason: 'grant-unreviewed',
    spoil: (h, d) => [{ ...h, grants: h.grants.map((g) => ({ ...g, reviewedOn: addDays(TODAY, -365) })) }, d],
  },
  { title: 'no purpose (18)', reason: 'purpose-missing', spoil: asked({ purpose: null }) },
  { title: 'an empty purpose', reason: 'purpose-missing', spoil: asked({ purpose: '' }) },
  {
    title: 'a purpose of another profile',
    reason: 'purpose-not-allowed',
    spoil: asked({ purpose: 'altro' }),
  },
  {
    title: 'a purpose that the agreement does not name',
    reason: 'purpose-not-allowed',
    spoil: agreed({ purposes: [] }),
  },
  {
    title: 'no file number (18)',
    reason: 'file-missing',
    spoil: asked({ file: null }),
    concerns: (_, id) => OPERATION_RIGHTS[id].demanded === 'purpose-and-file',
  },
  {
    title: 'a blank file number',
    reason: 'file-missing',
    spoil: asked({ file: '  ' }),
    concerns: (_, id) => OPERATION_RIGHTS[id].demanded === 'purpose-and-file',
  },
  {
    title: 'another comune than the own',
    reason: 'territory',
    spoil: asked({ comuni: [THERE] }),
    concerns: inTerritory('own'),
  },
  {
    title: 'another comune beside the own',
    reason: 'territory',
    spoil: asked({ comuni: [HERE, THERE] }),
    concerns: inTerritory('own'),
  },
  {
    title: 'the whole province, to who has one comune',
    reason: 'territory',
    spoil: asked({ comuni: null }),
    concerns: inTerritory('own'),
  },
  {
    title: 'no comune at all',
    reason: 'territory',
    spoil: asked({ comuni: [] }),
    concerns: inTerritory('own'),
  },
  {
    title: 'the own comune, of a body that is none',
    reason: 'territory',
    spoil: (h, d) => [{ ...h, body: { ...h.body, comune: null } }, d],
    concerns: inTerritory('own'),
  },
  {
    title: 'a comune that the grant does not list',
    reason: 'territory',
    spoil: asked({ comuni: [THERE] }),
    concerns: inTerritory('listed'),
  },
  {
    title: 'the whole province, to who has a list',
    reason: 'territory',
    spoil: asked({ comuni: null }),
    concerns: inTerritory('listed'),
  },
  {
    title: 'another person than oneself: swapped identifiers',
    reason: 'territory',
    spoil: asked({ person: 'P2' }),
    concerns: inTerritory('self'),
  },
  {
    title: 'nobody in particular',
    reason: 'territory',
    spoil: asked({ person: null }),
    concerns: inTerritory('self'),
  },
  {
    title: 'oneself, of who is nobody known',
    reason: 'territory',
    spoil: (h, d) => [
      { ...h, self: null },
      { ...d, person: null },
    ],
    concerns: inTerritory('self'),
  },
  { title: 'extra fields (19)', reason: 'fields', spoil: asked({ fields: [...FIELDS, 'password'] }) },
  {
    title: 'sealed identities, to who has no court order',
    reason: 'fields',
    spoil: asked({ fields: ['sealed'] }),
    concerns: (profile) => !profile.fields.includes('sealed'),
  },
  {
    title: 'a protected address, to who may not (23)',
    reason: 'fields',
    spoil: asked({ fields: ['protectedAddress'] }),
    concerns: (profile) => !profile.fields.includes('protectedAddress'),
  },
];

describe('what is allowed is refused as soon as anything of it is wrong', () => {
  it.each(SPOILS)('$title: $reason', ({ reason, spoil, concerns }) => {
    const concerned = granted.filter(({ profile, id }) => concerns?.(profile, id) ?? true);
    expect(concerned.length).toBeGreaterThan(0);
    for (const { profile, id } of concerned) {
      const [holder, demand] = spoil(holderOf(profile), demandOf(profile, id));
      expect({ profile: profile.id, id, ...authorise(holder, demand) }).toEqual({
        profile: profile.id,
        id,
        kind: 'refused',
        reason,
      });
    }
  });

  it('every reason of refusal has a case here', () => {
    expect(new Set([...SPOILS.map((s) => s.reason), 'operation-unknown'])).toEqual(new Set(REFUSALS));
  });
});

describe('agreements and profiles are never added up', () => {
  const [clerk, police] = ['comuneClerk', 'police'].map((id) => FIRST_PROFILES.find((p) => p.id === id)!);
  it('one profile’s operation with another’s territory is refused', () => {
    const holder = {
      ...holderOf(clerk!),
      agreements: [{ ...agreementFor(clerk!), profiles: ['comuneClerk', 'police'] }],
      grants: [grantOf(clerk!), grantOf(police!)],
    };
    const demand = { ...demandOf(clerk!, 'verify'), comuni: [THERE] };
    expect(authorise(holder, demand)).toEqual({ kind: 'refused', reason: 'territory' });
    expect(authorise(holder, demandOf(police!, 'historyRead'))).toMatchObject({ profile: 'police' });
  });

  it('one agreement’s service with another’s purpose is refused', () => {
    const holder = {
      ...holderOf(clerk!),
      agreements: [
        { ...agreementFor(clerk!), id: 'A1', purposes: [] },
        { ...agreementFor(clerk!), id: 'A2', services: [] },
      ],
    };
    expect(authorise(holder, demandOf(clerk!, 'personRead'))).toEqual({
      kind: 'refused',
      reason: 'purpose-not-allowed',
    });
  });
});

it('of several reasons the audit keeps the nearest to a yes, whatever their order', () => {
  expect(closest(['territory', 'agreement-not-in-force'])).toBe('territory');
  expect(closest(['no-profile', 'fields', 'network'])).toBe('fields');
});

describe('the first table of profiles', () => {
  it('names known purposes and fields alone, each profile once, and an account of one kind', () => {
    expect(new Set(FIRST_PROFILES.map((p) => p.id)).size).toBe(FIRST_PROFILES.length);
    for (const profile of FIRST_PROFILES) {
      for (const purpose of profile.purposes) expect(FIRST_PURPOSES.map((p) => p.id)).toContain(purpose);
      for (const id of profile.operations) expect(OPERATION_RIGHTS[id].account).toBe(profile.account);
    }
  });
  it('who administers sees no person, and sealed identities are the court’s alone', () => {
    for (const profile of FIRST_PROFILES) {
      if (profile.account === 'administration')
        expect(profile.operations.filter((id) => OPERATION_RIGHTS[id].persons)).toEqual([]);
      expect(profile.fields.includes('sealed')).toBe(profile.id === 'court');
    }
  });
  it('no operation is without anybody who may ask it', () => {
    for (const id of OPERATION_IDS) expect(FIRST_PROFILES.some((p) => p.operations.includes(id))).toBe(true);
  });
});

describe('networks (16)', () => {
  it.each([
    ['10.20.3.4', ['10.20.0.0/16'], true],
    ['::ffff:10.20.3.4', ['10.20.0.0/16'], true],
    ['10.21.3.4', ['10.20.0.0/16', '10.21.3.4'], true],
    ['10.21.3.5', ['10.20.0.0/16', '10.21.3.4'], false],
    ['2001:db8::1', ['2001:db8::/32'], true],
    ['2001:db9::1', ['2001:db8::/32', '10.0.0.0/8'], false],
    ['cli', ['0.0.0.0/0'], false],
    ['10.20.3.4 ', ['10.20.0.0/16'], false],
    ['anything', [], true],
  ])('%s in %j: %s', (address, networks, expected) => {
    expect(isWithin(address, networks)).toBe(expected);
  });
});
