/** A household's claims, laid out in time as rows. Pure. */
import { firstDay, type PartialDate } from '../kernel/day.ts';
import { addressCells } from './entry-rows.ts';
import type { HouseholdState } from './entry-state.ts';
import { type Rename, renamePieces } from './renames.ts';
import { type Cell, OPEN, type RowSink } from './tables.ts';
import { layOut, type Spell } from './timeline.ts';

const partialText = (date: PartialDate | null): Cell => (date === null || date.length === 10 ? null : date);

function life(householdId: number, spell: Spell<unknown>): Cell[] {
  return [
    householdId,
    firstDay(spell.from),
    spell.to === null ? OPEN : firstDay(spell.to),
    spell.eventId,
    spell.source,
    spell.statedTo === null ? null : firstDay(spell.statedTo),
  ];
}

const stated = (spell: Spell<unknown>): Cell =>
  spell.stated === null ? null : `{${spell.stated.join(',')}}`;

/**
 * @param emptied the day on which its last member left, when nobody is left: the household is closed on that day
 *   (tracciato.md 3, What follows from an event)
 */
export function householdRows(
  state: HouseholdState,
  emptied: PartialDate | null,
  renames: readonly Rename[],
  out: RowSink,
): void {
  const bound = (): PartialDate | null => emptied;
  for (const spell of layOut(state.attributes, bound))
    out('households', [
      ...life(state.householdId, spell),
      state.comune,
      state.kind,
      state.idHousehold,
      spell.value.motivo,
      spell.value.denominazione,
      spell.value.id_intestatario,
      stated(spell),
      partialText(spell.from),
      partialText(spell.to),
    ]);
  for (const spell of layOut(state.addresses, bound))
    for (const { spell: piece, address, derived } of renamePieces(spell, spell.value, renames))
      out('household_addresses', [
        ...life(state.householdId, piece),
        derived,
        ...addressCells(address),
        stated(piece),
        partialText(piece.from),
        partialText(piece.to),
      ]);
}

export function householdKeyRows(state: HouseholdState, out: RowSink): void {
  out('household_numbers', [state.comune, state.kind, state.idHousehold, state.householdId]);
}
