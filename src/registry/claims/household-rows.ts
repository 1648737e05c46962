/** A household's claims, laid out in time as rows. Pure. */
import { firstDay, type PartialDate } from '../../kernel/day.ts';
import { type Cell, OPEN, type RowSink } from '../tables/tables.ts';
import { addressCells } from './entry-rows.ts';
import type { HouseholdState, HouseholdValue } from './entry-state.ts';
import { type Rename, renamePieces } from './renames.ts';
import { type Claim, earlierEnd, layOut, type Spell } from './timeline.ts';

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

/** A claim that speaks of some columns, or of none, and ends as it begins: the household is closed on that day. */
export const closes = (claim: Claim<unknown>): boolean =>
  claim.stated !== null && claim.statedTo === claim.from;

/** The day on which an event closed the household; null where none did. What is said of later days does not open it again. */
function closedOn(state: HouseholdState): PartialDate | null {
  let day: PartialDate | null = null;
  for (const claim of state.attributes) if (closes(claim)) day = earlierEnd(day, claim.from);
  return day;
}

/** The life of a household, laid out in time. @param emptied the day on which it was left with nobody, or null */
export function lifeSpells(state: HouseholdState, emptied: PartialDate | null): Spell<HouseholdValue>[] {
  const end = earlierEnd(closedOn(state), emptied);
  return layOut(state.attributes, () => end);
}

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
  const end = earlierEnd(closedOn(state), emptied);
  for (const spell of lifeSpells(state, emptied))
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
  for (const spell of layOut(state.addresses, () => end))
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
