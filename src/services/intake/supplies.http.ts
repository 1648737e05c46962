/** Supplies over HTTP: their history, and the outcome of each with its receipt. A comune sees its own alone. */
import { z } from 'zod';
import { ASKED, guarded } from '../../access/guard/guard.ts';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { listSupplies } from '../../registry/supplies/listing.sql.ts';
import { BY_CODE, byCode } from './shown-findings.ts';
import {
  COMMON,
  COMUNE,
  COUNT,
  CURSOR,
  comuniAsked,
  look,
  ownOutcome,
  placeOf,
  RECEIPT,
  type SuppliesContext,
} from './supply-asked.ts';

const LIST_BODY = z.strictObject({
  ...ASKED,
  comune: COMUNE.optional(),
  esito: z.enum(['ACCETTATA', 'ACCETTATA_CON_SEGNALAZIONI', 'RIFIUTATA']).optional(),
  seguito: CURSOR.optional(),
  limite: z.int().min(1).max(200).default(50),
});
const SUPPLY = z.object({
  ricevuta: z.string().max(12),
  comune: z.string().max(6),
  progressivo: z.int().min(0).max(999_999),
  tipo: z.string().max(20),
  porta: z.string().max(20),
  file: z.string().max(300),
  sha256: z.string().max(64),
  software: z.string().max(200).nullable(),
  esito: z.string().max(40),
  situazione_al: z.string().max(10).nullable(),
  ricevuta_il: z.string().max(40),
  segnalazioni_aperte: COUNT,
});
const SUPPLIES = z.object({ forniture: z.array(SUPPLY).max(200), seguito: z.string().max(30).nullable() });

const OUTCOME_BODY = z.strictObject({ ...ASKED, ricevuta: RECEIPT });
const BY_FILE = z.record(z.string().max(60), COUNT);
const OUTCOME = z.object({
  ricevuta: z.string().max(12),
  comune: z.string().max(6),
  progressivo: z.int().min(0).max(999_999),
  tipo: z.string().max(20),
  file: z.string().max(300),
  esito: z.string().max(40),
  situazione_al: z.string().max(10).nullable(),
  ricevuta_il: z.string().max(40),
  lette: BY_FILE,
  applicate: BY_FILE,
  scartate: BY_FILE,
  segnalate: BY_FILE,
  per_codice: z.array(BY_CODE).max(500),
});

const SUPPLY_EXAMPLE = {
  ricevuta: '2026/0000012',
  comune: '036005',
  progressivo: 3,
  tipo: 'VARIAZIONI',
  file: 'SIPOP_036005_000003_VARIAZIONI.zip',
  esito: 'ACCETTATA_CON_SEGNALAZIONI',
  situazione_al: '2026-01-30',
  ricevuta_il: '2026-01-31T08:15:00Z',
} as const;

export const SUPPLY_LIST: Operation<typeof LIST_BODY, typeof SUPPLIES> = {
  ...COMMON,
  id: 'supplyList',
  path: '/v1/supplies/list',
  summary: { it: 'La storia delle forniture', en: 'The history of supplies' },
  description: {
    it: 'Le più recenti per prime, con ricevuta, impronta, esito e segnalazioni ancora aperte.',
    en: 'The newest first, with receipt, digest, outcome and findings still open.',
  },
  body: LIST_BODY,
  answer: SUPPLIES,
  example: {
    body: { scopo: 'anagrafe' },
    answer: {
      forniture: [
        {
          ...SUPPLY_EXAMPLE,
          porta: 'SIPOP',
          sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
          software: 'PROVA 1.0',
          segnalazioni_aperte: 2,
        },
      ],
      seguito: null,
    },
  },
  refusals: ['audit-unavailable'],
};

export const SUPPLY_OUTCOME: Operation<typeof OUTCOME_BODY, typeof OUTCOME> = {
  ...COMMON,
  id: 'supplyOutcome',
  path: '/v1/supplies/outcome',
  summary: { it: 'L’esito di una fornitura', en: 'The outcome of a supply' },
  description: {
    it: 'Ricevuta, righe lette, applicate, scartate e segnalate per file, e le segnalazioni per codice con che cosa fare.',
    en: 'Receipt, rows read, applied, set aside and reported by file, and the findings by code with what to do.',
  },
  body: OUTCOME_BODY,
  answer: OUTCOME,
  example: {
    body: { scopo: 'anagrafe', ricevuta: '2026/0000012' },
    answer: {
      ...SUPPLY_EXAMPLE,
      lette: { 'eventi.jsonl': 12 },
      applicate: { 'eventi.jsonl': 12 },
      scartate: {},
      segnalate: {},
      per_codice: [],
    },
  },
  refusals: ['not-found', 'audit-unavailable'],
};

export const SUPPLY_OPERATIONS: readonly Operation[] = [SUPPLY_LIST, SUPPLY_OUTCOME];

export function supplyRoutes(context: SuppliesContext): readonly Route[] {
  const { db } = context;
  return [
    guarded(context, {
      operation: SUPPLY_LIST,
      sought: () => [],
      async look({ comune, esito, seguito, limite }, granted) {
        const rows = await listSupplies(db, {
          comuni: comuniAsked(granted, comune),
          esito: esito ?? null,
          before: placeOf(seguito)?.supply ?? null,
          limit: limite,
        });
        const last = rows.length < limite ? undefined : rows.at(-1);
        const forniture = rows.map(({ door, software_nome, aperte, ...row }) => ({
          ...row,
          porta: door,
          software: software_nome,
          segnalazioni_aperte: aperte,
        }));
        return look({ forniture, seguito: last === undefined ? null : String(last.supplyId) }, rows.length);
      },
    }),
    guarded(context, {
      operation: SUPPLY_OUTCOME,
      sought: () => [],
      async look({ ricevuta }, granted) {
        const outcome = await ownOutcome(context, granted, ricevuta);
        const query = { comuni: null, codice: null, gravita: null, closedToo: true };
        const { per_codice, subjects } = await byCode(db, { ...query, supplyId: outcome.supplyId });
        return look({ ...outcome, per_codice }, 1, subjects);
      },
    }),
  ];
}
