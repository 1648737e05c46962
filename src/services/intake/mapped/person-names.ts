/** Surname and name out of one field, as old packages keep them: "ROSSI*MARIO", "DE LUCA ANNA MARIA". Pure. */
import { nameCode, surnameCode } from '../../../kernel/codice-fiscale.ts';

export interface SplitName {
  readonly cognome: string;
  readonly nome: string;
}

export interface NameRule {
  /** What parts the two; null: any blank. */
  readonly separator: string | null;
  readonly first: 'cognome' | 'nome';
}

/** Words with which a surname begins and does not end. */
const PARTICLES = new Set(
  'D DA DAL DALLA DALLE DALLO DE DEGLI DEI DEL DELL DELLA DELLE DELLO DI EL LA LE LI LO MC SAN SANTA VAN VON ABD AL BEN'.split(
    ' ',
  ),
);

/** Where surnames end, in words: what the codice fiscale says, else after the particles and one word. */
function surnameWords(words: readonly string[], rule: NameRule, code: string): number {
  if (code.length === 16)
    for (let n = 1; n < words.length; n++) {
      const surname = rule.first === 'cognome' ? words.slice(0, n) : words.slice(words.length - n);
      const name = rule.first === 'cognome' ? words.slice(n) : words.slice(0, words.length - n);
      if (
        surnameCode(surname.join(' ')) === code.slice(0, 3) &&
        nameCode(name.join(' ')) === code.slice(3, 6)
      )
        return n;
    }
  if (rule.first === 'nome') {
    let n = 1;
    while (n < words.length - 1 && PARTICLES.has(keyOf(words[words.length - n - 1]!))) n++;
    return n;
  }
  let n = 0;
  while (n < words.length - 2 && PARTICLES.has(keyOf(words[n]!))) n++;
  return Math.min(n + 1, words.length);
}

const keyOf = (word: string): string => word.toUpperCase().replaceAll("'", '').replaceAll('’', '');

/**
 * @param code codice fiscale of the person, upper case; '' where there is none
 * @returns one word alone is a surname (those with one of the two mostly have that)
 */
export function splitName(text: string, rule: NameRule, code: string): SplitName {
  const put = (a: string, b: string): SplitName =>
    rule.first === 'cognome' ? { cognome: a.trim(), nome: b.trim() } : { cognome: b.trim(), nome: a.trim() };
  if (rule.separator !== null) {
    const at = text.indexOf(rule.separator);
    return at < 0
      ? { cognome: text, nome: '' }
      : put(text.slice(0, at), text.slice(at + rule.separator.length));
  }
  const words = text.split(' ').filter((word) => word !== '');
  if (words.length < 2) return { cognome: text, nome: '' };
  const n = surnameWords(words, rule, code);
  return rule.first === 'cognome'
    ? { cognome: words.slice(0, n).join(' '), nome: words.slice(n).join(' ') }
    : { cognome: words.slice(words.length - n).join(' '), nome: words.slice(0, words.length - n).join(' ') };
}
