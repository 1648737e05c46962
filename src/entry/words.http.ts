/** The words for codes, which every answer holds as codes: tables, states, comuni. Public reference data, the same for everybody. */
import { z } from 'zod';
import { type Day, parseDay } from '../kernel/day.ts';
import type { Operation, Route } from '../platform/http/operation.ts';
import { route } from '../platform/http/operation.ts';
import { TABLE_NAMES } from '../reference/code-tables.ts';
import type { Reference } from '../reference/load-reference.ts';
import { PROVINCE } from './labels.ts';

const WORD = z.object({ codice: z.string().max(6), parole: z.string().max(200) });

const TABLES_ANSWER = z.object({
  tabelle: z
    .array(z.object({ tabella: z.enum(TABLE_NAMES), voci: z.array(WORD).max(200) }))
    .max(20)
    .describe('Tabelle dei codici del tracciato / code tables of the exchange layout'),
  stati: z.array(WORD).max(500),
  comuni: z.array(WORD).max(400).describe('I comuni della provincia / the comuni of the province'),
});

export const CODE_TABLES_READ: Operation<z.ZodType, typeof TABLES_ANSWER> = {
  id: 'codeTablesRead',
  method: 'GET',
  path: '/v1/code-tables',
  tag: 'reference',
  summary: { it: 'Le parole dei codici', en: 'The words of codes' },
  description: {
    it: 'Tabelle dei codici, stati esteri, comuni della provincia: dati pubblici.',
    en: 'Code tables, states, comuni of the province: public data.',
  },
  key: 'none',
  answer: TABLES_ANSWER,
  example: {
    answer: {
      tabelle: [{ tabella: 'T1', voci: [{ codice: '1', parole: 'Celibe/Nubile' }] }],
      stati: [{ codice: '235', parole: 'Romania' }],
      comuni: [{ codice: '036023', parole: 'Modena' }],
    },
  },
  refusals: [],
};

const MOST_NAMES = 500;
const NAMES_BODY = z.strictObject({
  comuni: z
    .array(
      z
        .string()
        .max(6)
        .regex(/^\d{6}$/),
    )
    .max(MOST_NAMES)
    .default([])
    .describe('Codici ISTAT di ogni tempo / ISTAT codes of any time'),
  nome: z
    .string()
    .trim()
    .min(2)
    .max(80)
    .optional()
    .describe('Un nome, per averne il codice / a name, to have its code'),
  giorno: z
    .string()
    .max(10)
    .refine((value) => parseDay(value) !== null, 'AAAA-MM-GG')
    .optional(),
});
const NAMES_ANSWER = z.object({ comuni: z.array(WORD).max(MOST_NAMES + 20) });

export const COMUNI_NAMES: Operation<typeof NAMES_BODY, typeof NAMES_ANSWER> = {
  id: 'comuniNames',
  method: 'POST',
  path: '/v1/comuni/names',
  tag: 'reference',
  summary: { it: 'I nomi di comuni', en: 'The names of comuni' },
  description: {
    it: 'Il nome di ogni codice ISTAT dato, e i codici dei comuni che portano il nome dato. Dati pubblici.',
    en: 'The name of each ISTAT code given, and the codes of the comuni of the name given. Public data.',
  },
  key: 'none',
  body: NAMES_BODY,
  answer: NAMES_ANSWER,
  example: {
    body: { comuni: ['058091'] },
    answer: { comuni: [{ codice: '058091', parole: 'Roma' }] },
  },
  refusals: [],
};

export const WORDS_OPERATIONS: readonly Operation[] = [CODE_TABLES_READ, COMUNI_NAMES];

/** @param reference loaded when first asked for */
export function wordsRoutes(reference: () => Reference): readonly Route[] {
  let loaded: Reference | null = null;
  const data = (): Reference => {
    loaded ??= reference();
    return loaded;
  };
  return [
    route(CODE_TABLES_READ, async () => ({
      tabelle: TABLE_NAMES.map((tabella) => ({
        tabella,
        voci: data()
          .listCodes(tabella)
          .map(({ code, description }) => ({ codice: code, parole: description })),
      })),
      stati: data()
        .listStates()
        .flatMap(({ code, name }) => (code === null ? [] : [{ codice: code, parole: name }])),
      comuni: data()
        .provinceComuni(PROVINCE)
        .flatMap(({ istat, name }) => (istat === null ? [] : [{ codice: istat, parole: name }])),
    })),
    route(COMUNI_NAMES, async ({ comuni, nome, giorno }) => {
      const on = giorno === undefined ? undefined : (giorno as Day);
      const named = comuni.flatMap((codice) => {
        const parole = data().comuneName(codice, on);
        return parole === null ? [] : [{ codice, parole }];
      });
      const found = nome === undefined ? [] : data().findComuniByName(nome, on).slice(0, 20);
      return {
        comuni: [
          ...named,
          ...found.flatMap(({ istat, name }) => (istat === null ? [] : [{ codice: istat, parole: name }])),
        ],
      };
    }),
  ];
}
