/** What one codice fiscale says of itself and of its subject (tracciato.md 4: EA001, EA048, EA038, EA042, SIP-120 to SIP-122). */
import {
  type CodeDifference,
  type DefinitiveCode,
  explainDifferences,
  parseCodiceFiscale,
} from '../../../kernel/codice-fiscale.ts';
import { findBirthPlaces } from '../../../reference/birth-places.ts';
import type { Reference } from '../../../reference/load-reference.ts';
import type { SoggettoRecord } from '../../../registry/claims/records.ts';
import type { Words } from '../messages/message-rule.ts';
import type { FindingCode } from '../messages/messages.ts';
import type { Fault } from '../rows/row-form.ts';
import { birthPlaceCodes } from '../rows/row-places.ts';

const CODES: Readonly<Record<CodeDifference, FindingCode>> = {
  surname: 'SIP-120',
  name: 'SIP-120',
  'birth-date': 'EA038',
  sex: 'EA042',
  place: 'SIP-121',
};

const CAMPO = 'codice_fiscale';
const WRONG_CHECK: Words = ['il carattere di controllo è errato', 'its check character is wrong'];

/**
 * Warns about the code of a subject; gives it read, where it is definitive and sound.
 * @param placeKnown false where a finding about the place of birth explains that it differs from the code
 */
export function checkCode(
  s: SoggettoRecord,
  reference: Reference,
  placeKnown: boolean,
  warn: (fault: Fault) => void,
): DefinitiveCode | null {
  const valore = s.codice_fiscale;
  if (valore === null) {
    warn({ codice: 'SIP-122', campo: CAMPO, valore: '' });
    return null;
  }
  const code = checkCodeForm(valore, warn);
  if (code === null) return null;
  const luoghi = placeKnown ? birthPlaceCodes(reference, s) : [];
  let named = false;
  for (const difference of explainDifferences(code, { ...s, luoghi })) {
    const codice = CODES[difference];
    // Surname and name are one finding.
    if (codice === 'SIP-120' && named) continue;
    named ||= codice === 'SIP-120';
    warn({ codice, campo: CAMPO, valore, altro: saidBy(code, codice, reference) });
  }
  return code;
}

/** What the code says where the record says otherwise, for the clerk who must find which is right. */
function saidBy(code: DefinitiveCode, codice: FindingCode, reference: Reference): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  switch (codice) {
    case 'EA038':
      return `${two(code.day)}/${two(code.month)}/..${two(code.year)}`;
    case 'EA042':
      return code.sex;
    case 'SIP-121': {
      const [place] = findBirthPlaces(reference, code.place, null);
      return place === undefined ? code.place : `${code.place} ${place.name}`;
    }
    default:
      return `${code.surname} ${code.name}`;
  }
}

/** Warns about the form of a code, whoever has it; gives it read, where it is definitive and sound. */
export function checkCodeForm(valore: string, warn: (fault: Fault) => void): DefinitiveCode | null {
  const campo = CAMPO;
  const code = parseCodiceFiscale(valore);
  if (code.kind === 'provisional') return null;
  // Eleven characters are a length only where all are digits.
  if (code.kind === 'wrong-length' || (code.kind === 'malformed' && valore.length === 11)) {
    warn({ codice: 'EA001', campo, valore });
    return null;
  }
  if (code.kind === 'malformed') {
    const at = String(code.position);
    const perche: Words = [`il carattere ${at} non può stare lì`, `character ${at} cannot stand there`];
    warn({ codice: 'EA048', campo, valore, perche });
    return null;
  }
  if (!code.checkDigitOk) {
    warn({ codice: 'EA048', campo, valore, perche: WRONG_CHECK });
    return null;
  }
  return code;
}
