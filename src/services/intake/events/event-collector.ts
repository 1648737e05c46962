/** The sink of a supply of changes: its lines and its findings, in order. */
import type { Finding } from '../../../kernel/findings.ts';
import type { EventLine } from '../../../registry/events/event-line.ts';
import type { SupplySink } from '../../../registry/supplies/supply-sink.ts';

export class EventCollector implements SupplySink {
  readonly lines: EventLine[] = [];
  readonly findings: Finding[] = [];

  household(): void {
    throw new Error('a supply of changes has no households of its own');
  }

  entry(): void {
    throw new Error('a supply of changes has no subjects of its own');
  }

  finding(finding: Finding): void {
    this.findings.push(finding);
  }

  setAside(): void {
    throw new Error('what is set aside of a supply of changes is decided when it is applied');
  }

  event(line: EventLine): void {
    this.lines.push(line);
  }
}
