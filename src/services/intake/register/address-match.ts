/** Does an open dwelling differ from the address of its family? (SIP-133, tracciato.md 2) */
import type { AddressRecord } from '../../../registry/claims/records.ts';
import { ADDRESS_COLUMNS } from '../rows/file-specs.ts';

/** What says where the place lies, but not which place it is: compared only where both give it. */
const DESCRIPTIVE: ReadonlySet<string> = new Set(['cap', 'sezione', 'lat', 'lon']);

export interface AddressDifference {
  readonly campo: string;
  readonly valore: string;
  readonly atteso: string;
}

const written = (value: string | boolean | null): string =>
  value === null || value === false ? '' : value === true ? '1' : value;

/**
 * The first column in which they differ, or null.
 * @param inBoth is the address column (from 0) in both files? One that is missing asserts nothing (tracciato.md 1).
 */
export function addressDifference(
  dwelling: AddressRecord,
  household: AddressRecord,
  inBoth: (at: number) => boolean,
): AddressDifference | null {
  for (const [at, campo] of ADDRESS_COLUMNS.entries()) {
    const valore = dwelling[campo];
    const atteso = household[campo];
    if (valore === atteso || !inBoth(at)) continue;
    if (DESCRIPTIVE.has(campo) && (valore === null || atteso === null)) continue;
    return { campo, valore: written(valore), atteso: written(atteso) };
  }
  return null;
}
