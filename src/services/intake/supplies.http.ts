/** Supplies over HTTP: history, outcome with its receipt, findings in pages, by code and as a file. A comune sees its own alone. */
import { z } from 'zod';
import { ASKED, type Granted, type GuardContext, guarded } from '../../access/guard/guard.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Client } from '../../platform/db/pool.ts';
import { csvLine } from '../../platform/http/csv.ts';
import { Download, type Operation, type Route } from '../../platform/http/operation.ts';
import { listSubjects } from '../../registry/review/review.sql.ts';
import {
  countByCode,
  countFindingsOf,
  type FindingPageQuery,
  type FindingPlace,
  listFindingSubjects,
  listSupplies,
  type PagedFinding,
  pageFindings,
} from '../../registry/supplies/listing.sql.ts';
import { findOutcome, type StoredOutcome } from '../../registry/supplies/supplies.sql.ts';
import { type FindingCode, finding, MESSAGES } from './messages/messages.ts';

export interface SuppliesContext extends GuardContext {
  readonly db: Client;
}

const COUNT = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const RECEIPT = z
  .string()
  .regex(/^\d{4}\/\d{7}$/)
  .max(12)
  .describe('Ricevuta AAAA/NNNNNNN / receipt YYYY/NNNNNNN');
const COMUNE = z
  .string()
  .regex(/^\d{6}$/)
  .max(6);
const CURSOR = z
  .string()
  .regex(/^\d{1,15}(-\d{1,9})?$/)
  .max(30)
  .describe('Il «seguito» della pagina prima / the "seguito" of the page before');

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
const BY_CODE = z.object({
  codice: z.string().max(20),
  gravita: z.enum(['B', 'E', 'W']),
  numero: COUNT,
  aperte: COUNT,
  soggetti: COUNT,
  forniture: COUNT,
  che_cosa: z.string().max(4000).describe('Che cosa non va e che cosa fare / what is wrong and what to do'),
  che_cosa_en: z.string().max(4000),
  esempio: z.string().max(4000),
  esempio_en: z.string().max(4000),
});
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
const FINDING = z.object({
  ricevuta: z.string().max(12),
  comune: z.string().max(6),
  progressivo: z.int().min(0).max(999_999),
  operazione: z.string().max(60).nullable(),
  codice: z.string().max(20),
  gravita: z.enum(['B', 'E', 'W']),
  file: z.string().max(300).nullable(),
  riga: COUNT.nullable(),
  id_soggetto: z.string().max(300),
  id_famiglia: z.string().max(300).nullable(),
  id_evento: z.string().max(300).nullable(),
  campo: z.string().max(300),
  valore: z.string().max(300),
  messaggio: z.string().max(4000),
  messaggio_en: z.string().max(4000),
  dettaglio: z.record(z.string().max(60), z.union([z.string().max(2000), z.boolean(), COUNT])).nullable(),
  chiusa_da: z.string().max(60).nullable(),
});
const FINDINGS = z.object({
  segnalazioni: z.array(FINDING).max(500),
  seguito: z.string().max(30).nullable(),
});
const SUMMARY_BODY = z.strictObject({ ...ASKED, ...WHICH });
const SUMMARY = z.object({ per_codice: z.array(BY_CODE).max(500), numero: COUNT });
const DOWNLOAD_BODY = z.strictObject({ ...ASKED, ...WHICH, formato: z.enum(['csv', 'json']) });
const FILE = z.string().max(Number.MAX_SAFE_INTEGER).describe('Il file / the file');

const common = { method: 'POST', tag: 'supplies', key: 'key' } as const;

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
  ...common,
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
  ...common,
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

export const FINDINGS_LIST: Operation<typeof FINDINGS_BODY, typeof FINDINGS> = {
  ...common,
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
  ...common,
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
  ...common,
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

export const SUPPLY_OPERATIONS: readonly Operation[] = [
  SUPPLY_LIST,
  SUPPLY_OUTCOME,
  FINDINGS_LIST,
  FINDINGS_SUMMARY,
  FINDINGS_DOWNLOAD,
];

const noReceipt = (): AppError =>
  new AppError('not-found', 'nessuna fornitura con questa ricevuta', 'no supply of this receipt');

/** The comuni asked about: those of the caller, or one of them. A comune that is not theirs has nothing. */
function comuniAsked(granted: Granted, comune: string | undefined): readonly string[] | null {
  if (comune === undefined) return granted.comuni();
  return granted.mayIn([comune]) ? [comune] : [];
}

/** A supply by its receipt; somebody else's is as if not there. */
async function ownOutcome(
  { db }: SuppliesContext,
  granted: Granted,
  ricevuta: string,
): Promise<StoredOutcome> {
  const outcome = await findOutcome(db, ricevuta);
  if (outcome === null || !granted.mayIn([outcome.comune])) throw noReceipt();
  return outcome;
}

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

function placeOf(cursor: string | undefined): FindingPlace | null {
  if (cursor === undefined) return null;
  const [supply, n] = cursor.split('-').map(Number);
  return { supply: supply ?? 0, n: n ?? 0 };
}

/** Without what was given, and with the sentence of the code alone, where it was written before the identity was sealed. */
const shownFinding = (f: PagedFinding): z.input<typeof FINDING> => ({
  ...plainFinding(f),
  ...(f.sealed_since ? withheld(f.codice) : {}),
});

const withheld = (codice: string) => {
  const { it, en } = meaningOf(codice);
  return { valore: '', messaggio: it, messaggio_en: en, dettaglio: null };
};

const plainFinding = (f: PagedFinding): z.input<typeof FINDING> => ({
  ricevuta: f.ricevuta,
  comune: f.comune,
  progressivo: f.progressivo,
  operazione: f.id_operazione,
  codice: f.codice,
  gravita: f.gravita as 'B' | 'E' | 'W',
  file: f.file,
  riga: f.riga,
  id_soggetto: f.id_soggetto,
  id_famiglia: f.id_famiglia,
  id_evento: f.id_evento,
  campo: f.campo,
  valore: f.valore,
  messaggio: f.messaggio,
  messaggio_en: f.messaggio_en,
  dettaglio: f.dettaglio,
  chiusa_da: f.chiusa_da === null ? null : (f.chiusa_da_operazione ?? String(f.chiusa_da)),
});

/** What a code means and what to do about it, whatever row it is of. */
function meaningOf(codice: string): { readonly it: string; readonly en: string } {
  if (!Object.hasOwn(MESSAGES, codice)) return { it: codice, en: codice };
  const blank = { file: '…', id_soggetto: '…', campo: '…', valore: '…', id_famiglia: '…', id_evento: '…' };
  const { messaggio, messaggio_en } = finding(codice as FindingCode, { ...blank, atteso: '…' });
  return { it: messaggio, en: messaggio_en };
}

/** By code, with whom the examples name. */
async function byCode(db: Client, query: FindingPageQuery) {
  const counts = await countByCode(db, query);
  const per_codice = counts.map(({ comune: _, id_soggetto: __, ...count }): z.input<typeof BY_CODE> => {
    const { it, en } = meaningOf(count.codice);
    return {
      ...count,
      gravita: count.gravita as 'B' | 'E' | 'W',
      che_cosa: it,
      che_cosa_en: en,
      esempio: count.esempio ?? it,
      esempio_en: count.esempio_en ?? en,
    };
  });
  return { per_codice, subjects: await listSubjects(db, counts) };
}

/** Findings of a page of the file: some 10 MB at the most. */
const FILE_PAGE = 5_000;

async function* everyPage(db: Client, query: FindingPageQuery): AsyncGenerator<readonly PagedFinding[]> {
  let after: FindingPlace | null = null;
  for (;;) {
    const page: PagedFinding[] = await pageFindings(db, query, after, FILE_PAGE);
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < FILE_PAGE) return;
    after = { supply: last.key_supply, n: last.key_n };
  }
}

const COLUMNS = [
  'ricevuta',
  'comune',
  'progressivo',
  'operazione',
  'codice',
  'gravita',
  'file',
  'riga',
  'id_soggetto',
  'id_famiglia',
  'id_evento',
  'campo',
  'valore',
  'messaggio',
  'messaggio_en',
  'chiusa_da',
] as const;

async function* csvOf(db: Client, query: FindingPageQuery): AsyncGenerator<string> {
  // The mark by which spreadsheets know UTF-8.
  yield `\ufeff${csvLine(COLUMNS)}`;
  for await (const page of everyPage(db, query))
    yield page
      .map(shownFinding)
      .map((f) => csvLine(COLUMNS.map((column) => f[column])))
      .join('');
}

async function* jsonOf(db: Client, query: FindingPageQuery): AsyncGenerator<string> {
  let before = '{"segnalazioni":[';
  for await (const page of everyPage(db, query)) {
    yield `${before}${page.map((f) => JSON.stringify(shownFinding(f))).join(',\n')}`;
    before = page.length === 0 ? '' : ',\n';
  }
  yield ']}\n';
}

const look = <A>(answer: A, count: number, subjects: readonly string[] = []) => ({
  answer,
  subjects,
  fields: [],
  count,
});

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
