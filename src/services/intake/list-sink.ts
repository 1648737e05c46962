/** A sink that keeps everything, for tests and for small supplies. */
import type { Finding } from '../../kernel/findings.ts';
import type { EntryBundle, HouseholdRecord, SetAsideRow, SupplySink } from '../../registry/records.ts';

export class ListSink implements SupplySink {
  readonly households: HouseholdRecord[] = [];
  readonly bundles: EntryBundle[] = [];
  readonly findings: Finding[] = [];
  readonly setAsideRows: SetAsideRow[] = [];

  household(record: HouseholdRecord): void {
    this.households.push(record);
  }

  entry(bundle: EntryBundle): void {
    this.bundles.push(bundle);
  }

  finding(finding: Finding): void {
    this.findings.push(finding);
  }

  setAside(row: SetAsideRow): void {
    this.setAsideRows.push(row);
  }
}
