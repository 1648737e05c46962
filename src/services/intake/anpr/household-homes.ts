/**
 * Where households live. subentro.xml gives an address to people alone: that of a household is the one of its intestatario (T5 1,
 * T6 1), or else of the first of its members in the order of the files. Off the heap: addresses stay in the table that they were written to.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { IdTable } from '../register/id-table.ts';
import { IntColumn } from '../register/int-column.ts';
import { OffsetColumn } from '../register/offset-column.ts';

type Kind = 'famiglia' | 'convivenza';

const HEAD = '1';

export class HouseholdHomes {
  readonly #ids: Readonly<Record<Kind, IdTable>> = { famiglia: new IdTable(), convivenza: new IdTable() };
  readonly #starts: Readonly<Record<Kind, OffsetColumn>> = {
    famiglia: new OffsetColumn(),
    convivenza: new OffsetColumn(),
  };
  /** Length in bytes; negative where it is the intestatario's, 0 where there is none. */
  readonly #lengths: Readonly<Record<Kind, IntColumn>> = {
    famiglia: new IntColumn(),
    convivenza: new IntColumn(),
  };

  /** Somebody of the household lives at the address in these bytes of the table. */
  note(kind: Kind, id: string, relation: string, start: number, length: number): void {
    const index = this.#ids[kind].addText(id);
    const held = this.#lengths[kind].get(index);
    const head = relation === HEAD;
    if (held < 0 || (held > 0 && !head)) return;
    this.#starts[kind].set(index, start);
    this.#lengths[kind].set(index, head ? -length : length);
  }

  /** Reads addresses back. @param table path of the table that was written to */
  open(table: string): { of(kind: Kind, id: string): string | null; close(): void } {
    const file = openSync(table, 'r');
    return {
      of: (kind, id) => {
        const index = this.#ids[kind].findText(id);
        if (index < 0) return null;
        const length = Math.abs(this.#lengths[kind].get(index));
        const bytes = Buffer.allocUnsafe(length);
        let read = 0;
        while (read < length) {
          const got = readSync(file, bytes, read, length - read, this.#starts[kind].get(index) + read);
          if (got === 0) throw new Error(`${table} is shorter than what was written to it`);
          read += got;
        }
        return bytes.toString('utf8');
      },
      close: () => closeSync(file),
    };
  }
}
