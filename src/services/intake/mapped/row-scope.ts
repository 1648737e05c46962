/** Where the fields of a table's row are at the moment: the row itself, the record above it, and the rows joined to it. */

import type { Problem } from './mapping-problem.ts';
import { fieldOf } from './mapping-references.ts';

/** A place in a row of one of the slots. */
export interface FieldPlace {
  readonly slot: number;
  readonly index: number;
  /** As the comune finds it: the name of the field in its own file. */
  readonly name: string;
}

/** One set of fields that a row may be made of. */
export interface Slot {
  /** '' for the row itself. */
  readonly name: string;
  readonly fields: readonly string[];
}

/** A field that the file, read at last, turns out not to have. */
export class MissingField extends Error {
  readonly path: Problem['path'];
  readonly field: string;
  readonly known: readonly string[];
  constructor(path: Problem['path'], field: string, known: readonly string[]) {
    super(field);
    this.path = path;
    this.field = field;
    this.known = known;
  }
}

const NO_FIELDS: readonly string[] = [];

/** The fields of the row at hand; filled anew for each row. */
export class RowScope {
  readonly slots: readonly Slot[];
  /** For each slot the fields of its row; empty where nothing is joined. */
  readonly rows: (readonly string[])[];

  constructor(slots: readonly Slot[]) {
    this.slots = slots;
    this.rows = slots.map(() => NO_FIELDS);
  }

  /** @throws MissingField */
  place(written: string, path: Problem['path']): FieldPlace {
    const { scope, field } = fieldOf(
      written,
      this.slots.map(({ name }) => [name, null] as const),
    );
    const slot = this.slots.findIndex(({ name }) => name === scope);
    const { fields } = this.slots[slot]!;
    const index = fields.indexOf(field);
    if (index < 0) throw new MissingField(path, field, fields);
    return { slot, index, name: field };
  }

  /** The text of a field, without the blanks around it; '' where its row is not there. */
  text({ slot, index }: FieldPlace): string {
    return trimmed(this.rows[slot]![index] ?? '');
  }
}

const BLANK = 32;

/** Most fields have no blanks around them, and are given back as they are. */
export function trimmed(text: string): string {
  const { length } = text;
  if (length === 0) return text;
  const last = text.charCodeAt(length - 1);
  const first = text.charCodeAt(0);
  return first > BLANK && last > BLANK && last < 160 && first < 160 ? text : text.trim();
}
