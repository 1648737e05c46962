/**
 * The sink of a later full supply: what survived the checks goes to disk as it is told, to be compared with what is held once
 * the writer has its turn (docs/adr/0009). Numbers are those that the rows would have in a first supply: what is new takes
 * them, so that they depend on the archive alone.
 */

import type { EntryBundle, HouseholdRecord } from '../claims/records.ts';
import { OutcomeFiles } from '../supplies/outcome-files.ts';
import type { SupplyNumbers } from '../supplies/supply-record.ts';
import type { SupplySink } from '../supplies/supply-sink.ts';

export class ToldCopy extends OutcomeFiles implements SupplySink {
  #famiglie: number | null = null;

  /** Must be called before the first household: famiglie and convivenze share one block, the former first. */
  number(_numbers: SupplyNumbers, famiglie: number): void {
    this.#famiglie = famiglie;
  }

  household(record: HouseholdRecord): void {
    if (this.#famiglie === null) throw new Error('rows came before the supply was numbered');
    const n = record.riga + (record.kind === 'famiglia' ? 0 : this.#famiglie);
    this.files.row('told_households', [n, record.kind, record.id, JSON.stringify(record)]);
  }

  entry(bundle: EntryBundle): void {
    const { riga, id_soggetto, posizione } = bundle.soggetto;
    this.files.row('told_subjects', [riga, id_soggetto, JSON.stringify(bundle)]);
    const home = bundle.residenze.find((r) => r.al === null);
    const tie = bundle.legami.find((l) => l.al === null);
    // An open dwelling is the address of the household (SIP-133), and dates it.
    if (posizione === 'RESIDENTE' && home !== undefined && tie !== undefined)
      this.files.row('told_homes', [tie.kind, tie.id_household, home.dal]);
  }
}
