/** What the operations of administration share: who makes the change, and the leaf that is durable before it is committed. */
import { z } from 'zod';
import type { Database } from '../../platform/db/pool.ts';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { ASKED, type Granted, type GuardContext, guarded } from '../guard/guard.ts';
import type { AccessContext } from './change.service.ts';

export interface AdministrationContext extends GuardContext {
  readonly db: Database;
}

/** What every question says: what for. */
export const WHY = { scopo: ASKED.scopo } as const;
export const ID = z.string().trim().toUpperCase().min(1).max(20);
export const NAME = z.string().max(300);
export const DAY = z
  .string()
  .max(10)
  .regex(/^\d{4}-\d{2}-\d{2}$/);
export const PAGE = {
  da: z.int().min(0).max(10_000_000).default(0).describe('Da quale riga / from which row'),
  limite: z.int().min(1).max(500).default(100),
} as const;
export const COUNT = z.int().min(0).max(100_000_000);

export const COMUNE = z
  .string()
  .regex(/^\d{6}$/)
  .max(6);
/** A list, of one body where it is named. */
export const LIST_BODY = z.strictObject({ ...WHY, ...PAGE, ente: ID.optional() });
export const ofBody = (ente: string | undefined) =>
  ente === undefined ? undefined : ({ column: 'body_id', values: [ente] } as const);

/** What the operations have in common, and their examples. */
export const COMMON = { method: 'POST', tag: 'administration', key: 'key' } as const;
export const REFUSALS = ['not-found', 'conflict', 'audit-unavailable'] as const;
export const SCOPO = { scopo: 'amministrazione-accessi' };

const ABOUT = { subjects: [], fields: [], count: 1 } as const;

/** Makes the route of a change. */
export function administered<Op extends Operation>(
  context: AdministrationContext,
  operation: Op,
  act: (
    access: AccessContext,
    body: z.output<NonNullable<Op['body']>>,
    granted: Granted,
  ) => Promise<z.input<Op['answer']>>,
): Route {
  return guarded(context, {
    operation,
    sought: () => [],
    async look(body, granted) {
      const access: AccessContext = {
        db: context.db,
        now: context.now,
        by: granted.holder.id,
        beforeCommit: () => granted.record(ABOUT),
      };
      return { answer: await act(access, body, granted), ...ABOUT };
    },
  });
}

/** Makes the route of a list, of which a page is answered. */
export function listed<Op extends Operation>(
  context: AdministrationContext,
  operation: Op,
  list: (
    body: z.output<NonNullable<Op['body']>>,
  ) => Promise<{ readonly answer: z.input<Op['answer']>; readonly count: number }>,
): Route {
  return guarded(context, {
    operation,
    sought: () => [],
    async look(body) {
      return { ...(await list(body)), subjects: [], fields: [] };
    },
  });
}

export const page = <T>(
  rows: readonly T[],
  { da, limite }: { readonly da: number; readonly limite: number },
): T[] => rows.slice(da, da + limite);
