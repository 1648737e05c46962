/** The place of birth of a row: whether it was there on that day, and what the codice fiscale should say of it. */
import { firstDay, lastDay, type PartialDate } from '../../../kernel/day.ts';
import type { Reference } from '../../../reference/load-reference.ts';
import type { SoggettoRecord } from '../../../registry/claims/records.ts';
import type { Words } from '../messages/message-rule.ts';

const NEVER: Words = [
  'non è il codice di nessun comune, né di oggi né del passato',
  'is the code of no comune, of today or of the past',
];

/** Why the comune cannot be where somebody was born on that date (EC007); null where it can, or cannot be told. */
export function birthComuneFault(reference: Reference, comune: string, birth: PartialDate): Words | null {
  if (reference.judgeComune(comune, birth) !== 'not-valid-then') return null;
  const spells = reference.comuneSpells(comune);
  const [first] = spells;
  if (first === undefined) return NEVER;
  const last = spells.at(-1)!;
  if (lastDay(birth) < first.validFrom)
    return [
      `non esisteva alla nascita (${birth}): il codice è in uso dal ${first.validFrom} (${first.name})`,
      `did not exist at birth (${birth}): the code is in use from ${first.validFrom} (${first.name})`,
    ];
  if (last.validTo !== null && last.validTo <= firstDay(birth))
    return [
      `non esisteva più alla nascita (${birth}): il codice è stato in uso fino al ${last.validTo} (${last.name})`,
      `existed no more at birth (${birth}): the code was in use until ${last.validTo} (${last.name})`,
    ];
  return [`non esisteva alla nascita (${birth})`, `did not exist at birth (${birth})`];
}

/**
 * Every cadastral code that the place of birth had then, or the Z codes of the state and of those it came of; empty
 * where none is known: nothing is compared (SIP-121).
 */
export function birthPlaceCodes(reference: Reference, s: SoggettoRecord): readonly string[] {
  if (s.stato_nascita !== null) return reference.cadastralCodesOfState(s.stato_nascita);
  if (s.comune_nascita === null) return [];
  return reference.cadastralCodesOf(s.comune_nascita, s.data_nascita);
}
