/** The rules of retention over HTTP (security.md, 36): read, with what they were, and changed by who administers, one leaf each. */
import { z } from 'zod';
import type { Operation, Route } from '../../platform/http/operation.ts';
import {
  type AdministrationContext,
  administered,
  COMMON,
  listed,
  REFUSALS,
  SCOPO,
  WHY,
} from '../accounts/administered.ts';
import { findNow, listNow } from '../accounts/history.sql.ts';
import { putRetentionRule } from './retention.service.ts';
import { listRuleHistory } from './retention.sql.ts';
import {
  RETENTION_KINDS,
  RETENTION_RULES,
  RETENTION_WORDS,
  type RetentionRow,
  retentionRule,
} from './retention.ts';

const KIND = z.enum(RETENTION_KINDS);
const DAYS = z.int().min(0).max(36_500);
const RULE = z.object({
  regola: KIND,
  it: z.string().max(200),
  en: z.string().max(200),
  giorni: DAYS,
  norma: z.string().max(300).describe('Base giuridica / source of law'),
  attiva: z.boolean(),
});
const PAST = z.object({
  regola: KIND,
  giorni: DAYS,
  norma: z.string().max(300),
  attiva: z.boolean(),
  dal: z.string().max(40),
  al: z.string().max(40),
  di: z.string().max(60),
});
const LIST_BODY = z.strictObject({ ...WHY });
const RULES = z.object({ regole: z.array(RULE).max(100), storia: z.array(PAST).max(1000) });
const PUT_BODY = z.strictObject({
  ...WHY,
  regola: KIND,
  giorni: DAYS.optional().describe('Quelli di prima, se manca / those that were, where absent'),
  norma: z.string().trim().min(1).max(300).optional(),
  attiva: z.boolean().optional(),
});

const EXAMPLE = {
  regola: 'drafts',
  it: 'bozze, da quando sono scritte',
  en: 'drafts, since they were written',
  giorni: 7,
  norma: 'GDPR art. 5(1)(e)',
  attiva: true,
} as const;

export const RETENTION_LIST: Operation<typeof LIST_BODY, typeof RULES> = {
  ...COMMON,
  id: 'retentionList',
  right: 'accessList',
  path: '/v1/retention/list',
  summary: { it: 'Quanto si conserva ciò che non è un fatto', en: 'How long what is no fact is kept' },
  description: {
    it: 'Ogni regola con i suoi giorni e la norma, e ciò che era (le ultime mille).',
    en: 'Each rule with its days and source of law, and what it was (the last thousand).',
  },
  body: LIST_BODY,
  answer: RULES,
  example: { body: SCOPO, answer: { regole: [EXAMPLE], storia: [] } },
  refusals: ['audit-unavailable'],
};

export const RETENTION_PUT: Operation<typeof PUT_BODY, typeof RULE> = {
  ...COMMON,
  id: 'retentionPut',
  right: 'retentionManage',
  path: '/v1/retention/put',
  summary: { it: 'Cambia una regola di conservazione', en: 'Change a rule of retention' },
  description: {
    it: 'Vale dalla prossima applicazione, ogni ora; ciò che era resta nella sua storia.',
    en: 'It holds from the next time rules are applied, every hour; what it was stays in its history.',
  },
  body: PUT_BODY,
  answer: RULE,
  example: { body: { ...SCOPO, regola: 'drafts', giorni: 7 }, answer: EXAMPLE },
  refusals: [...REFUSALS, 'invalid-request'],
};

export const RETENTION_OPERATIONS: readonly Operation[] = [RETENTION_LIST, RETENTION_PUT];

const shown = ({ rule_id, term_days, law, active }: RetentionRow): z.input<typeof RULE> => ({
  regola: rule_id,
  ...RETENTION_WORDS[rule_id],
  giorni: term_days,
  norma: law,
  attiva: active,
});

export function retentionRoutes(context: AdministrationContext): readonly Route[] {
  const { db } = context;
  return [
    listed(context, RETENTION_LIST, async () => {
      const regole = (await listNow(db, RETENTION_RULES)).map(shown);
      const storia = (await listRuleHistory(db)).flatMap(({ recorded_to, ...past }) => {
        const { rule_id, term_days, law, active, recorded_from, changed_by } = past;
        if (recorded_to === null) return [];
        const was = { regola: rule_id, giorni: term_days, norma: law, attiva: active };
        return [{ ...was, dal: recorded_from, al: recorded_to, di: changed_by }];
      });
      return { answer: { regole, storia: storia.slice(0, 1000) }, count: regole.length };
    }),
    administered(context, RETENTION_PUT, async (access, { regola, giorni, norma, attiva }) => {
      const held = await findNow(db, RETENTION_RULES, [regola]);
      const rule = retentionRule({
        id: regola,
        days: giorni ?? held?.term_days ?? Number.NaN,
        law: norma ?? held?.law ?? '',
        active: attiva ?? held?.active ?? true,
      });
      return shown(await putRetentionRule(access, rule));
    }),
  ];
}
