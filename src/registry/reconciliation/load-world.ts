/** Puts together what the rules look at, for a batch of persons: their facts, their spouses, whom they name. */
import { baseForm } from '../../kernel/codice-fiscale.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { EntryFacts } from '../answers/facts.ts';
import { awaitedHalves } from '../answers/residence.ts';
import { headsElsewhere } from './rules.ts';
import {
  findBearers,
  listOmocodicCodes,
  loadCodes,
  loadEvidence,
  loadHeads,
  loadPersons,
  resolveReferences,
} from './world.sql.ts';
import {
  type Concerned,
  concerned,
  type OtherForms,
  otherForms,
  type Reference,
  type World,
} from './world.ts';

const BOUND = new Set(['2', '6']);

/** The spouse or partner that an entry names at present. */
const presentSpouses = (e: EntryFacts): Reference[] =>
  e.civil_statuses
    .filter((s) => s.to === null && BOUND.has(s.stato_civile))
    .map((s) => ({ comune: e.comune, id: s.id_coniuge, code: s.cf_coniuge }));

/** Everybody that an entry names as spouse or parent, whenever. */
const everNamed = (e: EntryFacts): Reference[] => [
  ...e.civil_statuses.map((s) => ({ comune: e.comune, id: s.id_coniuge, code: s.cf_coniuge })),
  ...e.parents.flatMap((p) => [
    { comune: e.comune, id: p.id_padre, code: p.cf_padre },
    { comune: e.comune, id: p.id_madre, code: p.cf_madre },
  ]),
];

/** The other forms of codes in the whole province; omocodic codes are few. */
export async function loadOtherForms(db: Client): Promise<ReadonlyMap<number, OtherForms>> {
  const omocodic = await listOmocodicCodes(db);
  if (omocodic.length === 0) return new Map();
  const bases = omocodic.flatMap((code) => baseForm(code) ?? []);
  return otherForms(await findBearers(db, [...new Set([...omocodic, ...bases])]));
}

export interface LoadedWorld {
  /** The persons asked for. */
  readonly subjects: readonly Concerned[];
  readonly world: World;
}

export async function loadWorld(
  db: Client,
  persons: readonly number[],
  instant: string,
  forms: ReadonlyMap<number, OtherForms>,
): Promise<LoadedWorld> {
  const asked = await loadPersons(db, persons, instant);
  const shared = asked.filter((p) => p.entries.length > 1);
  const spouses = asked.flatMap((p) => p.entries.flatMap(presentSpouses));
  const named = shared.flatMap((p) => p.entries.flatMap(everNamed));
  const meant = await resolveReferences(db, [...spouses, ...named]);
  const lookUp = ({ byNumber, byCode }: typeof meant, r: Reference): number | null =>
    (r.id !== null
      ? byNumber.get(`${r.comune}:${r.id}`)
      : r.code === null
        ? undefined
        : byCode.get(r.code)) ?? null;

  const known = new Set(asked.map((p) => p.personId));
  const others = new Set<number>();
  for (const reference of spouses) {
    const id = lookUp(meant, reference);
    if (id !== null && !known.has(id)) others.add(id);
  }
  const partners = others.size === 0 ? [] : await loadPersons(db, [...others], instant);
  const theirs = await resolveReferences(
    db,
    partners.flatMap((p) => p.entries.flatMap(presentSpouses)),
  );
  const personMeant = (r: Reference): number | null => lookUp(meant, r) ?? lookUp(theirs, r);

  const everybody = [...asked, ...partners];
  const evidence = await loadEvidence(db, [
    ...new Set(everybody.flatMap((p) => awaitedHalves(p.entries).eventIds)),
  ]);
  const people = new Map(everybody.map((p) => [p.personId, concerned(p.personId, p.entries, evidence)]));
  const codes =
    named.length === 0
      ? new Map<number, Set<string>>()
      : await loadCodes(db, [...new Set(named.flatMap((r) => personMeant(r) ?? []))]);
  const subjects = asked.map((p) => people.get(p.personId)!);
  const away = subjects.flatMap((p) => headsElsewhere(p).map(([entry]) => entry.entryId));
  const heads = away.length === 0 ? new Map() : await loadHeads(db, away);
  const NONE: ReadonlySet<string> = new Set();
  return {
    subjects,
    world: {
      evidence,
      personMeant,
      codesOf: (personId) => codes.get(personId) ?? NONE,
      person: (personId) => people.get(personId),
      headedBy: (entryId) => heads.get(entryId),
      otherForms: (entryId) => forms.get(entryId),
    },
  };
}
