/** Typed events as the lines that the intake would have read. */
import { createHash } from 'node:crypto';
import type { EventLine } from '../../src/registry/events/event-line.ts';
import type { EventRecord } from '../../src/registry/events/event-records.ts';

export function eventLine(record: EventRecord, riga: number): EventLine {
  const raw = JSON.stringify(record);
  return {
    riga,
    idEvento: record.id_evento,
    digest: createHash('sha256').update(raw).digest('hex'),
    raw,
    event: { ...record, riga },
    findings: [],
  };
}
