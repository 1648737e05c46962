/**
 * What a newer version of the program brings to the tables of profiles and purposes that a system holds: those are the province's own, so nothing of it
 * holds until somebody who administers takes it (security.md, "Who"). Pure. What the province gave besides, or the program gives no more, stays.
 */
import type { OperationId } from './operations.ts';
import type { Field, Profile, Purpose } from './profiles.ts';

export interface HeldProfile {
  readonly id: string;
  readonly operations: readonly string[];
  readonly fields: readonly string[];
  readonly purposes: readonly string[];
}

/** A profile as it would be, with what is new of it. */
export interface Renewal {
  readonly profile: Profile;
  /** It is not there at all. */
  readonly whole: boolean;
  readonly operations: readonly OperationId[];
  readonly fields: readonly Field[];
  readonly purposes: readonly string[];
}

export interface Renewals {
  readonly purposes: readonly Purpose[];
  readonly profiles: readonly Renewal[];
}

const beyond = <T extends string>(first: readonly T[], held: readonly string[]): T[] =>
  first.filter((one) => !held.includes(one));

/** @param first the tables of this version of the program */
export function renewalsOf(
  held: { readonly profiles: readonly HeldProfile[]; readonly purposes: readonly string[] },
  first: { readonly profiles: readonly Profile[]; readonly purposes: readonly Purpose[] },
): Renewals {
  const byId = new Map(held.profiles.map((profile) => [profile.id, profile]));
  const profiles = first.profiles.flatMap((profile): Renewal[] => {
    const own = byId.get(profile.id);
    const news = {
      operations: beyond(profile.operations, own?.operations ?? []),
      fields: beyond(profile.fields, own?.fields ?? []),
      purposes: beyond(profile.purposes, own?.purposes ?? []),
    };
    const isNew = own === undefined || Object.values(news).some((some) => some.length > 0);
    return isNew ? [{ profile, whole: own === undefined, ...news }] : [];
  });
  return { purposes: first.purposes.filter(({ id }) => !held.purposes.includes(id)), profiles };
}
