/** Personal data breaches and their 72 hours (GDPR art. 33; security.md, 37). Pure. */
import { AppError } from '../../kernel/app-error.ts';
import { conflict } from '../accounts/change.service.ts';
import type { HistoryTable } from '../accounts/history.sql.ts';

export interface BreachRow {
  readonly breach_id: string;
  /** ISO instant from which the hours run. */
  readonly known_at: string;
  readonly what: string;
  /** About how many; null: not known yet. */
  readonly persons: number | null;
  readonly data: string;
  readonly consequences: string;
  readonly measures: string;
  readonly state: 'open' | 'notified' | 'unlikely-risk';
  /** ISO instant. */
  readonly closed_at: string | null;
  readonly reason: string | null;
}
export const BREACHES: HistoryTable<BreachRow> = {
  name: 'breaches',
  key: ['breach_id'],
  columns: [
    'breach_id',
    'known_at',
    'what',
    'persons',
    'data',
    'consequences',
    'measures',
    'state',
    'closed_at',
    'reason',
  ],
};

const HOUR_MS = 3_600_000;
/** Art. 33(1). */
const NOTIFY_WITHIN_HOURS = 72;

export type BreachTimer = 'running' | 'overdue' | 'in-time' | 'late' | 'not-due';

/** How a breach stands with its hours. */
export function timerOf(
  breach: Pick<BreachRow, 'known_at' | 'state' | 'closed_at'>,
  now: Date,
): {
  /** ISO instant. */
  readonly deadline: string;
  /** Whole hours to the deadline, of an open one; negative past it; null where it runs no more. */
  readonly hoursLeft: number | null;
  readonly timer: BreachTimer;
} {
  const end = Date.parse(breach.known_at) + NOTIFY_WITHIN_HOURS * HOUR_MS;
  const deadline = new Date(end).toISOString();
  if (breach.state === 'open') {
    const left = end - now.getTime();
    return { deadline, hoursLeft: Math.floor(left / HOUR_MS), timer: left < 0 ? 'overdue' : 'running' };
  }
  if (breach.state === 'unlikely-risk') return { deadline, hoursLeft: null, timer: 'not-due' };
  const late = Date.parse(breach.closed_at ?? deadline) > end;
  return { deadline, hoursLeft: null, timer: late ? 'late' : 'in-time' };
}

const given = (reason: string | null): string | null => {
  const text = reason?.trim() ?? '';
  return text === '' ? null : text;
};

/**
 * @param reason why it comes late, where it does (art. 33(1), last sentence)
 * @throws AppError conflict where it is closed; invalid-request where it comes late without a reason
 */
export function notified(breach: BreachRow, at: Date, reason: string | null): BreachRow {
  mustBeOpen(breach);
  const why = given(reason);
  if (timerOf(breach, at).timer === 'overdue' && why === null)
    throw new AppError(
      'invalid-request',
      'sono passate più di 72 ore: la notifica dice i motivi del ritardo (GDPR art. 33, par. 1)',
      'more than 72 hours have passed: the notification gives the reasons for the delay (GDPR art. 33(1))',
    );
  return { ...breach, state: 'notified', closed_at: at.toISOString(), reason: why };
}

/** No notification, as no risk is likely: it stays documented (art. 33(5)). @throws AppError conflict, invalid-request */
export function withoutRisk(breach: BreachRow, at: Date, reason: string | null): BreachRow {
  mustBeOpen(breach);
  const why = given(reason);
  if (why === null)
    throw new AppError(
      'invalid-request',
      'dire perché il rischio è improbabile: resta documentato (GDPR art. 33, par. 5)',
      'say why a risk is unlikely: it stays documented (GDPR art. 33(5))',
    );
  return { ...breach, state: 'unlikely-risk', closed_at: at.toISOString(), reason: why };
}

function mustBeOpen({ breach_id, state }: BreachRow): void {
  if (state !== 'open')
    throw conflict(`la violazione ${breach_id} è già chiusa`, `breach ${breach_id} is closed already`);
}
