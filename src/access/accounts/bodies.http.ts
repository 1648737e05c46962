/** Bodies, agreements and systems over HTTP: the same services as the command line (security.md, "Who"). */
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { day, parseDay, romeDay } from '../../kernel/day.ts';
import type { Operation, Route } from '../../platform/http/operation.ts';
import type { Service } from '../rights/operations.ts';
import {
  type AdministrationContext,
  administered,
  COUNT,
  DAY,
  ID,
  listed,
  NAME,
  PAGE,
  page,
  WHY,
} from './administered.ts';
import {
  addBody,
  addClient,
  changeAgreement,
  endAgreement,
  endBody,
  endClient,
  makeAgreement,
  putClientKeys,
  resumeClient,
  SERVICES,
  suspendClient,
} from './bodies.service.ts';
import { listNow } from './history.sql.ts';
import { AGREEMENTS, type AgreementRow, BODIES, BODY_KINDS, CLIENTS } from './tables.ts';

const REAL_DAY = DAY.refine((value) => parseDay(value) !== null, 'AAAA-MM-GG');
const COMUNE = z
  .string()
  .regex(/^\d{6}$/)
  .max(6);
const REASON = z.string().trim().min(3).max(300);

const BODY = z.object({
  body_id: z.string().max(20),
  name: NAME,
  kind: z.enum(BODY_KINDS),
  comune: z.string().max(6).nullable(),
  ended: z.boolean(),
});
const AGREEMENT = z.object({
  agreement_id: z.string().max(20),
  body_id: z.string().max(20),
  legal_basis: NAME,
  delivers: NAME.nullable(),
  every_days: COUNT.nullable(),
  services: z.array(z.string().max(60)).max(100),
  profiles: z.array(z.string().max(60)).max(100),
  purposes: z.array(z.string().max(60)).max(100),
  network: z.array(z.string().max(60)).max(100),
  certificate: z.boolean(),
  valid_from: DAY,
  valid_to: DAY.nullable(),
  in_force: z.boolean().describe('Vale oggi / holds today'),
});
const CLIENT = z.object({
  client_id: z.string().max(20),
  body_id: z.string().max(20),
  name: NAME,
  state: z.enum(['active', 'suspended', 'ended']),
  reason: NAME.nullable(),
});

const LIST_BODY = z.strictObject({ ...WHY, ...PAGE, ente: ID.optional() });
const ADD_BODY = z.strictObject({
  ...WHY,
  nome: z.string().trim().min(2).max(200),
  tipo: z.enum(BODY_KINDS),
  comune: COMUNE.optional().describe('Codice ISTAT, di un comune e di esso solo / of a comune alone'),
});
const ONE_BODY = z.strictObject({ ...WHY, ente: ID });
const NAMES = z.array(z.string().trim().min(1).max(60)).min(1).max(100);
const SAYS = {
  base: z.string().trim().min(2).max(300).describe('Base giuridica / legal basis'),
  consegna: z.string().trim().min(2).max(300).optional().describe('Che cosa consegna / what it delivers'),
  ogni_giorni: z.int().min(1).max(3660).optional().describe('Ogni quanti giorni / every how many days'),
  servizi: z
    .array(z.enum(SERVICES as readonly [Service, ...Service[]]))
    .min(1)
    .max(100),
  profili: NAMES,
  scopi: NAMES,
  rete: z
    .array(z.union([z.cidrv4(), z.cidrv6()]))
    .max(100)
    .default([]),
  certificato: z
    .boolean()
    .default(false)
    .describe('Serve un certificato client / a client certificate is asked'),
  fino_al: REAL_DAY.describe('Primo giorno in cui non vale più / the first day on which it holds no more'),
} as const;
const AGREE_BODY = z.strictObject({ ...WHY, ente: ID, ...SAYS, dal: REAL_DAY.optional() });
const CHANGE_BODY = z.strictObject({ ...WHY, convenzione: ID, ...SAYS });
const END_AGREEMENT = z.strictObject({
  ...WHY,
  convenzione: ID,
  dal: REAL_DAY.optional().describe('Oggi, se manca / today where absent'),
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
const BODIES_ANSWER = z.object({ numero: COUNT, enti: z.array(BODY).max(500) });
const AGREEMENTS_ANSWER = z.object({ numero: COUNT, convenzioni: z.array(AGREEMENT).max(500) });
const CLIENTS_ANSWER = z.object({ numero: COUNT, sistemi: z.array(CLIENT).max(500) });

const SCOPO = { scopo: 'amministrazione-accessi' };
const BODY_EXAMPLE = {
  body_id: 'B3',
  name: 'Comune di Carpi',
  kind: 'comune',
  comune: '036005',
  ended: false,
} as const;
const AGREEMENT_EXAMPLE: z.input<typeof AGREEMENT> = {
  agreement_id: 'A3',
  body_id: 'B3',
  legal_basis: 'delibera 12/2026',
  delivers: 'VARIAZIONI',
  every_days: 1,
  services: ['lookup', 'supplies'],
  profiles: ['registryOfficer'],
  purposes: ['anagrafe'],
  network: ['10.20.0.0/16'],
  certificate: false,
  valid_from: '2026-01-01',
  valid_to: '2031-01-01',
  in_force: true,
};
const SAYS_EXAMPLE = {
  base: 'delibera 12/2026',
  servizi: ['lookup' as const],
  profili: ['registryOfficer'],
  scopi: ['anagrafe'],
  fino_al: '2031-01-01',
};
const CLIENT_EXAMPLE = {
  client_id: 'C1',
  body_id: 'B3',
  name: 'gestionale',
  state: 'active',
  reason: null,
} as const;

const common = { method: 'POST', tag: 'administration', key: 'key' } as const;
const REFUSALS = ['not-found', 'conflict', 'audit-unavailable'] as const;

export const BODY_LIST: Operation<typeof LIST_BODY, typeof BODIES_ANSWER> = {
  ...common,
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
  ...common,
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
  ...common,
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
export const AGREEMENT_LIST: Operation<typeof LIST_BODY, typeof AGREEMENTS_ANSWER> = {
  ...common,
  id: 'agreementList',
  right: 'accessList',
  path: '/v1/agreements/list',
  summary: { it: 'Le convenzioni', en: 'The agreements' },
  description: {
    it: 'Che cosa si consegna e ogni quanto, servizi, profili, scopi, rete, fine.',
    en: 'What is delivered and how often, services, profiles, purposes, network, end.',
  },
  body: LIST_BODY,
  answer: AGREEMENTS_ANSWER,
  example: { body: SCOPO, answer: { numero: 1, convenzioni: [AGREEMENT_EXAMPLE] } },
  refusals: ['audit-unavailable'],
};
export const AGREEMENT_MAKE: Operation<typeof AGREE_BODY, typeof AGREEMENT> = {
  ...common,
  id: 'agreementMake',
  right: 'agreementManage',
  path: '/v1/agreements/make',
  summary: { it: 'Stipula una convenzione', en: 'Make an agreement' },
  description: {
    it: 'Con un giorno di fine: da quel giorno non apre più nulla.',
    en: 'With an end: from that day on it opens nothing.',
  },
  body: AGREE_BODY,
  answer: AGREEMENT,
  example: { body: { ...SCOPO, ente: 'B3', ...SAYS_EXAMPLE }, answer: AGREEMENT_EXAMPLE },
  refusals: REFUSALS,
};
export const AGREEMENT_CHANGE: Operation<typeof CHANGE_BODY, typeof AGREEMENT> = {
  ...common,
  id: 'agreementChange',
  right: 'agreementManage',
  path: '/v1/agreements/change',
  summary: { it: 'Cambia una convenzione', en: 'Change an agreement' },
  description: {
    it: 'Ciò che vale da adesso; ciò che valeva resta nella sua storia.',
    en: 'What holds from now on; what held stays in its history.',
  },
  body: CHANGE_BODY,
  answer: AGREEMENT,
  example: { body: { ...SCOPO, convenzione: 'A3', ...SAYS_EXAMPLE }, answer: AGREEMENT_EXAMPLE },
  refusals: REFUSALS,
};
export const AGREEMENT_END: Operation<typeof END_AGREEMENT, typeof AGREEMENT> = {
  ...common,
  id: 'agreementEnd',
  right: 'agreementManage',
  path: '/v1/agreements/end',
  summary: { it: 'Fa cessare una convenzione', en: 'End an agreement' },
  description: {
    it: 'Da quel giorno tutte le chiavi che ne vivono si chiudono, in una volta.',
    en: 'From that day on all the keys that live by it are shut, at once.',
  },
  body: END_AGREEMENT,
  answer: AGREEMENT,
  example: { body: { ...SCOPO, convenzione: 'A3' }, answer: { ...AGREEMENT_EXAMPLE, in_force: false } },
  refusals: REFUSALS,
};
export const CLIENT_LIST: Operation<typeof LIST_BODY, typeof CLIENTS_ANSWER> = {
  ...common,
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
  ...common,
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
  ...common,
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
  ...common,
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

export const BODY_OPERATIONS: readonly Operation[] = [
  BODY_LIST,
  BODY_ADD,
  BODY_END,
  AGREEMENT_LIST,
  AGREEMENT_MAKE,
  AGREEMENT_CHANGE,
  AGREEMENT_END,
  CLIENT_LIST,
  CLIENT_ADD,
  CLIENT_STEP,
  CLIENT_KEYS_PUT,
];

const ofBody = (ente: string | undefined) =>
  ente === undefined ? undefined : ({ column: 'body_id', values: [ente] } as const);

type Says = z.output<z.ZodObject<typeof SAYS>>;
const termsOf = (says: Says) => ({
  legal_basis: says.base,
  delivers: says.consegna ?? null,
  every_days: says.ogni_giorni ?? null,
  services: says.servizi,
  profiles: says.profili,
  purposes: says.scopi,
  network: says.rete,
  certificate: says.certificato,
  valid_to: day(says.fino_al),
});

export function bodyRoutes(context: AdministrationContext): readonly Route[] {
  const { db } = context;
  const shown = (row: AgreementRow): z.input<typeof AGREEMENT> => {
    const today = romeDay(context.now());
    return {
      ...row,
      services: [...row.services],
      profiles: [...row.profiles],
      purposes: [...row.purposes],
      network: [...row.network],
      in_force: row.valid_from <= today && (row.valid_to === null || today < row.valid_to),
    };
  };
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
    listed(context, AGREEMENT_LIST, async ({ ente, ...of }) => {
      const rows = await listNow(db, AGREEMENTS, ofBody(ente));
      const convenzioni = page(rows, of).map(shown);
      return { answer: { numero: rows.length, convenzioni }, count: convenzioni.length };
    }),
    administered(context, AGREEMENT_MAKE, async (access, { ente, dal, scopo: _, ...says }) => {
      const valid_from = dal === undefined ? romeDay(context.now()) : day(dal);
      return shown(await makeAgreement(access, { body_id: ente, ...termsOf(says), valid_from }));
    }),
    administered(context, AGREEMENT_CHANGE, async (access, { convenzione, scopo: _, ...says }) =>
      shown(await changeAgreement(access, convenzione, termsOf(says))),
    ),
    administered(context, AGREEMENT_END, async (access, { convenzione, dal }) => {
      const from = dal === undefined ? romeDay(context.now()) : day(dal);
      return shown(await endAgreement(access, convenzione, from));
    }),
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
