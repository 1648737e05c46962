import { describe, expect, it } from 'vitest';
import { eventLine } from '../../../test/support/event-lines.ts';
import { annulment, event } from '../../../test/support/events.ts';
import type { EventRecord } from './event-records.ts';
import { WaitingLines } from './waiting-lines.ts';

const document = (id: string, who: string): EventRecord =>
  event(id, 'DOCUMENTO', '2025-01-01', { id_soggetto: who, columns: { documento_numero: id } });
const wedding = (id: string, who: string, spouse: string): EventRecord =>
  event(id, 'STATO_CIVILE', '2025-01-01', {
    id_soggetto: who,
    stato_civile: '2',
    id_coniuge: spouse,
    cf_coniuge: null,
    atto: null,
  });

function waitingOf(...events: readonly (readonly [EventRecord, readonly string[]])[]): WaitingLines {
  const waiting = new WaitingLines();
  for (const [record, subjects] of events) waiting.add(eventLine(record, 1), null, subjects);
  return waiting;
}
const ids = (lines: readonly { readonly line: { readonly idEvento: string } }[]): string[] =>
  lines.map((w) => w.line.idEvento);

describe('events that wait for a subject (tracciato.md 3, Waiting)', () => {
  it('are tried again in the order in which they came, when a subject they name is mended, and no others', () => {
    const waiting = waitingOf(
      [document('1', 'S9'), ['S9']],
      [document('2', 'S8'), ['S8']],
      [wedding('3', 'S8', 'S9'), ['S8']],
    );
    expect(ids(waiting.concernedBy(['S9'], []))).toEqual(['1', '3']);
    expect(ids(waiting.concernedBy(['S9', 'S8'], []))).toEqual(['1', '2', '3']);
    expect(ids(waiting.concernedBy(['S7'], []))).toEqual([]);
  });
  it('an annulment of one that waits is tried with it, and once it is applied', () => {
    const waiting = waitingOf(
      [document('1', 'S9'), ['S9']],
      [annulment('2', 'DOCUMENTO', '2025-01-01', { id_evento: '1' }), ['S9']],
    );
    expect(ids(waiting.concernedBy(['S9'], []))).toEqual(['1', '2']);
    expect(ids(waiting.concernedBy([], ['1']))).toEqual(['2']);
  });
  it('sent again with other content, the last waits in the place of the first, and in its own turn', () => {
    const waiting = waitingOf(
      [document('1', 'S9'), ['S9']],
      [document('2', 'S9'), ['S9']],
      [document('1', 'S8'), ['S8']],
    );
    expect(ids(waiting.concernedBy(['S9', 'S8'], []))).toEqual(['2', '1']);
    waiting.remove('1');
    expect(ids(waiting.concernedBy(['S9', 'S8'], []))).toEqual(['2']);
    expect(waiting.get('1')).toBeUndefined();
  });
});
