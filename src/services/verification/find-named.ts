/** From how an office names persons to the numbers of their entries: all codes in one round trip, names one by one. */
import type { PersonFacts } from '../../registry/answers/facts.ts';
import { type FoundEntry, findEntries } from '../../registry/answers/find-person.sql.ts';
import { bears } from '../../registry/answers/find-person.ts';
import type { KnownAt } from '../../registry/answers/known-at.ts';
import type { PersonKey } from '../../registry/answers/person-key.ts';
import type { NamedPerson } from './declaration.ts';
import type { VerificationReads } from './reads.ts';

export interface FoundNumbers {
  readonly key: PersonKey | null;
  readonly numbers: readonly FoundEntry[];
}

/** By code; by names and birth where none was given. Null where neither was. */
function keyOf(named: NamedPerson): PersonKey | null {
  if (named.codice_fiscale !== undefined) return { kind: 'code', codice_fiscale: named.codice_fiscale };
  if (named.cognome === undefined || named.nome === undefined) return null;
  return { kind: 'name', surname: named.cognome, given: named.nome, birth: named.data_nascita ?? null };
}

/** The entries that each name leads to, in their order, and the instant of the answer. */
export async function findNumbers(
  reads: VerificationReads,
  named: readonly NamedPerson[],
  notoAl: KnownAt | null,
): Promise<{ readonly found: readonly FoundNumbers[]; readonly knownAt: KnownAt }> {
  const keys = named.map(keyOf);
  const codes = keys.flatMap((key) => (key?.kind === 'code' ? [key.codice_fiscale] : []));
  const { knownAt, byCode } = await reads.byCodes([...new Set(codes)], notoAl);
  const found: FoundNumbers[] = [];
  for (const key of keys) {
    if (key === null) found.push({ key, numbers: [] });
    else if (key.kind === 'code') found.push({ key, numbers: byCode.get(key.codice_fiscale) ?? [] });
    else found.push({ key, numbers: await findEntries(reads.db, key, knownAt) });
  }
  return { found, knownAt };
}

/** The persons found who bear the key openly: keys of sealed identities lead to entries too. */
export function personsFound(
  { key, numbers }: FoundNumbers,
  persons: ReadonlyMap<number, PersonFacts>,
): readonly PersonFacts[] {
  if (key === null) return [];
  return [...new Set(numbers.map((n) => n.person_id))].flatMap((personId) => {
    const person = persons.get(personId);
    return person?.entries.some((e) => e.identities.some((f) => bears(f, key))) === true ? [person] : [];
  });
}
