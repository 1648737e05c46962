/** Verification over HTTP: S, N or A for each declaration, never the register's data (services.md; security.md 22). */
import { z } from 'zod';
import { ASKED, type Granted, type GuardContext, guarded } from '../../access/guard/guard.ts';
import { day, parseDay, romeDay } from '../../kernel/day.ts';
import type { Operation, Route } from '../../platform/http/operation.ts';
import type { When } from '../../registry/answers/ask-person.ts';
import { parseKnownAt } from '../../registry/answers/known-at.ts';
import { DECLARATION, NAMED_PERSON } from './declaration.ts';
import type { VerificationReads } from './reads.ts';
import { LONGEST_RECEIPT, signReceipt } from './receipts/receipt.ts';
import type { ReceiptContext } from './receipts/receipts.http.ts';
import { type Asking, type Question, verifyDeclarations } from './verify.service.ts';

export interface VerificationContext extends GuardContext, ReceiptContext {
  readonly reads: VerificationReads;
}

const MOST_DECLARATIONS = 20;

const BODY = z.strictObject({
  ...ASKED,
  persona: NAMED_PERSON.describe('Di chi è la dichiarazione / whom the declaration is about'),
  dichiarazioni: z.array(DECLARATION).min(1).max(MOST_DECLARATIONS),
  al: z
    .string()
    .max(10)
    .refine((value) => parseDay(value) !== null, 'AAAA-MM-GG')
    .optional()
    .describe('Data di riferimento (oggi, se manca) / reference day (today where absent)'),
  noto_al: z
    .string()
    .max(40)
    .refine((value) => parseKnownAt(value) !== null, 'AAAA-MM-GG o istante / or instant')
    .optional(),
});

const ANSWER = z.object({
  noto_al: z.string().max(40),
  situazione_al: z.string().max(10).nullable(),
  qualita: z
    .object({
      situazione_al: z.string().max(10).nullable(),
      giorni_di_ritardo: z.number().int().min(0).max(100_000).nullable(),
      dati_scartati: z.boolean(),
      segnalazioni_aperte: z.boolean(),
    })
    .nullable()
    .describe(
      'Quanto ci si può fidare: fin dove arriva l’ultima fornitura del comune, se qualcosa della persona è scartato o segnalato / how far it may be trusted',
    ),
  esiti: z
    .array(
      z.object({
        esito: z.enum(['S', 'N', 'A']),
        elementi: z
          .array(
            z.object({
              elemento: z.string().max(40),
              esito: z.enum(['concorda', 'discorda', 'indeterminato']),
              motivo: z.string().max(60).optional(),
              dettaglio: z.string().max(500).optional(),
            }),
          )
          .max(200),
      }),
    )
    .max(MOST_DECLARATIONS),
  ricevuta: z
    .string()
    .max(4000)
    .describe(
      'La ricevuta firmata (JWS): chiunque la controlla, e non contiene dati della persona / the signed receipt: anybody can check it, and it holds no data of the person',
    ),
  dichiarato: z
    .string()
    .max(LONGEST_RECEIPT)
    .describe(
      'Ciò che è stato controllato, da mostrare con la ricevuta («ricevuta~dichiarato~») solo a chi deve saperlo / what was checked, to be shown with it only to who must know',
    ),
});

export const VERIFY: Operation<typeof BODY, typeof ANSWER> = {
  id: 'verify',
  method: 'POST',
  path: '/v1/verifications',
  tag: 'verification',
  summary: { it: 'Controlla autocertificazioni', en: 'Check self-certifications' },
  description: {
    it: 'Per ogni dichiarazione: S confermata, N non confermata (con gli elementi che non concordano), A non determinabile (con il perché). DPR 445/2000 art. 46 e 71.',
    en: 'For each declaration: S confirmed, N not confirmed (with the elements that disagree), A cannot be determined (with the reason). DPR 445/2000 art. 46 and 71.',
  },
  key: 'key',
  body: BODY,
  answer: ANSWER,
  example: {
    body: {
      scopo: 'autocertificazioni',
      pratica: '2026/123',
      persona: { codice_fiscale: 'RSSMRA74A01F257X' },
      dichiarazioni: [
        { oggetto: 'residenza', comune: '036005', indirizzo: { via: 'via Emilia', civico: '12' } },
      ],
    },
    answer: {
      noto_al: '2026-01-31T08:15:00Z',
      situazione_al: '2026-01-31',
      qualita: {
        situazione_al: '2026-01-31',
        giorni_di_ritardo: null,
        dati_scartati: false,
        segnalazioni_aperte: false,
      },
      esiti: [{ esito: 'S', elementi: [{ elemento: 'comune', esito: 'concorda' }] }],
      ricevuta: 'eyJhbGciOiJFUzI1NiIsInR5cCI6…',
      dichiarato: 'WyJrM1h6…',
    },
  },
  refusals: ['audit-unavailable'],
};

/** The fields that a verification tells of: its own, whatever the profile reads. */
const FIELDS = ['esito', 'elementi'] as const;

export interface AskedFor extends Question {
  readonly when: When;
  readonly scopo: string | null;
  readonly pratica: string | null;
  readonly now: Date;
  readonly today: string;
}

/** What the rights let through of a verification. */
export const askingOf = (granted: Pick<Granted, 'fields' | 'mayIn'>): Omit<Asking, 'when'> => ({
  mayReadProtected: granted.fields.has('protectedAddress'),
  readable: { family: granted.fields.has('household'), death: granted.fields.has('death') },
  inside: (comune, person) => granted.mayIn(comune === null ? [] : [comune], person),
});

/** Verifies for who was granted it, and signs the receipt. */
export async function verifyFor(
  { reads, receipts }: Pick<VerificationContext, 'reads' | 'receipts'>,
  granted: Granted,
  { persona, dichiarazioni, when, scopo, pratica, now, today }: AskedFor,
) {
  const asking = { ...askingOf(granted), when };
  const { soggetto, ...answer } = await verifyDeclarations(
    reads,
    { persona, dichiarazioni, ...asking },
    today,
  );
  const { holder } = granted;
  const receipt = signReceipt(
    receipts.keys,
    {
      tipo: 'verifica',
      ente: `${holder.body.name} (${holder.body.id})`,
      operatore: holder.id,
      scopo,
      pratica,
      al: when.al,
      noto_al: answer.noto_al,
      esiti: answer.esiti.map(({ esito }) => esito),
    },
    { persona, dichiarazioni },
    now,
  );
  return { soggetto, answer: { ...answer, ...receipt } };
}

export function verificationRoutes(context: VerificationContext): readonly Route[] {
  return [
    guarded(context, {
      operation: VERIFY,
      sought: ({ persona }) => [persona.codice_fiscale ?? `${persona.cognome} ${persona.nome}`],
      async look({ scopo, pratica, persona, dichiarazioni, al, noto_al }, granted) {
        const now = context.now();
        const today = romeDay(now);
        const when = {
          al: al === undefined ? today : day(al),
          notoAl: noto_al === undefined ? null : parseKnownAt(noto_al),
        };
        const { soggetto, answer } = await verifyFor(context, granted, {
          persona,
          dichiarazioni,
          when,
          scopo: scopo ?? null,
          pratica: pratica ?? null,
          now,
          today,
        });
        return {
          answer: {
            ...answer,
            esiti: answer.esiti.map(({ esito, elementi }) => ({ esito, elementi: [...elementi] })),
          },
          subjects: soggetto === null ? [] : [soggetto],
          fields: FIELDS,
          count: dichiarazioni.length,
        };
      },
    }),
  ];
}
