/** Sending a supply over HTTP: announce, send pieces, complete, and ask how far it is (security.md, "Input"). A body sees its own alone. */
import { z } from 'zod';
import { ASKED, type Granted, type GuardContext, guarded } from '../../../access/guard/guard.ts';
import { NotAllowed } from '../../../access/rights/authorise.ts';
import { AppError } from '../../../kernel/app-error.ts';
import { day, parseDay } from '../../../kernel/day.ts';
import type { Operation, Route } from '../../../platform/http/operation.ts';
import { FILE_NAME } from './upload-files.ts';
import {
  announceUpload,
  completeUpload,
  comuneAnnounced,
  getUpload,
  giveUp,
  MOST_BYTES,
  MOST_PIECE,
  type Sender,
  takePiece,
  type UploadContext,
} from './uploads.service.ts';
import { listUploads, type UploadRow } from './uploads.sql.ts';

export interface UploadHttpContext extends UploadContext, GuardContext {
  now(): Date;
  /** Says that something waits to be loaded. */
  readonly wake: () => void;
}

const UPLOAD = z.uuid().max(36).describe('Numero dell’invio / number of the upload');
const COUNT = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

const CREATE_BODY = z.strictObject({
  ...ASKED,
  file: z
    .string()
    .regex(FILE_NAME)
    .max(120)
    .describe('Nome del file, senza cartelle / name of the file, without folders'),
  dimensione: z.int().min(1).max(MOST_BYTES).describe('Byte del file / bytes of the file'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .max(64)
    .optional()
    .describe('Impronta dell’intero, controllata alla fine / of the whole, checked at the end'),
  porta: z.enum(['SIPOP', 'ANPR', 'MAPPATA']).default('SIPOP'),
  mappatura: z.string().trim().min(1).max(60).optional(),
  dichiarata: z
    .strictObject({
      comune: z
        .string()
        .regex(/^\d{6}$/)
        .max(6),
      progressivo: z.int().min(1).max(999_999),
      situazione_al: z
        .string()
        .max(10)
        .refine((value) => parseDay(value) !== null, 'AAAA-MM-GG'),
    })
    .optional()
    .describe('Ciò che il file non dice di sé (ANPR, MAPPATA) / what the file does not say of itself'),
});
const ONE_BODY = z.strictObject({ ...ASKED, invio: UPLOAD });
const COMPLETE_BODY = z.strictObject({
  ...ASKED,
  invio: UPLOAD,
  conferma: z
    .boolean()
    .default(false)
    .describe('Confermo che molto può essere scartato (SIP-014) / much may be set aside'),
});
const PIECE_HEADERS = z.strictObject({
  'x-scopo': ASKED.scopo,
  'x-upload': UPLOAD,
  'content-range': z
    .string()
    .max(60)
    .regex(/^bytes \d{1,16}-\d{1,16}\/\d{1,16}$/)
    .describe('bytes DA-A/TOTALE, estremi compresi / bytes FROM-TO/TOTAL, both included'),
  digest: z
    .string()
    .max(60)
    .regex(/^SHA-256=[A-Za-z0-9+/]{43}=$/i)
    .describe('SHA-256=… (base64) del pezzo / of the piece'),
});
const LIST_BODY = z.strictObject({
  ...ASKED,
  prima_di: z.iso
    .datetime({ offset: true })
    .max(40)
    .optional()
    .describe('Istante da cui continuare / instant to go on from'),
  limite: z.int().min(1).max(200).default(50),
});

const STATE = z.object({
  invio: z.string().max(36),
  comune: z.string().max(6),
  file: z.string().max(120),
  stato: z.enum(['in_arrivo', 'in_coda', 'in_caricamento', 'registrata', 'non_riuscita', 'abbandonata']),
  dimensione: COUNT,
  ricevuti: COUNT.describe('Il prossimo pezzo comincia da qui / the next piece begins here'),
  pezzo_massimo: COUNT,
  avanzamento: z
    .object({ controllate: COUNT, totale: COUNT, in_scrittura: z.boolean() })
    .nullable()
    .describe('Righe controllate, di quante; poi la scrittura / rows checked, of how many; then the writing'),
  ricevuta: z.string().max(12).nullable(),
  errore: z
    .object({ codice: z.string().max(60), it: z.string().max(2000), en: z.string().max(2000) })
    .nullable(),
  inviato_da: z.string().max(20),
  cominciato: z.string().max(40),
  aggiornato: z.string().max(40),
});
const LISTED = z.object({ invii: z.array(STATE).max(200) });

const EXAMPLE = '0d9a2c3e-5b7f-4a1e-9c2d-1e0f3a4b5c6d';
const STATE_EXAMPLE: z.input<typeof STATE> = {
  invio: EXAMPLE,
  comune: '036005',
  file: 'SIPOP_036005_000001_COMPLETA.zip',
  stato: 'in_arrivo',
  dimensione: 48_123_456,
  ricevuti: 8_388_608,
  pezzo_massimo: MOST_PIECE,
  avanzamento: null,
  ricevuta: null,
  errore: null,
  inviato_da: 'U12',
  cominciato: '2026-01-31T08:15:00Z',
  aggiornato: '2026-01-31T08:15:20Z',
};
const SAID = { scopo: 'anagrafe', invio: EXAMPLE };

const common = {
  right: 'supplyUpload',
  tag: 'supplies',
  key: 'key',
  method: 'POST',
} as const;

export const UPLOAD_CREATE: Operation<typeof CREATE_BODY, typeof STATE> = {
  ...common,
  id: 'uploadCreate',
  path: '/v1/supplies/uploads/create',
  summary: { it: 'Annuncia l’invio di una fornitura', en: 'Announce the upload of a supply' },
  description: {
    it: 'Nome, dimensione e, alla seconda e terza porta, ciò che il file non dice di sé. Poi i pezzi, poi il completamento.',
    en: 'Name, size and, at the second and third door, what the file does not say of itself. Then the pieces, then the completion.',
  },
  body: CREATE_BODY,
  answer: STATE,
  example: {
    body: { scopo: 'anagrafe', file: 'SIPOP_036005_000001_COMPLETA.zip', dimensione: 48_123_456 },
    answer: STATE_EXAMPLE,
  },
  refusals: ['conflict', 'audit-unavailable'],
};

export const UPLOAD_PIECE: Operation<typeof PIECE_HEADERS, typeof STATE> = {
  ...common,
  id: 'uploadPiece',
  method: 'PUT',
  path: '/v1/supplies/uploads/piece',
  summary: { it: 'Manda un pezzo della fornitura', en: 'Send a piece of the supply' },
  description: {
    it: `Al più ${MOST_PIECE} byte, dal byte «ricevuti» in poi. Dopo un’interruzione si chiede lo stato e si continua da lì.`,
    en: `At most ${MOST_PIECE} bytes, from byte "ricevuti" on. After a break one asks the state and goes on from there.`,
  },
  body: PIECE_HEADERS,
  bytes: { mediaType: 'application/octet-stream', most: MOST_PIECE },
  answer: STATE,
  example: { answer: STATE_EXAMPLE },
  refusals: ['not-found', 'conflict', 'audit-unavailable'],
};

export const UPLOAD_COMPLETE: Operation<typeof COMPLETE_BODY, typeof STATE> = {
  ...common,
  id: 'uploadComplete',
  path: '/v1/supplies/uploads/complete',
  summary: {
    it: 'Completa l’invio: la fornitura va in coda',
    en: 'Complete the upload: the supply is queued',
  },
  description: {
    it: 'Il caricamento avviene in seguito, nell’ordine; chiesto di nuovo dice a che punto è, e ritenta ciò che per un guasto non era riuscito.',
    en: 'It is loaded afterwards, in order; asked again it says how far it is, and tries again what a fault of the machine had stopped.',
  },
  body: COMPLETE_BODY,
  answer: STATE,
  example: { body: SAID, answer: { ...STATE_EXAMPLE, stato: 'in_coda', ricevuti: 48_123_456 } },
  refusals: ['not-found', 'conflict', 'audit-unavailable'],
};

export const UPLOAD_READ: Operation<typeof ONE_BODY, typeof STATE> = {
  ...common,
  id: 'uploadRead',
  path: '/v1/supplies/uploads/read',
  summary: { it: 'A che punto è un invio', en: 'How far an upload is' },
  description: {
    it: 'Byte ricevuti, righe controllate, e alla fine la ricevuta.',
    en: 'Bytes received, rows checked, and in the end the receipt.',
  },
  body: ONE_BODY,
  answer: STATE,
  example: { body: SAID, answer: STATE_EXAMPLE },
  refusals: ['not-found', 'audit-unavailable'],
};

export const UPLOAD_LIST: Operation<typeof LIST_BODY, typeof LISTED> = {
  ...common,
  id: 'uploadList',
  path: '/v1/supplies/uploads/list',
  summary: { it: 'Gli invii dell’ente', en: 'The uploads of the body' },
  description: { it: 'I più recenti per primi.', en: 'The newest first.' },
  body: LIST_BODY,
  answer: LISTED,
  example: { body: { scopo: 'anagrafe' }, answer: { invii: [STATE_EXAMPLE] } },
  refusals: ['audit-unavailable'],
};

export const UPLOAD_ABANDON: Operation<typeof ONE_BODY, typeof STATE> = {
  ...common,
  id: 'uploadAbandon',
  path: '/v1/supplies/uploads/abandon',
  summary: { it: 'Abbandona un invio', en: 'Give an upload up' },
  description: {
    it: 'Prima che sia caricato; i byte ricevuti si cancellano.',
    en: 'Before it is loaded; the bytes received are deleted.',
  },
  body: ONE_BODY,
  answer: STATE,
  example: { body: SAID, answer: { ...STATE_EXAMPLE, stato: 'abbandonata' } },
  refusals: ['not-found', 'conflict', 'audit-unavailable'],
};

export const UPLOAD_OPERATIONS: readonly Operation[] = [
  UPLOAD_CREATE,
  UPLOAD_PIECE,
  UPLOAD_COMPLETE,
  UPLOAD_READ,
  UPLOAD_LIST,
  UPLOAD_ABANDON,
];

const STATES = {
  receiving: 'in_arrivo',
  queued: 'in_coda',
  loading: 'in_caricamento',
  done: 'registrata',
  failed: 'non_riuscita',
  abandoned: 'abbandonata',
} as const;

const shown = (row: UploadRow): z.input<typeof STATE> => ({
  invio: row.upload_id,
  comune: row.comune,
  file: row.file_name,
  stato: STATES[row.state],
  dimensione: row.size,
  ricevuti: row.received,
  pezzo_massimo: MOST_PIECE,
  avanzamento:
    row.state === 'loading'
      ? { controllate: row.done_rows, totale: row.total_rows, in_scrittura: row.writing }
      : null,
  ricevuta: row.ricevuta,
  errore: row.error === null ? null : { codice: row.error.code, it: row.error.it, en: row.error.en },
  inviato_da: row.holder_id,
  cominciato: row.created_at,
  aggiornato: row.changed_at,
});

const look = <A>(answer: A, count = 1) => ({ answer, subjects: [], fields: [], count });

const senderOf = ({ holder }: Granted): Sender => ({ body: holder.body.id, holder: holder.id });

/** Of an upload under way, whose comune may have left the sender's territory meanwhile. */
async function own(context: UploadContext, granted: Granted, uploadId: string): Promise<Sender> {
  const sender = senderOf(granted);
  const { comune } = await getUpload(context, sender, uploadId);
  if (!granted.mayIn([comune])) throw new NotAllowed('territory');
  return sender;
}

export function uploadRoutes(context: UploadHttpContext): readonly Route[] {
  return [
    guarded(context, {
      operation: UPLOAD_CREATE,
      sought: () => [],
      async look({ file, dimensione, sha256, porta, mappatura, dichiarata }, granted) {
        const announced = {
          fileName: file,
          size: dimensione,
          sha256: sha256 ?? null,
          door: porta,
          declared:
            dichiarata === undefined
              ? null
              : {
                  tipo: 'COMPLETA' as const,
                  comune: dichiarata.comune,
                  progressivo: dichiarata.progressivo,
                  situazioneAl: day(dichiarata.situazione_al),
                },
          mapping: mappatura ?? null,
        };
        if (
          (porta === 'SIPOP') !== (dichiarata === undefined) ||
          (mappatura !== undefined && porta !== 'MAPPATA')
        )
          throw new AppError(
            'invalid-request',
            '«dichiarata» va con le porte ANPR e MAPPATA, «mappatura» con MAPPATA',
            '"dichiarata" goes with the doors ANPR and MAPPATA, "mappatura" with MAPPATA',
          );
        if (!granted.mayIn([comuneAnnounced(announced)])) throw new NotAllowed('territory');
        return look(shown(await announceUpload(context, senderOf(granted), announced)));
      },
    }),
    guarded(context, {
      operation: UPLOAD_PIECE,
      sought: () => [],
      async look(given, granted, request) {
        const sender = await own(context, granted, given['x-upload']);
        const [, from, to, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(given['content-range']) ?? [];
        const row = await takePiece(context, sender, given['x-upload'], {
          from: Number(from),
          to: Number(to),
          size: Number(size),
          sha256: given.digest.slice('SHA-256='.length),
          bytes: request.bytes,
        });
        return look(shown(row));
      },
    }),
    guarded(context, {
      operation: UPLOAD_COMPLETE,
      sought: () => [],
      async look({ invio, conferma }, granted) {
        const row = await completeUpload(context, await own(context, granted, invio), invio, conferma);
        if (row.state === 'queued') context.wake();
        return look(shown(row));
      },
    }),
    guarded(context, {
      operation: UPLOAD_READ,
      sought: () => [],
      async look({ invio }, granted) {
        return look(shown(await getUpload(context, await own(context, granted, invio), invio)));
      },
    }),
    guarded(context, {
      operation: UPLOAD_LIST,
      sought: () => [],
      async look({ prima_di, limite }, granted) {
        const rows = await listUploads(context.db, granted.holder.body.id, prima_di ?? null, limite);
        return look({ invii: rows.map(shown) }, rows.length);
      },
    }),
    guarded(context, {
      operation: UPLOAD_ABANDON,
      sought: () => [],
      async look({ invio }, granted) {
        return look(shown(await giveUp(context, await own(context, granted, invio), invio)));
      },
    }),
  ];
}
