/** 1001 and 1002: who comes into the register (1000iscrizione.xsd). */
import { parseDay } from '../../../../kernel/day.ts';
import type { XmlElement } from '../../../../platform/xml/xml-records.ts';
import type { HouseholdState } from '../../../../registry/claims/entry-state.ts';
import { plainCode, type Rule } from '../rules.ts';
import { ENDED } from '../subject-rules.ts';
import { actAt, at, type Cells, cellsOf, placeAt, valueAt } from './cells.ts';
import { ARRIVING_RULES, ARRIVING_STATUS_RULES, BORN_RULES } from './request-rules.ts';
import type { NamedHousehold, Telling } from './telling.ts';

/** T5 and T6: child of the head; tie not told; member of a convivenza. */
const CHILD = '3';
const UNTOLD = '99';
const MEMBER = '2';
/** T5: head of the family, and spouse of the head. */
const HEAD_OR_SPOUSE: ReadonlySet<string> = new Set(['1', '2']);

/** The row of soggetti.csv of who comes in: what both requests say alike. */
function newRow(t: Telling, generalita: XmlElement | null, rules: readonly Rule[]): Cells {
  const [first, second] = t.parts('cittadinanza');
  const act = actAt(t.part('attoNascita') ?? t.part('attoNascitaANPR'), t.context);
  const dal = valueAt(first ?? null, 'dataValidita', 'day', t.context);
  return {
    id_soggetto: generalita === null ? '' : t.ownNumber(generalita),
    ...cellsOf(t.request, rules, t.context),
    ...(act === '' ? {} : { atto_nascita: act }),
    cittadinanza: first === undefined ? '' : at(first, 'codiceStato'),
    ...(dal === '' ? {} : { cittadinanza_dal: dal }),
    ...(second === undefined ? {} : { altra_cittadinanza: at(second, 'codiceStato') }),
    posizione: 'RESIDENTE',
    data_aggiornamento: t.registrazione,
  };
}

/** A subject must come with a number of this register: nothing else would name them again. */
function numbered(t: Telling, generalita: XmlElement | null, campo: string): boolean {
  if (generalita === null) {
    t.fault('EN489', campo);
    return false;
  }
  if (at(generalita, 'soggettoAIRE').toUpperCase() === 'S') {
    t.fault('ES077', `${campo}/soggettoAIRE`, 'S');
    return false;
  }
  if (t.ownNumber(generalita) !== '') return true;
  const istat = at(generalita, 'idSchedaSoggettoComune/idSchedaSoggettoComuneIstat');
  if (istat !== '') t.fault('ES034', `${campo}/idSchedaSoggettoComune/idSchedaSoggettoComuneIstat`, istat);
  else t.fault('ES004', `${campo}/idSchedaSoggettoComune/idSchedaSoggetto`);
  return false;
}

const tieTo = (household: NamedHousehold['key'], relazione: string): Cells => ({
  [household.kind === 'famiglia' ? 'id_famiglia' : 'id_convivenza']: household.id,
  relazione,
});

/** EF001: the request makes no household of its own. */
function mustBeHeld(t: Telling, { key, held }: NamedHousehold, campo: string): void {
  if (held === undefined) t.fault('EF001', campo, key.id, { id_famiglia: key.id });
}

/** datiControllo/attribuzioneFamiglia (EF014, EF030): of both parents, of the father, of the mother. */
const OF_PARENTS: ReadonlyMap<string, readonly ('paternita' | 'maternita')[]> = new Map([
  ['1', ['maternita', 'paternita']],
  ['2', ['paternita']],
  ['3', ['maternita']],
]);

/** The household of a parent on the day, and what a child of theirs is to its head. */
async function parentsHousehold(
  t: Telling,
  parents: readonly ('paternita' | 'maternita')[],
): Promise<{ readonly household: HouseholdState; readonly relazione: string } | null> {
  for (const name of parents) {
    const generalita = t.part(name, 'generalita');
    if (generalita === null) continue;
    const parent = await t.subject(generalita, `${name}/generalita`);
    const household = parent === null ? undefined : t.view.householdOf(parent, t.decorrenza);
    if (parent === null || household === undefined) continue;
    const tie = t.view.membersOn(household, t.decorrenza).find((member) => member.entry === parent);
    const near = household.kind === 'famiglia' && HEAD_OR_SPOUSE.has(tie?.relazione ?? '');
    const other = household.kind === 'famiglia' ? UNTOLD : MEMBER;
    return { household, relazione: near ? CHILD : other };
  }
  return null;
}

export async function tell1001(t: Telling): Promise<void> {
  const generalita = t.part('generalita1001', 'generalita');
  if (!numbered(t, generalita, 'generalita1001/generalita')) return;
  const told = plainCode(t.text('legameSoggetto/codiceLegame'));
  const named = await t.household(t.part('famConv'), 'famConv');
  if (named !== null) mustBeHeld(t, named, 'famConv');
  if (t.findings.length > 0) return;
  let legame: Cells;
  if (named !== null) legame = tieTo(named.key, told || (named.key.kind === 'famiglia' ? UNTOLD : MEMBER));
  else {
    const parents = OF_PARENTS.get(t.text('datiControllo/attribuzioneFamiglia'));
    const found = parents === undefined ? null : await parentsHousehold(t, parents);
    if (found === null) {
      if (t.findings.length === 0) t.fault(parents === undefined ? 'EF030' : 'EF022', 'famConv');
      return;
    }
    const key = { kind: found.household.kind, id: found.household.idHousehold };
    legame = tieTo(key, told || found.relazione);
  }
  const birth = valueAt(generalita, 'dataNascita', 'partialDay', t.context);
  // T1 1: nobody is born otherwise.
  const soggetto = { ...newRow(t, generalita, BORN_RULES), stato_civile: '1' };
  t.event('NASCITA', { soggetto, legame }, { data_evento: birth || null, decorrenza: fromBirth(t, birth) });
}

/** "The decorrenza of a birth is the birth", where the head of the request gives no other. */
const fromBirth = (t: Telling, birth: string): string | null =>
  t.head.dataDecorrenza === '' ? parseDay(birth) : null;

/** The civil status that comes with somebody: told, or as the act that comes with it makes it (T1). */
function statusCells(t: Telling): Cells {
  const act =
    (t.part('vedovanza') !== null && '3') ||
    (t.part(ENDED) !== null && '4') ||
    (t.part('unioneCivile', 'scioglimentoUnione') !== null && '8') ||
    (t.part('unioneCivile') !== null && '6') ||
    (t.part('matrimonio') !== null && '2') ||
    '9';
  const stato_civile = plainCode(t.text('generalita1002/statoCivile/statoCivile')) || act;
  return { stato_civile, ...cellsOf(t.request, ARRIVING_STATUS_RULES, t.context, stato_civile) };
}

export async function tell1002(t: Telling): Promise<void> {
  const generalita = t.part('generalita1002', 'generalita');
  if (!numbered(t, generalita, 'generalita1002/generalita')) return;
  const part = t.part('famiglia') === null ? 'convivenza' : 'famiglia';
  const named = await t.household(t.part(part, part), `${part}/${part}`);
  if (named === null) {
    if (t.findings.length === 0) t.fault('EF022', 'famiglia');
    return;
  }
  if (named.key.kind === 'convivenza') mustBeHeld(t, named, `${part}/${part}`);
  const relazione = plainCode(t.text(`${part}/legameSoggetto/codiceLegame`));
  const famiglia = newFamily(t, named, t.part(part, part));
  if (t.findings.length > 0) return;
  const provenienza = placeAt(t.part('provenienza'), t.context);
  const row = {
    ...newRow(t, generalita, ARRIVING_RULES),
    ...statusCells(t),
    ...(provenienza?.comune === undefined ? {} : { comune_provenienza: provenienza.comune }),
    ...(provenienza?.stato === undefined ? {} : { stato_provenienza: provenienza.stato }),
  };
  t.event('ISCRIZIONE', {
    motivo: plainCode(t.text('motivoIscrizione/idMotivoIscrizione')),
    ...(provenienza === null ? {} : { provenienza }),
    soggetti: [{ ...row, legame: tieTo(named.key, relazione) }],
    ...(famiglia === null ? {} : { famiglia }),
  });
}

/** The family that comes with its first member: one that the register does not have, at the address of the request. */
function newFamily(t: Telling, { key, held }: NamedHousehold, element: XmlElement | null): Cells | null {
  if (key.kind === 'convivenza' || held !== undefined) return null;
  const residenza = residenceOf(t, 'residenza');
  const indirizzo = t.address(residenza, 'residenza', 'EF023');
  if (indirizzo === null) return null;
  const motivo = element === null ? '' : plainCode(at(element, 'motivoCostituzione'));
  const homeless =
    t.text('generalita1002/attributiSoggetto/senzaFissaDimora').toUpperCase() === 'S' ||
    (residenza !== null && ELECTED.has(plainCode(at(residenza, 'tipoIndirizzo'))));
  return {
    id_famiglia: key.id,
    ...(motivo === '' ? {} : { motivo }),
    ...indirizzo,
    ...(homeless ? { senza_fissa_dimora: '1' } : {}),
  };
}

/** T25: residence, habitual dwelling; elected domicile (of those of no fixed abode). */
const RESIDENCES = ['1', '2', '3'] as const;
const ELECTED: ReadonlySet<string> = new Set(['3']);

/** Of several tipoResidenza the one that is the residence, by T25. */
export function residenceOf(t: Telling, name: string): XmlElement | null {
  const all = t.parts(name);
  for (const kind of RESIDENCES) {
    const found = all.find((element) => plainCode(at(element, 'tipoIndirizzo')) === kind);
    if (found !== undefined) return found;
  }
  return all[0] ?? null;
}
