/** The residence that a request tells of a household, set against the one that is held: what is told is never lost in silence. */
import { streetKey } from '../../../../kernel/text-keys.ts';
import type { XmlElement } from '../../../../platform/xml/xml-records.ts';
import type { HouseholdState } from '../../../../registry/claims/entry-state.ts';
import type { AddressRecord } from '../../../../registry/claims/records.ts';
import { ADDRESS_COLUMNS } from '../../rows/file-specs.ts';
import type { Cells } from './cells.ts';
import { writtenAddress } from './held-cells.ts';
import type { EventJson, Telling } from './telling.ts';

/** The address of the request, of the whole household; of no fixed abode by T47 and T25. */
export function toldAddress(
  t: Telling,
  residenza: XmlElement | null,
  part: string,
  homeless: boolean,
): Cells | null {
  const indirizzo = t.address(residenza, part, 'EF041');
  if (indirizzo === null) return null;
  return homeless ? { ...indirizzo, senza_fissa_dimora: '1' } : indirizzo;
}

/** Every column: in an event of a convivenza one that is absent stays as it was, and would be of the address before. */
export const wholeAddress = (told: Cells): EventJson => ({
  ...Object.fromEntries(ADDRESS_COLUMNS.map((column) => [column, null])),
  ...told,
});

export function wholeHousehold(t: Telling, household: HouseholdState, indirizzo: Cells): void {
  const id = household.idHousehold;
  if (household.kind === 'convivenza')
    t.event('CONVIVENZA', {
      azione: 'MODIFICA',
      convivenza: { id_convivenza: id, ...wholeAddress(indirizzo) },
    });
  else t.event('CAMBIO_ABITAZIONE', { id_famiglia: id, famiglia: { id_famiglia: id, ...indirizzo } });
}

/** A street may be written in many ways; a number in one. */
function same(column: string, a: string | undefined, b: string | undefined): boolean {
  if (column === 'toponimo') return streetKey(a ?? '') === streetKey(b ?? '');
  return (a ?? '').toUpperCase() === (b ?? '').toUpperCase();
}

/** Does the held address say all that is told? It may say more: a door within, a section, a point. */
export function saysAlready(held: AddressRecord | undefined, told: Cells): boolean {
  if (held === undefined) return false;
  const cells = writtenAddress(held);
  return (
    cells['senza_fissa_dimora'] === told['senza_fissa_dimora'] &&
    Object.entries(told).every(([column, value]) => same(column, cells[column], value))
  );
}

/** What tells a door from the others of its comune. */
const DOOR = ['specie', 'toponimo', 'civico', 'esponente'] as const;
/** Columns that no element of a request says: they are right as long as the door is the same. */
const OF_THE_DOOR: ReadonlySet<string> = new Set(['sezione', 'lat', 'lon']);

/** The held cells that would stay beside those told, though the address told has them not: a card takes nothing away. */
export function leftBeside(held: AddressRecord | undefined, told: Cells): string[] {
  if (held === undefined) return [];
  const cells = writtenAddress(held);
  const sameDoor = DOOR.every((column) => same(column, cells[column], told[column]));
  return Object.entries(cells)
    .filter(([column]) => told[column] === undefined && !(sameDoor && OF_THE_DOOR.has(column)))
    .map(([column, value]) => `${column} ${value}`);
}
