/** The sink of a first full supply: what survived the checks becomes rows on their way to COPY, in a folder of its own. */
import type { Finding } from '../kernel/findings.ts';
import { type CopyFile, CopyFiles } from './copy-files.ts';
import { findingRow, setAsideRow } from './findings-rows.ts';
import { entryFacts, type FactContext, householdFacts } from './initial-facts.ts';
import type { EntryBundle, HouseholdLookup, HouseholdRecord } from './records.ts';
import type { SupplyNumbers } from './supply-record.ts';
import type { SetAsideRow, SupplySink } from './supply-sink.ts';
import type { CopyTable, Row } from './tables.ts';

export class SupplyCopy implements SupplySink {
  readonly #files: CopyFiles;
  readonly #comune: string;
  readonly #supplyId: number;
  #context: FactContext | null = null;
  #findings = 0;
  readonly #out = (table: CopyTable, row: Row): void => this.#files.row(table, row);

  /** @param folder private, existing, and empty of `*.copy` files */
  constructor(folder: string, comune: string, supplyId: number) {
    this.#files = new CopyFiles(folder);
    this.#comune = comune;
    this.#supplyId = supplyId;
  }

  /** Must be called before the first household or entry: famiglie and convivenze share one block, the former first. */
  number(numbers: SupplyNumbers, famiglie: number): void {
    this.#context = {
      comune: this.#comune,
      eventId: numbers.eventId,
      entryId: (soggetto) => numbers.entryBase + soggetto.riga,
      householdId: (household) =>
        numbers.householdBase + household.riga + (household.kind === 'famiglia' ? 0 : famiglie),
    };
  }

  household(record: HouseholdRecord): void {
    householdFacts(this.#numbered(), record, this.#out);
  }

  entry(bundle: EntryBundle, households: HouseholdLookup): void {
    entryFacts(this.#numbered(), bundle, households, this.#out);
  }

  finding(f: Finding): void {
    this.#files.row('findings', findingRow(this.#supplyId, ++this.#findings, this.#comune, f));
  }

  setAside(row: SetAsideRow): void {
    this.#files.row(
      'set_aside',
      setAsideRow(this.#supplyId, this.#comune, {
        file: row.file,
        riga: row.riga,
        idSoggetto: row.id_soggetto,
        idEvento: null,
        digest: null,
        waitsFor: null,
        codice: row.codice,
        raw: row.raw,
      }),
    );
  }

  event(): void {
    throw new Error('a full supply has no events');
  }

  /** Ends the files and frees their handles. */
  close(): CopyFile[] {
    return this.#files.close();
  }

  #numbered(): FactContext {
    if (this.#context === null) throw new Error('rows came before the supply was numbered');
    return this.#context;
  }
}
