/** What a defect is: a way to spoil the rows of a unit whose findings are known beforehand (tracciato.md 4). */
import type { Person } from '../model.ts';
import type { Row, UnitRows } from './unit-rows.ts';

export interface Spoilt {
  /** The row on which the finding stands. */
  readonly row: Row;
  /** As the finding names it. */
  readonly idSoggetto: string;
  readonly codice: string;
  /** Somebody whose row of soggetti.csv is set aside by it, or falls; a row too many counts, but loses nobody. */
  readonly fallen?: 'subject' | 'row';
  /** One more resident than the unit has. */
  readonly twin?: boolean;
}

/** Spoils the rows about a person. Null: the person has nothing that could be wrong in this way, and nothing was changed. */
export type Spoil = (unit: UnitRows, person: Person) => Spoilt | null;

/** On the person's own row of soggetti.csv. */
export const onSubject = (unit: UnitRows, person: Person, codice: string): Spoilt => ({
  row: unit.subject(person.id),
  idSoggetto: person.id,
  codice,
});

/** The same, and the row cannot stand. */
export const setAside = (unit: UnitRows, person: Person, codice: string): Spoilt => ({
  ...onSubject(unit, person, codice),
  fallen: 'subject',
});
