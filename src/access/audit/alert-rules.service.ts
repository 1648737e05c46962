/** What the rules of alerts are from now on (security.md, 30). */
import { type AccessContext, change, changeOf } from '../accounts/change.service.ts';
import { putNow } from '../accounts/history.sql.ts';
import { ALERT_RULES, type AlertRuleRow } from '../accounts/tables.ts';
import { alertRuleOf } from './read-alerts.ts';

/** Says what a rule of alerts is from now on. @throws AppError invalid-request for what is no rule (audit/alerts.ts) */
export function putAlertRule(context: AccessContext, rule: AlertRuleRow): Promise<AlertRuleRow> {
  return change(context, async (db) => {
    alertRuleOf(rule);
    await putNow(db, ALERT_RULES, rule, changeOf(context));
    return rule;
  });
}
