/** Search over HTTP: a question of the closed list, or what was typed in one box, read as one of them (services.md, Lookup). */
import type { z } from 'zod';
import { guarded } from '../../access/guard/guard.ts';
import type { Field } from '../../access/rights/profiles.ts';
import type { Route } from '../../platform/http/operation.ts';
import { getKnownAt } from '../../registry/answers/known-at.sql.ts';
import type { SearchAnswer } from './answering.ts';
import { cutListed } from './cut.ts';
import { given, type Looking, type LookupContext, lookingAt, needs } from './looking.ts';
import { PERSON_SEARCH } from './operations.ts';
import type { Question, SearchKind, SearchOptions } from './question.ts';
import type { Rhythms } from './rhythms.ts';
import type { LIST_ANSWER } from './schemas.ts';
import { search } from './search.service.ts';
import { nearest } from './search-similar.ts';
import { type Read, readTyped } from './typed.ts';

/** Names that a list shows at the most (services.md: 10 by default). */
const CAP = 10;

/** What a profile must read to search by it: a list would otherwise confirm what it may not know. */
const SEARCHED: Readonly<Record<SearchKind, readonly Field[]>> = {
  codice_fiscale: ['codiceFiscale'],
  cognome_nascita: ['names', 'birth'],
  cognome_nome_anno: ['names', 'birth'],
  cognome_nome_comune: ['names', 'residence'],
  indirizzo: ['address'],
  famiglia: ['household'],
  documento: ['documents'],
  identificativo: [],
};

type Listed = z.input<typeof LIST_ANSWER>;

async function one(looking: Looking, question: Question, options: SearchOptions): Promise<SearchAnswer> {
  needs(looking, ...SEARCHED[question.per]);
  const { db, when, granted, fields } = looking;
  return search(db, {
    question,
    options,
    when,
    cap: CAP,
    inside: (comune, persona) => granted.mayIn(comune === null ? [] : [comune], persona),
    mayReadProtected: fields.has('protectedAddress'),
    seen: (person) => cutListed(person, fields),
  });
}

/** The first reading under which somebody is found, or that of the nearest names; of none, the first. */
async function typed(
  looking: Looking,
  readings: readonly Read[],
  options: SearchOptions,
): Promise<SearchAnswer & { readonly lettura: Read['told'] }> {
  const answers: (SearchAnswer & { readonly lettura: Read['told'] })[] = [];
  for (const { question, told: lettura } of readings) {
    const found = { ...(await one(looking, question, options)), lettura };
    if (found.numero > 0 && !options.simile) return found;
    answers.push(found);
  }
  const first = nearest(answers);
  if (first === undefined) throw new Error('no reading');
  return first;
}

export function searchRoute(context: LookupContext, rhythms: Rhythms): Route {
  return guarded(context, {
    operation: PERSON_SEARCH,
    sought: () => [],
    async look({ domanda, testo, anche_passati, simile, ...timed }, granted) {
      const looking = lookingAt(context, rhythms, granted, timed);
      const options = { simile, anche_passati };
      const answered = (found: SearchAnswer, rest: Partial<Listed>) => ({
        answer: {
          ...rest,
          ...found,
          persone: (found.persone?.map((person) => cutListed(person, looking.fields)) ?? null) as never,
        },
        subjects: found.persone?.map(({ persona }) => persona) ?? [],
        fields: given(looking),
        count: found.numero,
      });
      if (domanda !== undefined) return answered(await one(looking, domanda, options), {});
      const read = readTyped(testo ?? '', (name) => context.comuneCode(name));
      if ('readings' in read) {
        const { lettura, ...found } = await typed(looking, read.readings, options);
        return answered(found, { lettura });
      }
      const noto_al = await getKnownAt(looking.db, looking.when.notoAl);
      return answered(
        { noto_al, numero: 0, almeno: false, persone: [] },
        { lettura: null, manca: read.missing },
      );
    },
  });
}
