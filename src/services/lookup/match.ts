/**
 * Whether, and how, a person answers to a question (services.md, Lookup): under the identity of the day or a former one, at the address of the day or a
 * former one. Facts come in without what is sealed, so that a sealed name finds nobody. Pure.
 */
import { type Day, firstDay, lastDay, type PartialDate } from '../../kernel/day.ts';
import { civicoKey, streetKey } from '../../kernel/text-keys.ts';
import { holdsByFirstDays } from '../../registry/answers/certainty.ts';
import type { DwellingFact, EntryFacts, IdentityFact, PersonFacts } from '../../registry/answers/facts.ts';
import type { KnownAt } from '../../registry/answers/known-at.ts';
import {
  identityOn,
  NO_SURROUNDINGS,
  type PersonState,
  personState,
} from '../../registry/answers/person-state.ts';
import { speakers } from '../../registry/answers/speaking.ts';
import type { TransferEvidence } from '../../registry/answers/transfers.ts';
import { heldCivicoKey } from './addresses.ts';
import type { NamePattern, Question } from './question.ts';
import { type Likeness, likenessOf, type NearQuestion, type Words } from './similar.ts';

/** How the person was found, told where it is not by what holds on the day. */
export type FoundBy =
  | 'attuale'
  | 'nome_precedente'
  | 'indirizzo_precedente'
  | 'comune_precedente'
  | 'codice_precedente'
  | 'documento_precedente';

const fits = (pattern: NamePattern, key: string): boolean =>
  pattern.prefix ? key.startsWith(pattern.key) : key === pattern.key;

export function birthFits(asked: PartialDate | null, held: PartialDate): boolean {
  return asked === null || (firstDay(held) <= lastDay(asked) && lastDay(held) >= firstDay(asked));
}

export interface NameAsked {
  readonly cognome: NamePattern;
  readonly nome: NamePattern | null;
  readonly nascita: PartialDate | null;
}

export function nameAsked(question: Question): NameAsked | null {
  switch (question.per) {
    case 'cognome_nascita':
      return { cognome: question.cognome, nome: null, nascita: question.data_nascita };
    case 'cognome_nome_anno':
      return { cognome: question.cognome, nome: question.nome, nascita: question.data_nascita };
    case 'cognome_nome_comune':
      return { cognome: question.cognome, nome: question.nome, nascita: null };
    default:
      return null;
  }
}

const bearsName = (f: IdentityFact, { cognome, nome, nascita }: NameAsked): boolean =>
  fits(cognome, f.surname_key) &&
  (nome === null || fits(nome, f.given_key)) &&
  birthFits(nascita, f.birth_text);

/** Does the person answer to the question by what may be shown? null: not. */
export function foundBy(question: Question, person: PersonFacts, al: Day): FoundBy | null {
  const now = identityOn(speakers(person.entries, al), al)?.fact;
  const identities = person.entries.flatMap((e) => e.identities);
  const name = nameAsked(question);
  if (name !== null) {
    if (question.per === 'cognome_nome_comune' && !wasIn(person.entries, question.comune)) return null;
    if (now !== undefined && bearsName(now, name))
      return question.per === 'cognome_nome_comune' && !isIn(person.entries, question.comune, al)
        ? 'comune_precedente'
        : 'attuale';
    return identities.some((f) => bearsName(f, name)) ? 'nome_precedente' : null;
  }
  switch (question.per) {
    case 'codice_fiscale':
      if (now?.codice_fiscale === question.codice_fiscale) return 'attuale';
      return identities.some((f) => f.codice_fiscale === question.codice_fiscale)
        ? 'codice_precedente'
        : null;
    case 'documento': {
      const documents = person.entries
        .flatMap((e) => e.documents)
        .filter((d) => d.numero === question.numero);
      if (documents.length === 0) return null;
      return documents.some((d) => holdsByFirstDays(d, al)) ? 'attuale' : 'documento_precedente';
    }
    case 'indirizzo': {
      const at = person.entries.flatMap((e) => e.dwellings).filter((d) => livesAt(d, question));
      if (at.length === 0) return null;
      return at.some((d) => holdsByFirstDays(d, al)) ? 'attuale' : 'indirizzo_precedente';
    }
    default:
      return 'attuale';
  }
}

/** How somebody is near to what was asked, by the identity of the day or a former one; null: not. */
export function similarBy(
  question: Question,
  person: PersonFacts,
  al: Day,
  near: NearQuestion,
): (Likeness & { readonly by: FoundBy }) | null {
  const asked = nameAsked(question);
  const comune = question.per === 'cognome_nome_comune' ? question.comune : null;
  if (asked === null || (comune !== null && !wasIn(person.entries, comune))) return null;
  const now = identityOn(speakers(person.entries, al), al)?.fact;
  const there: FoundBy =
    comune === null || isIn(person.entries, comune, al) ? 'attuale' : 'comune_precedente';
  const found = person.entries
    .flatMap((e) => e.identities)
    .flatMap((f) => {
      const likeness = birthFits(asked.nascita, f.birth_text) ? likenessOf(f, near) : null;
      return likeness === null ? [] : [{ ...likeness, by: f === now ? there : ('nome_precedente' as const) }];
    });
  return (
    found.sort((a, b) => b.score - a.score || Number(b.by === there) - Number(a.by === there))[0] ?? null
  );
}

export const isIn = (entries: readonly EntryFacts[], comune: string, al: Day): boolean =>
  entries.some((e) => e.comune === comune && e.registrations.some((r) => holdsByFirstDays(r, al)));
export const wasIn = (entries: readonly EntryFacts[], comune: string): boolean =>
  entries.some((e) => e.comune === comune);

function livesAt(d: DwellingFact, asked: Extract<Question, { per: 'indirizzo' }>): boolean {
  if (d.comune !== asked.comune || d.senza_fissa_dimora) return false;
  const street = streetKey([d.specie, d.toponimo].filter((part) => part !== null).join(' '));
  return street === streetKey(asked.via) && heldCivicoKey(d) === civicoKey(asked.civico);
}

/** One line of the short list: enough to choose the right person, and no more. */
export interface ListedPerson {
  readonly persona: string;
  readonly codice_fiscale: string | null;
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly sesso: string | null;
  readonly data_nascita: PartialDate | null;
  /** The comune of residence on the day; null where not resident, or protected. */
  readonly comune: string | null;
  readonly trovato_per: FoundBy;
  /** The reason of a similar match: "cognome: suona uguale"; null where they bear what was typed. */
  readonly somiglianza: Words | null;
  readonly segnali: readonly Signal[];
}

export type Signal =
  | 'deceduto'
  | 'uscito'
  | 'protetto'
  | 'in_transito'
  | 'doppia_residenza'
  | 'in_conflitto'
  | 'in_correzione'
  | 'data_incerta';

/** The flags that come unasked, in the order in which they weigh. */
export function signalsOf(state: PersonState): readonly Signal[] {
  const { segnali, decesso, residenza } = state;
  const flags: readonly (readonly [Signal, boolean])[] = [
    ['deceduto', decesso !== null && !segnali.in_conflitto],
    ['uscito', decesso === null && !residenza.residente && segnali.in_transito === null],
    ['protetto', segnali.protetto],
    ['in_transito', segnali.in_transito !== null],
    ['doppia_residenza', segnali.doppia_residenza !== null],
    ['in_conflitto', segnali.in_conflitto],
    ['in_correzione', segnali.in_correzione],
    ['data_incerta', segnali.data_incerta],
  ];
  return flags.filter(([, holds]) => holds).map(([flag]) => flag);
}

/** What a short list tells of somebody beside the facts: for their flags. */
export interface Standing {
  readonly evidence: TransferEvidence;
  readonly isMended: boolean;
}

export function listed(
  person: PersonFacts,
  al: Day,
  knownAt: KnownAt,
  by: FoundBy,
  somiglianza: Words | null,
  standing: Standing,
): ListedPerson {
  const state = personState(person, al, knownAt, { ...NO_SURROUNDINGS, ...standing });
  return {
    persona: state.persona,
    codice_fiscale: state.generalita?.codice_fiscale ?? null,
    cognome: state.generalita?.cognome ?? null,
    nome: state.generalita?.nome ?? null,
    sesso: state.generalita?.sesso ?? null,
    data_nascita: state.generalita?.data_nascita ?? null,
    comune: state.segnali.protetto ? null : (state.residenza.comune ?? null),
    trovato_per: by,
    somiglianza,
    segnali: signalsOf(state),
  };
}

/** Neither dead nor gone on the day: who is listed unless the past was asked for (services.md). */
export const isPresent = (person: ListedPerson): boolean =>
  !person.segnali.includes('deceduto') && !person.segnali.includes('uscito');

const text = (value: string | null | undefined): string => value ?? '';

/**
 * By surname, name, birth, then number, as far as who asks sees them: the same list for the same answer, and nothing of what is left out of it told by
 * where somebody stands (security.md, 19).
 */
export function inListOrder(seen: (person: ListedPerson) => Partial<ListedPerson>) {
  const key = (person: ListedPerson): string => {
    const { cognome, nome, data_nascita } = seen(person);
    const number = person.persona.slice(1).padStart(16, '0');
    return [text(cognome), text(nome), text(data_nascita), number].join('\u0000');
  };
  return (a: ListedPerson, b: ListedPerson): number => (key(a) < key(b) ? -1 : 1);
}
