/** Who an entry was on each day: birth mended for every day, former identities sealed (tracciato.md 3; registry.md, Sealed). Pure. */
import type { IdentityValue } from './entry-state.ts';
import { fromSourceRow } from './source-row.ts';
import { type Claim, inTime, layOut, type Spell } from './timeline.ts';

const BIRTH = ['data_nascita'] as const;
const PLACE = ['comune_nascita', 'stato_nascita', 'localita_nascita'] as const;
const SEALS = new Set<string | null>(['ADOZIONE', 'SESSO']);

/** The claim registered last of those that speak of a column. */
function lastToSay(
  claims: readonly Claim<IdentityValue>[],
  column: string,
): Claim<IdentityValue> | undefined {
  let found: Claim<IdentityValue> | undefined;
  for (const claim of claims) {
    if (claim.stated !== null && !claim.stated.includes(column)) continue;
    if (found === undefined || laterRegistered(claim, found)) found = claim;
  }
  return found;
}

const laterRegistered = (a: Claim<unknown>, b: Claim<unknown>): boolean =>
  a.rank.day === b.rank.day ? a.rank.event >= b.rank.event : a.rank.day > b.rank.day;

export function identitySpells(claims: readonly Claim<IdentityValue>[]): Spell<IdentityValue>[] {
  const spells = layOut(claims);
  if (claims.length < 2) return spells;
  // "Birth date and place, which cannot change, are mended for every day."
  const birth = lastToSay(claims, BIRTH[0])?.value;
  const place = lastToSay(claims, PLACE[0])?.value;
  // An event that seals stands on the new identity; a row of generalita.csv is the former one itself.
  const sealing = claims
    .filter((c) => SEALS.has(c.value.motivo) && fromSourceRow(c.source).file === 'eventi.jsonl')
    .sort(inTime)
    .at(-1);
  return spells.map((spell) => ({
    ...spell,
    value: {
      ...spell.value,
      ...(birth === undefined ? {} : { data_nascita: birth.data_nascita }),
      ...(place === undefined
        ? {}
        : {
            comune_nascita: place.comune_nascita,
            stato_nascita: place.stato_nascita,
            localita_nascita: place.localita_nascita,
          }),
      sealed: spell.value.sealed || (sealing !== undefined && inTime(spell, sealing) < 0),
    },
  }));
}
