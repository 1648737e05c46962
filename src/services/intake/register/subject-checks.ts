/** Rules about one subject: what sets the row of soggetti.csv aside, and the warnings it is loaded with (tracciato.md 4). */
import type { DefinitiveCode } from '../../../kernel/codice-fiscale.ts';
import { certainlyBefore, type Day, firstDay, type PartialDate } from '../../../kernel/day.ts';
import type { Reference } from '../../../reference/load-reference.ts';
import {
  type EntryBundle,
  isUnknownCode,
  type LegameRecord,
  type SoggettoRecord,
} from '../../../registry/claims/records.ts';
import type { Fault } from '../rows/row-form.ts';
import { checkCode } from './codice-fiscale-checks.ts';
import type { IdTable } from './id-table.ts';
import type { Spell } from './spell-checks.ts';
import type { Tally } from './tally.ts';

/** Why the row cannot stand; ES008 first, because a wrong birth explains a registration before it. */
export function subjectFault(s: SoggettoRecord, situazioneAl: Day): Fault | null {
  if (certainlyBefore(situazioneAl, s.data_nascita))
    return { codice: 'ES008', campo: 'data_nascita', valore: s.data_nascita, altro: situazioneAl };
  if (certainlyBefore(s.iscritto_dal, s.data_nascita))
    return { codice: 'SIP-107', campo: 'iscritto_dal', valore: s.iscritto_dal, altro: s.data_nascita };
  for (const campo of ['cancellato_dal', 'data_morte'] as const) {
    const end = s[campo];
    if (end !== null && certainlyBefore(end, s.iscritto_dal))
      return { codice: 'SIP-106', campo, valore: end, altro: s.iscritto_dal };
  }
  return null;
}

/** T1: married, and in a civil union. */
const MARRIED = '2';
const UNITED = '6';
/** T1: unknown; it says neither yes nor no. */
const NOT_KNOWN = '9';
/** T5: spouse, civil partner. */
const SPOUSE = '2';
const PARTNER = '28';

interface Places {
  readonly reference: Reference;
  readonly subjects: IdTable;
  readonly tally: Tally;
}

/**
 * Warnings that the subject's own rows give, and their code where it is definitive and sound.
 * @param placeKnown false where the place of birth has a finding of its own
 */
export function warnSubject(
  bundle: EntryBundle,
  { reference, subjects, tally }: Places,
  isCurrent: (legame: LegameRecord) => boolean,
  placeKnown: boolean,
): DefinitiveCode | null {
  const s = bundle.soggetto;
  const warn = (fault: Fault): void =>
    tally.report(fault.codice, { file: 'soggetti.csv', riga: s.riga, id_soggetto: s.id_soggetto, ...fault });
  const code = warnRow(s, reference, placeKnown, warn);
  for (const campo of ['id_padre', 'id_madre', 'id_coniuge'] as const) {
    const id = s[campo];
    if (id !== null && subjects.findText(id) < 0) warn({ codice: 'SIP-134', campo, valore: id });
  }
  warnHistories(bundle, subjects, tally);
  for (const legame of bundle.legami) if (isCurrent(legame)) warnKinship(s, legame, reference, tally);
  return code;
}

/** The warnings that the row itself gives, wherever it stands: in soggetti.csv or inside an event. */
export function warnRow(
  s: SoggettoRecord,
  reference: Reference,
  placeKnown: boolean,
  warn: (fault: Fault) => void,
): DefinitiveCode | null {
  const code = checkCode(s, reference, placeKnown, warn);
  if (certainlyBefore(s.data_aggiornamento, s.iscritto_dal))
    warn({ codice: 'ES127', campo: 'iscritto_dal', valore: s.iscritto_dal, altro: s.data_aggiornamento });
  if (s.cittadinanza_dal !== null && certainlyBefore(s.cittadinanza_dal, s.data_nascita))
    warn({ codice: 'ES009', campo: 'cittadinanza_dal', valore: s.cittadinanza_dal, altro: s.data_nascita });
  if (
    binds(s.stato_civile) &&
    s.stato_civile_dal !== null &&
    certainlyBefore(s.stato_civile_dal, s.data_nascita)
  )
    warn({ codice: 'ES010', campo: 'stato_civile_dal', valore: s.stato_civile_dal, altro: s.data_nascita });
  return code;
}

const binds = (statoCivile: string): boolean => statoCivile === MARRIED || statoCivile === UNITED;

function warnHistories(bundle: EntryBundle, subjects: IdTable, tally: Tally): void {
  const s = bundle.soggetto;
  // What the row of soggetti.csv says already is not said again of the history's row (one cause, one finding).
  const tooEarly = (dal: PartialDate, said: PartialDate | null): boolean =>
    dal !== said && certainlyBefore(dal, s.data_nascita);
  for (const { riga, dal } of bundle.cittadinanze)
    if (tooEarly(dal, s.cittadinanza_dal))
      tally.report('ES009', {
        file: 'cittadinanze.csv',
        riga,
        id_soggetto: s.id_soggetto,
        campo: 'dal',
        valore: dal,
        altro: s.data_nascita,
      });
  for (const { riga, dal, stato_civile, id_coniuge } of bundle.stati_civili) {
    const where = { file: 'stati_civili.csv', riga, id_soggetto: s.id_soggetto };
    if (binds(stato_civile) && tooEarly(dal, s.stato_civile_dal))
      tally.report('ES010', { ...where, campo: 'dal', valore: dal, altro: s.data_nascita });
    if (id_coniuge !== null && id_coniuge !== s.id_coniuge && subjects.findText(id_coniuge) < 0)
      tally.report('SIP-134', { ...where, campo: 'id_coniuge', valore: id_coniuge });
  }
}

/** SIP-131: spouse in the family, but not by civil status. A code outside T1 is reported as such, and no more. */
function warnKinship(s: SoggettoRecord, legame: LegameRecord, reference: Reference, tally: Tally): void {
  if (legame.kind !== 'famiglia' || isUnknownCode(s.stato_civile) || s.stato_civile === NOT_KNOWN) return;
  const { relazione } = legame;
  if (
    (relazione === SPOUSE && s.stato_civile !== MARRIED) ||
    (relazione === PARTNER && s.stato_civile !== UNITED)
  )
    tally.report('SIP-131', {
      file: 'legami.csv',
      riga: legame.riga,
      id_soggetto: s.id_soggetto,
      id_famiglia: legame.id_household,
      campo: 'relazione',
      valore: relazione,
      altro: reference.describeCode('T1', s.stato_civile) ?? s.stato_civile,
    });
}

/** Where the registration stands that is no row of the history. */
export const PRESENT_ROW = 'soggetti.csv';

/** The last continuous registration, which an earlier one may not overlap. */
export function presentRegistration(s: SoggettoRecord): Spell {
  if (s.posizione === 'RESIDENTE') return { dal: s.iscritto_dal, al: null };
  const ends = [s.cancellato_dal, s.data_morte].filter((d) => d !== null);
  ends.sort((a, b) => (firstDay(a) < firstDay(b) ? -1 : 1));
  return { dal: s.iscritto_dal, al: ends[0] ?? null };
}
