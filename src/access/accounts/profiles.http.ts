/** "See as this profile": the matrix of operations, fields, territory and purposes as it holds, from the same table that decides (security.md, "Who"). */
import { z } from 'zod';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { operationRight } from '../rights/operations.ts';
import { FIELDS } from '../rights/profiles.ts';
import { type AdministrationContext, COUNT, listed, NAME, WHY } from './administered.ts';
import { listNow } from './history.sql.ts';
import { PROFILES, PURPOSES } from './tables.ts';

const RIGHT = z.object({
  operazione: z.string().max(60),
  servizio: z.string().max(60),
  va_detto: z.enum(['nothing', 'purpose', 'purpose-and-file']),
  vede_persone: z.boolean(),
  territoriale: z.boolean(),
});
const PROFILE = z.object({
  profilo: z.string().max(60),
  it: NAME,
  en: NAME,
  accesso: z.enum(['ordinary', 'administration']),
  territorio: z.enum(['own', 'listed', 'province', 'self']),
  operazioni: z.array(RIGHT).max(200),
  campi: z.array(z.enum(FIELDS)).max(FIELDS.length),
  campi_negati: z.array(z.enum(FIELDS)).max(FIELDS.length),
  scopi: z.array(z.string().max(60)).max(100),
});
const PURPOSE = z.object({
  scopo: z.string().max(60),
  it: NAME,
  en: NAME,
  base_giuridica: NAME,
  comunicabile: z.boolean().describe('Si dice all’interessato / the person may be told (31)'),
});
const BODY = z.strictObject({
  ...WHY,
  profilo: z.string().trim().min(1).max(60).optional().describe('Uno solo / one alone'),
});
const ANSWER = z.object({
  numero: COUNT,
  profili: z.array(PROFILE).max(200),
  scopi: z.array(PURPOSE).max(200),
});

export const PROFILE_LIST: Operation<typeof BODY, typeof ANSWER> = {
  id: 'profileList',
  right: 'accessList',
  method: 'POST',
  path: '/v1/profiles/list',
  tag: 'administration',
  key: 'key',
  summary: { it: 'I profili, per vedere come loro', en: 'The profiles, to see as they do' },
  description: {
    it: 'Operazioni, campi dati e negati, territorio e scopi, dalla stessa tabella con cui si decide.',
    en: 'Operations, fields given and withheld, territory and purposes, from the same table that decides.',
  },
  body: BODY,
  answer: ANSWER,
  example: {
    body: { scopo: 'amministrazione-accessi', profilo: 'school' },
    answer: {
      numero: 1,
      profili: [
        {
          profilo: 'school',
          it: 'scuola',
          en: 'school',
          accesso: 'ordinary',
          territorio: 'listed',
          operazioni: [
            {
              operazione: 'verify',
              servizio: 'verification',
              va_detto: 'purpose-and-file',
              vede_persone: true,
              territoriale: true,
            },
          ],
          campi: ['names'],
          campi_negati: ['household'],
          scopi: ['obbligo-scolastico'],
        },
      ],
      scopi: [],
    },
  },
  refusals: ['audit-unavailable'],
};

export function profileRoutes(context: AdministrationContext): readonly Route[] {
  const { db } = context;
  return [
    listed(context, PROFILE_LIST, async ({ profilo }) => {
      const rows = await listNow(
        db,
        PROFILES,
        profilo === undefined ? undefined : { column: 'profile_id', values: [profilo] },
      );
      const profili = rows.map((row) => ({
        profilo: row.profile_id,
        it: row.italian,
        en: row.english,
        accesso: row.account,
        territorio: row.territory,
        operazioni: row.operations.flatMap((id) => {
          const right = operationRight(id);
          if (right === null) return [];
          const { service, demanded, persons, territorial } = right;
          return [
            {
              operazione: id,
              servizio: service,
              va_detto: demanded,
              vede_persone: persons,
              territoriale: territorial,
            },
          ];
        }),
        campi: [...row.fields],
        campi_negati: FIELDS.filter((field) => !row.fields.includes(field)),
        scopi: [...row.purposes],
      }));
      const named = new Set(rows.flatMap(({ purposes }) => purposes));
      const scopi = (await listNow(db, PURPOSES))
        .filter(({ purpose_id }) => named.has(purpose_id))
        .map((p) => ({
          scopo: p.purpose_id,
          it: p.italian,
          en: p.english,
          base_giuridica: p.legal_basis,
          comunicabile: p.disclosed,
        }));
      return { answer: { numero: profili.length, profili, scopi }, count: profili.length };
    }),
  ];
}
