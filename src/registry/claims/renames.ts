/**
 * Streets and numbers renamed (TOPONOMASTICA): "for every dwelling and household open on that day, also those learned of
 * later; nobody moves" (tracciato.md 3). A renaming is applied where rows are laid out, so that it finds them all. Pure.
 */
import { type Day, firstDay } from '../../kernel/day.ts';
import type { AddressPatch } from '../events/event-records.ts';
import type { AddressRecord } from './records.ts';
import type { Spell } from './timeline.ts';

export interface Rename {
  readonly eventId: number;
  readonly source: number;
  readonly day: Day;
  readonly da: AddressPatch;
  readonly a: AddressPatch;
}

const NUMBER_PARTS: readonly (keyof AddressRecord)[] = ['esponente'];

const same = (a: string | boolean | null | undefined, b: string | null | undefined): boolean =>
  String(a ?? '').toUpperCase() === String(b ?? '').toUpperCase();

/** "The keys given in `da` must all be equal (a `civico` without esponente means the number that has none)." */
export function isRenamed(address: AddressRecord, rename: Rename): boolean {
  for (const [column, value] of Object.entries(rename.da))
    if (!same(address[column as keyof AddressRecord], value)) return false;
  if (rename.da.civico !== undefined)
    for (const part of NUMBER_PARTS)
      if (rename.da[part] === undefined && !same(address[part], null)) return false;
  return true;
}

/** A piece of a spell with the address it bears. The first keeps what was claimed; the others are derived. */
export interface Piece<T> {
  readonly spell: Spell<T>;
  readonly address: AddressRecord;
  readonly derived: boolean;
}

/** Cuts a spell at every renaming that falls on a day on which it is open. */
export function renamePieces<T>(
  spell: Spell<T>,
  address: AddressRecord,
  renames: readonly Rename[],
): Piece<T>[] {
  const pieces: Piece<T>[] = [{ spell, address, derived: false }];
  for (const rename of renames) {
    const last = pieces.at(-1)!;
    const open =
      firstDay(last.spell.from) <= rename.day &&
      (last.spell.to === null || rename.day < firstDay(last.spell.to));
    if (!open || !isRenamed(last.address, rename)) continue;
    pieces[pieces.length - 1] = { ...last, spell: { ...last.spell, to: rename.day } };
    pieces.push({
      spell: { ...last.spell, from: rename.day, eventId: rename.eventId, source: rename.source },
      address: { ...last.address, ...rename.a } as AddressRecord,
      derived: true,
    });
  }
  return pieces;
}
