/** 5001: who heads a household, who belongs, where they live (5000mutazione.xsd). */
import type { HouseholdState } from '../../../../registry/claims/entry-state.ts';
import type { AddressRecord } from '../../../../registry/claims/records.ts';
import { layOut } from '../../../../registry/claims/timeline.ts';
import { plainCode } from '../rules.ts';
import { leftBeside, toldAddress, wholeHousehold } from './addresses.ts';
import { relations } from './cancellations.ts';
import type { Cells } from './cells.ts';
import { rowOfFamily, writtenAddress } from './held-cells.ts';
import type { ListedSubject, NamedHousehold, Telling } from './telling.ts';

const HEAD = '1';
export const LIST = 'elencoSoggettiFamiglia';

type Tell = (t: Telling) => Promise<void>;

/** T46; 6, the residence before the take-over of the national register, is not of this one. */
export const FAMILY_MUTATIONS: Readonly<Record<string, { readonly events: string; readonly tell: Tell }>> = {
  '1': { events: 'FAMIGLIA: id_intestatario, relazioni; CONVIVENZA: id_responsabile', tell: newHead },
  '2': { events: 'FAMIGLIA o CONVIVENZA: movimenti', tell: composition },
  '3': { events: 'SCHEDA: riga di famiglie; CONVIVENZA: specie, denominazione', tell: generalData },
  '4': { events: 'CAMBIO_ABITAZIONE; CONVIVENZA: indirizzo', tell: newAddress },
  '5': { events: 'CAMBIO_ABITAZIONE; CONVIVENZA: indirizzo', tell: newAddress },
  '7': { events: 'TOPONOMASTICA', tell: renamedStreet },
  '8': { events: 'SCHEDA: riga di famiglie; CONVIVENZA: indirizzo', tell: mendedAddress },
};

export async function tell5001(t: Telling): Promise<void> {
  const kind = t.text('datiControllo/tipoMutazione');
  if (Object.hasOwn(FAMILY_MUTATIONS, kind)) await FAMILY_MUTATIONS[kind]!.tell(t);
  else t.fault('ES096', 'datiControllo/tipoMutazione', kind);
}

const FAMILY = 'famigliaConvivenza';

/** The household of the request, which the register must have; null with a finding. */
const ownHousehold = (t: Telling, part = FAMILY): Promise<HouseholdState | null> =>
  t.heldHousehold(t.part(part), part);

/** Those of the list, of whom there must be one at least. */
async function list(t: Telling): Promise<ListedSubject[] | null> {
  const listed = await t.listed(LIST);
  if (t.findings.length > 0) return null;
  return listed.length > 0 ? listed : t.fault('EF028', LIST);
}

async function newHead(t: Telling): Promise<void> {
  const household = await ownHousehold(t);
  const listed = household === null ? null : await list(t);
  if (household === null || listed === null) return;
  const head = listed.find(({ relazione }) => relazione === HEAD);
  if (household.kind === 'convivenza') {
    // EF035: the list of a convivenza holds the new responsabile alone.
    const { entry } = head ?? listed[0]!;
    t.event('CONVIVENZA', {
      azione: 'MODIFICA',
      convivenza: { id_convivenza: household.idHousehold, id_responsabile: entry.idSoggetto },
    });
    return;
  }
  if (head === undefined) {
    t.fault('EN483', LIST);
    return;
  }
  const members = new Set(t.view.membersOn(household, t.decorrenza).map((member) => member.entry));
  const stranger = listed.find(({ entry }) => !members.has(entry));
  if (stranger !== undefined) {
    const id_soggetto = stranger.entry.idSoggetto;
    t.fault('EF044', LIST, id_soggetto, { id_soggetto, id_famiglia: household.idHousehold });
    return;
  }
  t.event('FAMIGLIA', { id_intestatario: head.entry.idSoggetto, relazioni: relations(listed, head.entry) });
}

/** Where each of the list is on the day, and where the request puts them. */
export function movements(t: Telling, listed: readonly ListedSubject[], into: NamedHousehold['key']) {
  const end = (kind: string, id: string): unknown =>
    into.kind === 'famiglia' && kind === 'famiglia'
      ? id
      : { [kind === 'famiglia' ? 'id_famiglia' : 'id_convivenza']: id };
  return listed.map(({ entry, relazione }) => {
    const from = t.view.householdOf(entry, t.decorrenza);
    return {
      id_soggetto: entry.idSoggetto,
      da: from === undefined ? null : end(from.kind, from.idHousehold),
      a: end(into.kind, into.id),
      relazione,
    };
  });
}

async function composition(t: Telling): Promise<void> {
  const named = await t.household(t.part(FAMILY), FAMILY);
  const listed = await list(t);
  if (named === null || listed === null) {
    if (t.findings.length === 0) t.fault('EF022', FAMILY);
    return;
  }
  const movimenti = movements(t, listed, named.key);
  const fromConvivenza = movimenti.some(
    ({ da }) => typeof da === 'object' && da !== null && 'id_convivenza' in da,
  );
  if (named.key.kind === 'convivenza' || fromConvivenza) {
    const id = named.key.kind === 'convivenza' ? named.key.id : convivenzaOf(movimenti);
    t.event('CONVIVENZA', { azione: 'MODIFICA', convivenza: { id_convivenza: id }, movimenti });
    return;
  }
  const famiglia = named.held === undefined ? freshFamily(t, named, listed) : null;
  if (t.findings.length > 0) return;
  const head = listed.find(({ relazione }) => relazione === HEAD);
  t.event('FAMIGLIA', {
    movimenti,
    ...(famiglia === null ? {} : { famiglia }),
    ...(head === undefined
      ? {}
      : { id_intestatario: head.entry.idSoggetto, relazioni: relations(listed, head.entry) }),
  });
}

function convivenzaOf(movimenti: readonly { readonly da: unknown }[]): string {
  for (const { da } of movimenti)
    if (typeof da === 'object' && da !== null && 'id_convivenza' in da) return String(da.id_convivenza);
  return '';
}

/** A family that begins: at the address of the request, or where those who make it up live already. */
function freshFamily(t: Telling, { key }: NamedHousehold, listed: readonly ListedSubject[]): Cells | null {
  const residenza = t.part('residenzaFamigliaConvivenza');
  const told = residenza === null ? null : t.address(residenza, 'residenzaFamigliaConvivenza', 'EF023');
  const from = t.view.householdOf(listed[0]!.entry, t.decorrenza);
  const shared = from === undefined ? undefined : t.view.addressOn(from, t.decorrenza);
  const indirizzo = told ?? (shared === undefined ? null : writtenAddress(shared));
  if (indirizzo === null) return t.fault('EF023', 'residenzaFamigliaConvivenza', '', { id_famiglia: key.id });
  const motivo = plainCode(t.text(`${FAMILY}/motivoCostituzione`));
  return { id_famiglia: key.id, ...(motivo === '' ? {} : { motivo }), ...indirizzo };
}

async function generalData(t: Telling): Promise<void> {
  const household = await ownHousehold(t);
  if (household === null) return;
  if (household.kind === 'convivenza') {
    const specie = plainCode(t.text(`${FAMILY}/specieConvivenza`));
    const denominazione = t.text(`${FAMILY}/denominazioneConvivenza`);
    if (specie === '' && denominazione === '') {
      t.fault('EF040', FAMILY);
      return;
    }
    t.event('CONVIVENZA', {
      azione: 'MODIFICA',
      convivenza: {
        id_convivenza: household.idHousehold,
        ...(specie === '' ? {} : { specie_convivenza: specie }),
        ...(denominazione === '' ? {} : { denominazione }),
      },
    });
    return;
  }
  const motivo = plainCode(t.text(`${FAMILY}/motivoCostituzione`));
  if (motivo === '') t.fault('EF040', `${FAMILY}/motivoCostituzione`);
  else t.event('SCHEDA', { famiglie: [{ ...rowOfFamily(household), motivo }] });
}

async function newAddress(t: Telling): Promise<void> {
  const part = 'residenzaFamigliaConvivenza';
  const household = await ownHousehold(t);
  const indirizzo = household === null ? null : toldAddress(t, t.part(part), part, false);
  if (household !== null && indirizzo !== null) wholeHousehold(t, household, indirizzo);
}

async function mendedAddress(t: Telling): Promise<void> {
  const part = 'residenzaFamigliaConvivenza';
  const household = await ownHousehold(t);
  const indirizzo = household === null ? null : toldAddress(t, t.part(part), part, false);
  if (household === null || indirizzo === null) return;
  if (household.kind === 'convivenza') {
    wholeHousehold(t, household, indirizzo);
    return;
  }
  const id_famiglia = household.idHousehold;
  const left = leftBeside(layOut(household.addresses).at(-1)?.value, indirizzo).join(', ');
  if (left === '') t.event('SCHEDA', { famiglie: [{ ...rowOfFamily(household), ...indirizzo }] });
  else
    t.fault('SIP-202', `${part}/indirizzo`, left, {
      id_famiglia,
      perche: [
        'il registro lo ha, la richiesta non lo dice, e una rettifica non può toglierlo: indicare il valore giusto, o il nuovo indirizzo con tipoMutazione 4',
        'the register has it, the request does not tell it, and a mend cannot take it away: tell the right value, or the new address by tipoMutazione 4',
      ],
    });
}

/** What tells a street and its numbers; who lives behind which door does not change with their names. */
const STREET = ['specie', 'toponimo', 'civico', 'esponente'] as const;

async function renamedStreet(t: Telling): Promise<void> {
  const part = 'residenzaFamigliaConvivenza';
  const household = await ownHousehold(t);
  const a = household === null ? null : toldAddress(t, t.part(part), part, false);
  if (household === null || a === null) return;
  const held = t.view.addressOn(household, t.decorrenza);
  if (held === undefined) {
    t.fault('EF041', part, household.idHousehold, { id_famiglia: household.idHousehold });
    return;
  }
  const da = streetOf(held);
  const renamed = Object.fromEntries(STREET.flatMap((key) => (a[key] === undefined ? [] : [[key, a[key]]])));
  // Another family of the same number has told it already: nothing is left to rename.
  if (STREET.every((key) => (renamed[key] ?? '') === (da[key] ?? ''))) return;
  t.event('TOPONOMASTICA', { da, a: renamed });
}

const streetOf = (held: AddressRecord): Record<string, string> =>
  Object.fromEntries(STREET.flatMap((key) => (held[key] === null ? [] : [[key, held[key]]])));
