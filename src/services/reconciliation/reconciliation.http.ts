/** What the registers do not agree about, over HTTP: what a comune must mend, and what others must that concerns it (registry.md, Reconciliation). */
import { z } from 'zod';
import { ASKED, type Granted, type GuardContext, guarded } from '../../access/guard/guard.ts';
import { NotAllowed } from '../../access/rights/authorise.ts';
import type { Database } from '../../platform/db/pool.ts';
import type { Operation, Route } from '../../platform/http/operation.ts';
import type { FindingQuery } from '../../registry/reconciliation/listing.sql.ts';
import type { ListedFinding } from '../../registry/reconciliation/listing.ts';
import { FINDING_KINDS } from '../../registry/reconciliation/messages.ts';
import { askFindingCounts, askFindings } from '../../registry/reconciliation/reconciliation.service.ts';
import { listSubjects } from '../../registry/review/review.sql.ts';

export interface ReconciliationContext extends GuardContext {
  readonly db: Database;
  /** The name of a comune, for the sentences. */
  readonly comuneName: (code: string) => string;
}

const COUNT = z.int().min(0).max(1_000_000_000);
const COMUNE = z
  .string()
  .regex(/^\d{6}$/)
  .max(6);
const WHICH = {
  comune: COMUNE.optional().describe('Il proprio, se manca / the own one where absent'),
  lato: z
    .enum(['nostre', 'altri'])
    .default('nostre')
    .describe('Ciò che il comune deve sistemare, o ciò che altri devono e lo riguarda'),
  stato: z.enum(['aperte', 'rinviate', 'chiuse', 'tutte']).default('aperte'),
  genere: z.enum(FINDING_KINDS).optional(),
} as const;
const BODY = z.strictObject({
  ...ASKED,
  ...WHICH,
  da: COUNT.default(0).describe('Da quale segnalazione / from which finding'),
  limite: z.int().min(1).max(200).default(50),
});
const COUNTS_BODY = z.strictObject({ ...ASKED, ...WHICH });

const EVENT = z
  .object({
    comune: z.string().max(6),
    id_evento: z.string().max(100).nullable(),
    progressivo: COUNT,
    id_operazione: z.string().max(100).nullable(),
    registrazione: z.string().max(10).nullable(),
  })
  .nullable();
const ENTRY = z.object({ comune: z.string().max(6), id_soggetto: z.string().max(100) });
const FINDING = z.object({
  genere: z.enum(FINDING_KINDS),
  codice: z.string().max(20).nullable(),
  comune: z.string().max(6).describe('Chi la deve sistemare / who must mend it'),
  altro_comune: z.string().max(6),
  persone: z
    .array(
      z.object({
        codice_fiscale: z.string().max(16).nullable(),
        cognome: z.string().max(200).nullable(),
        nome: z.string().max(200).nullable(),
        schede: z.array(ENTRY).max(200),
      }),
    )
    .max(1000),
  giorno: z.string().max(10),
  attesa_dal: z.string().max(10).nullable(),
  aperta_il: z.string().max(40),
  aperta_da: EVENT,
  stato: z.enum(['aperta', 'rinviata', 'chiusa']),
  rinvio: z
    .object({
      fino_al: z.string().max(10),
      operatore: z.string().max(200),
      motivo: z.string().max(1000),
      il: z.string().max(40),
    })
    .nullable()
    .describe('Fino a quando, da chi e perché è stata rinviata / until when, by whom and why it was put off'),
  chiusa_il: z.string().max(40).nullable(),
  chiusa_da: EVENT,
  giorni: z.int().min(-100_000).max(100_000),
  giorni_di_attesa: z.int().min(-100_000).max(100_000).nullable(),
  segnalata: z.boolean(),
  scadenza: z.string().max(10),
  messaggio: z.string().max(10_000).nullable().describe('Che cosa non va e che cosa fare'),
  messaggio_en: z.string().max(10_000).nullable(),
});
const ANSWER = z.object({
  noto_al: z.string().max(40),
  numero: COUNT,
  segnalazioni: z.array(FINDING).max(200),
});
const COUNTS = z.object({
  noto_al: z.string().max(40),
  conteggi: z
    .array(
      z.object({
        comune: z.string().max(6),
        genere: z.enum(FINDING_KINDS),
        segnalate: COUNT,
        entro_i_termini: COUNT,
        rinviate: COUNT,
      }),
    )
    .max(10_000),
});

const common = { method: 'POST', right: 'reconciliationList', tag: 'reconciliation', key: 'key' } as const;

export const RECONCILIATION_LIST: Operation<typeof BODY, typeof ANSWER> = {
  ...common,
  id: 'reconciliationList',
  path: '/v1/reconciliation/list',
  summary: { it: 'Ciò su cui i registri non concordano', en: 'What the registers do not agree about' },
  description: {
    it: 'Metà di trasferimenti che mancano, doppie residenze, decessi, coniugi e generalità discordi: chi deve sistemare, entro quando, che cosa fare.',
    en: 'Missing halves of moves, double residences, deaths, spouses and identities that disagree: who must mend, by when, what to do.',
  },
  body: BODY,
  answer: ANSWER,
  example: {
    body: { scopo: 'anagrafe' },
    answer: { noto_al: '2026-01-31T08:15:00Z', numero: 0, segnalazioni: [] },
  },
  refusals: ['audit-unavailable'],
};

export const RECONCILIATION_COUNT: Operation<typeof COUNTS_BODY, typeof COUNTS> = {
  ...common,
  id: 'reconciliationCount',
  path: '/v1/reconciliation/count',
  summary: {
    it: 'Quante discordanze, per comune e genere',
    en: 'How many disagreements, by comune and kind',
  },
  description: {
    it: 'Quelle segnalate e quelle ancora entro i giorni convenuti.',
    en: 'Those reported and those still within the agreed days.',
  },
  body: COUNTS_BODY,
  answer: COUNTS,
  example: { body: { scopo: 'anagrafe' }, answer: { noto_al: '2026-01-31T08:15:00Z', conteggi: [] } },
  refusals: ['audit-unavailable'],
};

export const RECONCILIATION_OPERATIONS: readonly Operation[] = [RECONCILIATION_LIST, RECONCILIATION_COUNT];

/** Of which comune: one of the caller's; null only to who has the whole province. */
function comuneAsked(granted: Granted, comune: string | undefined): string | null {
  const asked = comune ?? (granted.comuni() === null ? null : granted.holder.body.comune);
  if (asked === null ? granted.comuni() === null : granted.mayIn([asked])) return asked;
  throw new NotAllowed('territory');
}

const queryOf = (
  granted: Granted,
  which: {
    readonly comune?: string | undefined;
    readonly lato: 'nostre' | 'altri';
    readonly stato: FindingQuery['state'];
    readonly genere?: FindingQuery['kind'] | undefined;
  },
): FindingQuery => ({
  comune: comuneAsked(granted, which.comune),
  side: which.lato === 'nostre' ? 'mine' : 'others',
  state: which.stato,
  kind: which.genere ?? null,
});

/** Without names, where the profile has none: the sentences name persons too. */
function shown(f: ListedFinding, named: boolean): z.input<typeof FINDING> {
  return {
    ...f,
    persone: named ? f.persone.map((p) => ({ ...p, schede: [...p.schede] })) : [],
    messaggio: named ? f.messaggio : null,
    messaggio_en: named ? f.messaggio_en : null,
  };
}

export function reconciliationRoutes(context: ReconciliationContext): readonly Route[] {
  const { db, comuneName } = context;
  return [
    guarded(context, {
      operation: RECONCILIATION_LIST,
      sought: () => [],
      async look({ da, limite, ...which }, granted) {
        const { noto_al, segnalazioni } = await askFindings(db, queryOf(granted, which), null, comuneName);
        const named = granted.fields.has('names') && granted.fields.has('codiceFiscale');
        const page = segnalazioni.slice(da, da + limite).map((f) => shown(f, named));
        return {
          answer: { noto_al, numero: segnalazioni.length, segnalazioni: page },
          subjects: await listSubjects(
            db,
            page.flatMap((f) => f.persone.flatMap(({ schede }) => schede)),
          ),
          fields: named ? ['codiceFiscale', 'names'] : [],
          count: page.length,
        };
      },
    }),
    guarded(context, {
      operation: RECONCILIATION_COUNT,
      sought: () => [],
      async look(which, granted) {
        const { noto_al, conteggi } = await askFindingCounts(db, queryOf(granted, which), null);
        return {
          answer: { noto_al, conteggi: [...conteggi] },
          subjects: [],
          fields: [],
          count: conteggi.length,
        };
      },
    }),
  ];
}
