/**
 * Somebody told again by rows of histories alone, as a SCHEDA may (tracciato.md 3): what is held stands for the row of
 * soggetti.csv that was not given, and only the histories that were are realigned. Pure.
 */
import { firstDay } from '../../kernel/day.ts';
import type { EntryState } from '../claims/entry-state.ts';
import type { EntryBundle, SoggettoRecord } from '../claims/records.ts';
import { registrationSpells } from '../claims/registration-spells.ts';
import { layOut } from '../claims/timeline.ts';
import { historiesOf, ownDatesOf, realignEntry, type ToldHistories } from './realign.ts';

type Histories = Omit<EntryBundle, 'soggetto' | 'contradicted'>;

/** Cells that say nothing here: the facts that they tell are not realigned. */
const UNTOLD = {
  riga: 0,
  atto_nascita: null,
  id_padre: null,
  cf_padre: null,
  id_madre: null,
  cf_madre: null,
  stato_civile_dal: null,
  cittadinanza_dal: null,
  titolo_studio: null,
  posizione_professionale: null,
  condizione_non_professionale: null,
  documento_tipo: null,
  documento_numero: null,
  documento_rilascio: null,
  documento_scadenza: null,
  soggiorno_tipo: null,
  soggiorno_scadenza: null,
  riservatezza: null,
} as const;

/** The row that the held entry would have; null where nothing of it is left. An open row of a history tells the present itself. */
export function heldRow(held: EntryState, told: Histories): SoggettoRecord | null {
  const identity = layOut(held.identities).at(-1)?.value;
  const registration = registrationSpells(held).at(-1);
  const status = layOut(held.civilStatuses).at(-1)?.value;
  const citizenship = layOut(held.citizenships).at(-1)?.value;
  if (identity === undefined || registration === undefined) return null;
  const death = layOut(held.deaths).at(-1);
  const { spell, departure } = registration;
  const alone = spell.to === null ? 'RESIDENTE' : 'CANCELLATO';
  const stato_civile = told.stati_civili.find((r) => r.al === null)?.stato_civile;
  const stato = told.cittadinanze.find((r) => r.al === null)?.stato;
  const sameStatus = stato_civile === undefined || stato_civile === status?.stato_civile;
  const sameState = stato === undefined || stato === citizenship?.stato;
  return {
    ...UNTOLD,
    id_soggetto: held.idSoggetto,
    codice_fiscale: identity.codice_fiscale,
    validita_cf: identity.validita_cf,
    cognome: identity.cognome,
    nome: identity.nome,
    sesso: identity.sesso === 'F' ? 'F' : 'M',
    data_nascita: identity.data_nascita,
    comune_nascita: identity.comune_nascita,
    stato_nascita: identity.stato_nascita,
    localita_nascita: identity.localita_nascita,
    stato_civile: stato_civile ?? status?.stato_civile ?? '',
    id_coniuge: sameStatus ? (status?.id_coniuge ?? null) : null,
    cf_coniuge: sameStatus ? (status?.cf_coniuge ?? null) : null,
    cittadinanza: stato ?? citizenship?.stato ?? '',
    altra_cittadinanza: sameState ? (citizenship?.altra ?? null) : null,
    posizione: death === undefined ? alone : 'DECEDUTO',
    iscritto_dal: spell.from,
    data_aggiornamento: firstDay(spell.from),
    motivo_iscrizione: spell.value.motivo_iscrizione,
    comune_provenienza: spell.value.comune_provenienza,
    stato_provenienza: spell.value.stato_provenienza,
    cancellato_dal: spell.to,
    ...departure,
    data_morte: death?.from ?? null,
    comune_morte: death?.value.comune_morte ?? null,
    stato_morte: death?.value.stato_morte ?? null,
  };
}

/** The kinds of fact that each history tells. Who changes family lives where that one does. */
const KINDS: { readonly [H in keyof ToldHistories]: readonly (keyof EntryState)[] } = {
  residenze: ['dwellings'],
  iscrizioni: ['registrations', 'departures', 'deaths'],
  stati_civili: ['civilStatuses'],
  cittadinanze: ['citizenships'],
  generalita: ['identities'],
  legami: ['memberships', 'dwellings'],
};

/**
 * The entry with the told histories in the place of the held ones; the same object where nothing differs.
 * @param told what the row of heldRow claims with those histories
 */
export function realignHistories(held: EntryState, told: EntryState, bundle: EntryBundle): EntryState {
  const histories = historiesOf(bundle);
  const next = realignEntry(held, told, histories, ownDatesOf(bundle));
  if (next === held) return held;
  const spoken = (Object.keys(KINDS) as (keyof ToldHistories)[])
    .filter((history) => histories[history])
    .flatMap((history) => KINDS[history]);
  if (spoken.every((kind) => next[kind] === held[kind])) return held;
  return { ...held, ...Object.fromEntries(spoken.map((kind) => [kind, next[kind]])) };
}
