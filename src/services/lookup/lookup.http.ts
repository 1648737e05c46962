/** Lookup over HTTP (services.md, Lookup): each operation a look behind the guard, its answer cut to the profile. */
import type { z } from 'zod';
import { guarded } from '../../access/guard/guard.ts';
import { AppError } from '../../kernel/app-error.ts';
import { day, firstDay } from '../../kernel/day.ts';
import type { Route } from '../../platform/http/operation.ts';
import { askAddress } from '../../registry/answers/ask-address.ts';
import { askFamily, askHousehold } from '../../registry/answers/ask-family.ts';
import { askLife } from '../../registry/answers/ask-history.ts';
import { askMovements } from '../../registry/answers/ask-movements.ts';
import { askPerson } from '../../registry/answers/ask-person.ts';
import { askRelations } from '../../registry/answers/ask-relations.ts';
import { askResidences } from '../../registry/answers/ask-residences.ts';
import type { FamilyState } from '../../registry/answers/family.ts';
import type { PersonHistory } from '../../registry/answers/history.ts';
import { countMovements } from '../../registry/answers/movements.ts';
import { loadingTogether } from '../../registry/answers/now.sql.ts';
import type { PersonKey } from '../../registry/answers/person-key.ts';
import type { EntryName, PersonState } from '../../registry/answers/person-state.ts';
import { cutPerson, cutSignals, type SignalsView } from './cut.ts';
import { cutFamily, cutLine, cutMovement, cutOccupant, cutRelation, cutResidence } from './cut-reads.ts';
import {
  type Answered,
  given,
  inTerritory,
  type Looking,
  type LookupContext,
  lookingAt,
  mayReadAddress,
  needs,
  nobody,
  ofPerson,
  orNobody,
  personRoute,
  shieldsOf,
} from './looking.ts';
import {
  ADDRESS_READ,
  FAMILY_READ,
  HISTORY_READ,
  MOVEMENTS_READ,
  OWN_PERSON,
  PERSON_READ,
  RELATIONS_READ,
  RESIDENCE_READ,
} from './operations.ts';
import { dayOfKnowing, daysLate, Rhythms } from './rhythms.ts';
import type { PERSON_ANSWER } from './schemas.ts';
import type { FAMILY_ANSWER } from './schemas-reads.ts';
import { searchRoute } from './search.http.ts';

/** The part of an answer about a person from which its flags are told. */
type Flagged = Pick<PersonState, 'parla' | 'segnali'> & { readonly schede?: readonly EntryName[] };

/** The flags that come unasked (services.md), with how late the comune's supplies are; and whether the address is another's secret, or their own. */
async function signals(
  looking: Looking,
  { parla, segnali, schede }: Flagged,
): Promise<{ readonly segnali: SignalsView; readonly hidden: boolean }> {
  const { when, fields, today, rhythms } = looking;
  // As known then the protection of now may not have been set: it hides all the same.
  const own = schede ?? (parla === null ? [] : [parla]);
  const shields = await shieldsOf(looking, own);
  const { situazione_al } = segnali;
  const supply =
    parla === null || situazione_al === null
      ? null
      : {
          comune: parla.comune,
          situazione_al,
          giorni_di_ritardo: daysLate(
            situazione_al,
            dayOfKnowing(when, today),
            await rhythms.everyDays(parla.comune, today),
          ),
        };
  const protetto = segnali.protetto || own.some(shields.isProtected);
  return {
    segnali: cutSignals(segnali, protetto, supply, fields),
    hidden: protetto || own.some(shields.isHidden),
  };
}

/** A family as it may be shown: its address is withheld where any of its members is protected. */
async function shownFamily(
  looking: Looking,
  family: FamilyState,
): Promise<NonNullable<z.input<typeof FAMILY_ANSWER>['famiglia']>> {
  const { comune, componenti } = family;
  const shields = await shieldsOf(
    looking,
    componenti.map(({ id_soggetto }) => ({ comune, id_soggetto })),
  );
  const shielded = new Set(
    componenti.filter((m) => m.protetto || shields.isProtected({ comune, id_soggetto: m.id_soggetto })),
  );
  return cutFamily(family, (m) => shielded.has(m), shielded.size > 0, looking.fields);
}

async function readPerson(
  looking: Looking,
  key: PersonKey,
): Promise<Answered<z.input<typeof PERSON_ANSWER>>> {
  const found = await askPerson(looking.db, key, looking.when, looking.load);
  inTerritory(looking, found.persona, found.parla);
  const { segnali, hidden } = await signals(looking, found);
  const answer = cutPerson(found, segnali, hidden, looking.fields);
  return {
    answer: answer as unknown as z.input<typeof PERSON_ANSWER>,
    subjects: [found.persona],
    count: 1,
  };
}

async function familyAnswer(
  looking: Looking,
  body: z.output<typeof FAMILY_READ.body>,
): Promise<Answered<z.input<typeof FAMILY_ANSWER>>> {
  const { db, load, when, granted } = looking;
  if (body.famiglia !== undefined) {
    if (!granted.mayIn([body.famiglia.comune])) throw nobody();
    const famiglia = await orNobody(askHousehold(db, body.famiglia, when));
    const shown = await shownFamily(looking, famiglia);
    return {
      answer: {
        persona: null,
        al: famiglia.al,
        noto_al: famiglia.noto_al,
        segnali: null,
        famiglia: shown,
        famiglie: [],
      },
      subjects: shown.componenti.map(({ persona }) => persona),
      count: shown.componenti.length,
    };
  }
  return ofPerson(looking, body.persona ?? '', async (key) => {
    const { persona, famiglia, famiglie } = await askFamily(db, key, when, load);
    inTerritory(looking, persona.persona, persona.parla);
    const shown = famiglia === null ? null : await shownFamily(looking, famiglia);
    return {
      answer: {
        persona: persona.persona,
        al: persona.al,
        noto_al: persona.noto_al,
        segnali: (await signals(looking, persona)).segnali,
        famiglia: shown,
        famiglie: [...famiglie],
      },
      subjects: [persona.persona, ...(shown?.componenti ?? []).map((m) => m.persona)].filter(isFirst),
      count: shown?.componenti.length ?? 0,
    };
  });
}

const isFirst = <T>(value: T, at: number, all: readonly T[]): boolean => all.indexOf(value) === at;

/** The steps of a timeline: the days on which some fact begins or ends, the instants at which something was learnt. */
function steps(lines: PersonHistory['fatti']): { readonly giorni: string[]; readonly istanti: string[] } {
  const days = lines.flatMap(({ dal, al }) => [firstDay(dal), ...(al === null ? [] : [firstDay(al)])]);
  const instants = lines.flatMap(({ registrato_dal, registrato_al }) => [
    registrato_dal,
    ...(registrato_al === null ? [] : [registrato_al]),
  ]);
  return { giorni: [...new Set(days)].sort(), istanti: [...new Set(instants)].sort() };
}

const emptyPeriod = (): AppError =>
  new AppError(
    'invalid-request',
    '«dal» deve venire prima di «al»: il periodo comprende il primo e non l’ultimo giorno',
    '"dal" must come before "al": the period holds the first day and not the last',
  );

/** [dal, al). @throws AppError invalid-request */
function period({ when }: Looking, dal: string) {
  const from = day(dal);
  if (from >= when.al) throw emptyPeriod();
  return { from, to: when.al };
}

export function lookupRoutes(bare: Omit<LookupContext, 'load'>): readonly Route[] {
  const context: LookupContext = { ...bare, load: loadingTogether(bare.db) };
  const { db } = context;
  const rhythms = new Rhythms(db);
  return [
    searchRoute(context, rhythms),
    personRoute(context, rhythms, PERSON_READ, [], readPerson),
    guarded(context, {
      operation: OWN_PERSON,
      sought: () => [],
      async look(body, granted) {
        const { self } = granted.holder;
        if (self === null) throw nobody();
        const looking = lookingAt(context, rhythms, granted, body);
        const answered = await ofPerson(looking, self, (key) => readPerson(looking, key));
        return { ...answered, fields: given(looking) };
      },
    }),
    guarded(context, {
      operation: FAMILY_READ,
      sought: ({ persona }) => (persona === undefined ? [] : [persona]),
      async look(body, granted) {
        const looking = lookingAt(context, rhythms, granted, body);
        needs(looking, 'household');
        return { ...(await familyAnswer(looking, body)), fields: given(looking) };
      },
    }),
    personRoute(context, rhythms, RELATIONS_READ, ['relations'], async (looking, key) => {
      const found = await askRelations(db, key, looking.when);
      inTerritory(looking, found.persona, found.parla);
      const shields = await shieldsOf(
        looking,
        found.relazioni.flatMap(({ scheda }) => scheda ?? []),
      );
      const relazioni = found.relazioni.map((r) =>
        cutRelation(r, r.protetto || (r.scheda !== null && shields.isProtected(r.scheda)), looking.fields),
      );
      const { persona, al, noto_al } = found;
      return {
        answer: { persona, al, noto_al, segnali: (await signals(looking, found)).segnali, relazioni },
        subjects: [persona, ...relazioni.flatMap((r) => r.persona ?? [])].filter(isFirst),
        count: relazioni.length,
      };
    }),
    personRoute(context, rhythms, RESIDENCE_READ, ['residence'], async (looking, key, { dal }) => {
      const from = dal === undefined ? null : period(looking, dal).from;
      const found = await askResidences(db, key, from, looking.when);
      inTerritory(looking, found.persona, found.parla);
      const { segnali, hidden } = await signals(looking, found);
      const mayRead = mayReadAddress(looking, hidden);
      const { persona, al, periodo, noto_al } = found;
      const residenze = found.residenze.map((r) => cutResidence(r, mayRead));
      return {
        answer: { persona, al, periodo, noto_al, segnali, residenze },
        subjects: [persona],
        count: 1,
      };
    }),
    personRoute(context, rhythms, HISTORY_READ, ['history'], async (looking, key, { anche_superati }) => {
      const { stato, storia: found } = await askLife(db, key, looking.when, anche_superati, looking.load);
      inTerritory(looking, stato.persona, stato.parla);
      const { segnali, hidden } = await signals(looking, stato);
      const fatti = found.fatti.flatMap((line) => cutLine(line, hidden, looking.fields) ?? []);
      const { persona, noto_al, schede, unioni } = found;
      return {
        answer: {
          persona,
          al: stato.al,
          noto_al,
          segnali,
          schede: [...schede],
          ...steps(fatti),
          fatti,
          unioni: [...unioni],
        },
        subjects: [persona],
        count: 1,
      };
    }),
    guarded(context, {
      operation: ADDRESS_READ,
      sought: () => [],
      async look({ comune, via, civico, dal, ...timed }, granted) {
        const looking = lookingAt(context, rhythms, granted, timed);
        needs(looking, 'address');
        if (!granted.mayIn([comune])) throw nobody();
        const span = dal === undefined ? { on: looking.when.al } : period(looking, dal);
        const { notoAl } = looking.when;
        const found = await orNobody(
          askAddress(db, { comune, street: via, number: civico ?? null, span, notoAl }),
        );
        const { occupanti: everybody, via: street, civico: number, al, periodo, noto_al } = found;
        const shields = await shieldsOf(looking, everybody?.map((o) => o.scheda) ?? []);
        const seen =
          everybody?.filter((o) => mayReadAddress(looking, o.protetto || shields.isHidden(o.scheda))) ?? null;
        const occupanti = seen?.map((o) => cutOccupant(o, looking.fields)) ?? null;
        const persons = occupanti?.map(({ persona }) => persona).filter(isFirst) ?? [];
        // Somebody protected is not counted either: a number that does not fit the list would tell.
        const numero = occupanti === null ? found.numero : persons.length;
        return {
          answer: { comune, via: street, civico: number, al, periodo, noto_al, numero, occupanti },
          subjects: persons,
          fields: given(looking),
          count: numero,
        };
      },
    }),
    guarded(context, {
      operation: MOVEMENTS_READ,
      sought: () => [],
      async look({ comune, via, civico, dal, ...timed }, granted) {
        const looking = lookingAt(context, rhythms, granted, timed);
        const address = via === undefined || civico === undefined ? null : { street: via, number: civico };
        needs(looking, 'residence', ...(address === null ? [] : (['address'] as const)));
        if (!granted.mayIn([comune])) throw nobody();
        const found = await askMovements(db, {
          comune,
          address,
          period: period(looking, dal),
          notoAl: looking.when.notoAl,
        });
        const shields = await shieldsOf(looking, found.movimenti?.map((m) => m.scheda) ?? []);
        // At an address who is hidden is neither listed nor counted.
        const seen =
          found.movimenti?.filter(
            (m) => address === null || mayReadAddress(looking, m.protetto || shields.isHidden(m.scheda)),
          ) ?? null;
        const movimenti =
          seen?.map((m) => cutMovement(m, m.protetto || shields.isProtected(m.scheda), looking.fields)) ??
          null;
        const { via: street, civico: number, periodo, noto_al, conteggi } = found;
        return {
          answer: {
            comune,
            via: street,
            civico: number,
            periodo,
            noto_al,
            conteggi: seen === null ? [...conteggi] : countMovements(seen),
            movimenti,
          },
          subjects: movimenti?.map(({ persona }) => persona).filter(isFirst) ?? [],
          fields: given(looking),
          count: movimenti?.length ?? conteggi.reduce((sum, { numero }) => sum + numero, 0),
        };
      },
    }),
  ];
}
