/** The alerts of a period: the rules in force, its leaves, and whom users are near to. */
import { AppError } from '../../kernel/app-error.ts';
import type { Client } from '../../platform/db/pool.ts';
import { listNow } from '../accounts/history.sql.ts';
import { ALERT_RULES, BODIES } from '../accounts/tables.ts';
import { type Alert, AlertRule, alertsOf } from './alerts.ts';
import { listSubjectKeys } from './audit.sql.ts';
import type { AuditKeys } from './audit-keys.ts';
import { listLeaves } from './search.sql.ts';
import { commitmentsOver } from './subjects.ts';

/** Whom a user is near to, by their names in the audit (P123): who knows the register tells. */
export interface Circle {
  readonly colleagues: readonly string[];
  readonly neighbours: readonly string[];
}

export interface AlertReport {
  readonly leaves: number;
  readonly rules: readonly AlertRule[];
  readonly alerts: readonly Alert[];
}

/** A day of a province is some tens of thousands. */
const MOST_LEAVES = 500_000;

/** A rule as the database has it. @throws AppError invalid-request, for parameters that are not of its kind */
export function alertRuleOf(row: {
  readonly rule_id: string;
  readonly kind: string;
  readonly parameters: unknown;
}): AlertRule {
  const parsed = AlertRule.safeParse({ id: row.rule_id, kind: row.kind, parameters: row.parameters });
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new AppError(
    'invalid-request',
    `la regola ${row.rule_id} non è giusta: ${wrong}`,
    `the rule ${row.rule_id} is wrong: ${wrong}`,
  );
}

/**
 * @param period ISO instants, half-open
 * @param circles of each user
 * @throws AppError invalid-request for a period with too many leaves
 */
export async function readAlerts(
  db: Client,
  keys: AuditKeys,
  period: { readonly from: string; readonly to: string },
  circles: ReadonlyMap<string, Circle>,
): Promise<AlertReport> {
  const rules = (await listNow(db, ALERT_RULES)).filter((row) => row.active).map(alertRuleOf);
  const anything = { user: null, body: null, operation: null, outcome: null, subjects: null };
  const leaves = await listLeaves(db, { ...period, ...anything, limit: MOST_LEAVES + 1 });
  if (leaves.length > MOST_LEAVES)
    throw new AppError(
      'invalid-request',
      `troppe foglie nel periodo (oltre ${MOST_LEAVES}): indicarne uno più breve`,
      `too many leaves in the period (more than ${MOST_LEAVES}): name a shorter one`,
    );
  const known = rules.flatMap((rule) => (rule.kind === 'well-known' ? rule.parameters.subjects : []));
  const near = [...circles.values()].flatMap((c) => [...c.colleagues, ...c.neighbours]);
  const commitments = new Map<string, readonly string[]>();
  for (const { subject, key } of await listSubjectKeys(db, [...new Set([...known, ...near])]))
    commitments.set(subject, commitmentsOver(keys.subjectSecrets, key, period.from, period.to));
  const commitmentsOf = (subject: string): readonly string[] => commitments.get(subject) ?? [];
  const named = (of: (circle: Circle) => readonly string[]) =>
    new Map(
      [...circles].map(([user, circle]) => [
        user,
        new Map(of(circle).flatMap((subject) => commitmentsOf(subject).map((c) => [c, subject] as const))),
      ]),
    );
  const alerts = alertsOf(rules, leaves.reverse(), {
    bodyKinds: new Map((await listNow(db, BODIES)).map((body) => [body.body_id, body.kind])),
    colleagues: named((circle) => circle.colleagues),
    neighbours: named((circle) => circle.neighbours),
    commitmentsOf,
  });
  return { leaves: leaves.length, rules, alerts };
}
