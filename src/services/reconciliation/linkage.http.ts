/**
 * Who may be one person, over HTTP: the queue, a pair side by side, the decision and its undoing (registry.md, Reconciliation; docs/adr/0015). A pair is
 * seen and judged by who may see both registers: that of one comune within it, the others by a profile of the province.
 */
import { z } from 'zod';
import { ASKED, type Granted, type GuardContext, guarded } from '../../access/guard/guard.ts';
import { AppError } from '../../kernel/app-error.ts';
import { day, parseDay, romeDay } from '../../kernel/day.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { FIELDS } from '../../registry/review/agreement.ts';
import { askPair, askQueue, type PairAnswer } from '../../registry/review/ask-queue.ts';
import { DECISION_KINDS } from '../../registry/review/decisions.ts';
import type { PairEntry, QueuedPair } from '../../registry/review/queue.ts';
import { type Deciding, decide, resolvePair, undoDecision } from '../../registry/review/review.service.ts';
import { findAct, findEntryNames, listSubjects } from '../../registry/review/review.sql.ts';

export interface LinkageContext extends GuardContext {
  readonly db: Database;
  readonly comuneName: (code: string) => string;
}

const COUNT = z.int().min(0).max(1_000_000_000);
const COMUNE = z
  .string()
  .regex(/^\d{6}$/)
  .max(6);
const ENTRY_NAME = { comune: COMUNE, id_soggetto: z.string().min(1).max(100) };
const PAIR = z
  .tuple([z.strictObject(ENTRY_NAME), z.strictObject(ENTRY_NAME)])
  .describe('Le due schede / the two entries');

const QUEUE_BODY = z.strictObject({
  ...ASKED,
  comune: COMUNE.optional(),
  stato: z
    .enum(['da-fare', 'aperta', 'rinviata', 'riaperta', 'decisa', 'tutte'])
    .default('da-fare')
    .describe('da-fare: aperte e riaperte / open and reopened'),
  limite: z.int().min(1).max(400).default(50),
});
const PAIR_BODY = z.strictObject({ ...ASKED, schede: PAIR });
const DECIDE_BODY = z.strictObject({
  ...ASKED,
  schede: PAIR,
  esito: z.enum(DECISION_KINDS).describe('same: stessa persona; different: due persone; later: rinviata'),
  motivo: z.string().trim().min(3).max(500),
  fino_al: z
    .string()
    .max(10)
    .refine((value) => parseDay(value) !== null, 'AAAA-MM-GG')
    .optional()
    .describe('Di chi rinvia / of what is put off'),
  prova: z.boolean().default(false).describe('Dire che cosa cambierebbe, e non cambiare nulla / a dry run'),
});
const UNDO_BODY = z.strictObject({
  ...ASKED,
  decisione: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
  motivo: z.string().trim().min(3).max(500),
  prova: z.boolean().default(false),
});

const TEXT = z.string().max(300).nullable();
const ENTRY = z.object({
  comune: z.string().max(6),
  id_soggetto: z.string().max(100),
  cognome: TEXT,
  nome: TEXT,
  sesso: TEXT,
  data_nascita: TEXT,
  codice_fiscale: TEXT,
});
const AGREEMENT = z.enum(['uguale', 'diverso', 'compatibile', 'omocodico', 'manca']);
const DECISION = z.object({
  decisione: COUNT,
  esito: z.string().max(20),
  operatore: z.string().max(100),
  motivo: z.string().max(1000),
  il: z.string().max(40),
  fino_al: z.string().max(10).nullable(),
});
const QUEUED = z.object({
  candidato: COUNT.nullable(),
  schede: z.array(ENTRY).length(2),
  peso: z.number().min(-1000).max(1000).nullable(),
  probabilita: z.number().min(0).max(1).nullable(),
  proprietario: z.string().max(20),
  stato: z.enum(['aperta', 'rinviata', 'riaperta', 'decisa']),
  dal: z.string().max(40),
  giorni: z.int().min(-100_000).max(100_000),
  decisione: DECISION.nullable(),
  contraddetta_da: z.array(z.enum(FIELDS)).max(FIELDS.length),
  accordi: z.record(z.enum(FIELDS), AGREEMENT),
  campi: z
    .array(
      z.object({
        field: z.string().max(60),
        level: z.string().max(60).nullable(),
        weight: z.number().min(-1000).max(1000),
      }),
    )
    .max(50),
});
const QUEUE = z.object({ noto_al: z.string().max(40), coppie: z.array(QUEUED).max(400) });
const SIDE = z.object({
  persona: z.string().max(20),
  comune_nascita: z.string().max(6).nullable(),
  stato_nascita: z.string().max(6).nullable(),
  residente: z.boolean(),
  comune: z.string().max(6).nullable(),
  stato_civile: z.string().max(10).nullable(),
  protetto: z.boolean(),
});
const SIDES = z.object({
  noto_al: z.string().max(40),
  al: z.string().max(10),
  coppia: QUEUED,
  lati: z.array(SIDE).length(2),
  decisioni: z
    .array(DECISION.extend({ annulla: COUNT.nullable() }))
    .max(1000)
    .describe('Tutto ciò che ne fu deciso / everything that was decided of it'),
});
const PERSON_NAME = z.object({
  persona: z.string().max(20),
  schede: z.array(z.object({ comune: z.string().max(6), id_soggetto: z.string().max(100) })).max(200),
});
const EFFECT = z.object({
  genere: z.string().max(60),
  codice: z.string().max(20).nullable(),
  comune: z.string().max(6),
  altro_comune: z.string().max(6),
  giorno: z.string().max(10),
  messaggio: z.string().max(10_000),
  messaggio_en: z.string().max(10_000),
});
const OUTCOME = z.object({
  decisione: COUNT.nullable().describe('Nullo: solo una prova / only tried'),
  effetti: z.object({
    persone_prima: z.array(PERSON_NAME).max(1000),
    persone_dopo: z.array(PERSON_NAME).max(1000),
    cambiamenti: z
      .array(
        z.object({
          scheda: z.object({ comune: z.string().max(6), id_soggetto: z.string().max(100) }),
          persona_prima: z.string().max(20).nullable(),
          persona_dopo: z.string().max(20).nullable(),
          campi: z.array(z.string().max(60)).max(100).describe('Le parti della risposta che cambiano'),
        }),
      )
      .max(1000),
    segnalazioni_aperte: z.array(EFFECT).max(1000),
    segnalazioni_chiuse: z.array(EFFECT).max(1000),
  }),
});

const common = { method: 'POST', right: 'linkageDecide', tag: 'reconciliation', key: 'key' } as const;
const SAID = { scopo: 'anagrafe', pratica: '2026/7' };
const SCHEDE: z.input<typeof PAIR> = [
  { comune: '036005', id_soggetto: 'S12' },
  { comune: '036005', id_soggetto: 'S4711' },
];
const NO_EFFECTS = {
  persone_prima: [],
  persone_dopo: [],
  cambiamenti: [],
  segnalazioni_aperte: [],
  segnalazioni_chiuse: [],
};
const ENTRY_EXAMPLE = {
  cognome: 'ROSSI',
  nome: 'MARIO',
  sesso: 'M',
  data_nascita: '1974-01-01',
  codice_fiscale: null,
};
const PAIR_EXAMPLE: z.input<typeof QUEUED> = {
  candidato: 12,
  schede: SCHEDE.map((entry) => ({ ...entry, ...ENTRY_EXAMPLE })),
  peso: 14.2,
  probabilita: 0.97,
  proprietario: '036005',
  stato: 'aperta',
  dal: '2026-01-31T08:15:00Z',
  giorni: 3,
  decisione: null,
  contraddetta_da: [],
  accordi: {
    cognome: 'uguale',
    nome: 'uguale',
    sesso: 'uguale',
    data_nascita: 'uguale',
    luogo_nascita: 'manca',
    codice_fiscale: 'manca',
  },
  campi: [],
};

export const LINKAGE_QUEUE: Operation<typeof QUEUE_BODY, typeof QUEUE> = {
  ...common,
  id: 'linkageQueue',
  path: '/v1/linkage/queue',
  summary: { it: 'Le coppie che possono essere una persona', en: 'Pairs that may be one person' },
  description: {
    it: 'Le più probabili per prime; ciascuna con gli accordi campo per campo e da quanto aspetta.',
    en: 'The likeliest first; each with how the fields agree and how long it has waited.',
  },
  body: QUEUE_BODY,
  answer: QUEUE,
  example: { body: SAID, answer: { noto_al: '2026-01-31T08:15:00Z', coppie: [PAIR_EXAMPLE] } },
  refusals: ['audit-unavailable'],
};

export const LINKAGE_READ: Operation<typeof PAIR_BODY, typeof SIDES> = {
  ...common,
  id: 'linkageRead',
  path: '/v1/linkage/read',
  summary: { it: 'Una coppia, lato per lato', en: 'A pair, side by side' },
  description: {
    it: 'Ciò che ciascuna scheda dice da sola, i pesi, e le decisioni già prese.',
    en: 'What each entry says by itself, the weights, and the decisions taken before.',
  },
  body: PAIR_BODY,
  answer: SIDES,
  example: {
    body: { ...SAID, schede: SCHEDE },
    answer: {
      noto_al: '2026-01-31T08:15:00Z',
      al: '2026-01-31',
      coppia: PAIR_EXAMPLE,
      lati: ['P1', 'P2'].map((persona) => ({
        persona,
        comune_nascita: '036005',
        stato_nascita: null,
        residente: true,
        comune: '036005',
        stato_civile: '1',
        protetto: false,
      })),
      decisioni: [],
    },
  },
  refusals: ['not-found', 'audit-unavailable'],
};

export const LINKAGE_DECIDE: Operation<typeof DECIDE_BODY, typeof OUTCOME> = {
  ...common,
  id: 'linkageDecide',
  path: '/v1/linkage/decide',
  summary: { it: 'Decide di una coppia', en: 'Decide of a pair' },
  description: {
    it: 'Stessa persona, due persone, o rinviata, col nome di chi decide e il motivo; «prova» dice che cosa cambierebbe.',
    en: 'The same person, two people, or put off, with the name of who decides and why; "prova" tells what would change.',
  },
  body: DECIDE_BODY,
  answer: OUTCOME,
  example: {
    body: { ...SAID, schede: SCHEDE, esito: 'same', motivo: 'stesso atto di nascita' },
    answer: { decisione: 12, effetti: NO_EFFECTS },
  },
  refusals: ['not-found', 'conflict', 'audit-unavailable'],
};

export const LINKAGE_UNDO: Operation<typeof UNDO_BODY, typeof OUTCOME> = {
  ...common,
  id: 'linkageUndo',
  path: '/v1/linkage/undo',
  summary: { it: 'Annulla una decisione', en: 'Undo a decision' },
  description: {
    it: 'Torna a valere ciò di cui aveva preso il posto.',
    en: 'What it had taken the place of stands again.',
  },
  body: UNDO_BODY,
  answer: OUTCOME,
  example: {
    body: { ...SAID, decisione: 12, motivo: 'atto di nascita letto male' },
    answer: { decisione: 13, effetti: NO_EFFECTS },
  },
  refusals: ['not-found', 'conflict', 'audit-unavailable'],
};

export const LINKAGE_OPERATIONS: readonly Operation[] = [
  LINKAGE_QUEUE,
  LINKAGE_READ,
  LINKAGE_DECIDE,
  LINKAGE_UNDO,
];

/** Two persons each: within what one leaf may name. */
const MOST_PAIRS = 400;
const READ = ['birth', 'civilStatus', 'codiceFiscale', 'names', 'residence', 'sex'] as const;

const noPair = (): AppError =>
  new AppError(
    'not-found',
    'nessuna coppia di schede così, nel territorio di questo profilo',
    'no such pair of entries, in the territory of this profile',
  );

/** Outside the territory there is no pair. */
function inTerritory(granted: Granted, entries: readonly { readonly comune: string }[]): void {
  if (!granted.mayIn([...new Set(entries.map(({ comune }) => comune))])) throw noPair();
}

/** Who is not there and who is not theirs get the same words. */
async function orNoPair<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    throw error instanceof AppError && error.code === 'not-found' ? noPair() : error;
  }
}

const shownPair = (pair: QueuedPair): z.input<typeof QUEUED> => ({
  ...pair,
  schede: pair.schede.map((entry: PairEntry) => ({ ...entry })),
  contraddetta_da: [...pair.contraddetta_da],
  campi: pair.campi.map(({ field, level, weight }) => ({ field, level, weight })),
});

const sideOf = (state: PairAnswer['stati'][number], persona: string): z.input<typeof SIDE> => ({
  persona,
  comune_nascita: state.generalita?.comune_nascita ?? null,
  stato_nascita: state.generalita?.stato_nascita ?? null,
  residente: state.residenza.residente,
  comune: state.residenza.comune ?? null,
  stato_civile: state.stato_civile?.stato_civile ?? null,
  protetto: state.segnali.protetto,
});

export function linkageRoutes(context: LinkageContext): readonly Route[] {
  const { db, comuneName } = context;
  const deciding = (
    granted: Granted,
    { motivo, prova }: { readonly motivo: string; readonly prova: boolean },
    entries: readonly { readonly comune: string; readonly id_soggetto: string }[],
  ): Deciding => ({
    operator: granted.holder.id,
    reason: motivo,
    al: romeDay(context.now()),
    dryRun: prova,
    comuneName,
    beforeCommit: async () => granted.record(await aboutPair(db, entries)),
  });
  const outcome = async (deciding: ReturnType<typeof decide>) => {
    const { decisione, effetti } = await orNoPair(deciding);
    return {
      decisione,
      effetti: {
        persone_prima: effetti.persone_prima.map((p) => ({ ...p, schede: [...p.schede] })),
        persone_dopo: effetti.persone_dopo.map((p) => ({ ...p, schede: [...p.schede] })),
        cambiamenti: effetti.cambiamenti.map((c) => ({ ...c, campi: c.campi.map(({ campo }) => campo) })),
        segnalazioni_aperte: effetti.segnalazioni_aperte.map((f) => ({ ...f })),
        segnalazioni_chiuse: effetti.segnalazioni_chiuse.map((f) => ({ ...f })),
      },
    };
  };
  return [
    guarded(context, {
      operation: LINKAGE_QUEUE,
      sought: () => [],
      async look({ comune, stato, limite }, granted) {
        const own = granted.comuni();
        const found = await askQueue(
          db,
          {
            comune: comune ?? (own?.length === 1 ? own[0]! : null),
            owner: null,
            state: stato,
            limit: limite,
          },
          null,
        );
        // Decided ones come beside the limit: a leaf holds no more persons than a page may.
        const seen = found.coppie
          .filter(({ schede }) => granted.mayIn([...new Set(schede.map((s) => s.comune))]))
          .slice(0, MOST_PAIRS);
        return {
          answer: { noto_al: found.noto_al, coppie: seen.map(shownPair) },
          subjects: await listSubjects(
            db,
            seen.flatMap(({ schede }) => schede),
          ),
          fields: READ,
          count: seen.length,
        };
      },
    }),
    guarded(context, {
      operation: LINKAGE_READ,
      sought: ({ schede }) => schede.map(entryName),
      async look({ schede }, granted) {
        inTerritory(granted, schede);
        const found = await orNoPair(resolvePair(db, schede).then((pair) => askPair(db, pair, null, null)));
        const { noto_al, al, coppia, persone, stati, decisioni } = found;
        return {
          answer: {
            noto_al,
            al,
            coppia: shownPair(coppia),
            lati: stati.map((state, i) => sideOf(state, persone[i]!)),
            decisioni: [...decisioni],
          },
          subjects: [...persone],
          fields: READ,
          count: 2,
        };
      },
    }),
    guarded(context, {
      operation: LINKAGE_DECIDE,
      sought: ({ schede }) => schede.map(entryName),
      async look({ schede, esito, fino_al, ...why }, granted) {
        inTerritory(granted, schede);
        const pair = await orNoPair(resolvePair(db, schede));
        const until = fino_al === undefined ? null : day(fino_al);
        const answer = await outcome(decide(db, esito, pair, until, deciding(granted, why, schede)));
        return { answer, ...(await aboutPair(db, schede)) };
      },
    }),
    guarded(context, {
      operation: LINKAGE_UNDO,
      sought: () => [],
      async look({ decisione, ...why }, granted) {
        const act = await findAct(db, decisione);
        if (act === null) throw noPair();
        const entries = await findEntryNames(db, [act.entry_id, act.other_entry_id]);
        inTerritory(granted, entries);
        const answer = await outcome(undoDecision(db, decisione, deciding(granted, why, entries)));
        return { answer, ...(await aboutPair(db, entries)) };
      },
    }),
  ];
}

const entryName = (e: { readonly comune: string; readonly id_soggetto: string }): string =>
  `${e.comune}:${e.id_soggetto}`;

const aboutPair = async (
  db: Client,
  entries: readonly { readonly comune: string; readonly id_soggetto: string }[],
) => ({ subjects: await listSubjects(db, entries), fields: READ, count: 2 });
