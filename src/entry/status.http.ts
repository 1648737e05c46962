/** What anybody may ask of the server: whether it stands, whether it can answer, what it offers. Not a word of a person. */
import { z } from 'zod';
import type { Operation } from '../platform/http/operation.ts';

const STATUS = z.strictObject({
  status: z.enum(['ok', 'unavailable']).describe('ok: il servizio risponde / the service answers'),
  version: z.string().max(40).describe('Versione del programma / version of the program'),
  known_to: z.iso
    .datetime()
    .max(40)
    .nullable()
    .describe('Ultimo istante noto al registro / last instant known to the register'),
});

export const STATUS_OPERATION: Operation<z.ZodType, typeof STATUS> = {
  id: 'getStatus',
  method: 'GET',
  path: '/status',
  tag: 'status',
  summary: { it: 'Stato del servizio', en: 'State of the service' },
  description: {
    it: 'Dice se il servizio è in grado di rispondere e fino a che istante il registro è aggiornato.',
    en: 'Tells whether the service can answer and up to which instant the register is known.',
  },
  key: 'none',
  answer: STATUS,
  example: { answer: { status: 'ok', version: '0.1.0', known_to: '2026-01-31T08:15:00.000Z' } },
  refusals: ['database-unavailable'],
};

const ALIVE = z.strictObject({ alive: z.literal(true) });

export const LIVENESS_OPERATION: Operation<z.ZodType, typeof ALIVE> = {
  id: 'getHealth',
  method: 'GET',
  path: '/health',
  tag: 'status',
  summary: { it: 'Il processo vive', en: 'The process lives' },
  description: {
    it: 'Risponde finché il processo vive, anche senza base dati: per chi deve decidere se riavviarlo.',
    en: 'Answers while the process lives, database or not: for who must decide whether to start it anew.',
  },
  key: 'none',
  answer: ALIVE,
  example: { answer: { alive: true } },
  refusals: [],
};

const READY = z.strictObject({ ready: z.literal(true) });

export const READINESS_OPERATION: Operation<z.ZodType, typeof READY> = {
  id: 'getReadiness',
  method: 'GET',
  path: '/ready',
  tag: 'status',
  summary: { it: 'Pronto a rispondere', en: 'Ready to answer' },
  description: {
    it: 'Risponde 200 quando la base dati risponde e 503 altrimenti: per chi distribuisce le richieste.',
    en: 'Answers 200 when the database answers and 503 otherwise: for who spreads the requests.',
  },
  key: 'none',
  answer: READY,
  example: { answer: { ready: true } },
  refusals: ['database-unavailable'],
};
