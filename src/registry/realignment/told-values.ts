/**
 * A value told again laid over the one that is held: "cells that are absent assert nothing" (tracciato.md 1). Where a cell
 * that makes the value what it is differs (the street of an address, the number of a document, the spouse), it is another
 * thing, told whole: the old one's other cells do not belong to it. Pure.
 */
import type {
  CitizenshipValue,
  CivilStatusValue,
  DeathValue,
  DocumentValue,
  DwellingValue,
  IdentityValue,
  MembershipValue,
  ParentsValue,
  PermitValue,
} from '../claims/entry-state.ts';
import type { AddressRecord } from '../claims/records.ts';

/** How a value told is laid over the held one. */
export type Merge<T> = (held: T, told: T) => T;

const isObject = (x: unknown): x is Readonly<Record<string, unknown>> => typeof x === 'object' && x !== null;

/** The same cells with the same content, in whatever order they stand. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return a === b;
  return Object.keys({ ...a, ...b }).every((key) => sameValue(a[key], b[key]));
}

/** Absent cells stay as they are held. */
export function over<T extends object>(held: T, told: T): T {
  const given = Object.entries(told).filter(([, value]) => value !== null && value !== undefined);
  return { ...held, ...Object.fromEntries(given) } as T;
}

/** Is one of the cells told, and told otherwise? */
const differs = <T>(held: T, told: T, cells: readonly (keyof T)[]): boolean =>
  cells.some((cell) => told[cell] !== null && told[cell] !== held[cell]);

/** Laid over, unless one of `cells` differs: then told whole. */
const whole =
  <T extends object>(...cells: (keyof T)[]): Merge<T> =>
  (held, told) =>
    differs(held, told, cells) ? told : over(held, told);

/** Cells that go together: where one of them differs, all of them are as told. */
function together<T extends object>(held: T, told: T, cells: readonly (keyof T)[]): Partial<T> {
  if (!differs(held, told, cells)) return {};
  return Object.fromEntries(cells.map((cell) => [cell, told[cell]])) as Partial<T>;
}

const SITE = ['specie', 'toponimo', 'civico', 'esponente'] as const;

export function mergeAddress(held: AddressRecord, told: AddressRecord): AddressRecord {
  if (differs(held, told, SITE)) return told;
  const next = over(held, told);
  return { ...next, senza_fissa_dimora: held.senza_fissa_dimora || told.senza_fissa_dimora };
}

export function mergeIdentity(held: IdentityValue, told: IdentityValue): IdentityValue {
  return {
    ...over(held, told),
    ...together(held, told, ['codice_fiscale', 'validita_cf']),
    ...together(held, told, ['comune_nascita', 'stato_nascita', 'localita_nascita']),
    motivo: held.motivo,
    sealed: held.sealed,
  };
}

/** A former identity: its empty cells are those of the present one, as it comes to be (tracciato.md 2, generalita.csv). */
export function completeFormer(former: IdentityValue, present: IdentityValue): IdentityValue {
  const same = former.codice_fiscale === null || former.codice_fiscale === present.codice_fiscale;
  return {
    ...over(present, former),
    validita_cf: same ? present.validita_cf : former.validita_cf,
    motivo: former.motivo,
    sealed: former.sealed,
  };
}

export const mergeStatus: Merge<CivilStatusValue> = (held, told) =>
  differs(held, told, ['stato_civile'])
    ? told
    : { ...over(held, told), ...together(held, told, ['id_coniuge', 'cf_coniuge']) };

export const mergeCitizenship: Merge<CitizenshipValue> = (held, told) => {
  const next = over(held, told);
  return next.altra === next.stato ? { ...next, altra: null } : next;
};

export const mergeParents: Merge<ParentsValue> = (held, told) => ({
  ...over(held, told),
  ...together(held, told, ['id_padre', 'cf_padre']),
  ...together(held, told, ['id_madre', 'cf_madre']),
});

export const mergeDeath: Merge<DeathValue> = (held, told) => ({
  ...over(held, told),
  ...together(held, told, ['comune_morte', 'stato_morte']),
});

export const mergeDocument: Merge<DocumentValue> = whole('tipo', 'numero');
export const mergePermit: Merge<PermitValue> = whole('tipo');
export const mergeMembership: Merge<MembershipValue> = whole('householdId');

export const mergeDwelling: Merge<DwellingValue> = (held, told) =>
  held.address === null || told.address === null
    ? told
    : { follows: null, address: mergeAddress(held.address, told.address) };
