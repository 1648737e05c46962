/** The register of processing activities and breaches over HTTP, for who administers security (security.md, 37). */
import { z } from 'zod';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { type AdministrationContext, administered, ID, listed, WHY } from '../accounts/administered.ts';
import { listNow } from '../accounts/history.sql.ts';
import { closeBreach, openBreach, putProcessing } from './accountability.service.ts';
import { BREACHES, type BreachRow, timerOf } from './breach.ts';
import { PROCESSING, PROCESSING_ACTIVITIES, processingCsv } from './processing.ts';

const SAID = z.string().trim().min(1).max(2000);
const INSTANT = z.iso.datetime({ offset: true }).max(40);
const REASON = z.string().trim().max(2000).optional();
const LIST_BODY = z.strictObject({ ...WHY });
const PUT_BODY = z.strictObject({ ...WHY, trattamento: PROCESSING });
const ACTIVITIES = z.object({ trattamenti: z.array(z.object(PROCESSING.shape)).max(1000) });
const CSV = z.string().max(50_000_000);
const BREACH = z.object({
  violazione: z.string().max(20),
  nota_dal: z.string().max(40),
  fatto: z.string().max(2000),
  persone: z.int().min(0).max(100_000_000).nullable(),
  dati: z.string().max(2000),
  conseguenze: z.string().max(2000),
  misure: z.string().max(2000),
  stato: z.enum(['open', 'notified', 'unlikely-risk']),
  termine: z.enum(['running', 'overdue', 'in-time', 'late', 'not-due']),
  scade: z.string().max(40),
  ore_rimaste: z.int().min(-10_000_000).max(10_000_000).nullable(),
  chiusa: z.string().max(40).nullable(),
  motivo: z.string().max(2000).nullable(),
});
const BREACH_LIST_ANSWER = z.object({ violazioni: z.array(BREACH).max(10_000) });
const OPEN_BODY = z.strictObject({
  ...WHY,
  nota_dal: INSTANT.describe('Da quando se ne è a conoscenza / since when one is aware'),
  fatto: SAID,
  persone: z.int().min(0).max(100_000_000).nullable(),
  dati: SAID,
  conseguenze: SAID,
  misure: SAID,
});
const CLOSE_BODY = z.strictObject({
  ...WHY,
  violazione: ID,
  come: z.enum(['notified', 'unlikely-risk']),
  motivo: REASON.describe(
    'Del ritardo, o perché il rischio è improbabile / of the delay, or why a risk is unlikely',
  ),
});

const common = { method: 'POST', tag: 'administration', key: 'key' } as const;
const SCOPO = { scopo: 'amministrazione-accessi' };
const ACTIVITY = {
  activity_id: 'verifiche',
  name: 'Controllo delle autocertificazioni',
  controller: 'i Comuni titolari',
  purposes: 'controllo delle dichiarazioni sostitutive',
  legal_basis: 'DPR 445/2000 art. 71',
  persons: 'dichiaranti',
  data: 'ciò che è dichiarato',
  recipients: 'l’amministrazione che procede',
  transfers: 'nessuno',
  retention: '30 giorni',
  measures: 'GDPR art. 32',
  ended: false,
};
const BREACH_SHOWN: z.input<typeof BREACH> = {
  violazione: 'V1',
  nota_dal: '2025-01-10T08:00:00.000Z',
  fatto: 'portatile smarrito',
  persone: 12,
  dati: 'nomi',
  conseguenze: 'nessuna nota',
  misure: 'disco cifrato',
  stato: 'open',
  termine: 'running',
  scade: '2025-01-13T08:00:00.000Z',
  ore_rimaste: 48,
  chiusa: null,
  motivo: null,
};

export const PROCESSING_LIST: Operation<typeof LIST_BODY, typeof ACTIVITIES> = {
  ...common,
  id: 'processingList',
  right: 'accessList',
  path: '/v1/processing-activities/list',
  summary: { it: 'Il registro dei trattamenti', en: 'The register of processing activities' },
  description: { it: 'GDPR art. 30, lettera per lettera.', en: 'GDPR art. 30, letter by letter.' },
  body: LIST_BODY,
  answer: ACTIVITIES,
  example: { body: SCOPO, answer: { trattamenti: [ACTIVITY] } },
  refusals: ['audit-unavailable'],
};
export const PROCESSING_EXPORT: Operation<typeof LIST_BODY, typeof CSV> = {
  ...common,
  id: 'processingExport',
  right: 'accessList',
  path: '/v1/processing-activities/export',
  summary: { it: 'Il registro dei trattamenti, in CSV', en: 'The register of processing activities, as CSV' },
  description: { it: 'Da consegnare all’autorità.', en: 'To be handed to the authority.' },
  body: LIST_BODY,
  answer: CSV,
  media: 'text/csv',
  example: { body: SCOPO, answer: processingCsv([ACTIVITY]) },
  refusals: ['audit-unavailable'],
};
export const PROCESSING_PUT: Operation<typeof PUT_BODY, typeof ACTIVITIES> = {
  ...common,
  id: 'processingPut',
  right: 'processingManage',
  path: '/v1/processing-activities/put',
  summary: { it: 'Dice un trattamento da adesso', en: 'Say an activity from now on' },
  description: { it: 'Ciò che valeva resta nella storia.', en: 'What held stays in the history.' },
  body: PUT_BODY,
  answer: ACTIVITIES,
  example: { body: { ...SCOPO, trattamento: ACTIVITY }, answer: { trattamenti: [ACTIVITY] } },
  refusals: ['audit-unavailable'],
};
export const BREACH_LIST: Operation<typeof LIST_BODY, typeof BREACH_LIST_ANSWER> = {
  ...common,
  id: 'breachList',
  right: 'breachManage',
  path: '/v1/breaches/list',
  summary: { it: 'Le violazioni e le loro ore', en: 'The breaches and their hours' },
  description: {
    it: 'Con la scadenza delle 72 ore e quante ne restano.',
    en: 'With the end of the 72 hours, and how many are left.',
  },
  body: LIST_BODY,
  answer: BREACH_LIST_ANSWER,
  example: { body: SCOPO, answer: { violazioni: [BREACH_SHOWN] } },
  refusals: ['audit-unavailable'],
};
export const BREACH_OPEN: Operation<typeof OPEN_BODY, typeof BREACH> = {
  ...common,
  id: 'breachOpen',
  right: 'breachManage',
  path: '/v1/breaches/open',
  summary: { it: 'Registra una violazione', en: 'Record a breach' },
  description: {
    it: 'Le 72 ore corrono da quando se ne è a conoscenza.',
    en: 'The 72 hours run since one is aware of it.',
  },
  body: OPEN_BODY,
  answer: BREACH,
  example: {
    body: {
      ...SCOPO,
      nota_dal: '2025-01-10T08:00:00.000Z',
      fatto: 'portatile smarrito',
      persone: 12,
      dati: 'nomi',
      conseguenze: 'nessuna nota',
      misure: 'disco cifrato',
    },
    answer: BREACH_SHOWN,
  },
  refusals: ['audit-unavailable'],
};
export const BREACH_CLOSE: Operation<typeof CLOSE_BODY, typeof BREACH> = {
  ...common,
  id: 'breachClose',
  right: 'breachManage',
  path: '/v1/breaches/close',
  summary: { it: 'Notificata al Garante, o senza rischio', en: 'Notified to the Garante, or without risk' },
  description: {
    it: 'Oltre le 72 ore serve il motivo del ritardo; senza notifica, perché il rischio è improbabile.',
    en: 'Past the 72 hours the reason for the delay is wanted; without notification, why a risk is unlikely.',
  },
  body: CLOSE_BODY,
  answer: BREACH,
  example: {
    body: { ...SCOPO, violazione: 'V1', come: 'notified', motivo: 'indagini in corso' },
    answer: {
      ...BREACH_SHOWN,
      stato: 'notified',
      termine: 'late',
      ore_rimaste: null,
      chiusa: '2025-01-14T08:00:00.000Z',
      motivo: 'indagini in corso',
    },
  },
  refusals: ['not-found', 'conflict', 'audit-unavailable'],
};
export const ACCOUNTABILITY_OPERATIONS: readonly Operation[] = [
  PROCESSING_LIST,
  PROCESSING_EXPORT,
  PROCESSING_PUT,
  BREACH_LIST,
  BREACH_OPEN,
  BREACH_CLOSE,
];

export function shownBreach(breach: BreachRow, now: Date): z.input<typeof BREACH> {
  const { deadline, hoursLeft, timer } = timerOf(breach, now);
  return {
    violazione: breach.breach_id,
    nota_dal: breach.known_at,
    fatto: breach.what,
    persone: breach.persons,
    dati: breach.data,
    conseguenze: breach.consequences,
    misure: breach.measures,
    stato: breach.state,
    termine: timer,
    scade: deadline,
    ore_rimaste: hoursLeft,
    chiusa: breach.closed_at,
    motivo: breach.reason,
  };
}

export function accountabilityRoutes(context: AdministrationContext): readonly Route[] {
  const activities = async () => [...(await listNow(context.db, PROCESSING_ACTIVITIES))];
  return [
    listed(context, PROCESSING_LIST, async () => {
      const trattamenti = await activities();
      return { answer: { trattamenti }, count: trattamenti.length };
    }),
    listed(context, PROCESSING_EXPORT, async () => {
      const rows = await activities();
      return { answer: processingCsv(rows), count: rows.length };
    }),
    administered(context, PROCESSING_PUT, async (access, { trattamento }) => {
      await putProcessing(access, trattamento);
      return { trattamenti: await activities() };
    }),
    listed(context, BREACH_LIST, async () => {
      const now = context.now();
      const violazioni = (await listNow(context.db, BREACHES)).map((breach) => shownBreach(breach, now));
      return { answer: { violazioni }, count: violazioni.length };
    }),
    administered(
      context,
      BREACH_OPEN,
      async (access, { nota_dal, fatto, persone, dati, conseguenze, misure }) =>
        shownBreach(
          await openBreach(access, {
            knownAt: nota_dal,
            what: fatto,
            persons: persone,
            data: dati,
            consequences: conseguenze,
            measures: misure,
          }),
          context.now(),
        ),
    ),
    administered(context, BREACH_CLOSE, async (access, { violazione, come, motivo }) =>
      shownBreach(await closeBreach(access, violazione, come, motivo ?? null), context.now()),
    ),
  ];
}
