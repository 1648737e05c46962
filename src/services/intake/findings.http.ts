/** The findings of supplies over HTTP: in pages, by code, and as a file. A comune sees its own alone. */
import { z } from 'zod';
import { ASKED, type Granted, guarded } from '../../access/guard/guard.ts';
import { Download, type Operation, type Route } from '../../platform/http/operation.ts';
import { listSubjects } from '../../registry/review/review.sql.ts';
import {
  countFindingsOf,
  type FindingPageQuery,
  listFindingSubjects,
  pageFindings,
} from '../../registry/supplies/listing.sql.ts';
import { csvOf, jsonOf } from './finding-files.ts';
import { BY_CODE, byCode, FINDING, shownFinding } from './shown-findings.ts';
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

const WHICH = {
  ricevuta: RECEIPT.optional(),
  comune: COMUNE.optional(),
  codice: z
    .string()
    .regex(/^[A-Z]{2,4}-?\d{1,4}$/)
    .max(12)
    .optional(),
  gravita: z.enum(['B', 'E', 'W']).optional(),
  chiuse: z.boolean().default(false).describe('Anche quelle già sistemate / those mended too'),
} as const;
const FINDINGS_BODY = z.strictObject({
  ...ASKED,
  ...WHICH,
  seguito: CURSOR.optional(),
  limite: z.int().min(1).max(500).default(100),
});
const FINDINGS = z.object({
  segnalazioni: z.array(FINDING).max(500),
  seguito: z.string().max(30).nullable(),
});
const SUMMARY_BODY = z.strictObject({ ...ASKED, ...WHICH });
const SUMMARY = z.object({ per_codice: z.array(BY_CODE).max(500), numero: COUNT });
const DOWNLOAD_BODY = z.strictObject({ ...ASKED, ...WHICH, formato: z.enum(['csv', 'json']) });
const FILE = z.string().max(Number.MAX_SAFE_INTEGER).describe('Il file / the file');

export const FINDINGS_LIST: Operation<typeof FINDINGS_BODY, typeof FINDINGS> = {
  ...COMMON,
  id: 'findingsList',
  path: '/v1/findings/list',
  summary: { it: 'Le segnalazioni, a pagine', en: 'The findings, in pages' },
  description: {
    it: 'Di una fornitura o di tutte, per codice e gravità, aperte o anche chiuse.',
    en: 'Of one supply or of all, by code and gravity, open or closed too.',
  },
  body: FINDINGS_BODY,
  answer: FINDINGS,
  example: { body: { scopo: 'anagrafe' }, answer: { segnalazioni: [], seguito: null } },
  refusals: ['not-found', 'audit-unavailable'],
};

export const FINDINGS_SUMMARY: Operation<typeof SUMMARY_BODY, typeof SUMMARY> = {
  ...COMMON,
  id: 'findingsSummary',
  right: 'findingsList',
  path: '/v1/findings/summary',
  summary: { it: 'Le segnalazioni per codice', en: 'The findings by code' },
  description: {
    it: 'Quante di ciascun codice, che cosa non va e che cosa fare.',
    en: 'How many of each code, what is wrong and what to do.',
  },
  body: SUMMARY_BODY,
  answer: SUMMARY,
  example: { body: { scopo: 'anagrafe' }, answer: { per_codice: [], numero: 0 } },
  refusals: ['not-found', 'audit-unavailable'],
};

export const FINDINGS_DOWNLOAD: Operation<typeof DOWNLOAD_BODY, typeof FILE> = {
  ...COMMON,
  id: 'findingsDownload',
  right: 'findingsList',
  path: '/v1/findings/download',
  summary: { it: 'Le segnalazioni come file', en: 'The findings as a file' },
  description: {
    it: 'Tutte, in CSV (punto e virgola, UTF-8) o in JSON. Nel CSV ciò che un foglio di calcolo leggerebbe come formula è reso innocuo.',
    en: 'All of them, as CSV (semicolons, UTF-8) or JSON. In the CSV what a spreadsheet would read as a formula is made harmless.',
  },
  body: DOWNLOAD_BODY,
  download: ['text/csv', 'application/json'],
  answer: FILE,
  example: { body: { scopo: 'anagrafe', formato: 'csv' }, answer: 'ricevuta;comune;…' },
  refusals: ['not-found', 'audit-unavailable'],
};

export const FINDING_OPERATIONS: readonly Operation[] = [FINDINGS_LIST, FINDINGS_SUMMARY, FINDINGS_DOWNLOAD];

interface Which {
  readonly ricevuta?: string | undefined;
  readonly comune?: string | undefined;
  readonly codice?: string | undefined;
  readonly gravita?: 'B' | 'E' | 'W' | undefined;
  readonly chiuse: boolean;
}

async function queryOf(context: SuppliesContext, granted: Granted, which: Which): Promise<FindingPageQuery> {
  const { ricevuta } = which;
  return {
    supplyId: ricevuta === undefined ? null : (await ownOutcome(context, granted, ricevuta)).supplyId,
    comuni: comuniAsked(granted, which.comune),
    codice: which.codice ?? null,
    gravita: which.gravita ?? null,
    closedToo: which.chiuse,
  };
}

export function findingRoutes(context: SuppliesContext): readonly Route[] {
  const { db } = context;
  return [
    guarded(context, {
      operation: FINDINGS_LIST,
      sought: () => [],
      async look({ seguito, limite, ...which }, granted) {
        const query = await queryOf(context, granted, which);
        const rows = await pageFindings(db, query, placeOf(seguito), limite);
        const last = rows.length < limite ? undefined : rows.at(-1);
        return look(
          {
            segnalazioni: rows.map(shownFinding),
            seguito: last === undefined ? null : `${last.key_supply}-${last.key_n}`,
          },
          rows.length,
          await listSubjects(db, rows),
        );
      },
    }),
    guarded(context, {
      operation: FINDINGS_SUMMARY,
      sought: () => [],
      async look(which, granted) {
        const { per_codice, subjects } = await byCode(db, await queryOf(context, granted, which));
        const numero = per_codice.reduce((sum, code) => sum + code.numero, 0);
        return look({ per_codice, numero }, numero, subjects);
      },
    }),
    guarded(context, {
      operation: FINDINGS_DOWNLOAD,
      sought: () => [],
      async look({ formato, ...which }, granted) {
        const query = await queryOf(context, granted, which);
        const file =
          formato === 'csv'
            ? new Download('text/csv', 'segnalazioni.csv', csvOf(db, query))
            : new Download('application/json', 'segnalazioni.json', jsonOf(db, query));
        // The leaf tells how many leave; the file itself is read once the leaf is durable.
        return look(
          file as unknown as string,
          await countFindingsOf(db, query),
          await listFindingSubjects(db, query),
        );
      },
    }),
  ];
}
