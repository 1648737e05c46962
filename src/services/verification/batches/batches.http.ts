/** Files of declarations over HTTP: sent, followed, read as far as they have come, cancelled; each by its owner alone. */
import { z } from 'zod';
import { ASKED, type GuardContext, guarded } from '../../../access/guard/guard.ts';
import { day, parseDay } from '../../../kernel/day.ts';
import type { Database } from '../../../platform/db/pool.ts';
import type { Operation, Route } from '../../../platform/http/operation.ts';
import { parseKnownAt } from '../../../registry/answers/known-at.ts';
import { LONGEST_RECEIPT } from '../receipts/receipt.ts';
import type { BatchWorker } from './batch-worker.ts';
import { beginBatch, cancelOwnBatch, getBatch, MOST_ROWS, readResults, stateOf } from './batches.service.ts';
import { type BatchRecord, listBatches, type Progress } from './batches.sql.ts';

export interface BatchHttpContext extends GuardContext {
  readonly db: Database;
  /** Who answers them in this process; another does, where absent. */
  readonly batches?: Pick<BatchWorker, 'wake'>;
}

const MOST_CHARACTERS = 30_000_000;
const MOST_LISTED = 50;

const lotto = z
  .string()
  .max(20)
  .regex(/^L\d{1,15}$/)
  .describe('Il nome del lotto / the batch’s name');
const rowCount = z.number().int().min(0).max(MOST_ROWS);

const BATCH = z.object({
  lotto: z.string().max(20),
  stato: z.enum(['in_coda', 'in_corso', 'finito', 'annullato', 'fermato']),
  righe: rowCount,
  fatte: rowCount,
  esiti: z.object({ S: rowCount, N: rowCount, A: rowCount, errori: rowCount }),
  al: z.string().max(10),
  noto_al: z.string().max(40),
  scopo: z.string().max(60).nullable(),
  pratica: z.string().max(60).nullable(),
  iniziato: z.string().max(40),
  finito: z.string().max(40).nullable(),
  ricevuta: z.string().max(4000).nullable(),
  dichiarato: z.string().max(LONGEST_RECEIPT).nullable(),
});
const WHY = { scopo: 'autocertificazioni', pratica: '2026/123' };
const EXAMPLE: z.input<typeof BATCH> = {
  lotto: 'L12',
  stato: 'in_corso',
  righe: 1200,
  fatte: 500,
  esiti: { S: 430, N: 20, A: 48, errori: 2 },
  al: '2026-01-31',
  noto_al: '2026-01-31T08:15:00Z',
  scopo: 'autocertificazioni',
  pratica: '2026/123',
  iniziato: '2026-01-31T08:20:00Z',
  finito: null,
  ricevuta: null,
  dichiarato: null,
};

const shown = (batch: BatchRecord & Progress): z.input<typeof BATCH> => ({
  lotto: batch.batch_id,
  stato: stateOf(batch),
  righe: batch.rows,
  fatte: batch.done,
  esiti: { S: batch.S, N: batch.N, A: batch.A, errori: batch.errori },
  al: batch.al,
  noto_al: batch.known_at,
  scopo: batch.purpose,
  pratica: batch.file,
  iniziato: batch.made_at,
  finito: batch.ended_at,
  ricevuta: batch.receipt,
  dichiarato: batch.disclosure,
});

const OPEN_BODY = z.strictObject({
  ...ASKED,
  csv: z
    .string()
    .min(1)
    .max(MOST_CHARACTERS)
    .describe(
      'Il file: la prima riga porta i nomi delle colonne (manuale, verifiche), le altre una dichiarazione ciascuna / the file: the first line holds the names of the columns, the others a declaration each',
    ),
  al: z
    .string()
    .max(10)
    .refine((value) => parseDay(value) !== null, 'AAAA-MM-GG')
    .optional(),
  noto_al: z
    .string()
    .max(40)
    .refine((value) => parseKnownAt(value) !== null, 'AAAA-MM-GG o istante / or instant')
    .optional(),
});

export const VERIFY_BATCH: Operation<typeof OPEN_BODY, typeof BATCH> = {
  id: 'verifyBatch',
  method: 'POST',
  path: '/v1/verification-batches/open',
  tag: 'verification',
  summary: { it: 'Controlla un file di autocertificazioni', en: 'Check a file of self-certifications' },
  description: {
    it: `Fino a ${MOST_ROWS} righe, controllate in disparte: la risposta è il nome del lotto. Tutte le righe sono giudicate su ciò che il registro sapeva quando il file è arrivato.`,
    en: `Up to ${MOST_ROWS} rows, checked in the background: the answer is the batch’s name. All rows are judged on what the register knew when the file came.`,
  },
  key: 'key',
  bodyLimit: 64_000_000,
  body: OPEN_BODY,
  answer: BATCH,
  example: {
    body: {
      scopo: 'autocertificazioni',
      pratica: '2026/123',
      csv: 'codice_fiscale;oggetto;comune\nRSSMRA74A01F257X;residenza;036023\n',
    },
    answer: { ...EXAMPLE, stato: 'in_coda', fatte: 0, esiti: { S: 0, N: 0, A: 0, errori: 0 } },
  },
  refusals: ['audit-unavailable'],
};

const READ_BODY = z.strictObject({ ...ASKED, lotto });

export const BATCH_READ: Operation<typeof READ_BODY, typeof BATCH> = {
  id: 'verifyBatchRead',
  right: 'verifyBatch',
  method: 'POST',
  path: '/v1/verification-batches/read',
  tag: 'verification',
  summary: { it: 'A che punto è un lotto', en: 'How far a batch is' },
  description: {
    it: 'Righe fatte, esiti, e alla fine la ricevuta del lotto. Solo per chi l’ha inviato.',
    en: 'Rows done, outcomes, and in the end the batch’s receipt. For who sent it alone.',
  },
  key: 'key',
  body: READ_BODY,
  answer: BATCH,
  example: { body: { ...WHY, lotto: 'L12' }, answer: EXAMPLE },
  refusals: ['not-found', 'audit-unavailable'],
};

const LIST_BODY = z.strictObject({ ...ASKED });
const LIST = z.object({ lotti: z.array(BATCH).max(MOST_LISTED) });

export const BATCH_LIST: Operation<typeof LIST_BODY, typeof LIST> = {
  id: 'verifyBatchList',
  right: 'verifyBatch',
  method: 'POST',
  path: '/v1/verification-batches/list',
  tag: 'verification',
  summary: { it: 'I propri lotti', en: 'One’s own batches' },
  description: {
    it: 'Gli ultimi, dal più recente; un lotto scade dopo 30 giorni.',
    en: 'The last ones, latest first; a batch expires after 30 days.',
  },
  key: 'key',
  body: LIST_BODY,
  answer: LIST,
  example: { body: WHY, answer: { lotti: [EXAMPLE] } },
  refusals: ['audit-unavailable'],
};

const RESULTS_BODY = z.strictObject({
  ...ASKED,
  lotto,
  da_blocco: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(0)
    .describe(
      'Da dove riprendere: ciò che disse X-Prossimo-Blocco / where to go on from: what X-Prossimo-Blocco said',
    ),
});
const CSV = z.string().max(200_000_000);

export const BATCH_RESULTS: Operation<typeof RESULTS_BODY, typeof CSV> = {
  id: 'verifyBatchResults',
  right: 'verifyBatch',
  method: 'POST',
  path: '/v1/verification-batches/results',
  tag: 'verification',
  summary: {
    it: 'Gli esiti di un lotto, fin dove è arrivato',
    en: 'The outcomes of a batch, as far as it has come',
  },
  description: {
    it: 'Le righe già controllate, nel loro ordine, come furono inviate, con riga, esito, motivi ed errore. L’intestazione X-Prossimo-Blocco dice da dove riprendere; manca quando il file è intero.',
    en: 'The rows checked so far, in their order, as they were sent, with line, outcome, reasons and error. The header X-Prossimo-Blocco says where to go on from; it is absent once the file is whole.',
  },
  key: 'key',
  body: RESULTS_BODY,
  answer: CSV,
  media: 'text/csv',
  example: {
    body: { scopo: 'autocertificazioni', pratica: '2026/123', lotto: 'L12' },
    answer:
      'codice_fiscale;oggetto;comune;riga;esito;motivi;errore\r\nRSSMRA74A01F257X;residenza;036023;2;S;;\r\n',
  },
  refusals: ['not-found', 'audit-unavailable'],
};

export const BATCH_CANCEL: Operation<typeof READ_BODY, typeof BATCH> = {
  id: 'verifyBatchCancel',
  right: 'verifyBatch',
  method: 'POST',
  path: '/v1/verification-batches/cancel',
  tag: 'verification',
  summary: { it: 'Annulla un lotto', en: 'Cancel a batch' },
  description: {
    it: 'Ciò che è già controllato resta leggibile; il resto non viene controllato.',
    en: 'What was checked can still be read; the rest is not checked.',
  },
  key: 'key',
  body: READ_BODY,
  answer: BATCH,
  example: { body: { ...WHY, lotto: 'L12' }, answer: { ...EXAMPLE, stato: 'annullato' } },
  refusals: ['not-found', 'audit-unavailable'],
};

export const BATCH_OPERATIONS: readonly Operation[] = [
  VERIFY_BATCH,
  BATCH_READ,
  BATCH_LIST,
  BATCH_RESULTS,
  BATCH_CANCEL,
];

/** Of nobody in particular: whom the rows are about was recorded as they were answered. */
const about = <A>(answer: A, count: number) => ({ answer, subjects: [], fields: [], count });
const nobody = () => [];

export function batchRoutes(context: BatchHttpContext): readonly Route[] {
  const { db, now } = context;
  return [
    guarded(context, {
      operation: VERIFY_BATCH,
      sought: nobody,
      async look({ scopo, pratica, csv, al, noto_al }, granted, request) {
        const { holder, keys } = granted;
        const { batchId, rows } = await beginBatch(
          db,
          {
            user: holder.id,
            body: holder.body,
            address: request.address,
            ...keys,
            purpose: scopo ?? null,
            file: pratica ?? null,
          },
          {
            csv,
            al: al === undefined ? null : day(al),
            notoAl: noto_al === undefined ? null : parseKnownAt(noto_al),
          },
          now(),
        );
        context.batches?.wake();
        return about(shown(await getBatch(db, batchId, holder.id)), rows);
      },
    }),
    guarded(context, {
      operation: BATCH_READ,
      sought: nobody,
      look: async ({ lotto: name }, { holder }) => about(shown(await getBatch(db, name, holder.id)), 0),
    }),
    guarded(context, {
      operation: BATCH_LIST,
      sought: nobody,
      async look(_body, { holder }) {
        const lotti = (await listBatches(db, holder.id, MOST_LISTED)).map(shown);
        return about({ lotti }, 0);
      },
    }),
    guarded(context, {
      operation: BATCH_RESULTS,
      sought: nobody,
      async look({ lotto: name, da_blocco }, { holder }, request) {
        const { csv, rows, next } = await readResults(db, await getBatch(db, name, holder.id), da_blocco);
        if (next !== null) request.setHeader('X-Prossimo-Blocco', String(next));
        return about(csv, rows);
      },
    }),
    guarded(context, {
      operation: BATCH_CANCEL,
      sought: nobody,
      look: async ({ lotto: name }, { holder }) =>
        about(shown(await cancelOwnBatch(db, name, holder.id, now())), 0),
    }),
  ];
}
