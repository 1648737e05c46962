/** The sink of a first full supply: what survived the checks becomes rows on their way to COPY, in a folder of its own. */
import { entryFacts, type FactContext, householdFacts } from '../claims/initial-facts.ts';
import type { EntryBundle, HouseholdLookup, HouseholdRecord } from '../claims/records.ts';
import type { CopyTable, Row } from '../tables/tables.ts';
import { OutcomeFiles } from './outcome-files.ts';
import type { SupplyNumbers } from './supply-record.ts';
import type { SupplySink } from './supply-sink.ts';

export class SupplyCopy extends OutcomeFiles implements SupplySink {
  #context: FactContext | null = null;
  readonly #out = (table: CopyTable, row: Row): void => this.files.row(table, row);

  /** Must be called before the first household or entry: famiglie and convivenze share one block, the former first. */
  number(numbers: SupplyNumbers, famiglie: number): void {
    this.#context = {
      comune: this.comune,
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

  #numbered(): FactContext {
    if (this.#context === null) throw new Error('rows came before the supply was numbered');
    return this.#context;
  }
}
