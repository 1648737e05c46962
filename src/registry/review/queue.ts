/** Pairs as an operator sees them: whose they are, how long they have waited, how they stand, and whether to look again. Pure. */
import { type Day, daysBetween, romeDay } from '../../kernel/day.ts';
import type { IdentityFact } from '../answers/facts.ts';
import type { KnownAt } from '../answers/known-at.ts';
import type { EntryName } from '../answers/person-state.ts';
import { type Agreements, agreementsOf, contradicting, type Field } from './agreement.ts';
import { type DecisionAct, type DecisionKind, ownerOf, standingOf } from './decisions.ts';
import type { FieldWeight, PairRow } from './queue.sql.ts';

/** `rinviata`: put off, and the day has not come; `riaperta`: decided, and the data contradict it since. */
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

const standingAnswer = (a: DecisionAct, kind: DecisionKind): StandingAnswer => ({
  decisione: a.decision_id,
  esito: kind,
  operatore: a.operator,
  motivo: a.reason,
  il: a.recorded_from,
  fino_al: a.until,
});

function stateOf(standing: DecisionAct | undefined, contradicted: boolean, today: Day): PairState {
  if (standing === undefined || standing.kind === 'undo') return 'aperta';
  if (standing.kind === 'later')
    return standing.until !== null && standing.until <= today ? 'aperta' : 'rinviata';
  return contradicted ? 'riaperta' : 'decisa';
}

/**
 * @param identities the present identities of the two, as they may be shown
 * @param acts everything decided of the pair by then
 */
export function queuedPair(
  row: PairRow,
  identities: readonly [IdentityFact | undefined, IdentityFact | undefined],
  acts: readonly DecisionAct[],
  at: KnownAt,
): QueuedPair {
  const standing = standingOf(acts);
  const accordi = agreementsOf(...identities);
  const kind = standing === undefined || standing.kind === 'undo' ? null : standing.kind;
  const against =
    standing === undefined || kind === null || kind === 'later'
      ? []
      : contradicting(kind, standing.seen, accordi);
  const today = romeDay(new Date(at));
  return {
    candidato: row.candidate_id,
    schede: [
      pairEntry({ comune: row.comune_a, id_soggetto: row.id_a }, identities[0]),
      pairEntry({ comune: row.comune_b, id_soggetto: row.id_b }, identities[1]),
    ],
    peso: row.weight,
    probabilita: row.probability,
    proprietario: ownerOf(row.comune_a, row.comune_b),
    stato: stateOf(standing, against.length > 0, today),
    dal: row.since,
    giorni: daysBetween(romeDay(new Date(row.since)), today),
    decisione: standing === undefined || kind === null ? null : standingAnswer(standing, kind),
    contraddetta_da: against,
    accordi,
    campi: row.fields,
  };
}
