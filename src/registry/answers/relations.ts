/**
 * Those whom the register ties to a person on a day: parents, spouse or partner, children, with how each is known and what else the register says of
 * them (services.md, Lookup: relations). Pure.
 */
import { type Day, firstDay, type PartialDate } from '../../kernel/day.ts';
import type { Certainty } from './certainty.ts';
import type { PersonFacts } from './facts.ts';
import type { KnownAt } from './known-at.ts';
import { deathOn, type EntryName, identityOn, type PersonState } from './person-state.ts';
import { homesOn } from './residence.ts';
import { speakers } from './speaking.ts';

/** How a register knows a relation: by its own number of the other person, by codice fiscale, or by both. */
export type KnownBy = 'numero' | 'codice_fiscale' | 'numero_e_codice_fiscale';

/** @returns null where neither the number nor the code is given */
export function knownBy(id: string | null, code: string | null): KnownBy | null {
  if (id === null) return code === null ? null : 'codice_fiscale';
  return code === null ? 'numero' : 'numero_e_codice_fiscale';
}

export type Relation = 'padre' | 'madre' | 'coniuge' | 'unito_civilmente' | 'figlio';

/** A tie as a register states it: who is meant, by number or by code. */
export interface Tie {
  readonly relazione: Relation;
  readonly noto_per: KnownBy;
  /** The register that says so. */
  readonly secondo: string;
  readonly id_soggetto: string | null;
  readonly codice_fiscale: string | null;
  /** Of a spouse: since when. */
  readonly dal: PartialDate | null;
  readonly certezza: Certainty;
}

export interface RelationAnswer {
  readonly relazione: Relation;
  readonly noto_per: KnownBy;
  readonly secondo: string;
  readonly dal: PartialDate | null;
  readonly certezza: Certainty;
  /** null: no register of the province has them. */
  readonly persona: string | null;
  readonly scheda: EntryName | null;
  readonly codice_fiscale: string | null;
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly data_nascita: PartialDate | null;
  /** Alive on the day; null where nothing of them is known on it: never registered, or gone before. */
  readonly in_vita: boolean | null;
  readonly data_decesso: PartialDate | null;
  /** Comune of residence on the day. */
  readonly comune: string | null;
  readonly protetto: boolean;
}

export interface RelationsAnswer {
  readonly persona: string;
  readonly al: Day;
  readonly noto_al: KnownAt;
  readonly parla: EntryName | null;
  readonly segnali: PersonState['segnali'];
  readonly relazioni: readonly RelationAnswer[];
}

/** Dead where a death is told; alive where resident; otherwise not known: who left may have died elsewhere. */
function aliveOn(person: PersonFacts, d: Day): Pick<RelationAnswer, 'in_vita' | 'data_decesso' | 'comune'> {
  const inOrder = speakers(person.entries, d);
  const death = deathOn(inOrder, d);
  const [home] = homesOn(inOrder, d);
  const comune = home?.entry.comune ?? null;
  // Dead in one register and resident in another: the register cannot say (registry.md, Who speaks).
  if (death !== null)
    return {
      in_vita: comune === null && death.certezza === 'certa' ? false : null,
      data_decesso: death.fact.from,
      comune,
    };
  return { in_vita: home?.registration.certezza === 'certa' ? true : null, data_decesso: null, comune };
}

/** @param person whom the tie means, where the province has them */
export function relationAnswer(tie: Tie, person: PersonFacts | null, d: Day): RelationAnswer {
  const { relazione, noto_per, secondo, dal, certezza, codice_fiscale } = tie;
  const base = { relazione, noto_per, secondo, dal, certezza };
  const identity = person === null ? null : identityOn(speakers(person.entries, d), d);
  if (person === null || identity === null)
    return {
      ...base,
      persona: null,
      scheda: null,
      codice_fiscale,
      cognome: null,
      nome: null,
      data_nascita: null,
      in_vita: null,
      data_decesso: null,
      comune: null,
      protetto: false,
    };
  const { fact, entry } = identity;
  return {
    ...base,
    persona: `P${person.personId}`,
    scheda: { comune: entry.comune, id_soggetto: entry.idSoggetto },
    codice_fiscale: fact.codice_fiscale ?? codice_fiscale,
    cognome: fact.cognome,
    nome: fact.nome,
    data_nascita: fact.birth_text,
    ...aliveOn(person, d),
    protetto: person.entries.some((e) =>
      e.protections.some((p) => p.protetto && (p.to === null || firstDay(p.to) > d)),
    ),
  };
}
