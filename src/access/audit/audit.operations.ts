/** The operations of the audit: what is asked and what comes back. What answers them is in audit.http.ts. */
import { z } from 'zod';
import type { Operation } from '../../platform/http/operation.ts';
import { ASKED } from '../guard/guard.ts';

const COUNT = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const HASH = z.string().max(100);
const INSTANT = z.iso.datetime({ offset: true }).max(40);
const PERIOD = {
  dal: INSTANT.optional().describe('Istante, compreso / instant, included'),
  fino_al: INSTANT.optional().describe('Istante, escluso / instant, excluded'),
} as const;
const KIND = z.enum(['listed', 'consulted', 'verified', 'counted', 'delivered', 'written', 'administered']);
const OUTCOME = z.enum(['answered', 'refused', 'failed']);
const TEXT = z.string().max(300).nullable();

const SEARCH_BODY = z.strictObject({
  ...ASKED,
  ...PERIOD,
  persona: z.string().trim().min(1).max(60).optional(),
  utente: z.string().trim().min(1).max(60).optional(),
  ente: z.string().trim().min(1).max(20).optional(),
  operazione: z.string().trim().min(1).max(60).optional(),
  esito: OUTCOME.optional(),
  limite: z.int().min(1).max(1000).default(100),
});
const LEAF = z.object({
  index: COUNT,
  at: z.string().max(40),
  user: TEXT,
  client: TEXT,
  body: TEXT,
  from: z.string().max(300),
  operation: z.string().max(300),
  kind: KIND,
  purpose: TEXT,
  file: TEXT,
  fields: z.array(z.string().max(300)).max(200),
  count: COUNT,
  persone: COUNT.describe('Quante ne nomina / how many it names'),
  outcome: OUTCOME,
  reason: TEXT,
});
const LEAVES = z.object({ foglie: z.array(LEAF).max(1000) });
const ALERTS_BODY = z.strictObject({ ...ASKED, ...PERIOD });
const ALERTS_ANSWER = z.object({
  dal: z.string().max(40),
  fino_al: z.string().max(40),
  foglie: COUNT,
  avvisi: z
    .array(
      z.object({
        rule: z.string().max(60),
        kind: z.string().max(60),
        user: TEXT,
        subject: TEXT,
        foglie: z.array(COUNT).max(1000),
        numero: COUNT,
      }),
    )
    .max(2000),
});
const NOTHING = z.strictObject({ ...ASKED });
const RULES = z.object({
  regole: z
    .array(
      z.object({
        rule_id: z.string().max(60),
        kind: z.string().max(60),
        parameters: z.unknown(),
        active: z.boolean(),
      }),
    )
    .max(500),
});
const RULE_BODY = z.strictObject({
  ...ASKED,
  regola: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .max(40),
  genere: z.string().min(1).max(60),
  parametri: z.record(z.string().max(60), z.unknown()),
  attiva: z.boolean(),
});
const PROVE_BODY = z.strictObject({ ...ASKED, foglia: COUNT, dimensione: COUNT.optional() });
const PROOF = z.array(HASH).max(64);
const PROVED = z.object({
  foglia: COUNT,
  contenuto: z
    .string()
    .max(1_000_000)
    .describe('I byte di cui si è fatta l’impronta / the bytes that were hashed'),
  hash: HASH,
  dimensione: COUNT,
  radice: HASH,
  prova: PROOF,
  valida: z.boolean(),
});
const CONSISTENCY_BODY = z.strictObject({
  ...ASKED,
  prima: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
  dopo: COUNT.optional(),
});
const TREE = z.object({ foglie: COUNT, radice: HASH });
const CONSISTENT = z.object({ prima: TREE, dopo: TREE, prova: PROOF, valida: z.boolean() });

export const RUN = z.object({
  verifica: z.string().max(36),
  chiesta_da: z.string().max(100),
  cominciata: z.string().max(40),
  stato: z.enum(['in_corso', 'conclusa', 'interrotta']),
  lette: COUNT,
  totale: COUNT,
  esito: z
    .object({
      integro: z.boolean(),
      foglie: COUNT,
      radice: HASH,
      firmate: COUNT.describe('Coperte da un checkpoint / covered by a checkpoint'),
      checkpoint: COUNT,
      sigilli: z.boolean(),
      guasti: z.array(z.object({ genere: z.string().max(20), da: COUNT, a: COUNT })).max(500),
      note_inutilizzabili: z
        .array(z.object({ da: z.string().max(100), genere: z.string().max(20) }))
        .max(500),
    })
    .nullable(),
});
const RUN_BODY = z.strictObject({ ...ASKED, verifica: z.uuid().max(36).optional() });
const RUNS = z.object({ verifiche: z.array(RUN).max(20) });
const NOTE = z.string().min(1).max(5000);
const MADE = z.object({ checkpoint: NOTE });
const CHECKPOINTS_BODY = z.strictObject({ ...ASKED, da: COUNT.default(0) });
const CHECKPOINTS = z.object({
  origine: z.string().max(100),
  chiavi: z.array(z.string().max(300)).max(100).describe('Chiavi pubbliche, forma C2SP / public keys'),
  checkpoint: z
    .array(z.object({ foglie: COUNT, il: z.string().max(40), nota: z.string().max(5000) }))
    .max(200),
});
const COMPARE_BODY = z.strictObject({
  ...ASKED,
  nota: NOTE.describe('La nota tenuta da parte / the note that was kept'),
});
const COMPARED = z.object({
  esito: z
    .enum(['same', 'rewritten', 'cut', 'malformed', 'unknown-key', 'forged', 'other-log'])
    .describe('same: l’audit di adesso comincia con quello della nota / begins with that of the note'),
  foglie: COUNT.nullable(),
  adesso: COUNT.nullable(),
  prova: PROOF,
});
const ADMINISTRATORS_ANSWER = z.object({
  dal: z.string().max(40),
  fino_al: z.string().max(40),
  amministratori: z
    .array(
      z.object({
        id: z.string().max(100),
        nome: TEXT,
        stato: z.enum(['invited', 'active', 'suspended', 'ended']).nullable(),
        ultimo_uso: z.string().max(40).nullable(),
        profili: z.array(z.object({ profilo: z.string().max(60), rivisto_il: z.string().max(10) })).max(100),
        atti: z
          .array(
            z.object({
              operazione: z.string().max(300),
              riusciti: COUNT,
              rifiutati: COUNT,
              primo: z.string().max(40),
              ultimo: z.string().max(40),
              indirizzi: COUNT,
            }),
          )
          .max(500),
        domande: z.array(z.enum(['review-due', 'unused', 'no-profile', 'suspended', 'no-account'])).max(10),
      }),
    )
    .max(2000),
});
const OWN_BODY = z.strictObject({ ...ASKED, ...PERIOD });
const OWN_ANSWER = z.object({
  accessi: z
    .array(
      z.object({
        quando: z.string().max(40),
        ente: TEXT,
        operazione: z.string().max(300),
        genere: KIND,
        scopo: z.string().max(300),
        norma: z.string().max(300),
        campi: z.array(z.string().max(300)).max(200),
      }),
    )
    .max(10_000),
});

const common = { method: 'POST', tag: 'audit', key: 'key' } as const;
const SAID = { scopo: 'controllo-audit', pratica: '2026/9' };
const SCOPO = { scopo: 'controllo-audit' };
const DAMAGED = ['audit-unavailable', 'audit-damaged'] as const;
const RUN_EXAMPLE = {
  verifica: '0d9a2c3e-5b7f-4a1e-9c2d-1e0f3a4b5c6d',
  chiesta_da: 'U7',
  cominciata: '2026-01-31T08:15:00Z',
  stato: 'in_corso' as const,
  lette: 50_000,
  totale: 1_200_000,
  esito: null,
};
const PERIOD_EXAMPLE = { dal: '2026-01-30T00:00:00Z', fino_al: '2026-01-31T00:00:00Z' };

export const SEARCH: Operation<typeof SEARCH_BODY, typeof LEAVES> = {
  ...common,
  id: 'auditSearch',
  path: '/v1/audit/search',
  summary: { it: 'Cerca negli accessi', en: 'Search the accesses' },
  description: {
    it: 'Per persona, utente, ente, operazione, esito e tempo; i più recenti per primi.',
    en: 'By person, user, body, operation, outcome and time; the newest first.',
  },
  body: SEARCH_BODY,
  answer: LEAVES,
  example: { body: SAID, answer: { foglie: [] } },
  refusals: ['not-found', ...DAMAGED],
};
export const ALERTS: Operation<typeof ALERTS_BODY, typeof ALERTS_ANSWER> = {
  ...common,
  id: 'auditAlerts',
  path: '/v1/audit/alerts',
  summary: { it: 'Gli avvisi di un periodo', en: 'The alerts of a period' },
  description: {
    it: 'Orari insoliti, volumi, rifiuti, colleghi, vicini, persone note, cercate da molti: domande, non verdetti (30).',
    en: 'Odd hours, volume, refusals, colleagues, neighbours, well-known people, looked up by many: questions, no verdicts (30).',
  },
  body: ALERTS_BODY,
  answer: ALERTS_ANSWER,
  example: { body: SAID, answer: { ...PERIOD_EXAMPLE, foglie: 1200, avvisi: [] } },
  refusals: DAMAGED,
};
export const RULE_LIST: Operation<typeof NOTHING, typeof RULES> = {
  ...common,
  id: 'alertRuleList',
  right: 'alertRules',
  path: '/v1/audit/rules/list',
  summary: { it: 'Le regole degli avvisi', en: 'The rules of alerts' },
  description: { it: 'Sono dati, con la loro storia.', en: 'They are data, with their history.' },
  body: NOTHING,
  answer: RULES,
  example: { body: SCOPO, answer: { regole: [] } },
  refusals: DAMAGED,
};
export const RULE_PUT: Operation<typeof RULE_BODY, typeof RULES> = {
  ...common,
  id: 'alertRulePut',
  right: 'alertRules',
  path: '/v1/audit/rules/put',
  summary: { it: 'Dice che cos’è una regola da adesso', en: 'Say what a rule is from now on' },
  description: { it: 'Ciò che valeva resta nella storia.', en: 'What held stays in the history.' },
  body: RULE_BODY,
  answer: RULES,
  example: {
    body: {
      ...SCOPO,
      regola: 'volume',
      genere: 'volume',
      parametri: { minutes: 60, most: 100 },
      attiva: true,
    },
    answer: { regole: [] },
  },
  refusals: DAMAGED,
};
export const PROVE: Operation<typeof PROVE_BODY, typeof PROVED> = {
  ...common,
  id: 'auditProve',
  path: '/v1/audit/prove',
  summary: { it: 'La prova di una foglia', en: 'The proof of a leaf' },
  description: {
    it: 'Che sta nell’albero: si controlla senza fidarsi di noi (RFC 6962).',
    en: 'That it stands in the tree: checked without trusting us (RFC 6962).',
  },
  body: PROVE_BODY,
  answer: PROVED,
  example: {
    body: { ...SAID, foglia: 12 },
    answer: {
      foglia: 12,
      contenuto: '{…}',
      hash: '…',
      dimensione: 13,
      radice: '…',
      prova: ['…'],
      valida: true,
    },
  },
  refusals: ['not-found', ...DAMAGED],
};
export const CONSISTENCY: Operation<typeof CONSISTENCY_BODY, typeof CONSISTENT> = {
  ...common,
  id: 'auditConsistency',
  right: 'auditProve',
  path: '/v1/audit/consistency',
  summary: {
    it: 'La prova che nulla fu riscritto tra due dimensioni',
    en: 'The proof that nothing was rewritten between two sizes',
  },
  description: {
    it: 'Che l’audit di dopo comincia con quello di prima.',
    en: 'That the later audit begins with the earlier one.',
  },
  body: CONSISTENCY_BODY,
  answer: CONSISTENT,
  example: {
    body: { ...SAID, prima: 100 },
    answer: {
      prima: { foglie: 100, radice: '…' },
      dopo: { foglie: 120, radice: '…' },
      prova: ['…'],
      valida: true,
    },
  },
  refusals: ['not-found', ...DAMAGED],
};
export const VERIFY_START: Operation<typeof NOTHING, typeof RUN> = {
  ...common,
  id: 'auditVerify',
  path: '/v1/audit/verifications/start',
  summary: { it: 'Comincia la verifica di tutto l’audit', en: 'Begin to verify the whole audit' },
  description: {
    it: 'In secondo piano: nulla cambiato, tolto, spostato, tagliato. Chi ne chiede un’altra mentre corre ha la stessa.',
    en: 'Behind: nothing changed, removed, reordered, cut. Who asks for another while it runs is given the same.',
  },
  body: NOTHING,
  answer: RUN,
  example: { body: SCOPO, answer: RUN_EXAMPLE },
  refusals: DAMAGED,
};
export const VERIFY_READ: Operation<typeof RUN_BODY, typeof RUNS> = {
  ...common,
  id: 'auditVerifyRead',
  right: 'auditVerify',
  path: '/v1/audit/verifications/read',
  summary: { it: 'A che punto sono le verifiche', en: 'How far verifications are' },
  description: { it: 'Una, o le ultime venti.', en: 'One, or the last twenty.' },
  body: RUN_BODY,
  answer: RUNS,
  example: { body: SCOPO, answer: { verifiche: [RUN_EXAMPLE] } },
  refusals: DAMAGED,
};
export const CHECKPOINT_MAKE: Operation<typeof NOTHING, typeof MADE> = {
  ...common,
  id: 'auditCheckpoint',
  path: '/v1/audit/checkpoints/make',
  summary: { it: 'Firma un checkpoint adesso', en: 'Sign a checkpoint now' },
  description: {
    it: 'Il servizio ne firma da sé, ogni ora in cui qualcosa si aggiunge e ogni 10.000 foglie.',
    en: 'The service signs them by itself, every hour in which something is added and every 10,000 leaves.',
  },
  body: NOTHING,
  answer: MADE,
  example: { body: SCOPO, answer: { checkpoint: 'sipop-audit-1a2b3c4d\n120\n…' } },
  refusals: DAMAGED,
};
export const CHECKPOINT_LIST: Operation<typeof CHECKPOINTS_BODY, typeof CHECKPOINTS> = {
  ...common,
  id: 'auditCheckpointList',
  right: 'auditWitness',
  path: '/v1/audit/checkpoints/list',
  summary: {
    it: 'I checkpoint firmati, da tenere come testimone',
    en: 'The signed checkpoints, to keep as a witness',
  },
  description: {
    it: 'Note firmate C2SP (Ed25519) con le chiavi pubbliche: chi ne tiene una può mostrare che l’audit fu riscritto.',
    en: 'C2SP signed notes (Ed25519) with the public keys: who keeps one can show that the audit was rewritten.',
  },
  body: CHECKPOINTS_BODY,
  answer: CHECKPOINTS,
  example: {
    body: { scopo: 'anagrafe' },
    answer: { origine: 'sipop-audit-1a2b3c4d', chiavi: ['…'], checkpoint: [] },
  },
  refusals: DAMAGED,
};
export const CHECKPOINT_COMPARE: Operation<typeof COMPARE_BODY, typeof COMPARED> = {
  ...common,
  id: 'auditCheckpointCompare',
  right: 'auditWitness',
  path: '/v1/audit/checkpoints/compare',
  summary: { it: 'Confronta un checkpoint tenuto da parte', en: 'Compare a checkpoint that was kept' },
  description: {
    it: 'Dice se l’audit di adesso comincia con quello della nota, e ne dà la prova.',
    en: 'Tells whether the audit of now begins with that of the note, and gives the proof.',
  },
  body: COMPARE_BODY,
  answer: COMPARED,
  example: {
    body: { scopo: 'anagrafe', nota: 'sipop-audit-1a2b3c4d\n120\n…' },
    answer: { esito: 'same', foglie: 120, adesso: 140, prova: ['…'] },
  },
  refusals: DAMAGED,
};
export const ADMINISTRATORS: Operation<typeof OWN_BODY, typeof ADMINISTRATORS_ANSWER> = {
  ...common,
  id: 'auditAdministrators',
  path: '/v1/audit/administrators',
  summary: { it: 'La revisione annuale degli amministratori', en: 'The yearly review of administrators' },
  description: {
    it: 'Chi sono, che cosa hanno fatto, che cosa chiede una decisione (32). Un anno, se non si dice altro.',
    en: 'Who they are, what they did, what asks for a decision (32). A year where nothing else is said.',
  },
  body: OWN_BODY,
  answer: ADMINISTRATORS_ANSWER,
  example: { body: SCOPO, answer: { ...PERIOD_EXAMPLE, amministratori: [] } },
  refusals: DAMAGED,
};
export const OWN_ACCESSES: Operation<typeof OWN_BODY, typeof OWN_ANSWER> = {
  ...common,
  id: 'ownAccesses',
  path: '/v1/own/accesses',
  summary: { it: 'Chi ha guardato i miei dati', en: 'Who looked at my data' },
  description: {
    it: 'Quale ente, quando, perché e con quale base; mai l’impiegato; ciò che la legge nasconde non c’è (31).',
    en: 'Which body, when, why and on which basis; never the clerk; what the law hides is not there (31).',
  },
  body: OWN_BODY,
  answer: OWN_ANSWER,
  example: { body: { scopo: 'diritti-interessato' }, answer: { accessi: [] } },
  refusals: ['not-found', ...DAMAGED],
};

export const AUDIT_OPERATIONS: readonly Operation[] = [
  SEARCH,
  ALERTS,
  RULE_LIST,
  RULE_PUT,
  PROVE,
  CONSISTENCY,
  VERIFY_START,
  VERIFY_READ,
  CHECKPOINT_MAKE,
  CHECKPOINT_LIST,
  CHECKPOINT_COMPARE,
  ADMINISTRATORS,
  OWN_ACCESSES,
];
