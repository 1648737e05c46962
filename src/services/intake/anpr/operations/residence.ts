/** 5005: a household moves, or somebody into one (5000mutazione.xsd). */
import type { HouseholdState } from '../../../../registry/claims/entry-state.ts';
import { plainCode } from '../rules.ts';
import { saysAlready, toldAddress, wholeAddress, wholeHousehold } from './addresses.ts';
import type { Cells } from './cells.ts';
import { LIST, movements } from './households.ts';
import { residenceOf } from './registrations.ts';
import type { ListedSubject, Telling } from './telling.ts';

/** T47: of no fixed abode, residence, habitual dwelling, elected domicile (which only those of no fixed abode have). */
const RESIDENCE_MUTATIONS: ReadonlyMap<string, boolean> = new Map([
  ['01', true],
  ['02', false],
  ['03', false],
  ['04', true],
]);

const PART = 'generalitaSchedaFamiglia';
const RESIDENCE = 'residenzaFamiglia';

export async function tell5005(t: Telling): Promise<void> {
  const kind = t.text('datiControllo/tipoMutazione');
  const homeless = RESIDENCE_MUTATIONS.get(kind.padStart(2, '0'));
  if (homeless === undefined) {
    t.fault('ES096', 'datiControllo/tipoMutazione', kind);
    return;
  }
  const named = await t.household(t.part(PART), PART);
  const listed = await t.listed(LIST);
  if (t.findings.length > 0) return;
  if (named === null) {
    t.fault('EF029', PART);
    return;
  }
  if (named.held !== undefined) {
    intoHeld(t, named.held, listed, homeless);
    return;
  }
  if (listed.length === 0) {
    t.fault('EF001', PART, named.key.id, { id_famiglia: named.key.id });
    return;
  }
  const indirizzo = toldAddress(t, residenceOf(t, RESIDENCE), RESIDENCE, homeless);
  if (indirizzo === null) return;
  if (named.key.kind === 'convivenza') {
    t.event('CONVIVENZA', {
      azione: 'MODIFICA',
      convivenza: { id_convivenza: named.key.id },
      movimenti: movements(t, listed, named.key),
    });
    return;
  }
  const motivo = plainCode(t.text(`${PART}/motivoCostituzione`));
  move(t, listed, { id_famiglia: named.key.id, ...(motivo === '' ? {} : { motivo }), ...indirizzo });
}

/** Those listed go to a family. */
function move(t: Telling, listed: readonly ListedSubject[], famiglia: Cells): void {
  t.event('CAMBIO_ABITAZIONE', {
    id_soggetti: listed.map(({ entry }) => entry.idSoggetto),
    legami: listed.map(({ entry, relazione }) => ({ id_soggetto: entry.idSoggetto, relazione })),
    famiglia,
  });
}

/** A household of the register: the whole of it moves where nobody is listed, or all its members are; others join it. */
function intoHeld(
  t: Telling,
  household: HouseholdState,
  listed: readonly ListedSubject[],
  homeless: boolean,
): void {
  const members = new Set(t.view.membersOn(household, t.decorrenza).map((member) => member.entry));
  const joining = listed.filter(({ entry }) => !members.has(entry));
  const staying = listed.length - joining.length;
  const whole = listed.length === 0 || (staying > 0 && staying === members.size);
  const residenza = residenceOf(t, RESIDENCE);
  // Who joins a household lives where it does: the address need not be told.
  const told =
    residenza === null && joining.length > 0 ? null : toldAddress(t, residenza, RESIDENCE, homeless);
  if (t.findings.length > 0) return;
  const itself = whole && joining.length === 0;
  const stays = told === null || saysAlready(t.view.addressOn(household, t.decorrenza), told);
  if (told === null || (stays && !itself)) {
    if (household.kind === 'convivenza') convivenza(t, household, listed, null);
    else move(t, listed, { id_famiglia: household.idHousehold });
  } else if (!whole) refuseAddress(t, household, joining.length > 0);
  else if (household.kind === 'convivenza') convivenza(t, household, joining, told);
  else {
    wholeHousehold(t, household, told);
    if (joining.length > 0) move(t, joining, { id_famiglia: household.idHousehold });
  }
}

/** One event tells both: where it is, and who comes. */
function convivenza(
  t: Telling,
  household: HouseholdState,
  coming: readonly ListedSubject[],
  told: Cells | null,
): void {
  const id = household.idHousehold;
  const movimenti = movements(t, coming, { kind: 'convivenza', id });
  t.event('CONVIVENZA', {
    azione: 'MODIFICA',
    convivenza: { id_convivenza: id, ...(told === null ? {} : wholeAddress(told)) },
    ...(movimenti.length === 0 ? {} : { movimenti }),
  });
}

/** The address told would be nobody's: some of the members cannot live elsewhere than their family, nor those who join it. */
function refuseAddress(t: Telling, { idHousehold }: HouseholdState, joins: boolean): void {
  t.fault(
    'SIP-202',
    `${RESIDENCE}/indirizzo`,
    t.text(`${RESIDENCE}/indirizzo/toponimo/denominazioneToponimo`),
    {
      id_famiglia: idHousehold,
      perche: joins
        ? [
            'chi entra in una famiglia abita dove abita lei, e questo indirizzo è diverso dal suo: elencare anche tutti i suoi componenti se si trasferisce anch’essa',
            'who joins a family lives where it does, and this is not its address: list all of its members too where it moves as well',
          ]
        : [
            'gli elencati sono solo una parte della famiglia: per trasferirli indicare una famiglia nuova (tipoScheda 2, con un numero suo)',
            'those listed are only some of the family: to move them name a new family (tipoScheda 2, with a number of its own)',
          ],
    },
  );
}
