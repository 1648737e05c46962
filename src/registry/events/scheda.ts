/** SCHEDA: a card told again, whole, "like a COMPLETA of them alone, each difference a correction" (tracciato.md 3). */
import { type ClaimContext, entryClaims, householdClaims } from '../claims/bundle-claims.ts';
import type { EntryState, HouseholdState } from '../claims/entry-state.ts';
import {
  type EntryBundle,
  type HouseholdRecord,
  type LegameRecord,
  NO_CONTRADICTION,
} from '../claims/records.ts';
import { registrationSpells } from '../claims/registration-spells.ts';
import { layOut } from '../claims/timeline.ts';
import { heldRow, realignHistories } from '../realignment/held-row.ts';
import { historiesOf, ownDatesOf, realignEntry, realignHousehold } from '../realignment/realign.ts';
import { type AnyContext, type Applier, applied, type EventFault, refused } from './applier.ts';
import type { SchedaData } from './event-records.ts';
import { keyOf, membershipSpells } from './working-register.ts';

const of = <T extends { readonly id_soggetto: string }>(
  rows: readonly T[] | null,
  id: string,
): readonly T[] => (rows ?? []).filter((row) => row.id_soggetto === id);

const TIES_AND_HISTORIES = [
  'legami',
  'residenze',
  'iscrizioni',
  'stati_civili',
  'cittadinanze',
  'generalita',
] as const;

/** Those of whom the card has other rows, but none of soggetti. */
function withoutRow(dati: SchedaData): Set<string> {
  const ids = new Set<string>();
  for (const list of TIES_AND_HISTORIES) for (const row of dati[list] ?? []) ids.add(row.id_soggetto);
  for (const { id_soggetto } of dati.soggetti) ids.delete(id_soggetto);
  return ids;
}

function historiesIn(dati: SchedaData, id: string): Omit<EntryBundle, 'soggetto' | 'contradicted'> {
  return {
    legami: of(dati.legami, id),
    residenze: of(dati.residenze, id),
    iscrizioni: of(dati.iscrizioni, id),
    stati_civili: of(dati.stati_civili, id),
    cittadinanze: of(dati.cittadinanze, id),
    generalita: of(dati.generalita, id),
  };
}

/** A household that is there already, as its rows would tell it: for the ties that name it. */
function recordOf(household: HouseholdState): HouseholdRecord | undefined {
  const attributes = layOut(household.attributes).at(-1);
  const home = layOut(household.addresses).at(-1);
  const first = layOut(household.attributes)[0];
  if (attributes === undefined || home === undefined || first === undefined) return undefined;
  return {
    riga: 0,
    kind: household.kind,
    id: household.idHousehold,
    dal: first.from,
    al: attributes.to,
    motivo: attributes.value.motivo,
    denominazione: attributes.value.denominazione,
    id_intestatario: attributes.value.id_intestatario,
    indirizzo: home.value,
  };
}

/** A resident in no household any more (ES092); what does not end is current, whatever the day of the supply. */
const homeless = (entry: EntryState): boolean =>
  registrationSpells(entry).some(({ spell }) => spell.to === null) &&
  !membershipSpells(entry).some((tie) => tie.to === null);

export const applyScheda: Applier<'SCHEDA'> = (ctx) => {
  const { dati } = ctx.event;
  const records = new Map<string, HouseholdRecord>();
  const ids = new Map<string, number>();
  const newHouseholds: HouseholdState[] = [];
  const replacedHouseholds: HouseholdState[] = [];
  const claims = claimContext(ctx, (h) => ids.get(keyOf(h))!);
  for (const record of [...(dati.famiglie ?? []), ...(dati.convivenze ?? [])]) {
    const known = ctx.register.household(record);
    ids.set(keyOf(record), known?.householdId ?? ctx.numbering.household(record));
    records.set(keyOf(record), record);
    const told = householdClaims(claims, record);
    if (known === undefined) newHouseholds.push(told);
    else {
      const realigned = realignHousehold(known, told);
      if (realigned !== known) replacedHouseholds.push(realigned);
    }
  }
  const find = (kind: HouseholdRecord['kind'], id: string): HouseholdRecord | undefined => {
    const key = keyOf({ kind, id });
    const told = records.get(key);
    const known = told === undefined ? ctx.register.household({ kind, id }) : undefined;
    if (known !== undefined) ids.set(key, known.householdId);
    return told ?? (known === undefined ? undefined : recordOf(known));
  };
  const faults: EventFault[] = [];
  const newEntries: EntryState[] = [];
  const replacedEntries: EntryState[] = [];
  const checkTies = (id_soggetto: string, legami: readonly LegameRecord[]): void => {
    for (const { kind, id_household } of legami)
      if (find(kind, id_household) === undefined)
        faults.push({
          codice: 'SIP-104',
          id_soggetto,
          campo: kind === 'famiglia' ? 'id_famiglia' : 'id_convivenza',
          valore: id_household,
        });
  };
  for (const soggetto of dati.soggetti) {
    const histories = historiesIn(dati, soggetto.id_soggetto);
    const bundle = { ...histories, soggetto, contradicted: NO_CONTRADICTION };
    checkTies(soggetto.id_soggetto, bundle.legami);
    const known = ctx.register.entry(soggetto.id_soggetto);
    const entryId = known?.entryId ?? ctx.numbering.entry(soggetto.id_soggetto);
    const told = entryClaims({ ...claims, entryId: () => entryId }, bundle, { get: find });
    if (known === undefined) {
      newEntries.push(told);
      continue;
    }
    const realigned = realignEntry(known, told, historiesOf(bundle), ownDatesOf(bundle));
    if (realigned !== known) replacedEntries.push(realigned);
  }
  // "Every row of one person or one family": rows of somebody who is held already need no row of soggetti beside them.
  for (const id of withoutRow(dati)) {
    const histories = historiesIn(dati, id);
    checkTies(id, histories.legami);
    const known = ctx.register.entry(id);
    const soggetto = known === undefined ? null : heldRow(known, histories);
    if (known === undefined || soggetto === null) {
      const codice = ctx.isSetAside(id) ? 'SIP-210' : 'SIP-104';
      faults.push({ codice, id_soggetto: id, campo: 'id_soggetto', valore: id });
      continue;
    }
    const bundle = { ...histories, soggetto, contradicted: NO_CONTRADICTION };
    const told = entryClaims({ ...claims, entryId: () => known.entryId }, bundle, { get: find });
    const realigned = realignHistories(known, told, bundle);
    if (realigned !== known) replacedEntries.push(realigned);
  }
  // One cause, one finding: a tie to a family that is not there leaves nobody at home either.
  for (const entry of [...newEntries, ...replacedEntries])
    if (homeless(entry) && !faults.some((f) => f.id_soggetto === entry.idSoggetto))
      faults.push({ codice: 'ES092', id_soggetto: entry.idSoggetto });
  if (faults.length > 0) return refused(...faults);
  return applied({ newEntries, newHouseholds, replacedEntries, replacedHouseholds });
};

function claimContext(ctx: AnyContext, householdId: ClaimContext['householdId']): ClaimContext {
  return {
    comune: ctx.register.comune,
    eventId: ctx.eventId,
    rank: ctx.rank,
    entryId: () => 0,
    householdId,
  };
}
