/**
 * How two entries agree, field by field: what an operator judges a pair by, and what is kept of it with the decision (no values),
 * so that a pair is looked at again when its data come to contradict what was decided. Pure.
 */
import { areTwoForms, baseForm } from '../../kernel/codice-fiscale.ts';
import { firstDay, lastDay } from '../../kernel/day.ts';
import type { IdentityFact } from '../answers/facts.ts';

export const FIELDS = [
  'cognome',
  'nome',
  'sesso',
  'data_nascita',
  'luogo_nascita',
  'codice_fiscale',
] as const;
export type Field = (typeof FIELDS)[number];

/** `omocodico`: two forms of one base code, which are of two people by definition. `manca`: one of the two does not say. */
export type Agreement = 'uguale' | 'diverso' | 'compatibile' | 'omocodico' | 'manca';

export type Agreements = Readonly<Record<Field, Agreement>>;

function birth(a: IdentityFact, b: IdentityFact): Agreement {
  if (a.birth_text === b.birth_text) return 'uguale';
  const apart =
    lastDay(a.birth_text) < firstDay(b.birth_text) || lastDay(b.birth_text) < firstDay(a.birth_text);
  return apart ? 'diverso' : 'compatibile';
}

function birthplace(a: IdentityFact, b: IdentityFact): Agreement {
  const place = (f: IdentityFact): string | null => f.comune_nascita ?? f.stato_nascita;
  const [x, y] = [place(a), place(b)];
  if (x === null || y === null) return 'manca';
  return x === y ? 'uguale' : 'diverso';
}

/** A provisional code is nobody's for good: that two of them differ says nothing. */
function code(a: IdentityFact, b: IdentityFact): Agreement {
  const [x, y] = [a.codice_fiscale, b.codice_fiscale];
  if (x === null || y === null) return 'manca';
  if (x === y) return 'uguale';
  const [p, q] = [baseForm(x), baseForm(y)];
  if (p === null || q === null) return 'manca';
  return p === q ? 'omocodico' : 'diverso';
}

const text = (a: string, b: string): Agreement =>
  a === '' || b === '' ? 'manca' : a === b ? 'uguale' : 'diverso';

/** @param a,b the present identities; undefined: the entry has none that may be shown */
export function agreementsOf(a: IdentityFact | undefined, b: IdentityFact | undefined): Agreements {
  if (a === undefined || b === undefined)
    return {
      cognome: 'manca',
      nome: 'manca',
      sesso: 'manca',
      data_nascita: 'manca',
      luogo_nascita: 'manca',
      codice_fiscale: 'manca',
    };
  return {
    cognome: text(a.surname_key, b.surname_key),
    nome: text(a.given_key, b.given_key),
    sesso: text(a.sesso, b.sesso),
    data_nascita: birth(a, b),
    luogo_nascita: birthplace(a, b),
    codice_fiscale: code(a, b),
  };
}

/** Are both codes validated, and two forms of one base? Then they are of different people (registry.md, "People, not rows"). */
export function isOmocodicPair(a: IdentityFact | undefined, b: IdentityFact | undefined): boolean {
  const [x, y] = [a, b].map((f) => (f?.validita_cf === '1' ? f.codice_fiscale : null));
  return x != null && y != null && areTwoForms(x, y);
}

const against = (a: Agreement): boolean => a === 'diverso' || a === 'omocodico';

/**
 * The fields that have come to contradict a decision since it was made: of those said to be the same person, the ones that
 * differ now and did not; of those said to be two, the ones that differed and do not any more.
 */
export function contradicting(kind: 'same' | 'different', seen: Agreements, now: Agreements): Field[] {
  return FIELDS.filter((field) =>
    kind === 'same'
      ? against(now[field]) && !against(seen[field])
      : against(seen[field]) && (now[field] === 'uguale' || now[field] === 'compatibile'),
  );
}
