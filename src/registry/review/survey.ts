/** What the register answers of some persons at an instant: by the ordinary questions, so that a preview and an answer agree. */
import { AppError } from '../../kernel/app-error.ts';
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { askFamily } from '../answers/ask-family.ts';
import { askPerson } from '../answers/ask-person.ts';
import type { EntryNumber } from '../answers/facts.sql.ts';
import { getPerson } from '../answers/find-person.ts';
import type { KnownAt } from '../answers/known-at.ts';
import { countEntries } from '../answers/population.sql.ts';
import { movesOf, type Survey, type WholeAnswer } from './effects.ts';
import { listPersonsAt } from './review.sql.ts';

async function wholeAnswer(
  db: Client,
  numbers: readonly EntryNumber[],
  al: Day,
  at: KnownAt,
): Promise<WholeAnswer> {
  const personId = numbers[0]!.person_id;
  const key = { kind: 'provincial', entryId: personId } as const;
  const when = { al, notoAl: at };
  const { person } = await getPerson(db, key, al, at);
  const state = await askPerson(db, key, when);
  const { famiglie } = await askFamily(db, key, when);
  return {
    person: {
      persona: `P${personId}`,
      schede: numbers.map((n) => ({ comune: n.comune, id_soggetto: n.id_soggetto })),
    },
    state,
    famiglie,
    trasferimenti: movesOf(person.entries),
  };
}

/** @param entryIds entries of all the persons; whoever else was theirs at the instant is found */
export async function surveyAt(
  db: Client,
  entryIds: readonly number[],
  al: Day,
  at: KnownAt,
): Promise<Survey> {
  const numbers = await listPersonsAt(db, entryIds, at);
  const byPerson = new Map<number, EntryNumber[]>();
  for (const n of numbers) byPerson.set(n.person_id, [...(byPerson.get(n.person_id) ?? []), n]);
  const people: WholeAnswer[] = [];
  for (const [, of] of [...byPerson].sort(([a], [b]) => a - b)) {
    try {
      people.push(await wholeAnswer(db, of, al, at));
    } catch (error) {
      // Of entries that were annulled nothing is answered.
      if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
    }
  }
  const cells = await countEntries(
    db,
    numbers.map((n) => n.entry_id),
    al,
    at,
  );
  return { people, cells };
}
