/** Lookup over HTTP: search, person, family, history, address (services.md). Each is a look behind the guard; answers are cut to the profile. */
import { z } from 'zod';
import { ASKED, type Granted, type GuardContext, guarded } from '../../access/guard/guard.ts';
import type { Field } from '../../access/rights/profiles.ts';
import { AppError } from '../../kernel/app-error.ts';
import { type Day, day, romeDay } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { askAddress } from '../../registry/answers/ask-address.ts';
import { askFamily } from '../../registry/answers/ask-family.ts';
import { askHistory } from '../../registry/answers/ask-history.ts';
import { askPerson, type When } from '../../registry/answers/ask-person.ts';
import type { EntryTable } from '../../registry/answers/facts.ts';
import { parseKnownAt } from '../../registry/answers/known-at.ts';
import { type PersonKey, parsePersonKey } from '../../registry/answers/person-key.ts';
import { cutListed, cutPerson } from './cut.ts';
import { QUESTION } from './question.ts';
import {
  ADDRESS_ANSWER,
  FAMILY_ANSWER,
  HISTORY_ANSWER,
  LIST_ANSWER,
  PERSON,
  PERSON_ANSWER,
  WHEN,
} from './schemas.ts';
import { search } from './search.service.ts';

export interface LookupContext extends GuardContext {
  readonly db: Client;
}

/** Names that a list shows at the most (services.md: 10 by default). */
const CAP = 10;

const SEARCH_BODY = z.strictObject({
  ...ASKED,
  ...WHEN,
  domanda: QUESTION,
  anche_passati: z
    .boolean()
    .default(false)
    .describe('Anche defunti e usciti / the dead and the departed too'),
});
const PERSON_BODY = z.strictObject({ ...ASKED, ...WHEN, persona: PERSON });
const HISTORY_BODY = z.strictObject({
  ...ASKED,
  ...WHEN,
  persona: PERSON,
  anche_superati: z.boolean().default(false),
});
const ADDRESS_BODY = z.strictObject({
  ...ASKED,
  ...WHEN,
  comune: z
    .string()
    .regex(/^\d{6}$/)
    .max(6),
  via: z.string().trim().min(2).max(120),
  civico: z.string().trim().min(1).max(20).optional(),
});

const EXAMPLE = { scopo: 'anagrafe', pratica: '2026/123', persona: 'RSSMRA74A01F257X' } as const;
const FLAGS = {
  in_transito: null,
  trasferimento_pendente: null,
  doppia_residenza: null,
  decorrenze_diverse: false,
  protetto: false,
  data_incerta: false,
  in_conflitto: false,
} as const;

export const PERSON_SEARCH: Operation<typeof SEARCH_BODY, typeof LIST_ANSWER> = {
  id: 'personSearch',
  method: 'POST',
  path: '/v1/persons/search',
  tag: 'lookup',
  summary: { it: 'Cerca persone', en: 'Search for persons' },
  description: {
    it: 'Un elenco breve per scegliere la persona giusta; oltre dieci, solo quante sono. I modi di cercare sono un elenco chiuso.',
    en: 'A short list to choose the right person from; above ten only how many. The ways to search are a closed list.',
  },
  key: 'key',
  body: SEARCH_BODY,
  answer: LIST_ANSWER,
  example: {
    body: {
      scopo: 'anagrafe',
      pratica: '2026/123',
      domanda: { per: 'cognome_nome_anno', cognome: 'Rossi', nome: 'Mario', data_nascita: '1974' },
    },
    answer: { noto_al: '2026-01-31T08:15:00Z', numero: 12, almeno: false, persone: null },
  },
  refusals: ['not-found', 'audit-unavailable'],
};

export const PERSON_READ: Operation<typeof PERSON_BODY, typeof PERSON_ANSWER> = {
  id: 'personRead',
  method: 'POST',
  path: '/v1/persons/read',
  tag: 'lookup',
  summary: { it: 'Legge una persona', en: 'Read a person' },
  description: {
    it: 'Chi è, dove risiede, con chi, per i soli campi del profilo; i segnali vengono da soli.',
    en: 'Who it is, where resident, with whom, for the fields of the profile alone; flags come unasked.',
  },
  key: 'key',
  body: PERSON_BODY,
  answer: PERSON_ANSWER,
  example: {
    body: EXAMPLE,
    answer: { persona: 'P123', al: '2026-01-31', noto_al: '2026-01-31T08:15:00Z', segnali: FLAGS },
  },
  refusals: ['not-found', 'ambiguous', 'audit-unavailable'],
};

export const FAMILY_READ: Operation<typeof PERSON_BODY, typeof FAMILY_ANSWER> = {
  id: 'familyRead',
  method: 'POST',
  path: '/v1/families/read',
  tag: 'lookup',
  summary: { it: 'Legge la famiglia di una persona', en: 'Read the family of a person' },
  description: {
    it: 'I componenti con la relazione, nel giorno chiesto.',
    en: 'The members with their kinship, on the day asked about.',
  },
  key: 'key',
  body: PERSON_BODY,
  answer: FAMILY_ANSWER,
  example: { body: EXAMPLE, answer: { al: '2026-01-31', noto_al: '2026-01-31T08:15:00Z', famiglia: null } },
  refusals: ['not-found', 'ambiguous', 'audit-unavailable'],
};

export const HISTORY_READ: Operation<typeof HISTORY_BODY, typeof HISTORY_ANSWER> = {
  id: 'historyRead',
  method: 'POST',
  path: '/v1/histories/read',
  tag: 'lookup',
  summary: { it: 'Legge la storia di una persona', en: 'Read the history of a person' },
  description: {
    it: 'Ogni fatto con i suoi due tempi; a richiesta anche ciò che è stato corretto.',
    en: 'Every fact with its two times; on request also what was corrected.',
  },
  key: 'key',
  body: HISTORY_BODY,
  answer: HISTORY_ANSWER,
  example: { body: EXAMPLE, answer: { persona: 'P123', noto_al: '2026-01-31T08:15:00Z', fatti: [] } },
  refusals: ['not-found', 'ambiguous', 'audit-unavailable'],
};

export const ADDRESS_READ: Operation<typeof ADDRESS_BODY, typeof ADDRESS_ANSWER> = {
  id: 'addressRead',
  method: 'POST',
  path: '/v1/addresses/read',
  tag: 'lookup',
  summary: { it: 'Chi abita a un indirizzo', en: 'Who lives at an address' },
  description: {
    it: 'Chi abita, o forse abita, a una via e civico in un giorno; oltre cento, solo quanti.',
    en: 'Who lives, or may live, at a street and number on a day; above a hundred only how many.',
  },
  key: 'key',
  body: ADDRESS_BODY,
  answer: ADDRESS_ANSWER,
  example: {
    body: { scopo: 'anagrafe', pratica: '2026/123', comune: '036005', via: 'via Emilia', civico: '12' },
    answer: {
      comune: '036005',
      via: 'VIA EMILIA',
      civico: '12',
      al: '2026-01-31',
      noto_al: '2026-01-31T08:15:00Z',
      numero: 130,
      occupanti: null,
    },
  },
  refusals: ['not-found', 'audit-unavailable'],
};

export const LOOKUP_OPERATIONS: readonly Operation[] = [
  PERSON_SEARCH,
  PERSON_READ,
  FAMILY_READ,
  HISTORY_READ,
  ADDRESS_READ,
];

interface Timed {
  readonly al?: string | undefined;
  readonly noto_al?: string | undefined;
}

const whenOf = (context: LookupContext, { al, noto_al }: Timed): When => ({
  al: al === undefined ? romeDay(context.now()) : day(al),
  notoAl: noto_al === undefined ? null : parseKnownAt(noto_al),
});

/** Who is outside the profile's territory is, to it, nobody: the answer does not tell that they exist. */
const nobody = (): AppError =>
  new AppError(
    'not-found',
    'nessuno risponde ai dati indicati, nel territorio di questo profilo',
    'nobody answers to the data given, in the territory of this profile',
  );

/** The same words for who is not there at all. */
async function orNobody<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    throw error instanceof AppError && error.code === 'not-found' ? nobody() : error;
  }
}

function keyOf(persona: string): PersonKey {
  const key = parsePersonKey([persona]);
  if (key === null) throw nobody();
  return key;
}

const given = (fields: ReadonlySet<Field>): readonly string[] => [...fields].sort();

function inTerritory(granted: Granted, persona: string, comune: string | undefined | null): void {
  if (!granted.mayIn(comune == null ? [] : [comune], persona)) throw nobody();
}

const HISTORY_FIELDS: Readonly<Record<EntryTable, Field>> = {
  identities: 'names',
  registrations: 'residence',
  deaths: 'death',
  dwellings: 'address',
  memberships: 'household',
  civil_statuses: 'civilStatus',
  citizenships: 'citizenship',
  parents: 'relations',
  documents: 'documents',
  permits: 'permits',
  declarations: 'declarations',
  protections: 'names',
};

export function lookupRoutes(context: LookupContext): readonly Route[] {
  const { db } = context;
  return [
    guarded(context, {
      operation: PERSON_SEARCH,
      sought: () => [],
      async look({ domanda, anche_passati, ...timed }, granted) {
        const when = whenOf(context, timed);
        const inside = (comune: string | null, persona: string) =>
          granted.mayIn(comune === null ? [] : [comune], persona);
        const found = await search(db, {
          question: domanda,
          options: { simile: false, anche_passati },
          when,
          cap: CAP,
          inside,
        });
        const persone = found.persone?.map((person) => cutListed(person, granted.fields)) ?? null;
        return {
          answer: { ...found, persone: persone as never },
          subjects: found.persone?.map(({ persona }) => persona) ?? [],
          fields: given(granted.fields),
          count: found.numero,
        };
      },
    }),
    guarded(context, {
      operation: PERSON_READ,
      sought: ({ persona }) => [persona],
      async look({ persona, ...timed }, granted) {
        const found = await orNobody(askPerson(db, keyOf(persona), whenOf(context, timed)));
        inTerritory(granted, found.persona, found.parla?.comune);
        const answer = cutPerson(found, granted.fields) as unknown as z.input<typeof PERSON_ANSWER>;
        return { answer, subjects: [found.persona], fields: given(granted.fields), count: 1 };
      },
    }),
    guarded(context, {
      operation: FAMILY_READ,
      sought: ({ persona }) => [persona],
      async look({ persona, ...timed }, granted) {
        const found = await orNobody(askFamily(db, keyOf(persona), whenOf(context, timed)));
        const { persona: person, famiglia } = found;
        inTerritory(granted, person.persona, person.parla?.comune);
        const { fields } = granted;
        const hidden = !fields.has('address') || (person.segnali.protetto && !fields.has('protectedAddress'));
        const { indirizzo, senza_fissa_dimora, ...rest } = famiglia ?? {
          indirizzo: undefined,
          senza_fissa_dimora: undefined,
        };
        const shown =
          famiglia === null
            ? null
            : {
                ...rest,
                ...(hidden || indirizzo === undefined ? {} : { indirizzo }),
                ...(hidden || senza_fissa_dimora === undefined ? {} : { senza_fissa_dimora }),
                componenti: famiglia.componenti.map((m) => ({
                  relazione: m.relazione,
                  ...(m.ultima_dichiarata === undefined ? {} : { ultima_dichiarata: m.ultima_dichiarata }),
                  dal: m.dal,
                  certezza: m.certezza,
                  ...(fields.has('codiceFiscale') ? { codice_fiscale: m.codice_fiscale } : {}),
                  ...(fields.has('names') ? { cognome: m.cognome, nome: m.nome } : {}),
                  ...(fields.has('sex') ? { sesso: m.sesso } : {}),
                  ...(fields.has('birth') ? { data_nascita: m.data_nascita } : {}),
                })),
              };
        return {
          answer: {
            al: person.al,
            noto_al: person.noto_al,
            famiglia: shown as z.input<typeof FAMILY_ANSWER>['famiglia'],
          },
          subjects: [person.persona],
          fields: given(fields),
          count: famiglia?.componenti.length ?? 0,
        };
      },
    }),
    guarded(context, {
      operation: HISTORY_READ,
      sought: ({ persona }) => [persona],
      async look({ persona, anche_superati, ...timed }, granted) {
        const when = whenOf(context, timed);
        const state = await orNobody(askPerson(db, keyOf(persona), when));
        inTerritory(granted, state.persona, state.parla?.comune);
        const history = await orNobody(askHistory(db, keyOf(persona), when, anche_superati));
        const hidden = state.segnali.protetto && !granted.fields.has('protectedAddress');
        const fatti = history.fatti
          .filter(
            ({ genere }) => granted.fields.has(HISTORY_FIELDS[genere]) && !(hidden && genere === 'dwellings'),
          )
          .map(({ genere, dal, al, scheda, valore, registrato_dal, registrato_al }) => ({
            genere,
            dal,
            al,
            scheda,
            valore: valore as Record<string, string>,
            registrato_dal,
            registrato_al,
          }));
        return {
          answer: { persona: history.persona, noto_al: history.noto_al, fatti },
          subjects: [history.persona],
          fields: given(granted.fields),
          count: 1,
        };
      },
    }),
    guarded(context, {
      operation: ADDRESS_READ,
      sought: () => [],
      async look({ comune, via, civico, ...timed }, granted) {
        if (!granted.mayIn([comune])) throw nobody();
        const when = whenOf(context, timed);
        const found = await orNobody(
          askAddress(db, {
            comune,
            street: via,
            number: civico ?? null,
            span: { on: when.al as Day },
            notoAl: when.notoAl,
          }),
        );
        const { fields } = granted;
        const mayRead = (protetto: boolean) =>
          fields.has('address') && (!protetto || fields.has('protectedAddress'));
        const occupanti =
          found.occupanti
            ?.filter(({ protetto }) => mayRead(protetto))
            .map((o) => ({
              persona: o.persona,
              dal: o.dal,
              al: o.al,
              certezza: o.certezza,
              interno: o.interno,
              ...(fields.has('codiceFiscale') ? { codice_fiscale: o.codice_fiscale } : {}),
              ...(fields.has('names') ? { cognome: o.cognome, nome: o.nome } : {}),
              ...(fields.has('birth') ? { data_nascita: o.data_nascita } : {}),
            })) ?? null;
        const { via: street, civico: number, al, noto_al } = found;
        // Somebody protected is not counted either: a number that does not fit the list would tell.
        const numero = occupanti?.length ?? found.numero;
        return {
          answer: { comune, via: street, civico: number, al, noto_al, numero, occupanti },
          subjects: occupanti?.map(({ persona }) => persona) ?? [],
          fields: given(fields),
          count: numero,
        };
      },
    }),
  ];
}
