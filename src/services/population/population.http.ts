/** The population over HTTP: residents of a comune, or of the province, by sex and age, on a day, as known when (registry.md, Counting rules). */
import { z } from 'zod';
import { ASKED, type GuardContext, guarded } from '../../access/guard/guard.ts';
import { day, parseDay, romeDay } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { parseKnownAt } from '../../registry/answers/known-at.ts';
import { askPopulation } from '../../registry/answers/population.ts';

export interface PopulationContext extends GuardContext {
  readonly db: Client;
}

const COUNT = z.int().min(0).max(100_000_000);
const BODY = z.strictObject({
  ...ASKED,
  comune: z
    .string()
    .regex(/^\d{6}$/)
    .max(6)
    .optional()
    .describe('La provincia, se manca / the province where absent'),
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
const BY_SEX = { maschi: COUNT, femmine: COUNT, totale: COUNT, stranieri: COUNT };
const ANSWER = z.object({
  comune: z.string().max(6).nullable(),
  al: z.string().max(10),
  noto_al: z.string().max(40),
  residenti: z.object(BY_SEX),
  iscrizioni_doppie: COUNT.describe('Iscrizioni aperte meno persone / open registrations less people'),
  famiglie: COUNT,
  convivenze: COUNT,
  per_eta: z.array(z.object({ eta: z.int().min(0).max(200), ...BY_SEX })).max(201),
  per_comune: z
    .array(z.object({ comune: z.string().max(6), ...BY_SEX, famiglie: COUNT, convivenze: COUNT }))
    .max(500),
});

export const POPULATION_COUNT: Operation<typeof BODY, typeof ANSWER> = {
  id: 'populationCount',
  method: 'POST',
  path: '/v1/population/count',
  tag: 'statistics',
  key: 'key',
  summary: { it: 'Conta la popolazione', en: 'Count the population' },
  description: {
    it: 'Ogni comune conta le proprie iscrizioni aperte, la provincia le persone; la differenza è una voce a sé.',
    en: 'Each comune counts its own open registrations, the province people; the difference is a line of its own.',
  },
  body: BODY,
  answer: ANSWER,
  example: {
    body: { scopo: 'statistica', comune: '036005', al: '2026-01-01' },
    answer: {
      comune: '036005',
      al: '2026-01-01',
      noto_al: '2026-01-31T08:15:00Z',
      residenti: { maschi: 2_440, femmine: 2_507, totale: 4_947, stranieri: 512 },
      iscrizioni_doppie: 0,
      famiglie: 2_101,
      convivenze: 3,
      per_eta: [{ eta: 0, maschi: 18, femmine: 16, totale: 34, stranieri: 5 }],
      per_comune: [],
    },
  },
  refusals: ['audit-unavailable'],
};

export function populationRoutes(context: PopulationContext): readonly Route[] {
  return [
    guarded(context, {
      operation: POPULATION_COUNT,
      sought: () => [],
      async look({ comune, al, noto_al }) {
        const found = await askPopulation(
          context.db,
          comune ?? null,
          al === undefined ? romeDay(context.now()) : day(al),
          noto_al === undefined ? null : parseKnownAt(noto_al),
        );
        return {
          answer: { ...found, per_eta: [...found.per_eta], per_comune: [...found.per_comune] },
          subjects: [],
          fields: [],
          count: found.residenti.totale,
        };
      },
    }),
  ];
}
