/** Quotas as data with a history: what held before stays in it (security.md, 21). */
import { type AccessContext, change, changeOf } from '../accounts/change.service.ts';
import { putNow } from '../accounts/history.sql.ts';
import { QUOTAS, type QuotaRow } from '../accounts/tables.ts';

/** Says a quota from now on. */
export function putQuota(context: AccessContext, quota: QuotaRow): Promise<void> {
  return change(context, async (db) => {
    await putNow(db, QUOTAS, quota, changeOf(context));
  });
}
