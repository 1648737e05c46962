/** Who persons are to the audit, as the register knows them: the names under which they stand in leaves, and whom users are near to. */
import { listNow } from '../access/accounts/history.sql.ts';
import { USERS } from '../access/accounts/tables.ts';
import type { Circle } from '../access/audit/read-alerts.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Day } from '../kernel/day.ts';
import type { Client } from '../platform/db/pool.ts';
import { askAddress } from '../registry/answers/ask-address.ts';
import { askPerson } from '../registry/answers/ask-person.ts';
import { findPersons, getPerson } from '../registry/answers/find-person.ts';
import { parsePersonKey } from '../registry/answers/person-key.ts';

/** The names under which a person may stand in the audit: one for each entry, whatever they are joined into now. @throws AppError usage, not-found */
export async function subjectsOf(db: Client, text: string, today: Day): Promise<string[]> {
  const key = parsePersonKey(text.split(' '));
  if (key === null)
    throw new AppError(
      'usage',
      '--persona vuole un codice fiscale, P e identificativo provinciale, o COMUNE:ID_SOGGETTO',
      '--persona wants a codice fiscale, P and provincial identifier, or COMUNE:ID_SOGGETTO',
    );
  const { person } = await getPerson(db, key, today, null);
  return [...new Set([`P${person.personId}`, ...person.entries.map((entry) => `P${entry.entryId}`)])];
}

/** The one person that a user is, by codice fiscale (P123); null where nobody is, or several are. */
export async function selfOf(db: Client, userId: string): Promise<string | null> {
  const [user] = await listNow(db, USERS, { column: 'user_id', values: [userId] });
  if (user === undefined) return null;
  const found = await findPersons(db, { kind: 'code', codice_fiscale: user.codice_fiscale }, null);
  return found.length === 1 ? `P${found[0]!.person.personId}` : null;
}

/** For each user the colleagues of the same body (and oneself), and who lives at the same number, as the register knows them. */
export async function circles(db: Client, today: Day): Promise<ReadonlyMap<string, Circle>> {
  const users = await listNow(db, USERS);
  const names = new Map<string, readonly string[]>();
  for (const user of users) {
    const found = await findPersons(db, { kind: 'code', codice_fiscale: user.codice_fiscale }, null);
    names.set(
      user.user_id,
      found.flatMap(({ person }) => [`P${person.personId}`, ...person.entries.map((e) => `P${e.entryId}`)]),
    );
  }
  const made = new Map<string, Circle>();
  for (const user of users) {
    const colleagues = users.filter((u) => u.body_id === user.body_id);
    const own = names.get(user.user_id) ?? [];
    made.set(user.user_id, {
      colleagues: [...new Set(colleagues.flatMap((u) => names.get(u.user_id) ?? []))],
      neighbours: own[0] === undefined ? [] : await neighboursOf(db, own[0], own, today),
    });
  }
  return made;
}

async function neighboursOf(
  db: Client,
  persona: string,
  own: readonly string[],
  today: Day,
): Promise<string[]> {
  const key = parsePersonKey([persona]);
  if (key === null) return [];
  const { residenza } = await askPerson(db, key, { al: today, notoAl: null });
  const { comune, indirizzo } = residenza;
  if (comune === undefined || indirizzo === undefined) return [];
  const { specie, toponimo, civico, esponente } = indirizzo;
  const state = await askAddress(db, {
    comune,
    street: [specie, toponimo].filter(Boolean).join(' '),
    number: [civico, esponente].filter(Boolean).join('/'),
    span: { on: today },
    notoAl: null,
  });
  return [...new Set((state.occupanti ?? []).map((o) => o.persona))].filter((name) => !own.includes(name));
}
