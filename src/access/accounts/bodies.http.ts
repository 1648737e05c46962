/** Bodies over HTTP: the same services as the command line (security.md, "Who"). */
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import type { Operation, Route } from '../../platform/http/operation.ts';
import {
  type AdministrationContext,
  administered,
  COMMON,
  COMUNE,
  COUNT,
  ID,
  LIST_BODY,
  listed,
  NAME,
  ofBody,
  page,
  REFUSALS,
  SCOPO,
  WHY,
} from './administered.ts';
import { addBody, endBody } from './bodies.service.ts';
import { listNow } from './history.sql.ts';
import { BODIES, BODY_KINDS } from './tables.ts';

const BODY = z.object({
  body_id: z.string().max(20),
  name: NAME,
  kind: z.enum(BODY_KINDS),
  comune: z.string().max(6).nullable(),
  ended: z.boolean(),
});
const ADD_BODY = z.strictObject({
  ...WHY,
  nome: z.string().trim().min(2).max(200),
  tipo: z.enum(BODY_KINDS),
  comune: COMUNE.optional().describe('Codice ISTAT, di un comune e di esso solo / of a comune alone'),
});
const ONE_BODY = z.strictObject({ ...WHY, ente: ID });
const BODIES_ANSWER = z.object({ numero: COUNT, enti: z.array(BODY).max(500) });

const BODY_EXAMPLE = {
  body_id: 'B3',
  name: 'Comune di Carpi',
  kind: 'comune',
  comune: '036005',
  ended: false,
} as const;

export const BODY_LIST: Operation<typeof LIST_BODY, typeof BODIES_ANSWER> = {
  ...COMMON,
  id: 'bodyList',
  right: 'accessList',
  path: '/v1/bodies/list',
  summary: { it: 'Gli enti', en: 'The bodies' },
  description: { it: 'Anche quelli cessati.', en: 'Those that have ended too.' },
  body: LIST_BODY,
  answer: BODIES_ANSWER,
  example: { body: SCOPO, answer: { numero: 1, enti: [BODY_EXAMPLE] } },
  refusals: ['audit-unavailable'],
};
export const BODY_ADD: Operation<typeof ADD_BODY, typeof BODY> = {
  ...COMMON,
  id: 'bodyAdd',
  right: 'bodyManage',
  path: '/v1/bodies/add',
  summary: { it: 'Aggiunge un ente', en: 'Add a body' },
  description: {
    it: 'Un numero che non sarà mai di un altro. Per accedere serve poi una convenzione.',
    en: 'A number that will never be another’s. To be let in it then needs an agreement.',
  },
  body: ADD_BODY,
  answer: BODY,
  example: {
    body: { ...SCOPO, nome: 'Comune di Carpi', tipo: 'comune', comune: '036005' },
    answer: BODY_EXAMPLE,
  },
  refusals: REFUSALS,
};
export const BODY_END: Operation<typeof ONE_BODY, typeof BODY> = {
  ...COMMON,
  id: 'bodyEnd',
  right: 'bodyManage',
  path: '/v1/bodies/end',
  summary: { it: 'Fa cessare un ente', en: 'End a body' },
  description: {
    it: 'Da questo momento nessuna delle sue chiavi apre nulla.',
    en: 'From this moment none of its keys opens anything.',
  },
  body: ONE_BODY,
  answer: BODY,
  example: { body: { ...SCOPO, ente: 'B3' }, answer: { ...BODY_EXAMPLE, ended: true } },
  refusals: REFUSALS,
};

export const BODY_OPERATIONS: readonly Operation[] = [BODY_LIST, BODY_ADD, BODY_END];

export function bodyRoutes(context: AdministrationContext): readonly Route[] {
  const { db } = context;
  return [
    listed(context, BODY_LIST, async ({ ente, ...of }) => {
      const rows = await listNow(db, BODIES, ofBody(ente));
      const enti = page(rows, of);
      return { answer: { numero: rows.length, enti }, count: enti.length };
    }),
    administered(context, BODY_ADD, async (access, { nome, tipo, comune }) => {
      if ((tipo === 'comune') !== (comune !== undefined))
        throw new AppError(
          'invalid-request',
          'un comune, e solo un comune, ha il codice ISTAT',
          'a comune, and nothing else, has an ISTAT code',
        );
      return addBody(access, { name: nome, kind: tipo, comune: comune ?? null });
    }),
    administered(context, BODY_END, (access, { ente }) => endBody(access, ente)),
  ];
}
