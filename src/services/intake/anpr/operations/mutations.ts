/** 5008: what changes of one person, an event for each tipoMutazione (T36; 5000mutazione.xsd). */
import { type Day, firstDay, parseDay, parsePartialDate } from '../../../../kernel/day.ts';
import { elementAt, type XmlElement } from '../../../../platform/xml/xml-records.ts';
import type { EntryState } from '../../../../registry/claims/entry-state.ts';
import { layOut } from '../../../../registry/claims/timeline.ts';
import { registrationOn } from '../../../../registry/events/working-register.ts';
import type { FindingCode } from '../../messages/messages.ts';
import { plainCode, type Rule } from '../rules.ts';
import { dayOfDeath, deathOf } from './cancellations.ts';
import { actAt, at, cellsOf, valueAt } from './cells.ts';
import { rowOfSubject } from './held-cells.ts';
import { MUTATIONS } from './kinds.ts';
import {
  CHANGED_IDENTITY_RULES,
  DECLARED_RULES,
  DOCUMENT_RULES,
  FATHER_RULES,
  MOTHER_RULES,
  PARTNER_RULES,
  PERMIT_RULES,
  SPOUSE_RULES,
} from './request-rules.ts';
import type { EventDates, EventJson, Telling } from './telling.ts';

type Tell = (t: Telling, entry: EntryState) => void | Promise<void>;

/** How each tipoMutazione that the tracciato keeps is told. */
const TELL: Readonly<Record<string, Tell>> = {
  '1': identity,
  '2': citizenship,
  '3': (t, entry) => columns(t, entry, 'DOCUMENTO', 'cartaIdentita', DOCUMENT_RULES, 'ES103'),
  '4': (t, entry) => columns(t, entry, 'SOGGIORNO', 'permessoSoggiorno', PERMIT_RULES, 'ES104'),
  '7': declared,
  '10': (t, entry) => parent(t, entry, 'paternita', FATHER_RULES, 'ES109'),
  '11': (t, entry) => parent(t, entry, 'maternita', MOTHER_RULES, 'ES110'),
  '12': marriage,
  '13': widowhood,
  '14': divorce,
  '15': birthAct,
  '18': union,
  '19': dissolution,
  '22': death,
};

/** Of residents abroad (AIRE): completions and data of their own. */
const ABROAD: ReadonlySet<string> = new Set(['20', '21']);

export async function tell5008(t: Telling): Promise<void> {
  const control = t.part('datiControllo');
  const kinds = (control?.children ?? []).flatMap((c) =>
    c.name === 'tipoMutazione' ? [plainCode(c.text)] : [],
  );
  const campo = 'datiControllo/tipoMutazione';
  if (kinds.length === 0) t.fault('EN489', campo);
  for (const kind of kinds) {
    if (ABROAD.has(kind)) t.fault('ES077', campo, kind);
    else if (!Object.hasOwn(MUTATIONS, kind)) t.fault('ES096', campo, kind);
  }
  if (t.findings.length > 0) return;
  const entry = await t.subject(t.part('generalitaPerRicerca'), 'generalitaPerRicerca');
  if (entry === null) return;
  for (const kind of cardsFirst(kinds)) {
    const tell = TELL[kind];
    if (tell === undefined) t.fault('SIP-020', campo, kind, { file: 'Richiesta5008' });
    else await tell(t, entry);
  }
}

/** A card tells whatever is held of the person again: it goes before the events of the same request that change something. */
const cardsFirst = (kinds: readonly string[]): string[] => [
  ...kinds.filter((kind) => MUTATIONS[kind]?.events === 'SCHEDA'),
  ...kinds.filter((kind) => MUTATIONS[kind]?.events !== 'SCHEDA'),
];

/** A part that the mutation needs, or the finding that it is missing. */
const needed = (t: Telling, name: string, missing: FindingCode): XmlElement | null =>
  t.part(name) ?? t.fault(missing, name);

function identity(t: Telling, entry: EntryState): void {
  const generalita = t.part('generalitaDaModificare', 'generalita');
  const cells = cellsOf(t.request, CHANGED_IDENTITY_RULES, t.context);
  if (Object.keys(cells).length === 0) {
    t.fault('ES068', 'generalitaDaModificare');
    return;
  }
  // A part of the identity that the person has not: the other part is all of it.
  const gone: Record<string, null> = {};
  for (const [mark, column] of [
    ['senzaCognome', 'cognome'],
    ['senzaNome', 'nome'],
  ] as const)
    if (generalita !== null && at(generalita, mark) === '1') gone[column] = null;
  t.event('GENERALITA', {
    id_soggetto: entry.idSoggetto,
    motivo: reasonOf(t, entry, cells['sesso']),
    ...cells,
    ...gone,
  });
}

/** A change asked for seals the former sex (registry.md, Sealed: L. 164/1982); an error of the office (V, R) is mended. */
function reasonOf(t: Telling, entry: EntryState, sesso: string | undefined): string {
  if (t.head.tipoOperazione !== 'C') return 'RETTIFICA';
  const held = layOut(entry.identities).at(-1)?.value.sesso;
  return sesso !== undefined && held !== undefined && held !== sesso ? 'SESSO' : 'ALTRO';
}

/**
 * An act counts from its own day; from that of the request where the person was not resident here then, since a register says
 * nothing of days before (SIP-204).
 */
function datesOf(t: Telling, entry: EntryState, of: string): EventDates {
  const date = parsePartialDate(of);
  if (date === null) return {};
  const own: Day = firstDay(date);
  const here = registrationOn(entry, own) !== undefined;
  return { data_evento: of, decorrenza: here ? own : t.decorrenza };
}

function citizenship(t: Telling, entry: EntryState): void {
  const [first, second] = t.parts('cittadinanza');
  if (first === undefined) {
    t.fault('ES069', 'cittadinanza');
    return;
  }
  t.event(
    'CITTADINANZA',
    {
      id_soggetto: entry.idSoggetto,
      cittadinanza: at(first, 'codiceStato'),
      // All the citizenships are told: what was the other one is so no more.
      altra_cittadinanza: second === undefined ? null : at(second, 'codiceStato'),
    },
    datesOf(t, entry, valueAt(first, 'dataValidita', 'day', t.context)),
  );
}

/** The cells of an element, empty: a new card or permit has nothing of the one before, nor has another parent. */
const noneOf = (rules: readonly Rule[]): Record<string, null> =>
  Object.fromEntries(rules.map(({ column }) => [column, null]));

function columns(
  t: Telling,
  entry: EntryState,
  operazione: string,
  part: string,
  rules: readonly Rule[],
  missing: FindingCode,
): void {
  if (needed(t, part, missing) === null) return;
  const cells = cellsOf(t.request, rules, t.context);
  if (Object.keys(cells).length === 0) t.fault(missing, part);
  else t.event(operazione, { id_soggetto: entry.idSoggetto, ...noneOf(rules), ...cells });
}

/** A card of the person that mends some cells of the row that is held. */
function card(t: Telling, entry: EntryState, cells: EventJson): void {
  const row = rowOfSubject(entry);
  if (row === null)
    t.fault('ES100', 'generalitaPerRicerca', entry.idSoggetto, { id_soggetto: entry.idSoggetto });
  else t.event('SCHEDA', { soggetti: [{ ...row, ...cells, data_aggiornamento: t.registrazione }] });
}

function declared(t: Telling, entry: EntryState): void {
  const element = needed(t, 'altriDati', 'ES107');
  if (element !== null) card(t, entry, cellsOf(t.request, DECLARED_RULES, t.context));
}

function birthAct(t: Telling, entry: EntryState): void {
  const act = actAt(t.part('attoNascita') ?? t.part('attoNascitaANPR'), t.context);
  if (act === '') t.fault('EN409', 'attoNascita');
  else card(t, entry, { atto_nascita: act });
}

function parent(
  t: Telling,
  entry: EntryState,
  part: 'paternita' | 'maternita',
  rules: readonly Rule[],
  missing: FindingCode,
): void {
  const element = needed(t, part, missing);
  if (element === null) return;
  const named = cellsOf(t.request, rules, t.context);
  if (Object.keys(named).length === 0) {
    t.fault('ES004', `${part}/generalita`);
    return;
  }
  // Whoever is named by a code alone is no longer the one whom a number named.
  t.event('GENITORI', { id_soggetto: entry.idSoggetto, ...noneOf(rules), ...named });
}

interface Status {
  readonly stato_civile: string;
  /** How the request names the other; absent where it does not matter. */
  readonly spouse?: readonly Rule[];
  readonly act?: XmlElement | null;
  readonly day: string;
}

function status(t: Telling, entry: EntryState, told: Status): void {
  const act = actAt(told.act ?? null, t.context);
  t.event(
    'STATO_CIVILE',
    {
      id_soggetto: entry.idSoggetto,
      stato_civile: told.stato_civile,
      ...(told.spouse === undefined ? {} : cellsOf(t.request, told.spouse, t.context)),
      ...(act === '' ? {} : { atto: act }),
    },
    datesOf(t, entry, told.day),
  );
}

const inner = (element: XmlElement, ...path: string[]): XmlElement | null => elementAt(element, path);
const actOf = (event: XmlElement | null): XmlElement | null =>
  event === null ? null : (inner(event, 'attoEvento') ?? inner(event, 'attoEventoANPR'));

function marriage(t: Telling, entry: EntryState): void {
  const element = needed(t, 'matrimonio', 'EN273');
  if (element === null) return;
  const event = inner(element, 'datiMatrimonio');
  status(t, entry, {
    stato_civile: '2',
    spouse: SPOUSE_RULES,
    act: actOf(event),
    day: valueAt(event, 'dataEvento', 'partialDay', t.context),
  });
}

function widowhood(t: Telling, entry: EntryState): void {
  const element = needed(t, 'vedovanza', 'EN273');
  if (element === null) return;
  const event = inner(element, 'datiMorteconiuge');
  status(t, entry, {
    stato_civile: '3',
    act: actOf(event),
    day: valueAt(event, 'dataEvento', 'partialDay', t.context),
  });
}

/** T31 5 and 8: separated spouses are married still. */
const SEPARATIONS: ReadonlySet<string> = new Set(['5', '8']);
/** T31 2 and 4: a marriage annulled or void was none (T1 1), where the request says nothing else. */
const VOID: ReadonlySet<string> = new Set(['2', '4']);

function divorce(t: Telling, entry: EntryState): void {
  const name = 'separazioneAnnullamentoCessazioneMatrimonio';
  const element = needed(t, name, 'EN318');
  if (element === null) return;
  const kind = plainCode(at(element, 'tipoCessazione'));
  if (SEPARATIONS.has(kind)) {
    t.fault('SIP-020', `${name}/tipoCessazione`, kind, { file: 'Richiesta5008' });
    return;
  }
  const act =
    inner(element, 'attoAnnullamentoMatrimonio') ?? inner(element, 'attoAnnullamentoMatrimonioANPR');
  const told = plainCode(t.text('statoCivile/statoCivile'));
  status(t, entry, {
    stato_civile: told || (VOID.has(kind) ? '1' : '4'),
    spouse: SPOUSE_RULES,
    act,
    day:
      valueAt(element, 'sentenza/dataValidita', 'day', t.context) ||
      valueAt(element, 'attoAnnullamentoMatrimonio/dataFormazioneAtto', 'day', t.context),
  });
}

function union(t: Telling, entry: EntryState): void {
  const element = needed(t, 'unioneCivile', 'EN273');
  if (element === null) return;
  const event = inner(element, 'attoUnione');
  status(t, entry, {
    stato_civile: '6',
    spouse: PARTNER_RULES,
    act: actOf(event),
    day: valueAt(event, 'dataEvento', 'partialDay', t.context),
  });
}

/** T43 98: the union ended by the death of the other. */
const BY_DEATH = '98';

function dissolution(t: Telling, entry: EntryState): void {
  const element = t.part('unioneCivile', 'scioglimentoUnione');
  if (element === null) {
    t.fault('EN275', 'unioneCivile/scioglimentoUnione');
    return;
  }
  const event = inner(element, 'datiEvento');
  const byDeath = plainCode(at(element, 'motivoScioglimento')) === BY_DEATH;
  status(t, entry, {
    stato_civile: byDeath ? '7' : '8',
    ...(byDeath ? {} : { spouse: PARTNER_RULES }),
    act: actOf(event),
    day:
      event === null
        ? valueAt(element, 'sentenza/dataValidita', 'day', t.context)
        : valueAt(event, 'dataEvento', 'partialDay', t.context),
  });
}

/** The death that the register has, told again as it should have been. */
async function death(t: Telling, entry: EntryState): Promise<void> {
  const source = entry.deaths.length === 0 ? null : await t.view.findDeathSource(entry);
  if (source === null) {
    t.fault('EN486', 'generalitaPerRicerca', entry.idSoggetto, { id_soggetto: entry.idSoggetto });
    return;
  }
  const told = deathOf(t, ['datiDecesso', 'eventoDecesso'], ['datiDecesso', 'sentenza']);
  if (told === null) return;
  const day = parseDay(dayOfDeath(told));
  const riferimento = source.id_evento ?? {
    fornitura: source.progressivo,
    id_soggetto: entry.idSoggetto,
    fatto: 'MORTE' as const,
    dal: null,
  };
  t.correction(
    'MORTE',
    riferimento,
    { id_soggetto: entry.idSoggetto, ...told },
    { decorrenza: day, data_evento: String(told['data_morte']) },
  );
}
