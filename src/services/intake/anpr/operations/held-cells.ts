/** What the register holds, written again as cells of the tracciato: for a card that mends one of them and leaves the others. */
import { firstDay, type PartialDate } from '../../../../kernel/day.ts';
import type { EntryState, HouseholdState } from '../../../../registry/claims/entry-state.ts';
import type { AddressRecord, SoggettoRecord } from '../../../../registry/claims/records.ts';
import { registrationBound, registrationSpells } from '../../../../registry/claims/registration-spells.ts';
import { earlierEnd, layOut } from '../../../../registry/claims/timeline.ts';
import type { RegisterView } from '../../../../registry/events/register-view.ts';
import { membershipSpells } from '../../../../registry/events/working-register.ts';
import { heldRow } from '../../../../registry/realignment/held-row.ts';
import type { Cells } from './cells.ts';

/** A code that is in no table is held behind a tilde, and written without it. */
const written = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? '1' : '';
  return typeof value === 'string' ? value.replace(/^~/, '') : '';
};

function filled(record: object): Cells {
  const cells: Cells = {};
  for (const [column, value] of Object.entries(record))
    if (written(value) !== '') cells[column] = written(value);
  return cells;
}

const NO_HISTORIES = {
  legami: [],
  residenze: [],
  iscrizioni: [],
  stati_civili: [],
  cittadinanze: [],
  generalita: [],
};

/** The row of soggetti.csv that is held of somebody; null where nothing is held of them. */
export function rowOfSubject(entry: EntryState): Cells | null {
  const row: SoggettoRecord | null = heldRow(entry, NO_HISTORIES);
  if (row === null) return null;
  const { riga: _, ...columns } = row;
  return filled(columns);
}

/** The row of famiglie.csv that is held of a family, its address apart. */
export function rowOfFamily(household: HouseholdState): Cells {
  const spells = layOut(household.attributes);
  const last = spells.at(-1)!;
  return filled({
    id_famiglia: household.idHousehold,
    dal: spells[0]!.from,
    al: last.to,
    motivo: last.value.motivo,
    id_intestatario: last.value.id_intestatario,
  });
}

export const writtenAddress = (address: AddressRecord): Cells => filled(address);

/** A row of a history: of whom, from when, to when. */
function spellCells(entry: EntryState, from: PartialDate, to: PartialDate | null): Cells {
  return { id_soggetto: entry.idSoggetto, dal: from, ...(to === null ? {} : { al: to }) };
}

const later = (a: PartialDate, b: PartialDate): PartialDate => (firstDay(b) > firstDay(a) ? b : a);
const lasts = ({ from, to }: { from: PartialDate; to: PartialDate | null }): boolean =>
  to === null || firstDay(from) < firstDay(to);

/** The rows of legami.csv that are held of somebody, the earliest first; those that hold on no day are left out. */
export function rowsOfTies(view: RegisterView, entry: EntryState): Cells[] {
  return membershipSpells(entry)
    .filter(lasts)
    .flatMap(({ from, to, value }) => {
      const household = view.householdById(value.householdId);
      if (household === undefined) return [];
      const key = household.kind === 'famiglia' ? 'id_famiglia' : 'id_convivenza';
      const progressivo = value.progressivo === null ? {} : { progressivo: String(value.progressivo) };
      return [
        {
          ...spellCells(entry, from, to),
          [key]: household.idHousehold,
          relazione: written(value.relazione),
          ...progressivo,
        },
      ];
    });
}

/** The rows of residenze.csv that are held of somebody, the earliest first: who lives with the family moves with it. */
export function rowsOfDwellings(view: RegisterView, entry: EntryState): Cells[] {
  const spells = layOut(entry.dwellings, registrationBound(registrationSpells(entry))).filter(lasts);
  return spells.flatMap(({ from, to, value }) => {
    if (value.follows === null)
      return [
        { ...spellCells(entry, from, to), ...(value.address === null ? {} : writtenAddress(value.address)) },
      ];
    const household = view.householdById(value.follows);
    return layOut(household?.addresses ?? []).flatMap((home) => {
      const piece = { from: later(from, home.from), to: earlierEnd(to, home.to) };
      if (!lasts(piece)) return [];
      return [{ ...spellCells(entry, piece.from, piece.to), ...writtenAddress(home.value) }];
    });
  });
}
