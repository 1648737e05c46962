/** The question "who are the parents, the spouse and the children of this person on a day, and how is each known". */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { When } from './ask-person.ts';
import { findChildren } from './children.sql.ts';
import type { EntryFacts, PersonFacts } from './facts.ts';
import { getPerson } from './find-person.ts';
import type { PersonKey } from './person-key.ts';
import { entryName, personState } from './person-state.ts';
import { loadReferred } from './referred.sql.ts';
import { knownBy, type Relation, type RelationsAnswer, relationAnswer, type Tie } from './relations.ts';
import { said, speakers } from './speaking.ts';
import { loadSurroundings } from './surroundings.sql.ts';

/** T1: married, in a civil union. */
const BONDS: Readonly<Record<string, Relation>> = { '2': 'coniuge', '6': 'unito_civilmente' };

function tie(
  relazione: Relation,
  entry: EntryFacts,
  id: string | null,
  code: string | null,
  rest: Pick<Tie, 'dal' | 'certezza'>,
): Tie[] {
  const noto_per = knownBy(id, code);
  return noto_per === null
    ? []
    : [{ relazione, noto_per, secondo: entry.comune, id_soggetto: id, codice_fiscale: code, ...rest }];
}

/** What the person's own registers say, in the order in which they speak. */
function ownTies(person: PersonFacts, d: Day, bound: boolean): Tie[] {
  const inOrder = speakers(person.entries, d);
  const parents = said(inOrder, (e) => e.parents, d);
  const status = bound ? said(inOrder, (e) => e.civil_statuses, d) : null;
  const bond = BONDS[status?.fact?.stato_civile ?? ''];
  const certain = { dal: null, certezza: 'certa' as const };
  return [
    ...(parents?.fact == null
      ? []
      : [
          ...tie('padre', parents.entry, parents.fact.id_padre, parents.fact.cf_padre, certain),
          ...tie('madre', parents.entry, parents.fact.id_madre, parents.fact.cf_madre, certain),
        ]),
    ...(status?.fact == null || bond === undefined
      ? []
      : tie(bond, status.entry, status.fact.id_coniuge, status.fact.cf_coniuge, {
          dal: status.fact.from,
          certezza: status.certezza,
        })),
  ];
}

/** Whom a tie means: by number, or by a code that is borne openly. */
function meant(tie: Tie, persons: readonly PersonFacts[]): PersonFacts | null {
  const byNumber = persons.find((p) =>
    p.entries.some((e) => e.comune === tie.secondo && e.idSoggetto === tie.id_soggetto),
  );
  const bears = (p: PersonFacts): boolean =>
    p.entries.some((e) => e.identities.some((f) => f.codice_fiscale === tie.codice_fiscale));
  return byNumber ?? (tie.codice_fiscale === null ? null : (persons.find(bears) ?? null));
}

/** @throws AppError not-found; AmbiguousPerson */
export async function askRelations(db: Client, key: PersonKey, when: When): Promise<RelationsAnswer> {
  const { al } = when;
  const { person, knownAt } = await getPerson(db, key, al, when.notoAl);
  const around = await loadSurroundings(db, person, al, knownAt);
  const state = personState(person, al, knownAt, around);
  const children = await findChildren(db, person, al, knownAt);
  const ties: Tie[] = [
    // The civil status of the dead is not told: who was bound to them on the day before is told as of that day.
    ...ownTies(person, al, state.stato_civile !== null),
    ...children.map(
      ({ related, noto_per }): Tie => ({
        relazione: 'figlio',
        noto_per,
        secondo: related.comune,
        id_soggetto: related.id_soggetto,
        codice_fiscale: related.codice_fiscale,
        dal: null,
        certezza: 'certa',
      }),
    ),
  ];
  const numbers = ties.flatMap(({ secondo, id_soggetto }) =>
    id_soggetto === null ? [] : [{ comune: secondo, id_soggetto }],
  );
  const codes = ties.flatMap(({ codice_fiscale }) => codice_fiscale ?? []);
  const persons = await loadReferred(db, numbers, codes, knownAt);
  return {
    persona: state.persona,
    al,
    noto_al: knownAt,
    parla: state.parla ?? (person.entries[0] === undefined ? null : entryName(person.entries[0])),
    segnali: state.segnali,
    relazioni: ties.map((t) => relationAnswer(t, meant(t, persons), al)),
  };
}
