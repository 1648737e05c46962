/** A sink that keeps everything, for tests and for small supplies. */
import type { Finding } from '../../../kernel/findings.ts';
import type { EntryBundle, HouseholdRecord } from '../../../registry/claims/records.ts';
import type { EventLine } from '../../../registry/events/event-line.ts';
import type { SetAsideRow, SupplySink } from '../../../registry/supplies/supply-sink.ts';

export class ListSink implements SupplySink {
  readonly households: HouseholdRecord[] = [];
  readonly bundles: EntryBundle[] = [];
  readonly findings: Finding[] = [];
  readonly setAsideRows: SetAsideRow[] = [];
  readonly lines: EventLine[] = [];

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

  event(line: EventLine): void {
    this.lines.push(line);
  }
}
