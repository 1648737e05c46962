/**
 * Entries of one person that contradict each other about one day (registry.md, Who speaks): identity, civil status,
 * citizenship, parents. What an entry says of days after it was last resident is stale, and contradicts nobody; where
 * dates are partial, only what every reading says is looked at. Pure.
 */
import { type Day, firstDay, lastDay } from '../../kernel/day.ts';
import type {
  CitizenshipFact,
  CivilStatusFact,
  EntryFacts,
  Fact,
  IdentityFact,
  ParentsFact,
} from '../answers/facts.ts';
import { speakers } from '../answers/speaking.ts';
import type { FindingKind, WantedFinding } from './finding.ts';
import {
  AFTER_ALL,
  type Concerned,
  later,
  type Reference,
  sameMeant,
  staleFrom,
  type World,
} from './world.ts';

/** How two statements of one kind differ: by name, what this one says and what that one says; null where they do not. */
type Differ<F> = (a: Said<F>, b: Said<F>, world: World) => Readonly<Record<string, string>> | null;

interface Said<F> {
  readonly entry: EntryFacts;
  readonly fact: F;
}

/** Codes that are in no table ("~raw") and what cannot be classified (T1 9) say nothing. */
const says = (code: string): boolean => !code.startsWith('~') && code !== '9';
const BOUND = new Set(['2', '6']);

const spouse = ({ entry, fact }: Said<CivilStatusFact>): Reference => ({
  comune: entry.comune,
  id: fact.id_coniuge,
  code: fact.cf_coniuge,
});

const civilStatus: Differ<CivilStatusFact> = (a, b, world) => {
  const [x, y] = [a.fact.stato_civile, b.fact.stato_civile];
  if (!says(x) || !says(y)) return null;
  if (x !== y) return { dice: x, altro: y };
  return BOUND.has(x) && sameMeant(world, spouse(a), spouse(b)) === false ? { campi: 'coniuge' } : null;
};

const citizenship: Differ<CitizenshipFact> = (a, b) => {
  const [x, y] = [a.fact.stato, b.fact.stato];
  return x === y || x.startsWith('~') || y.startsWith('~') ? null : { dice: x, altro: y };
};

/**
 * Names, sex, birth date and validated code. The comune of birth is left to the codice fiscale that joins the two entries
 * (SIP-121): one comune has had several codes.
 */
const identity: Differ<IdentityFact> = (a, b) => {
  const [x, y] = [a.fact, b.fact];
  const fields = [
    x.surname_key !== y.surname_key && 'cognome',
    x.given_key !== y.given_key && 'nome',
    x.sesso !== y.sesso && 'sesso',
    (lastDay(x.birth_text) < firstDay(y.birth_text) || lastDay(y.birth_text) < firstDay(x.birth_text)) &&
      'data_nascita',
    x.validita_cf === '1' &&
      y.validita_cf === '1' &&
      x.codice_fiscale !== y.codice_fiscale &&
      'codice_fiscale',
    (x.stato_nascita !== null && y.comune_nascita !== null) ||
    (x.comune_nascita !== null && y.stato_nascita !== null) ||
    (x.stato_nascita !== null && y.stato_nascita !== null && x.stato_nascita !== y.stato_nascita)
      ? 'luogo_nascita'
      : false,
  ].filter((field) => field !== false);
  return fields.length === 0 ? null : { campi: fields.join(' ') };
};

const parents: Differ<ParentsFact> = (a, b, world) => {
  const differ = (idOf: (f: ParentsFact) => string | null, codeOf: (f: ParentsFact) => string | null) => {
    const named = ({ entry, fact }: Said<ParentsFact>): Reference => ({
      comune: entry.comune,
      id: idOf(fact),
      code: codeOf(fact),
    });
    return sameMeant(world, named(a), named(b)) === false;
  };
  const fields = [
    differ(
      (f) => f.id_padre,
      (f) => f.cf_padre,
    ) && 'padre',
    differ(
      (f) => f.id_madre,
      (f) => f.cf_madre,
    ) && 'madre',
  ].filter((field) => field !== false);
  return fields.length === 0 ? null : { campi: fields.join(' ') };
};

/** The first day of which two facts surely speak both, each before it is stale; null where there is none. */
function commonDay(a: Fact, b: Fact, stale: readonly (Day | null)[]): Day | null {
  const from = later(lastDay(a.from), lastDay(b.from));
  const ends = [a.to === null ? null : firstDay(a.to), b.to === null ? null : firstDay(b.to), ...stale];
  return ends.every((end) => end === null || from < end) && from < AFTER_ALL ? from : null;
}

interface Contradiction {
  readonly about: Day;
  readonly detail: Readonly<Record<string, string>>;
  readonly of: EntryFacts;
  readonly with: EntryFacts;
  readonly eventId: number;
}

/** The first day on which two entries contradict each other; of the two, that whose word does not hold must mend it. */
function firstContradiction<F extends Fact>(
  person: Concerned,
  pair: readonly [EntryFacts, EntryFacts],
  factsOf: (entry: EntryFacts) => readonly F[],
  differ: Differ<F>,
  world: World,
): Contradiction | null {
  const stale = pair.map((e) => staleFrom(person, e));
  let first: Contradiction | null = null;
  for (const a of factsOf(pair[0]))
    for (const b of factsOf(pair[1])) {
      const about = commonDay(a, b, stale);
      if (about === null || (first !== null && first.about <= about)) continue;
      const [speaker] = speakers(pair, about);
      const said = [
        { entry: pair[0], fact: a },
        { entry: pair[1], fact: b },
      ];
      const [mute, heard] = speaker === pair[0] ? [said[1]!, said[0]!] : [said[0]!, said[1]!];
      const detail = differ(mute, heard, world);
      if (detail !== null)
        first = { about, detail, of: mute.entry, with: heard.entry, eventId: mute.fact.eventId };
    }
  return first;
}

export function contradictions(person: Concerned, world: World): WantedFinding[] {
  const found: WantedFinding[] = [];
  const look = <F extends Fact>(
    kind: FindingKind,
    pair: readonly [EntryFacts, EntryFacts],
    factsOf: (entry: EntryFacts) => readonly F[],
    differ: Differ<F>,
  ): void => {
    const c = firstContradiction(person, pair, factsOf, differ, world);
    if (c !== null)
      found.push({
        kind,
        entryId: c.of.entryId,
        otherEntryId: c.with.entryId,
        owner: c.of.comune,
        other: c.with.comune,
        about: c.about,
        waitsFrom: null,
        eventId: c.eventId,
        detail: c.detail,
      });
  };
  for (const [i, a] of person.entries.entries())
    for (const b of person.entries.slice(i + 1)) {
      if (a.comune === b.comune) continue;
      look('GENERALITA_DISCORDI', [a, b], (e) => e.identities, identity);
      look('STATO_CIVILE_DISCORDE', [a, b], (e) => e.civil_statuses, civilStatus);
      look('CITTADINANZA_DISCORDE', [a, b], (e) => e.citizenships, citizenship);
      look('GENITORI_DISCORDI', [a, b], (e) => e.parents, parents);
    }
  return found;
}
