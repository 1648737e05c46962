/** Finding one person as known now, by a key that leads straight to the entries, with all that a question wants to know of them: one round trip. */
import type { Day } from '../../kernel/day.ts';
import { bears, type FoundPerson, onlyOne } from './find-person.ts';
import type { KnownAt } from './known-at.ts';
import type { DirectKey, LoadNow, NowQuestion } from './now.sql.ts';
import { NowParts, OtherEntries, personsNow } from './now.ts';
import type { PersonKey } from './person-key.ts';

export interface PersonNow {
  readonly found: FoundPerson;
  readonly parts: NowParts;
  readonly others: OtherEntries;
}

/** Is it asked as known now, by such a key? */
export const isNow = (key: PersonKey, notoAl: KnownAt | null): key is DirectKey =>
  notoAl === null && key.kind !== 'name';

/** @throws AppError not-found; AmbiguousPerson */
export async function getPersonNow(
  load: LoadNow,
  question: NowQuestion,
  key: DirectKey,
  al: Day,
): Promise<PersonNow> {
  const parts = new NowParts(await load(question, { key, d: al }));
  const found = personsNow(parts).filter(({ person }) =>
    person.entries.some((e) => e.identities.some((f) => bears(f, key))),
  );
  return { found: onlyOne(found, key, al, null), parts, others: new OtherEntries(parts) };
}
