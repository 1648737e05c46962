/** Systems of bodies over HTTP, and the keys that they ask with (security.md, "Who", 38 to 42). */
import { z } from 'zod';
import type { Operation, Route } from '../../platform/http/operation.ts';
import {
  type AdministrationContext,
  administered,
  COMMON,
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
import { addClient, endClient, putClientKeys, resumeClient, suspendClient } from './bodies.service.ts';
import { listNow } from './history.sql.ts';
import { CLIENTS } from './tables.ts';

const REASON = z.string().trim().min(3).max(300);

const CLIENT = z.object({
  client_id: z.string().max(20),
  body_id: z.string().max(20),
  name: NAME,
  state: z.enum(['active', 'suspended', 'ended']),
  reason: NAME.nullable(),
});

const ADD_CLIENT = z.strictObject({
  ...WHY,
  ente: ID,
  nome: z.string().trim().min(2).max(200),
});
const STOP_CLIENT = z.strictObject({
  ...WHY,
  sistema: ID,
  passo: z.enum(['sospendi', 'riattiva', 'cessa']),
  motivo: REASON,
});

/** Strict: the parts of a private key have no place here. */
const JWK = z.strictObject({
  kty: z.literal('RSA'),
  kid: z.string().min(1).max(200),
  n: z.string().min(300).max(2000),
  e: z.string().min(1).max(20),
  alg: z.literal('RS256').optional(),
  use: z.literal('sig').optional(),
});
const KEYS_BODY = z.strictObject({
  ...WHY,
  sistema: ID,
  piattaforma: z.string().trim().min(1).max(100).describe('clientId sulla PDND / on the platform'),
  chiavi: z.array(JWK).min(1).max(20).describe('Chiavi pubbliche RSA (JWK), mai private / public keys'),
  finalita: z
    .record(z.string().min(1).max(100), z.string().min(1).max(60))
    .describe('purposeId della PDND → scopo / of the platform → purpose'),
  certificato: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .max(64)
    .optional()
    .describe('SHA-256 del certificato client / of the client certificate'),
});
const KEYS = z.object({ sistema: z.string().max(20), piattaforma: z.string().max(100), chiavi: COUNT });
const CLIENTS_ANSWER = z.object({ numero: COUNT, sistemi: z.array(CLIENT).max(500) });

const CLIENT_EXAMPLE = {
  client_id: 'C1',
  body_id: 'B3',
  name: 'gestionale',
  state: 'active',
  reason: null,
} as const;

export const CLIENT_LIST: Operation<typeof LIST_BODY, typeof CLIENTS_ANSWER> = {
  ...COMMON,
  id: 'clientList',
  right: 'accessList',
  path: '/v1/clients/list',
  summary: { it: 'I sistemi degli enti', en: 'The systems of the bodies' },
  description: { it: 'Con il loro stato.', en: 'With their state.' },
  body: LIST_BODY,
  answer: CLIENTS_ANSWER,
  example: { body: SCOPO, answer: { numero: 1, sistemi: [CLIENT_EXAMPLE] } },
  refusals: ['audit-unavailable'],
};
export const CLIENT_ADD: Operation<typeof ADD_CLIENT, typeof CLIENT> = {
  ...COMMON,
  id: 'clientAdd',
  right: 'clientManage',
  path: '/v1/clients/add',
  summary: { it: 'Aggiunge un sistema', en: 'Add a system' },
  description: {
    it: 'Un sistema di un ente; i profili gli si danno a parte.',
    en: 'One system of one body; profiles are given to it apart.',
  },
  body: ADD_CLIENT,
  answer: CLIENT,
  example: { body: { ...SCOPO, ente: 'B3', nome: 'gestionale' }, answer: CLIENT_EXAMPLE },
  refusals: REFUSALS,
};
export const CLIENT_STEP: Operation<typeof STOP_CLIENT, typeof CLIENT> = {
  ...COMMON,
  id: 'clientStep',
  right: 'clientManage',
  path: '/v1/clients/step',
  summary: { it: 'Sospende, riattiva o fa cessare un sistema', en: 'Suspend, resume or end a system' },
  description: { it: 'Subito; cessato non torna.', en: 'At once; an ended one does not come back.' },
  body: STOP_CLIENT,
  answer: CLIENT,
  example: {
    body: { ...SCOPO, sistema: 'C1', passo: 'cessa', motivo: 'sostituito' },
    answer: { ...CLIENT_EXAMPLE, state: 'ended', reason: 'sostituito' },
  },
  refusals: REFUSALS,
};

export const CLIENT_KEYS_PUT: Operation<typeof KEYS_BODY, typeof KEYS> = {
  ...COMMON,
  id: 'clientKeysPut',
  right: 'clientManage',
  path: '/v1/clients/keys',
  summary: { it: 'Le chiavi con cui un sistema chiede', en: 'The keys a system asks with' },
  description: {
    it: 'Numero sulla piattaforma nazionale, chiavi pubbliche, e quale nostro scopo è ciascuna finalità.',
    en: 'Number on the national platform, public keys, and which of our purposes each of its is.',
  },
  body: KEYS_BODY,
  answer: KEYS,
  example: {
    body: {
      ...SCOPO,
      sistema: 'C1',
      piattaforma: '5a1f5d40-0000-4000-8000-000000000001',
      chiavi: [{ kty: 'RSA', kid: 'k1', n: 'x'.repeat(342), e: 'AQAB' }],
      finalita: { '5a1f5d40-0000-4000-8000-000000000002': 'autocertificazioni' },
    },
    answer: { sistema: 'C1', piattaforma: '5a1f5d40-0000-4000-8000-000000000001', chiavi: 1 },
  },
  refusals: REFUSALS,
};

export const CLIENT_OPERATIONS: readonly Operation[] = [
  CLIENT_LIST,
  CLIENT_ADD,
  CLIENT_STEP,
  CLIENT_KEYS_PUT,
];

export function clientRoutes(context: AdministrationContext): readonly Route[] {
  const { db } = context;
  return [
    listed(context, CLIENT_LIST, async ({ ente, ...of }) => {
      const rows = await listNow(db, CLIENTS, ofBody(ente));
      const sistemi = page(rows, of);
      return { answer: { numero: rows.length, sistemi }, count: sistemi.length };
    }),
    administered(context, CLIENT_ADD, (access, { ente, nome }) => addClient(access, ente, nome)),
    administered(context, CLIENT_STEP, (access, { sistema, passo, motivo }) => {
      const steps = { sospendi: suspendClient, riattiva: resumeClient, cessa: endClient };
      return steps[passo](access, sistema, motivo);
    }),
    administered(context, CLIENT_KEYS_PUT, async (access, given) => {
      const keys = await putClientKeys(access, {
        client_id: given.sistema,
        platform_id: given.piattaforma,
        jwks: { keys: given.chiavi },
        purposes: given.finalita,
        certificate_digest: given.certificato ?? null,
      });
      return { sistema: keys.client_id, piattaforma: keys.platform_id, chiavi: keys.jwks.keys.length };
    }),
  ];
}
