/**
 * Codici fiscali as they are compared, omocodia undone. A code is computed from names, sex, birth and place: that it differs where
 * they differ says little, that it differs where they agree says much. By definition omocodic codes belong to different people, and
 * the Agenzia gives nobody two: of two validated codes that differ the rule speaks, not the estimate. Pure.
 */
import { baseFormOf, explainDifferences, parseCodiceFiscale } from '../../kernel/codice-fiscale.ts';
import type { PartialDate } from '../../kernel/day.ts';
import { NONE } from './comparison.ts';

export interface CodeForm {
  readonly written: string;
  /** Its digits as digits again; as written where it is no definitive code. */
  readonly base: string;
  readonly validated: boolean;
  /** It is the one that the entry's own data give. */
  readonly fits: boolean;
}

/** What the entry says, from which its code would be computed. */
export interface CodeOwner {
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly sesso: string;
  readonly birth: PartialDate;
  readonly cadastral: readonly string[];
}

export function codeForm(text: string | null, validated: boolean, owner: CodeOwner): CodeForm | null {
  if (text === null || text === '') return null;
  const parsed = parseCodiceFiscale(text);
  if (parsed.kind !== 'definitive') {
    // Eleven digits are given to many before the definitive code, and say who they are as well as any.
    if (parsed.kind === 'provisional') return { written: text, base: text, validated, fits: false };
    // Of what is no code at all, letters that no code has are all one: texts are compared by character, here and in columns alike.
    const upper = text.toUpperCase().replace(/[^ -~]/g, '?');
    return { written: upper, base: upper, validated: false, fits: false };
  }
  const differences = explainDifferences(parsed, {
    cognome: owner.cognome,
    nome: owner.nome,
    sesso: owner.sesso === 'F' ? 'F' : 'M',
    data_nascita: owner.birth,
    luoghi: owner.cadastral,
  });
  return {
    written: parsed.code,
    base: baseFormOf(parsed),
    validated,
    fits: parsed.checkDigitOk && differences.length === 0,
  };
}

export const CODE_LEVELS = [
  'uguale',
  'stessa forma base',
  'un carattere diverso',
  'primi undici caratteri uguali',
  'diversi come i dati',
  'diversi',
  'omocodici: di persone diverse',
  'diversi ed entrambi validati',
] as const;

/** Equal but for one character, the check character aside, which changes with it; or for the check character alone. */
function oneCharacter(a: string, b: string): boolean {
  if (a.length !== 16 || b.length !== 16) return false;
  let apart = 0;
  for (let i = 0; i < 15; i++) if (a.charCodeAt(i) !== b.charCodeAt(i) && ++apart > 1) return false;
  return true;
}

export function compareCodes(a: CodeForm, b: CodeForm): number {
  if (a.written === b.written) return 0;
  const both = a.validated && b.validated;
  if (a.base === b.base) return both ? 6 : 1;
  // A provisional code gives way to the definitive one: the two say nothing of each other.
  if (a.base.length !== b.base.length) return NONE;
  if (both) return 7;
  if (a.fits && b.fits) return 4;
  if (oneCharacter(a.base, b.base)) return 2;
  return a.base.slice(0, 11) === b.base.slice(0, 11) && a.base.length === 16 ? 3 : 5;
}
