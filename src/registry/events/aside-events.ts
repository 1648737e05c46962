/** Events that stand set aside, by their id_evento: what an annulment takes back that was never applied. */
import type { AsideEvent } from './corrector.ts';
import type { EventLine } from './event-line.ts';

/** A row of a supply on which a line is kept. */
export interface AsideRow {
  readonly supplyId: number;
  readonly riga: number;
}

export class AsideEvents {
  readonly #byId = new Map<string, { readonly rows: readonly AsideRow[]; readonly last: AsideEvent }>();

  /** @param waitsFor the subjects for whom it waits; empty where it is aside for another reason */
  add({ idEvento, riga, event }: EventLine, supplyId: number, waitsFor: readonly string[]): void {
    const rows = [...this.rowsOf(idEvento), { supplyId, riga }];
    this.#byId.set(idEvento, { rows, last: { waitsFor, event } });
  }

  /** It is applied, or taken back. */
  remove(idEvento: string): void {
    this.#byId.delete(idEvento);
  }

  /** What was sent last under an id. */
  get(idEvento: string): AsideEvent | null {
    return this.#byId.get(idEvento)?.last ?? null;
  }

  /** Every row that is kept under an id. */
  rowsOf(idEvento: string): readonly AsideRow[] {
    return this.#byId.get(idEvento)?.rows ?? [];
  }
}
