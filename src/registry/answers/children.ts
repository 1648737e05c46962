/** Who, of some entries, are a person's children. Pure. */
import type { Day } from '../../kernel/day.ts';
import type { EntryFacts, ParentsFact, PersonFacts } from './facts.ts';
import { type EntryName, entryName, identityOn, type RelatedPerson } from './person-state.ts';
import { type KnownBy, knownBy } from './relations.ts';
import { said } from './speaking.ts';

/** What children may name the person by: "036023:S1" of each entry, and each code. */
export function keysOf(person: PersonFacts): Set<string> {
  const keys = new Set<string>();
  for (const e of person.entries) {
    keys.add(`${e.comune}:${e.idSoggetto}`);
    for (const f of e.identities) if (f.codice_fiscale !== null) keys.add(f.codice_fiscale);
  }
  return keys;
}

/** How the child's parents name somebody of these keys: null where they do not. */
function namedBy(entry: EntryFacts, p: ParentsFact, keys: ReadonlySet<string>): KnownBy | null {
  const named = (id: string | null, code: string | null): KnownBy | null =>
    knownBy(
      id !== null && keys.has(`${entry.comune}:${id}`) ? id : null,
      code !== null && keys.has(code) ? code : null,
    );
  return named(p.id_padre, p.cf_padre) ?? named(p.id_madre, p.cf_madre);
}

const textOrder = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
const byNumber = (a: EntryFacts, b: EntryFacts): number =>
  textOrder(a.comune, b.comune) || textOrder(a.idSoggetto, b.idSoggetto);

/** A child, as the first of the registers that know of it says. */
export interface Child {
  readonly related: RelatedPerson & EntryName;
  readonly birth: string;
  readonly noto_per: KnownBy;
}

/**
 * The children of the day, in the order of their birth; each once, in how many registers it be.
 * @param numbers whose the entries are
 * @param entries what is sealed left out
 */
export function childrenAmong(
  keys: ReadonlySet<string>,
  numbers: readonly { readonly entry_id: number; readonly person_id: number }[],
  entries: readonly EntryFacts[],
  d: Day,
): Child[] {
  const persons = new Map(numbers.map((n) => [n.entry_id, n.person_id]));
  const found = new Map<number, Child>();
  // Of a child whom two registers know the first by their codes is named, whatever came first.
  for (const entry of entries.toSorted(byNumber)) {
    const fact = said([entry], (e) => e.parents, d)?.fact;
    const identity = identityOn([entry], d)?.fact;
    const noto_per = fact == null ? null : namedBy(entry, fact, keys);
    if (noto_per === null || identity === undefined) continue;
    const personId = persons.get(entry.entryId) ?? entry.entryId;
    if (found.has(personId)) continue;
    const { codice_fiscale, cognome, nome, birth_text } = identity;
    found.set(personId, {
      birth: birth_text,
      noto_per,
      related: { codice_fiscale, ...entryName(entry), cognome, nome },
    });
  }
  return [...found.values()].sort((a, b) => textOrder(a.birth, b.birth));
}
