/** Receipts over HTTP, for anybody: checked, printed, and the keys that check them offline. None of these asks the register anything. */
import { z } from 'zod';
import { AppError } from '../../../kernel/app-error.ts';
import type { SigningKeys } from '../../../platform/crypto/signing-keys.ts';
import { type Operation, type Route, route } from '../../../platform/http/operation.ts';
import { type CheckedReceipt, checkReceipt, LONGEST_RECEIPT, RECEIPT } from './receipt.ts';
import { receiptPdf } from './receipt-pdf.ts';
import { FAULTS, factLines, outcomeLines } from './receipt-words.ts';

export interface ReceiptContext {
  readonly receipts: {
    readonly keys: SigningKeys;
    /** The public page where receipts are checked: printed on them. */
    readonly checkAt: string;
  };
}

/** Of one address: enough for a desk, too few to load the server with signatures. */
const PER_MINUTE = 120;
const PDF_PER_MINUTE = 30;

const BODY = z.strictObject({
  ricevuta: z
    .string()
    .min(1)
    .max(LONGEST_RECEIPT)
    .describe(
      'La ricevuta (JWS), da sola o come «ricevuta~dichiarato~» / the receipt, alone or with the declaration',
    ),
});

const LINE = z.object({ it: z.string().max(100), en: z.string().max(100), valore: z.string().max(300) });
const CHECK_ANSWER = z.object({
  valida: z.boolean(),
  /** Why not. */
  motivo: z.enum(['malformed', 'unknown-key', 'forged', 'other-declaration']).nullable(),
  spiegazione: z.object({ it: z.string().max(300), en: z.string().max(300) }).nullable(),
  contenuto: RECEIPT.omit({ _sd: true, _sd_alg: true })
    .extend({
      iat: z.number().int().min(0).max(99_999_999_999),
      esiti: z.union([
        z.array(z.enum(['S', 'N', 'A'])).max(20),
        z.record(z.enum(['S', 'N', 'A', 'errori']), z.number().int().min(0).max(10_000_000)),
      ]),
      dichiarato_sha256: z.string().max(60),
    })
    .nullable(),
  /** The same in words, ready to be shown. */
  righe: z.array(LINE).max(40),
  dichiarato: z
    .string()
    .max(LONGEST_RECEIPT)
    .nullable()
    .describe(
      'Ciò che fu dichiarato (JSON), se era allegato e corrisponde / what was declared, where it came with it and is the same',
    ),
});

export const RECEIPT_CHECK: Operation<typeof BODY, typeof CHECK_ANSWER> = {
  id: 'receiptCheck',
  method: 'POST',
  path: '/v1/receipts/check',
  tag: 'receipts',
  summary: { it: 'Controlla una ricevuta', en: 'Check a receipt' },
  description: {
    it: 'Chiunque, senza chiave: dice se la ricevuta è firmata da questo sistema e non è stata cambiata, e ciò che vi è scritto. Il registro non viene interrogato.',
    en: 'Anybody, without a key: tells whether the receipt is signed by this system and unchanged, and what it says. The register is not asked.',
  },
  key: 'none',
  perMinute: PER_MINUTE,
  body: BODY,
  answer: CHECK_ANSWER,
  example: {
    body: { ricevuta: 'eyJhbGciOiJFUzI1NiIsInR5cCI6…' },
    answer: {
      valida: false,
      motivo: 'malformed',
      spiegazione: { ...FAULTS.malformed },
      contenuto: null,
      righe: [],
      dichiarato: null,
    },
  },
  refusals: [],
};

const PDF_ANSWER = z.string().max(2_000_000);

export const RECEIPT_PDF: Operation<typeof BODY, typeof PDF_ANSWER> = {
  id: 'receiptPdf',
  method: 'POST',
  path: '/v1/receipts/pdf',
  tag: 'receipts',
  summary: { it: 'Stampa una ricevuta', en: 'Print a receipt' },
  description: {
    it: 'La ricevuta in PDF accessibile, con il codice QR che la contiene. Solo per una ricevuta valida.',
    en: 'The receipt as an accessible PDF, with the QR code that holds it. Only of a valid receipt.',
  },
  key: 'none',
  perMinute: PDF_PER_MINUTE,
  body: BODY,
  answer: PDF_ANSWER,
  media: 'application/pdf',
  example: { body: { ricevuta: 'eyJhbGciOiJFUzI1NiIsInR5cCI6…' }, answer: '%PDF-1.7…' },
  refusals: [],
};

const KEYS_ANSWER = z.object({
  keys: z
    .array(
      z.object({
        kty: z.literal('EC'),
        crv: z.literal('P-256'),
        x: z.string().max(60),
        y: z.string().max(60),
        kid: z.string().max(60),
        alg: z.literal('ES256'),
        use: z.literal('sig'),
      }),
    )
    .max(1000),
});

export const RECEIPT_KEYS: Operation<z.ZodUndefined, typeof KEYS_ANSWER> = {
  id: 'receiptKeys',
  method: 'GET',
  path: '/v1/receipts/keys',
  tag: 'receipts',
  summary: { it: 'Chiavi pubbliche delle ricevute', en: 'Public keys of receipts' },
  description: {
    it: 'Un JWKS (RFC 7517) con la chiave che firma e tutte quelle di prima: con esse una ricevuta si controlla senza questo servizio.',
    en: 'A JWKS (RFC 7517) with the key that signs and all those before it: with them a receipt is checked without this service.',
  },
  key: 'none',
  answer: KEYS_ANSWER,
  example: {
    answer: {
      keys: [{ kty: 'EC', crv: 'P-256', x: 'f83OJ3…', y: 'x_FEz…', kid: 'syw…', alg: 'ES256', use: 'sig' }],
    },
  },
  refusals: [],
};

export const RECEIPT_OPERATIONS: readonly Operation[] = [RECEIPT_CHECK, RECEIPT_PDF, RECEIPT_KEYS];

function told(checked: CheckedReceipt): z.input<typeof CHECK_ANSWER> {
  if (checked.kind !== 'good')
    return {
      valida: false,
      motivo: checked.kind,
      spiegazione: { ...FAULTS[checked.kind] },
      contenuto: null,
      righe: [],
      dichiarato: null,
    };
  const { receipt, declared } = checked;
  const { _sd, _sd_alg: _, ...contenuto } = receipt;
  return {
    valida: true,
    motivo: null,
    spiegazione: null,
    contenuto: { ...contenuto, dichiarato_sha256: _sd[0] ?? '' },
    righe: [...outcomeLines(receipt), ...factLines(receipt)].map(({ it, en, value }) => ({
      it,
      en,
      valore: value,
    })),
    dichiarato: declared === null ? null : JSON.stringify(declared),
  };
}

export function receiptRoutes({ receipts: { keys, checkAt } }: ReceiptContext): readonly Route[] {
  return [
    route(RECEIPT_CHECK, async ({ ricevuta }) => told(await checkReceipt(ricevuta, keys.published))),
    route(RECEIPT_PDF, async ({ ricevuta }) => {
      const checked = await checkReceipt(ricevuta, keys.published);
      if (checked.kind !== 'good') throw notGood(checked.kind);
      const [token = ''] = ricevuta.trim().split('~');
      return (await receiptPdf(checked.receipt, token, checkAt)).toString('base64');
    }),
    route(RECEIPT_KEYS, async () => KEYS_ANSWER.parse(keys.published)),
  ];
}

const notGood = (kind: keyof typeof FAULTS): AppError =>
  new AppError('invalid-request', `la ricevuta ${FAULTS[kind].it}`, `the receipt: ${FAULTS[kind].en}`);
