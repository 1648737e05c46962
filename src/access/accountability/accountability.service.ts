/** Changes of the register of processing activities and of breaches; each in one transaction, with its leaf before the commit. */
import { AppError } from '../../kernel/app-error.ts';
import { type AccessContext, change, changeOf, getNow } from '../accounts/change.service.ts';
import { putNow } from '../accounts/history.sql.ts';
import { nextBreachId } from './accountability.sql.ts';
import { BREACHES, type BreachRow, notified, withoutRisk } from './breach.ts';
import { PROCESSING_ACTIVITIES, type ProcessingRow } from './processing.ts';

/** Says what an activity is from now on; one that is over is `ended`, and stays. */
export function putProcessing(context: AccessContext, row: ProcessingRow): Promise<ProcessingRow> {
  return change(context, async (db) => {
    await putNow(db, PROCESSING_ACTIVITIES, row, changeOf(context));
    return row;
  });
}

export interface NewBreach {
  /** When one became aware; ISO instant. */
  readonly knownAt: string;
  readonly what: string;
  readonly persons: number | null;
  readonly data: string;
  readonly consequences: string;
  readonly measures: string;
}

/** Its hours run from when one became aware, not from when it is written down. @throws AppError invalid-request for the future */
export function openBreach(context: AccessContext, given: NewBreach): Promise<BreachRow> {
  if (Date.parse(given.knownAt) > context.now().getTime())
    throw new AppError(
      'invalid-request',
      'una violazione è nota da un istante passato',
      'a breach is known since an instant in the past',
    );
  return change(context, async (db) => {
    const { knownAt, ...rest } = given;
    const breach: BreachRow = {
      breach_id: await nextBreachId(db),
      known_at: new Date(knownAt).toISOString(),
      ...rest,
      state: 'open',
      closed_at: null,
      reason: null,
    };
    await putNow(db, BREACHES, breach, changeOf(context));
    return breach;
  });
}

/** @param how notified to the Garante, or no risk is likely @throws AppError not-found, conflict, invalid-request */
export function closeBreach(
  context: AccessContext,
  breachId: string,
  how: 'notified' | 'unlikely-risk',
  reason: string | null,
): Promise<BreachRow> {
  return change(context, async (db) => {
    const held = await getNow(db, BREACHES, 'la violazione', breachId);
    const closed = (how === 'notified' ? notified : withoutRisk)(held, context.now(), reason);
    await putNow(db, BREACHES, closed, changeOf(context));
    return closed;
  });
}
