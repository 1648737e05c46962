/**
 * The one place that says whether something may be asked (security.md, "Who" and 3 to 6, 10, 16, 18, 19, 23). Pure, and no by
 * default: everything that is not found to be allowed is refused. The reason is for the audit; who asked is told one thing
 * for all of them.
 */
import { BlockList, isIP } from 'node:net';
import { AppError } from '../../kernel/app-error.ts';
import { addDays, type Day } from '../../kernel/day.ts';
import { type AccountKind, operationRight, type Service } from './operations.ts';
import type { Profile } from './profiles.ts';

export type AccountState = 'invited' | 'active' | 'suspended' | 'ended';

/** The policy's defaults (security.md: "numbers are defaults of a policy file"). */
export interface AccessPolicy {
  /** Days after which a grant that nobody reviewed expires (3). */
  readonly reviewDays: number;
  /** Days after which an unused account is disabled (6). */
  readonly unusedDays: number;
}
export const DEFAULT_POLICY: AccessPolicy = { reviewDays: 365, unusedDays: 183 };

export interface Agreement {
  readonly id: string;
  readonly services: readonly Service[];
  readonly profiles: readonly string[];
  readonly purposes: readonly string[];
  /** CIDR; of none, from anywhere (16). */
  readonly network: readonly string[];
  /** Whether a client certificate is asked (42). */
  readonly certificate: boolean;
  readonly validFrom: Day;
  /** Half-open; null for the body that runs the system. */
  readonly validTo: Day | null;
}

export interface Grant {
  readonly profile: Profile;
  /** Where the profile's territory is `listed`. */
  readonly comuni: readonly string[];
  readonly reviewedOn: Day;
}

/** Everything about who asks that a decision needs, as it stands now. */
export interface Holder {
  readonly id: string;
  readonly account: AccountKind;
  readonly state: AccountState;
  /** The day of the last use, or of the activation where there was none. */
  readonly usedOn: Day;
  readonly body: {
    readonly id: string;
    readonly name: string;
    readonly comune: string | null;
    readonly ended: boolean;
  };
  readonly agreements: readonly Agreement[];
  readonly grants: readonly Grant[];
  /** The person that a citizen is. */
  readonly self: string | null;
}

/** What is asked. */
export interface Demand {
  readonly operation: string;
  readonly purpose: string | null;
  readonly file: string | null;
  /** ISTAT codes of the comuni in which what is asked lies; null: anywhere in the province. */
  readonly comuni: readonly string[] | null;
  /** The one person asked about, where it is one. */
  readonly person: string | null;
  /** The fields asked by name; null: those of the profile. */
  readonly fields: readonly string[] | null;
  readonly address: string;
  readonly certificate: boolean;
  readonly secondFactor: boolean;
  readonly today: Day;
}

/** From the most general to the closest to a yes. */
export const REFUSALS = [
  'operation-unknown',
  'account-not-active',
  'account-unused',
  'account-kind',
  'body-ended',
  'agreement-not-in-force',
  'service-not-agreed',
  'network',
  'certificate',
  'second-factor',
  'no-profile',
  'profile-not-agreed',
  'grant-unreviewed',
  'purpose-missing',
  'purpose-not-allowed',
  'file-missing',
  'territory',
  'fields',
] as const;
export type RefusalReason = (typeof REFUSALS)[number];

export type Decision =
  | {
      readonly kind: 'granted';
      readonly profile: string;
      readonly agreement: string;
      /** All that may leave (19). */
      readonly fields: readonly string[];
    }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

const refused = (reason: RefusalReason): Decision => ({ kind: 'refused', reason });

/** Has an account been left unused for so long that it is disabled (6)? */
export const isUnused = (usedOn: Day, today: Day, policy: AccessPolicy = DEFAULT_POLICY): boolean =>
  addDays(usedOn, policy.unusedDays) <= today;

/** Decides. Where several agreements and profiles are held, one that allows all of it is enough; they are never added up. */
export function authorise(holder: Holder, demand: Demand, policy: AccessPolicy = DEFAULT_POLICY): Decision {
  const right = operationRight(demand.operation);
  if (right === null) return refused('operation-unknown');
  if (holder.state !== 'active') return refused('account-not-active');
  if (isUnused(holder.usedOn, demand.today, policy)) return refused('account-unused');
  if (holder.account !== right.account) return refused('account-kind');
  if (holder.body.ended) return refused('body-ended');
  let closest: RefusalReason = 'agreement-not-in-force';
  const note = (reason: RefusalReason): void => {
    if (REFUSALS.indexOf(reason) > REFUSALS.indexOf(closest)) closest = reason;
  };
  for (const agreement of holder.agreements) {
    const outside = agreementRefusal(agreement, right, demand);
    if (outside !== null) {
      note(outside);
      continue;
    }
    if (holder.grants.length === 0) note('no-profile');
    for (const grant of holder.grants) {
      const reason = grantRefusal(holder, agreement, grant, demand, policy);
      if (reason === null)
        return {
          kind: 'granted',
          profile: grant.profile.id,
          agreement: agreement.id,
          fields: demand.fields ?? grant.profile.fields,
        };
      note(reason);
    }
  }
  return refused(closest);
}

type Right = NonNullable<ReturnType<typeof operationRight>>;

function agreementRefusal(agreement: Agreement, right: Right, demand: Demand): RefusalReason | null {
  const { validFrom, validTo } = agreement;
  if (demand.today < validFrom || (validTo !== null && demand.today >= validTo))
    return 'agreement-not-in-force';
  if (!agreement.services.includes(right.service)) return 'service-not-agreed';
  if (!isWithin(demand.address, agreement.network)) return 'network';
  if (agreement.certificate && !demand.certificate) return 'certificate';
  if ((right.persons || right.account === 'administration') && !demand.secondFactor) return 'second-factor';
  return null;
}

function grantRefusal(
  holder: Holder,
  agreement: Agreement,
  { profile, comuni, reviewedOn }: Grant,
  demand: Demand,
  policy: AccessPolicy,
): RefusalReason | null {
  const right = operationRight(demand.operation);
  const operations: readonly string[] = profile.operations;
  const fields: readonly string[] = profile.fields;
  if (right === null || profile.account !== holder.account || !operations.includes(demand.operation))
    return 'no-profile';
  if (!agreement.profiles.includes(profile.id)) return 'profile-not-agreed';
  if (addDays(reviewedOn, policy.reviewDays) <= demand.today) return 'grant-unreviewed';
  if (right.demanded !== 'nothing') {
    if (demand.purpose === null || demand.purpose === '') return 'purpose-missing';
    if (!profile.purposes.includes(demand.purpose) || !agreement.purposes.includes(demand.purpose))
      return 'purpose-not-allowed';
  }
  if (right.demanded === 'purpose-and-file' && (demand.file === null || demand.file.trim() === ''))
    return 'file-missing';
  if (right.territorial && !isInTerritory(holder, profile, comuni, demand)) return 'territory';
  if (demand.fields?.some((field) => !fields.includes(field)) === true) return 'fields';
  return null;
}

function isInTerritory(holder: Holder, profile: Profile, listed: readonly string[], demand: Demand): boolean {
  switch (profile.territory) {
    case 'province':
      return true;
    case 'self':
      return holder.self !== null && demand.person === holder.self;
    case 'own':
      return isAll(demand.comuni, holder.body.comune === null ? [] : [holder.body.comune]);
    case 'listed':
      return isAll(demand.comuni, listed);
  }
}

const isAll = (asked: readonly string[] | null, allowed: readonly string[]): boolean =>
  asked !== null && asked.length > 0 && asked.every((comune) => allowed.includes(comune));

/** Whether an address lies in one of the networks; in any, where none is named. What is no address lies in none. */
export function isWithin(address: string, networks: readonly string[]): boolean {
  if (networks.length === 0) return true;
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  const version = isIP(plain);
  if (version === 0) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  return networks.some((network) => {
    const [base = '', bits] = network.split('/');
    if (isIP(base) !== version) return false;
    const list = new BlockList();
    list.addSubnet(base, bits === undefined ? (version === 4 ? 32 : 128) : Number(bits), family);
    return list.check(plain, family);
  });
}

/** The nearest to a yes of several reasons: what who administers must hear of. */
export const closest = (reasons: readonly RefusalReason[]): RefusalReason =>
  REFUSALS[Math.max(0, ...reasons.map((reason) => REFUSALS.indexOf(reason)))] ?? 'operation-unknown';

/** A refusal by the rights: who asked is told one thing for all of them (security.md, 11), the audit the reason. */
export class NotAllowed extends AppError {
  readonly reason: RefusalReason;

  /** @param told where who is refused is told why: at the register's own machine */
  constructor(reason: RefusalReason, told?: { readonly italian: string; readonly english: string }) {
    super(
      'forbidden',
      told?.italian ??
        'operazione non consentita a questo accesso: controllare scopo, pratica e profilo, o rivolgersi all’amministratore del proprio ente',
      told?.english ??
        'not allowed to this access: check purpose, file and profile, or turn to the administrator of your body',
    );
    this.name = 'NotAllowed';
    this.reason = reason;
  }
}
