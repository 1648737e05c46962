/** The operations of lookup as data (services.md, Lookup): search, then person, family, relations, residences, history, address, movements. */
import { z } from 'zod';
import { ASKED } from '../../access/guard/guard.ts';
import { parseDay } from '../../kernel/day.ts';
import type { Operation } from '../../platform/http/operation.ts';
import { QUESTION } from './question.ts';
import { LIST_ANSWER, PERSON, PERSON_ANSWER, WHEN } from './schemas.ts';
import {
  ADDRESS_ANSWER,
  FAMILY_ANSWER,
  HISTORY_ANSWER,
  MOVEMENTS_ANSWER,
  RELATIONS_ANSWER,
  RESIDENCES_ANSWER,
} from './schemas-reads.ts';

const istat = z
  .string()
  .max(6)
  .regex(/^\d{6}$/, 'codice ISTAT di 6 cifre / ISTAT code of 6 digits');
const aDay = z
  .string()
  .max(10)
  .refine((value) => parseDay(value) !== null, 'AAAA-MM-GG');
const since = aDay
  .optional()
  .describe(
    'Primo giorno del periodo, che finisce con «al», escluso / first day of the period, which ends with "al", not included',
  );
const street = z.string().trim().min(2).max(120);
const number = z.string().trim().min(1).max(20);

const SEARCH_BODY = z
  .strictObject({
    ...ASKED,
    ...WHEN,
    domanda: QUESTION.optional().describe('Una delle ricerche dell’elenco chiuso / one of the closed list'),
    testo: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .describe(
        'Ciò che si scrive in una casella: è letto come una delle ricerche / what is typed in one box',
      ),
    anche_passati: z
      .boolean()
      .default(false)
      .describe('Anche defunti e usciti / the dead and the departed too'),
    simile: z
      .boolean()
      .default(false)
      .describe(
        'Anche nomi che suonano o si scrivono quasi così, ognuno con il perché / names that sound or are spelt almost so too, each with its reason',
      ),
  })
  .refine(
    ({ domanda, testo }) => (domanda === undefined) !== (testo === undefined),
    'o «domanda» o «testo» / either "domanda" or "testo"',
  );
const PERSON_BODY = z.strictObject({ ...ASKED, ...WHEN, persona: PERSON });
const HOUSEHOLD = z.strictObject({
  comune: istat,
  tipo: z.enum(['famiglia', 'convivenza']).default('famiglia'),
  id: z.string().trim().min(1).max(20),
});
const FAMILY_BODY = z
  .strictObject({ ...ASKED, ...WHEN, persona: PERSON.optional(), famiglia: HOUSEHOLD.optional() })
  .refine(
    ({ persona, famiglia }) => (persona === undefined) !== (famiglia === undefined),
    'o «persona» o «famiglia» / either "persona" or "famiglia"',
  );
const RESIDENCES_BODY = z.strictObject({ ...ASKED, ...WHEN, persona: PERSON, dal: since });
const HISTORY_BODY = z.strictObject({
  ...ASKED,
  ...WHEN,
  persona: PERSON,
  anche_superati: z
    .boolean()
    .default(false)
    .describe('Anche ciò che è stato corretto / what was corrected too'),
});
const ADDRESS_BODY = z.strictObject({
  ...ASKED,
  ...WHEN,
  comune: istat,
  via: street,
  civico: number.optional(),
  dal: since,
});
const MOVEMENTS_BODY = z
  .strictObject({
    ...ASKED,
    ...WHEN,
    comune: istat,
    via: street.optional(),
    civico: number.optional(),
    dal: aDay.describe('Primo giorno del periodo / first day of the period'),
  })
  .refine(
    ({ via, civico }) => (via === undefined) === (civico === undefined),
    '«via» e «civico» insieme / "via" and "civico" together',
  );

const FLAGS = {
  in_transito: null,
  trasferimento_pendente: null,
  doppia_residenza: null,
  decorrenze_diverse: false,
  protetto: false,
  data_incerta: false,
  in_conflitto: false,
  in_correzione: false,
  fornitura: { comune: '036005', situazione_al: '2026-01-31', giorni_di_ritardo: 0 },
} as const;
const ASKING = { scopo: 'anagrafe', pratica: '2026/123' } as const;
const OF_PERSON = { ...ASKING, persona: 'RSSMRA74A01F257X' } as const;
const AT = { al: '2026-01-31', noto_al: '2026-01-31T08:15:00Z' } as const;
const PERIOD = { dal: '2026-01-01', al: '2026-02-01' } as const;

type Told<B extends z.ZodType, A extends z.ZodType> = Omit<
  Operation<B, A>,
  'method' | 'tag' | 'key' | 'refusals' | 'body' | 'summary' | 'description'
> & { readonly body: B; readonly it: readonly [string, string]; readonly en: readonly [string, string] };

/** What the operations of lookup have in common: questions are sent, a key is needed, nobody may be found. */
const lookup = <B extends z.ZodType, A extends z.ZodType>({
  it,
  en,
  ...told
}: Told<B, A>): Operation<B, A> & { readonly body: B } => ({
  ...told,
  method: 'POST',
  tag: 'lookup',
  key: 'key',
  summary: { it: it[0], en: en[0] },
  description: { it: it[1], en: en[1] },
  refusals: ['not-found', 'ambiguous', 'audit-unavailable'],
});

export const PERSON_SEARCH = lookup({
  id: 'personSearch',
  path: '/v1/persons/search',
  it: [
    'Cerca persone',
    'Un elenco breve per scegliere la persona giusta; oltre dieci, solo quante sono. I modi di cercare sono un elenco chiuso; ciò che si scrive in una casella è letto come uno di essi, e si dice come.',
  ],
  en: [
    'Search for persons',
    'A short list to choose the right person from; above ten only how many. The ways to search are a closed list; what is typed in one box is read as one of them, and the reading is told.',
  ],
  body: SEARCH_BODY,
  answer: LIST_ANSWER,
  example: {
    body: {
      ...ASKING,
      domanda: { per: 'cognome_nome_anno', cognome: 'Rossi', nome: 'Mario', data_nascita: '1974' },
    },
    answer: { noto_al: AT.noto_al, numero: 12, almeno: false, persone: null },
  },
});

export const PERSON_READ = lookup({
  id: 'personRead',
  path: '/v1/persons/read',
  it: [
    'Legge una persona',
    'Chi è, dove risiede, con chi, i suoi documenti, per i soli campi del profilo; i segnali vengono da soli.',
  ],
  en: [
    'Read a person',
    'Who it is, where resident, with whom, the documents, for the fields of the profile alone; flags come unasked.',
  ],
  body: PERSON_BODY,
  answer: PERSON_ANSWER,
  example: { body: OF_PERSON, answer: { persona: 'P123', ...AT, segnali: FLAGS } },
});

const OWN_BODY = z.strictObject({ ...ASKED, ...WHEN });
export const OWN_PERSON = lookup({
  id: 'ownPerson',
  path: '/v1/own/person',
  it: ['I miei dati', 'Ciò che il registro ha di chi chiede (GDPR art. 15); di nessun altro.'],
  en: ['My data', 'What the register holds of who asks (GDPR art. 15); of nobody else.'],
  body: OWN_BODY,
  answer: PERSON_ANSWER,
  example: { body: { scopo: 'diritti-interessato' }, answer: { persona: 'P123', ...AT, segnali: FLAGS } },
});

export const FAMILY_READ = lookup({
  id: 'familyRead',
  path: '/v1/families/read',
  it: [
    'Legge una famiglia',
    'Di una persona, o per identificativo: i componenti con la relazione, nel giorno chiesto; della persona anche la famiglia di origine e le successive.',
  ],
  en: [
    'Read a family',
    'Of a person, or by identifier: the members with their kinship, on the day asked about; of the person also the family of origin and the next ones.',
  ],
  body: FAMILY_BODY,
  answer: FAMILY_ANSWER,
  example: {
    body: OF_PERSON,
    answer: { persona: 'P123', ...AT, segnali: FLAGS, famiglia: null, famiglie: [] },
  },
});

export const RELATIONS_READ = lookup({
  id: 'relationsRead',
  path: '/v1/relations/read',
  it: [
    'Legge le relazioni di una persona',
    'Genitori, coniuge o unito civilmente, figli: come ciascuno è noto al registro, e se era in vita nel giorno chiesto.',
  ],
  en: [
    'Read the relations of a person',
    'Parents, spouse or partner, children: how each is known to the register, and whether alive on the day asked about.',
  ],
  body: PERSON_BODY,
  answer: RELATIONS_ANSWER,
  example: { body: OF_PERSON, answer: { persona: 'P123', ...AT, segnali: FLAGS, relazioni: [] } },
});

export const RESIDENCE_READ = lookup({
  id: 'residenceRead',
  path: '/v1/residences/read',
  it: [
    'Legge dove una persona risiede',
    'In un giorno, o in un periodo: ogni residenza certa, e quelle possibili dove una data è incerta.',
  ],
  en: [
    'Read where a person is resident',
    'On a day, or in a period: every certain residence, and the possible ones where a date is uncertain.',
  ],
  body: RESIDENCES_BODY,
  answer: RESIDENCES_ANSWER,
  example: {
    body: OF_PERSON,
    answer: { persona: 'P123', ...AT, periodo: null, segnali: FLAGS, residenze: [] },
  },
});

export const HISTORY_READ = lookup({
  id: 'historyRead',
  path: '/v1/histories/read',
  it: [
    'Legge la storia di una persona',
    'Ogni fatto con i suoi due tempi e chi lo ha detto; a richiesta anche ciò che è stato corretto. «giorni» e «istanti» sono i passi di una linea del tempo.',
  ],
  en: [
    'Read the history of a person',
    'Every fact with its two times and who said so; on request also what was corrected. "giorni" and "istanti" are the steps of a timeline.',
  ],
  body: HISTORY_BODY,
  answer: HISTORY_ANSWER,
  example: {
    body: OF_PERSON,
    answer: {
      persona: 'P123',
      ...AT,
      segnali: FLAGS,
      schede: [],
      giorni: [],
      istanti: [],
      fatti: [],
      unioni: [],
    },
  },
});

export const ADDRESS_READ = lookup({
  id: 'addressRead',
  path: '/v1/addresses/read',
  it: [
    'Chi abita a un indirizzo',
    'Chi abita, o forse abita, a una via e civico in un giorno o in un periodo; oltre cento, solo quanti.',
  ],
  en: [
    'Who lives at an address',
    'Who lives, or may live, at a street and number on a day or in a period; above a hundred only how many.',
  ],
  body: ADDRESS_BODY,
  answer: ADDRESS_ANSWER,
  example: {
    body: { ...ASKING, comune: '036005', via: 'via Emilia', civico: '12' },
    answer: {
      comune: '036005',
      via: 'VIA EMILIA',
      civico: '12',
      ...AT,
      periodo: null,
      numero: 130,
      occupanti: null,
    },
  },
});

export const MOVEMENTS_READ = lookup({
  id: 'movementsRead',
  path: '/v1/movements/read',
  it: [
    'Chi è arrivato e chi è partito',
    'In un comune o a un indirizzo, in un periodo; oltre cento, solo quanti per motivo.',
  ],
  en: [
    'Who came and who left',
    'In a comune or at an address, over a period; above a hundred only how many for each reason.',
  ],
  body: MOVEMENTS_BODY,
  answer: MOVEMENTS_ANSWER,
  example: {
    body: { ...ASKING, comune: '036005', ...PERIOD },
    answer: {
      comune: '036005',
      via: null,
      civico: null,
      periodo: PERIOD,
      noto_al: AT.noto_al,
      conteggi: [{ verso: 'ingresso', motivo: '3', numero: 140 }],
      movimenti: null,
    },
  },
});

export const LOOKUP_OPERATIONS: readonly Operation[] = [
  PERSON_SEARCH,
  PERSON_READ,
  OWN_PERSON,
  FAMILY_READ,
  RELATIONS_READ,
  RESIDENCE_READ,
  HISTORY_READ,
  ADDRESS_READ,
  MOVEMENTS_READ,
];
