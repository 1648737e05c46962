/** Quotas as data (security.md, 21): what they are, and what they are from now on. */
import { z } from 'zod';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { type AdministrationContext, administered, listed, WHY } from '../accounts/administered.ts';
import { listNow } from '../accounts/history.sql.ts';
import { QUOTAS } from '../accounts/tables.ts';
import { putQuota } from './put-quota.service.ts';

/** The largest quota there is. */
export const MOST_A_DAY = 10_000_000;
const PER_DAY = z.int().min(0).max(MOST_A_DAY);
const WHOSE = z
  .string()
  .trim()
  .regex(/^(user|body|[UCB]\d{1,12})$/)
  .max(20)
  .describe('user e body: di chi non ne ha una propria; o il numero di un utente, di un sistema, di un ente');
const LIST_BODY = z.strictObject({ ...WHY });
const PUT_BODY = z.strictObject({ ...WHY, di: WHOSE, al_giorno: PER_DAY });
const ANSWER = z.object({
  quote: z.array(z.object({ di: z.string().max(20), al_giorno: PER_DAY })).max(10_000),
});

const common = { method: 'POST', tag: 'administration', key: 'key' } as const;
const SCOPO = { scopo: 'amministrazione-accessi' };
const EXAMPLE = { quote: [{ di: 'user', al_giorno: 2000 }] };

export const QUOTA_LIST: Operation<typeof LIST_BODY, typeof ANSWER> = {
  ...common,
  id: 'quotaList',
  right: 'accessList',
  path: '/v1/quotas/list',
  summary: { it: 'Le quote al giorno', en: 'The quotas a day' },
  description: {
    it: 'Quante interrogazioni di persone può fare in un giorno un utente, un sistema, un ente.',
    en: 'How many questions about persons a user, a system, a body may put in a day.',
  },
  body: LIST_BODY,
  answer: ANSWER,
  example: { body: SCOPO, answer: EXAMPLE },
  refusals: ['audit-unavailable'],
};
export const QUOTA_PUT: Operation<typeof PUT_BODY, typeof ANSWER> = {
  ...common,
  id: 'quotaPut',
  right: 'agreementManage',
  path: '/v1/quotas/put',
  summary: { it: 'Dice una quota da adesso', en: 'Say a quota from now on' },
  description: {
    it: 'Ciò che valeva resta nella storia.',
    en: 'What held stays in the history.',
  },
  body: PUT_BODY,
  answer: ANSWER,
  example: { body: { ...SCOPO, di: 'user', al_giorno: 2000 }, answer: EXAMPLE },
  refusals: ['audit-unavailable'],
};
export const QUOTA_OPERATIONS: readonly Operation[] = [QUOTA_LIST, QUOTA_PUT];

export function quotaRoutes(context: AdministrationContext): readonly Route[] {
  const all = async () =>
    (await listNow(context.db, QUOTAS)).map((q) => ({ di: q.quota_id, al_giorno: q.per_day }));
  return [
    listed(context, QUOTA_LIST, async () => {
      const quote = await all();
      return { answer: { quote }, count: quote.length };
    }),
    administered(context, QUOTA_PUT, async (access, { di, al_giorno }) => {
      await putQuota(access, { quota_id: di, per_day: al_giorno });
      return { quote: await all() };
    }),
  ];
}
