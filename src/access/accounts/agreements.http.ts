/** Agreements over HTTP: what a body delivers, may ask for, and until when (security.md, "Who"). */
import { z } from 'zod';
import { day, parseDay, romeDay } from '../../kernel/day.ts';
import type { Operation, Route } from '../../platform/http/operation.ts';
import type { Service } from '../rights/operations.ts';
import {
  type AdministrationContext,
  administered,
  COMMON,
  COUNT,
  DAY,
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
import { changeAgreement, endAgreement, makeAgreement, SERVICES } from './bodies.service.ts';
import { listNow } from './history.sql.ts';
import { AGREEMENTS, type AgreementRow } from './tables.ts';

const REAL_DAY = DAY.refine((value) => parseDay(value) !== null, 'AAAA-MM-GG');

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
const AGREEMENTS_ANSWER = z.object({ numero: COUNT, convenzioni: z.array(AGREEMENT).max(500) });

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

export const AGREEMENT_LIST: Operation<typeof LIST_BODY, typeof AGREEMENTS_ANSWER> = {
  ...COMMON,
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
  ...COMMON,
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
  ...COMMON,
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
  ...COMMON,
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

export const AGREEMENT_OPERATIONS: readonly Operation[] = [
  AGREEMENT_LIST,
  AGREEMENT_MAKE,
  AGREEMENT_CHANGE,
  AGREEMENT_END,
];

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

export function agreementRoutes(context: AdministrationContext): readonly Route[] {
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
  ];
}
