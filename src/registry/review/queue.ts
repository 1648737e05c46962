/** Pairs as an operator sees them: whose they are, how long they have waited, how they stand, and whether to look again. Pure. */
import { type Day, daysBetween, romeDay } from '../../kernel/day.ts';
import type { IdentityFact } from '../answers/facts.ts';
import type { KnownAt } from '../answers/known-at.ts';
import type { EntryName } from '../answers/person-state.ts';
import { type Agreements, agreementsOf, contradicting, type Field } from './agreement.ts';
import {
  type DecisionAct,
  type DecisionKind,
  isPutOff,
  lastOf,
  ownerOf,
  type PutOff,
  type Standing,
  standingOf,
} from './decisions.ts';
import type { FieldWeight, PairRow } from './queue.sql.ts';

/** `rinviata`: put off, and the day has not come; `riaperta`: decided, and the data contradict it since, or its day has come. */
export type PairState = 'aperta' | 'rinviata' | 'riaperta' | 'decisa';

export interface PairEntry extends EntryName {
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly sesso: string | null;
  readonly data_nascita: string | null;
  readonly codice_fiscale: string | null;
}

export interface StandingAnswer {
  readonly decisione: number;
  readonly esito: DecisionKind;
  readonly operatore: string;
  readonly motivo: string;
  readonly il: string;
  readonly fino_al: Day | null;
}

export interface QueuedPair {
  /** The number of the linkage's candidate; null: proposed by nobody, an operator joined or parted them. */
  readonly candidato: number | null;
  readonly schede: readonly [PairEntry, PairEntry];
  /** Match weight in bits, and the probability that it gives. */
  readonly peso: number | null;
  readonly probabilita: number | null;
  /** Who judges it: the comune of both, or the coordination. */
  readonly proprietario: string;
  readonly stato: PairState;
  readonly dal: string;
  readonly giorni: number;
  /** What stands; of one put off, that. */
  readonly decisione: StandingAnswer | null;
  /** Of one reopened: the fields that came to contradict the decision. */
  readonly contraddetta_da: readonly Field[];
  readonly accordi: Agreements;
  readonly campi: readonly FieldWeight[];
}

function pairEntry(name: EntryName, f: IdentityFact | undefined): PairEntry {
  return {
    ...name,
    cognome: f?.cognome ?? null,
    nome: f?.nome ?? null,
    sesso: f?.sesso ?? null,
    data_nascita: f?.birth_text ?? null,
    codice_fiscale: f?.codice_fiscale ?? null,
  };
}

const standingAnswer = (a: Standing | PutOff): StandingAnswer => ({
  decisione: a.decision_id,
  esito: a.kind,
  operatore: a.operator,
  motivo: a.reason,
  il: a.recorded_from,
  fino_al: a.until,
});

function stateOf(
  last: DecisionAct | undefined,
  standing: Standing | undefined,
  contradicted: boolean,
  today: Day,
): PairState {
  if (isPutOff(last)) {
    if (last.until === null || last.until > today) return 'rinviata';
    return standing === undefined ? 'aperta' : 'riaperta';
  }
  if (standing === undefined) return 'aperta';
  return contradicted ? 'riaperta' : 'decisa';
}

/**
 * @param identities the present identities of the two, as they may be shown
 * @param acts everything decided of the pair by then
 * @param twoForms does the one person that the two are bear two validated forms of a code? Then no decision that joins them may be right
 */
export function queuedPair(
  row: PairRow,
  identities: readonly [IdentityFact | undefined, IdentityFact | undefined],
  acts: readonly DecisionAct[],
  twoForms: boolean,
  at: KnownAt,
): QueuedPair {
  const [last, standing] = [lastOf(acts), standingOf(acts)];
  const accordi = agreementsOf(...identities);
  const by = standing === undefined ? [] : contradicting(standing.kind, standing.seen, accordi);
  const against: readonly Field[] =
    twoForms && standing?.kind === 'same' && !by.includes('codice_fiscale') ? [...by, 'codice_fiscale'] : by;
  const today = romeDay(new Date(at));
  const stato = stateOf(last, standing, against.length > 0, today);
  const shown = isPutOff(last) && (stato === 'rinviata' || standing === undefined) ? last : standing;
  return {
    candidato: row.candidate_id,
    schede: [
      pairEntry({ comune: row.comune_a, id_soggetto: row.id_a }, identities[0]),
      pairEntry({ comune: row.comune_b, id_soggetto: row.id_b }, identities[1]),
    ],
    peso: row.weight,
    probabilita: row.probability,
    proprietario: ownerOf(row.comune_a, row.comune_b),
    stato,
    dal: row.since,
    giorni: daysBetween(romeDay(new Date(row.since)), today),
    decisione: shown === undefined ? null : standingAnswer(shown),
    contraddetta_da: against,
    accordi,
    campi: row.fields,
  };
}
